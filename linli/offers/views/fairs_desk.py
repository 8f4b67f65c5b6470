"""A job fair on the console: its stands, until when wishes count, and its timetable."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.offers.actions import stands as actions
from linli.offers.actions.timetabling import make_timetable
from linli.offers.forms.fairs import StandForm, WishesUntilForm
from linli.offers.models import Session, Stand
from linli.offers.queries import fair_desk as queries
from linli.offers.queries.fairs import fair_counted
from linli.offers.views.console import DO, ORGANIZERS, READERS, form_page, told, trail


@require_http_methods(DO)
@staff_only(*READERS, post=ORGANIZERS)
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """Show the fair with its stands; say until when wishes count."""
    by, at = acting(request), now()
    fair = queries.fair_at(by, code)
    timetable = getattr(fair, "timetable", None)
    first = fair.starts_at - timedelta(days=2)
    form = WishesUntilForm(request.POST or None, kept=timetable, first=first)
    if form.is_valid():
        try:
            actions.plan_timetable(by=by, at=at, session=fair, **form.cleaned_data)
        except Refused as refused:
            fields = {"wishes_wrong": "wishes_until", "gap_wrong": "gap_minutes"}
            on_form(form, refused, fields.get(refused.code))
        else:
            return redirect("offers:fair_desk", code)
    made = timetable is not None and timetable.solved_at is not None
    context = {
        "fair": fair,
        "timetable": timetable,
        "made": made,
        "form": form,
        "stands": queries.stands_counted(fair),
        "granted": queries.wishes_granted(fair),
        "figures": _figures(fair),
        "organizes": by.role in ORGANIZERS and fair.cancelled_at is None,
        "ready": timetable and not made and timetable.wishes_until <= at < fair.starts_at,
        "trail": trail(*_steps(fair)[:-1], (_("Stands"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/fairs_desk.html", context, status=status)


@require_POST
@staff_only(*ORGANIZERS)
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Make the timetable."""
    by = acting(request)
    fair = queries.fair_at(by, code)
    return told(
        request,
        lambda: make_timetable(by=by, at=now(), session=fair),
        _("The timetable is made. Everybody finds their times under their code."),
        reverse("offers:fair_desk", args=[code]),
    )


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def new_stand(request: HttpRequest, code: str) -> HttpResponse:
    """Give an employer a stand."""
    by = acting(request)
    fair = queries.fair_at(by, code)
    form = StandForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_stand(by=by, at=now(), session=fair, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:fair_desk", code)
    return form_page(request, form, title=_("A new stand"), button=_("Add it"), **_around(fair))


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def edit_stand(request: HttpRequest, number: int) -> HttpResponse:
    """Change a stand; take it away."""
    by = acting(request)
    stand = queries.stand_at(by, number)
    form = StandForm(request.POST or None, kept=stand)
    if form.is_valid():
        try:
            actions.amend_stand(by=by, at=now(), stand=stand, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:fair_desk", stand.session.code)
    close = {
        "title": _("Take it away"),
        "about": _("Its vacancies stay open, without this fair."),
        "button": _("Take the stand away"),
        "address": reverse("offers:stand_remove", args=[number]),
    }
    named = _around(stand.session) | {"title": stand.organization.name, "close": close}
    return form_page(request, form, button=_("Amend"), **named)


@require_POST
@staff_only(*ORGANIZERS)
def remove_stand(request: HttpRequest, number: int) -> HttpResponse:
    """Take a stand away."""
    by = acting(request)
    stand: Stand = queries.stand_at(by, number)
    return told(
        request,
        lambda: actions.remove_stand(by=by, at=now(), stand=stand),
        _("The stand is taken away."),
        reverse("offers:fair_desk", args=[stand.session.code]),
    )


def _beside(form: StandForm, refused: Refused) -> None:
    fields = {"stand_taken": "zone", "employer_closed": "organization", "stand_wrong": "lanes"}
    on_form(form, refused, fields.get(refused.code))


def _figures(fair: Session) -> list[dict[str, object]]:
    counted = fair_counted(fair)
    talks = queries.talks_counted(fair).values()
    return [
        {"words": _("Employers"), "value": counted["employers"]},
        {"words": _("Posts"), "value": counted["posts"]},
        {"words": _("Talks held"), "value": sum(one["done"] for one in talks)},
        {"words": _("Posts offered"), "value": sum(one["offered"] for one in talks)},
        {"words": _("Hires confirmed"), "value": sum(one["hired"] for one in talks)},
    ]


def _steps(fair: Session) -> list[tuple[Words, str]]:
    return [
        (fair.offer.title, reverse("offers:console_offer", args=[fair.offer.code])),
        (f"{fair.starts_at:%Y-%m-%d}", reverse("offers:console_session", args=[fair.code])),
        (_("Stands"), reverse("offers:fair_desk", args=[fair.code])),
    ]


def _around(fair: Session) -> dict[str, Any]:
    return {"back": reverse("offers:fair_desk", args=[fair.code]), "steps": _steps(fair)}
