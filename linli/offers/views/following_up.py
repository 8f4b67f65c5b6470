"""Being asked later: allow it with the booking's code and passphrase; answer, or take it back, with one code."""

from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions import following_up as actions
from linli.offers.forms.following_up import AnswerForm, LeaveForm
from linli.offers.models import Booking, FollowUp
from linli.offers.rules.retention import ASKED_AFTER, ASKED_UNTIL
from linli.offers.views.held import View, acted, held
from linli.offers.views.looked import looked
from linli.ui.private import private

_KNOCKS = {"burst": 30, "per_hour": 120}  # from one address: codes are not to be tried out
page = require_http_methods(["GET", "HEAD", "POST"])


def section(booking: Booking, at: datetime) -> dict[str, Any] | None:
    """Return what a booking's page says of being asked later; None unless somebody came and it is over."""
    if booking.state != Booking.ATTENDED or at < booking.session.ends_at:
        return None
    if booking.session.offer.kind != "course":
        return None
    return {"booking": booking, "follow_up": _of(booking, at), "days": ASKED_AFTER}


@page
@held
@once
def allow(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Ask for the leave and how to reach somebody; nothing is ticked beforehand."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.allow_asking(
                at=at,
                booking=booking,
                contact=(given["channel"], given["address"]),
                language=given["language"],
            )
        except Refused as refused:
            on_form(form, refused)
        else:
            return acted(booking, "asked_later")
    context = {
        "booking": booking,
        "offer": booking.session.offer,
        "form": form,
        "days": ASKED_AFTER,
        "until": ASKED_UNTIL,
        "once": new_key(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/courses_leave.html", context, status=status)


def asked_by_code(view: View) -> View:
    """Let in who has the code of the question, while the leave stands."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str) -> HttpResponse:
        at = now()
        allow_knock("asked", source_of(request), at=at, **_KNOCKS)
        rows = FollowUp.objects.select_related("booking__session__offer", "subject")
        found = rows.filter(code=read_code(code), purged_at=None).first()
        if found is None or found.subject.purge_on <= localdate(at):
            raise Http404
        return view(request, found, at)

    return guarded


@page
@asked_by_code
@once
def asked(request: HttpRequest, follow_up: FollowUp, at: datetime) -> HttpResponse:
    """Ask, and write down the answer."""
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, follow_up=follow_up)
    context = _context(follow_up)
    if form.is_valid():
        try:
            actions.answer(at=at, follow_up=follow_up, said=form.said())
        except Refused as refused:
            on_form(form, refused)
        else:
            return render(request, "offers/courses_asked.html", context | {"done": "answered"})
    context |= {"form": form, "once": new_key(), "looks": looked(follow_up.subject)}
    status = 422 if form.is_bound else 200
    return render(request, "offers/courses_asked.html", context, status=status)


@require_POST
@asked_by_code
@once
def end(request: HttpRequest, follow_up: FollowUp, at: datetime) -> HttpResponse:
    """Take the leave back."""
    actions.take_back(at=at, follow_up=follow_up)
    return render(request, "offers/courses_asked.html", _context(follow_up) | {"done": "ended"})


def _context(follow_up: FollowUp) -> dict[str, Any]:
    return {"follow_up": follow_up, "offer": follow_up.booking.session.offer}


def _of(booking: Booking, at: datetime) -> FollowUp | None:
    found = FollowUp.objects.filter(booking=booking, purged_at=None).select_related("subject")
    one = found.first()
    return one if one and one.subject.purge_on > localdate(at) else None
