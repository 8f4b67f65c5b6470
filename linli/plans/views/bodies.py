"""Leading groups and joint meetings on the console: the tree of bodies, one body, calling a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import bodies as actions
from linli.plans.actions import meetings
from linli.plans.forms.meetings import BodyForm, MeetingForm, SeatsForm
from linli.plans.models import Body
from linli.plans.queries import decided_tasks, open_items
from linli.plans.queries.body_page import body_tree, listed_meetings
from linli.plans.views.ways import posted, trail


@require_safe
@staff_only()
def bodies(request: HttpRequest) -> HttpResponse:
    may_plan = acting(request).role == Role.PLANNER
    return render(request, "plans/bodies.html", {"tree": body_tree(), "may_plan": may_plan})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def new_body(request: HttpRequest) -> HttpResponse:
    form = BodyForm(posted(request))
    if form.is_valid():
        try:
            made = actions.found_body(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "name" if refused.code == "name_taken" else None)
        else:
            return redirect("plans:body", made.code)
    context = {"form": form, "trail": trail((_("Working bodies"), reverse("plans:bodies")))}
    return render(request, "plans/body_new.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only()
def body(request: HttpRequest, code: str) -> HttpResponse:
    body = _body(code)
    return _page(request, body, SeatsForm(area=body.area, body=body))


@require_POST
@staff_only(Role.PLANNER)
def seat_units(request: HttpRequest, code: str) -> HttpResponse:
    body = _body(code)
    form = SeatsForm(request.POST, area=body.area, body=body)
    if form.is_valid():
        try:
            actions.seat_units(by=acting(request), at=now(), body=body, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The seats are as you said."))
            return redirect("plans:body", code)
    return _page(request, body, form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def call_meeting(request: HttpRequest, code: str) -> HttpResponse:
    body = _body(code)
    form = MeetingForm(posted(request))
    if form.is_valid():
        title, starts_at, venue, agenda = form.given()
        try:
            made = meetings.call_meeting(
                by=acting(request),
                at=now(),
                body=body,
                title=title,
                starts_at=starts_at,
                venue=venue,
                agenda=agenda,
            )
        except Refused as refused:
            on_form(form, refused, "starts_at" if refused.code == "already_begun" else None)
        else:
            return redirect("plans:meeting", made.code)
    known = list(open_items(body))
    tasks = {item.task_id for item in known}
    context = {
        "form": form,
        "body": body,
        "coming_back": known,
        "unfinished": [task for task in decided_tasks(body) if task.pk not in tasks],
        "trail": _way(body),
    }
    return render(request, "plans/meeting_new.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, body: Body, form: SeatsForm) -> HttpResponse:
    today = now()
    ahead, past = listed_meetings(body, today)
    context = {
        "body": body,
        "seats": body.seats.select_related("unit"),
        "below": body.below.select_related("area"),
        "lists": [(_("To come"), ahead), (_("Held"), past)],
        "meetings": ahead or past,
        "open": list(open_items(body).filter(meeting__starts_at__lt=today)),
        "today": localdate(today),
        "form": form,
        "may_plan": acting(request).role == Role.PLANNER,
        "trail": trail((_("Working bodies"), reverse("plans:bodies"))),
    }
    return render(request, "plans/body.html", context, status=422 if form.errors else 200)


def _body(code: str) -> Body:
    return get_object_or_404(Body.objects.select_related("area", "above"), code=code)


def _way(body: Body) -> list[tuple[str, str]]:
    return trail(
        (_("Working bodies"), reverse("plans:bodies")),
        (body.name, reverse("plans:body", args=[body.code])),
    )
