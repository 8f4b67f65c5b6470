"""The fair for who booked it: choose what to talk about, then say yes or no to each time."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.offers.actions import interviewing
from linli.offers.actions.wishing import choose_wishes
from linli.offers.forms.fairs import WishesForm
from linli.offers.models import Booking, Interview, Offer, Timetable
from linli.offers.views.held import held

SAID: dict[str, Words] = {
    "wished": gettext_lazy(
        "Your wishes are written down. You may change them until the timetable is made."
    ),
    "accepted": gettext_lazy("You said yes to this time."),
    "declined": gettext_lazy("The time goes to the next who wished for it."),
}
STATES = {
    Interview.PROPOSED: "soon", Interview.ACCEPTED: "done", Interview.DECLINED: "plain",
    Interview.DONE: "done", Interview.ABSENT: "plain",
}  # fmt: skip
_DEEDS = {
    "accept": (interviewing.accept_talk, "accepted"),
    "decline": (interviewing.decline_talk, "declined"),
}


def section(booking: Booking, at: datetime) -> dict[str, Any] | None:
    """Return what a booking's page says of the fair; None when it is of none that has a timetable to come."""
    if booking.session.offer.kind != Offer.FAIR or booking.ended_at is not None:
        return None
    timetable = Timetable.objects.filter(session=booking.session_id).first()
    if timetable is None:
        return None
    talks = booking.interviews.standing()
    return {
        "booking": booking, "timetable": timetable, "wishes": booking.wishes.count(),
        "talks": talks.count(), "asked": talks.filter(state=Interview.PROPOSED).count(),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@held
def fair(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Ask for wishes while they count; then show the times."""
    timetable = Timetable.objects.filter(session=booking.session_id).first()
    if timetable is None or booking.ended_at is not None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = WishesForm(data, fair=booking.session, booking=booking)
    if form.is_valid():
        try:
            choose_wishes(at=at, booking=booking, vacancies=form.chosen())
        except Refused as refused:
            on_form(form, refused)
        else:
            return _to(booking, "wished")
    context = {
        "booking": booking,
        "fair": booking.session,
        "timetable": timetable,
        "counts": at < timetable.wishes_until and timetable.solved_at is None,
        "form": form,
        "wishes": booking.wishes.select_related("vacancy__organization"),
        "talks": _talks(booking, at) if timetable.solved_at else [],
        "said": SAID.get(request.GET.get("said", "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/fairs_wishes.html", context, status=status)


@require_POST
@held
def talk(
    request: HttpRequest, booking: Booking, at: datetime, talk: str, deed: str
) -> HttpResponse:
    """Say yes or no to one time."""
    found = get_object_or_404(booking.interviews, code=talk)
    if deed not in _DEEDS:
        raise Http404
    do, said = _DEEDS[deed]
    do(at=at, talk=found)
    return _to(booking, said)


def _talks(booking: Booking, at: datetime) -> list[tuple[Interview, str, bool, bool]]:
    """Return each time with its lamp, and whether one may say yes, and no."""
    talks = booking.interviews.select_related("stand__organization", "vacancy").order_by(
        "starts_at"
    )
    return [
        (
            one,
            STATES[one.state],
            one.state == Interview.PROPOSED and at < one.starts_at,
            one.state in {Interview.PROPOSED, Interview.ACCEPTED} and at < one.starts_at,
        )
        for one in talks
    ]


def _to(booking: Booking, said: str) -> HttpResponse:
    response = redirect("offers:booking_fair", booking.code)
    response["Location"] += f"?said={said}"
    return response
