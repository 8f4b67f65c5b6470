"""One meeting on the console: notice, who came, agenda, minutes, and sentences that become tasks."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import agenda as points
from linli.plans.actions import decisions, meetings
from linli.plans.forms.meetings import AttendanceForm, MinutesForm, PointForm
from linli.plans.models import AgendaItem, Meeting
from linli.plans.queries.body_page import Decided, agenda, attendance
from linli.plans.queries.body_page import decisions as decided
from linli.plans.queries.standings import Lit
from linli.plans.rules.sentences import sentences
from linli.plans.views.ledger_words import REASONS, STATES
from linli.plans.views.ways import Sent, trail


@require_safe
@staff_only()
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    return show(request, _meeting(code))


@require_safe
@staff_only()
def call_letter(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _meeting(code)
    units = [seat.unit for seat in meeting.body.seats.select_related("unit")]
    context = {
        "meeting": meeting,
        "units": units,
        "chair": next(
            (s.unit for s in meeting.body.seats.select_related("unit") if s.chairs), None
        ),
        "points": meeting.agenda.all(),
        "trail": _way(meeting),
    }
    return render(request, "plans/meeting_call.html", context)


@require_POST
@staff_only(Role.PLANNER)
def send_call(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _meeting(code)

    def do() -> str:
        meetings.send_call(by=acting(request), at=now(), meeting=meeting)
        return _("The notice is on record. Print the letter for the units.")

    return _done(request, meeting, ("call", forms.Form(request.POST)), do)


@require_POST
@staff_only(Role.PLANNER)
def note_attendance(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _meeting(code)
    form = AttendanceForm(request.POST, meeting=meeting)

    def do() -> str:
        with transaction.atomic():
            for unit, present in form.changed():
                meetings.note_attendance(
                    by=acting(request), at=now(), meeting=meeting, unit=unit, present=present
                )
        return _("Noted.")

    return _done(request, meeting, ("attendance", form), do)


@require_POST
@staff_only(Role.PLANNER)
def add_point(request: HttpRequest, code: str) -> HttpResponse:
    meeting, form = _meeting(code), PointForm(request.POST)

    def do() -> str:
        title = form.cleaned_data["title"]
        meetings.add_item(by=acting(request), at=now(), meeting=meeting, title=title)
        return _("The point stands on the agenda.")

    return _done(request, meeting, ("point", form), do)


@require_POST
@staff_only(Role.PLANNER)
def settle_point(request: HttpRequest, code: str, key: int) -> HttpResponse:
    meeting = _meeting(code)
    item = get_object_or_404(AgendaItem, pk=key, meeting=meeting)

    def do() -> str:
        decisions.settle_item(by=acting(request), at=now(), item=item)
        return _("Settled: it does not come back.")

    return _done(request, meeting, ("settle", forms.Form(request.POST)), do)


@require_POST
@staff_only(Role.PLANNER)
def place_point(request: HttpRequest, code: str, key: int) -> HttpResponse:
    meeting = _meeting(code)
    item = get_object_or_404(AgendaItem, pk=key, meeting=meeting)
    asked = request.POST.get("position", "")
    position = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1

    def do() -> str:
        points.place_item(by=acting(request), at=now(), item=item, position=position)
        return _("The agenda is in its new order.")

    return _done(request, meeting, ("place", forms.Form(request.POST)), do)


@require_POST
@staff_only(Role.PLANNER)
def write_minutes(request: HttpRequest, code: str) -> HttpResponse:
    meeting, form = _meeting(code), MinutesForm(request.POST)
    approves = "approve" in request.POST

    def do() -> str:
        by, at, said = acting(request), now(), form.cleaned_data["minutes"]
        with transaction.atomic():
            meetings.write_minutes(by=by, at=at, meeting=meeting, minutes=said)
            if approves:
                meetings.approve_minutes(by=by, at=at, meeting=meeting)
        return _("The minutes stand.") if approves else _("Kept. They can still be changed.")

    return _done(request, meeting, ("minutes", form), do)


def show(request: HttpRequest, meeting: Meeting, sent: Sent | None = None) -> HttpResponse:
    """Answer with the page of a meeting."""
    sent, moment = sent or Sent(), now()
    today = localdate(moment)
    planner = acting(request).role == Role.PLANNER
    made = decided(meeting, today)
    shown = {"point", "minutes", "attendance"} if planner and not meeting.approved_at else set()
    context = {
        "meeting": meeting,
        "points": [{"item": point.item, **_lamp(point.lit)} for point in agenda(meeting, today)],
        "attendance": list(attendance(meeting)),
        "decisions": [
            {"decision": one.decision, "words": one.words, **_lamp(one.lit)} for one in made
        ],
        "sentences": _sentences(meeting, made) if meeting.approved_at else [],
        "begun": meeting.starts_at <= moment,
        "may_write": planner and meeting.approved_at is None,
        "may_plan": planner,
        "forms": {
            "attendance": AttendanceForm(meeting=meeting),
            "point": PointForm(),
            "minutes": MinutesForm(initial={"minutes": meeting.minutes}),
        }
        | dict(sent.wrong),
        "wrong": set(sent.wrong),
        "stray": [form for name, form in sent.wrong.items() if name not in shown],
        "trail": _way(meeting)[:-1],
    }
    return render(request, "plans/meeting.html", context, status=sent.status)


def _lamp(lit: Lit | None) -> dict[str, object]:
    return {"shape": STATES[lit.lamp], "reason": REASONS[lit.why]} if lit else {}


def _sentences(meeting: Meeting, made: list[Decided]) -> list[dict[str, object]]:
    """Return the minutes sentence by sentence, each with whether it is decided already."""
    taken = [(one.decision.start, one.decision.end) for one in made]
    return [
        {"span": one, "taken": any(s < one.end and e > one.start for s, e in taken)}
        for one in sentences(meeting.minutes)
    ]


def _meeting(code: str) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("body__area"), code=code)


def _way(meeting: Meeting) -> list[tuple[str, str]]:
    body = meeting.body
    return trail(
        (_("Working bodies"), reverse("plans:bodies")),
        (body.name, reverse("plans:body", args=[body.code])),
        (meeting.title, reverse("plans:meeting", args=[meeting.code])),
    )


def _done(
    request: HttpRequest, meeting: Meeting, named: tuple[str, forms.Form], do: Callable[[], str]
) -> HttpResponse:
    """Do it and go back to the meeting; or show the meeting with what is wrong on the form."""
    name, form = named
    status = 422
    if form.is_valid():
        try:
            messages.success(request, do())
        except Refused as refused:
            on_form(form, refused)
            status = refused.status
        else:
            return redirect("plans:meeting", meeting.code)
    meeting.refresh_from_db()
    return show(request, meeting, Sent({name: form}, status))
