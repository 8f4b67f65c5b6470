"""The organizer's sessions: plan, amend, resize, call off; move or skip one meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.offers.actions import amending, offering
from linli.offers.forms.session import (
    CallOffForm,
    MoveForm,
    PlaceForm,
    ResizeForm,
    SessionForm,
    first_given,
    given_session,
)
from linli.offers.models import Meeting, Session
from linli.offers.models.purposes import PURPOSES
from linli.offers.queries.counts import places_of
from linli.offers.queries.organizing import meetings_counted, meetings_of, sessions_of, visible
from linli.offers.rules.places import DOORS
from linli.offers.views.console import DO, ORGANIZERS, READERS, form_page, posted, told, trail

_DOORS: dict[str, Words] = dict(Session.DOORS)
# Which field of the form a refusal is about.
_FIELDS = {
    "booking_wrong": "booking_until", "floors_too_high": "floor_web", "floors_without_end": "floors_until",
    "meetings_overlap": "ends", "no_meeting": "skipped",
}  # fmt: skip


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def new_session(request: HttpRequest, code: str) -> HttpResponse:
    by, at = acting(request), now()
    offer = get_object_or_404(visible(by).filter(withdrawn_at=None), code=code)
    form = SessionForm(posted(request), offer=offer, initial=first_given(at))
    if form.is_valid():
        try:
            made = offering.add_session(by=by, at=at, offer=offer, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:console_session", made.code)
    here = reverse("offers:console_offer", args=[code])
    context = {
        "title": _("A new session"),
        "lead": offer.title,
        "button": _("Plan it"),
        "back": here,
        "steps": [(offer.title, here)],
    }
    return form_page(request, form, **context)


@require_safe
@staff_only(*READERS)
def session(request: HttpRequest, code: str) -> HttpResponse:
    by, at = acting(request), now()
    found = get_object_or_404(sessions_of(by), code=code)
    running = found.cancelled_at is None and at < found.ends_at
    places = places_of(found, at)
    context = {
        "session": found,
        "offer": found.offer,
        "figures": _figures(found, places.free),
        "doors": [(_DOORS[one], places.taken[one], places.kept[one], places.free_at(one)) for one in DOORS],
        "meetings": meetings_counted(found),
        "state": _state(found, running=running),
        "running": running,
        "begun": at >= found.starts_at,
        "over": found.cancelled_at is None and at >= found.ends_at,
        "organizes": by.role in ORGANIZERS and running,
        "at_the_door": by.role != Role.PLANNER and found.cancelled_at is None,
        "resize": ResizeForm(initial={"capacity": found.capacity}),
        "call_off": CallOffForm(),
        "purposes": PURPOSES,
        "at": at,
        "trail": way_to(found),
    }  # fmt: skip
    return render(request, "offers/console_session.html", context)


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def amend_session(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(sessions_of(by).filter(cancelled_at=None), code=code)
    form = PlaceForm(posted(request), offer=found.offer, initial=given_session(found))
    if form.is_valid():
        try:
            amending.amend_session(by=by, at=now(), session=found, change=form.change())
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:console_session", code)
    context = {
        "title": _("Amend the session"),
        "lead": _("Whoever booked is told when the place changes."),
        "button": _("Amend"),
        "back": reverse("offers:console_session", args=[code]),
        "steps": _steps(found),
    }
    return form_page(request, form, **context)


@require_POST
@staff_only(*ORGANIZERS)
def resize(request: HttpRequest, code: str) -> HttpResponse:
    return _small(
        request, code, ResizeForm(request.POST), offering.resize, _("So many places now.")
    )


@require_POST
@staff_only(*ORGANIZERS)
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Called off. Whoever booked is told, with the reason.")
    return _small(request, code, CallOffForm(request.POST), offering.call_off, done)


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def move_meeting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(_held(by, code), number=number)
    form = MoveForm(posted(request), initial=_when(found))
    if form.is_valid():
        begins, ends = form.times()
        try:
            amending.move_meeting(by=by, at=now(), meeting=found, starts_at=begins, ends_at=ends)
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:console_session", code)
    context = {
        "title": _("Move meeting %(number)s") % {"number": number},
        "lead": _("Whoever booked is told. The others stay."),
        "button": _("Move it"),
        "back": reverse("offers:console_session", args=[code]),
        "steps": _steps(found.session),
        "close": {
            "title": _("Skip this meeting"),
            "about": _("It does not take place. Whoever booked is told; the other meetings stay."),
            "address": reverse("offers:skip_meeting", args=[code, number]),
            "button": _("Skip it"),
        },
    }
    return form_page(request, form, **context)


@require_POST
@staff_only(*ORGANIZERS)
def skip_meeting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(_held(by, code), number=number)
    return told(
        request,
        lambda: amending.skip_meeting(by=by, at=now(), meeting=found),
        _("Skipped. Whoever booked is told."),
        reverse("offers:console_session", args=[code]),
    )


def _small(request: HttpRequest, code: str, form: Any, deed: Any, done: str) -> HttpResponse:  # noqa: ANN401
    """Do one deed of one field; what is missing is told beside it."""
    by = acting(request)
    found = get_object_or_404(sessions_of(by), code=code)
    if form.is_valid():
        try:
            deed(by=by, at=now(), session=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            return told(request, lambda: None, done, reverse("offers:console_session", args=[code]))
    title = form.fields[next(iter(form.fields))].label
    back = reverse("offers:console_session", args=[code])
    return form_page(request, form, title=title, button=_("Send"), back=back, steps=_steps(found))


def _held(by: Actor, code: str) -> Any:  # noqa: ANN401 - a queryset of meetings
    return meetings_of(by).filter(session__code=code, cancelled_at=None, session__cancelled_at=None)


def _when(meeting: Meeting) -> dict[str, object]:
    begins, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    return {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}


def _figures(session: Session, free: int) -> list[dict[str, object]]:
    return [
        {"words": _("How many places"), "value": session.capacity},
        {"words": _("Taken"), "value": session.taken},
        {"words": _("Free"), "value": free},
        {"words": _("Waiting"), "value": session.queue},
    ]


def _state(session: Session, *, running: bool) -> tuple[str, Words]:
    if session.cancelled_at is not None:
        return "late", _("called off")
    return ("done", _("planned")) if running else ("plain", _("over"))


def _beside(form: Any, refused: Refused) -> None:  # noqa: ANN401 - any form
    field = _FIELDS.get(refused.code)
    on_form(form, refused, field if field in form.fields else None)


def _steps(session: Session) -> list[tuple[Words, str]]:
    return [
        (session.offer.title, reverse("offers:console_offer", args=[session.offer.code])),
        (session.code, reverse("offers:console_session", args=[session.code])),
    ]


def way_to(session: Session, *last: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way to a session, and to what of it is shown."""
    offer, here = _steps(session)
    return trail(offer, here, *last) if last else trail(offer, (session.code, ""))
