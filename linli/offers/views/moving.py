"""Move a booking to another time, and choose a time in the first place: a day, then an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.clock import now
from linli.kernel.idempotency import new_key, once
from linli.kernel.refusals import Refused
from linli.offers.actions.moving import move
from linli.offers.models import Booking, Session
from linli.offers.queries.coming import offer_on_show
from linli.offers.queries.slots import FreeDay, free_days, open_times
from linli.offers.views.book import receipt_for
from linli.offers.views.held import held

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The days with free times, the day that is looked at, and its times by place."""

    days: Sequence[FreeDay]
    day: date | None
    places: Sequence[tuple[Place, Sequence[Session]]]


def chosen_from(request: HttpRequest, times: "QuerySet[Session]") -> Choice:
    """Return what there is to choose; of days that are gone, the next."""
    days = free_days(times)
    known = [one.day for one in days]
    asked = _day(request.GET.get("day", ""))
    day = asked if asked in known else next(iter(known), None)
    if day is None:
        return Choice(days, None, [])
    of_day = sorted(times.filter(starts_at__date=day), key=lambda one: (_place(one), one.starts_at))
    return Choice(days, day, [(key, list(ones)) for key, ones in groupby(of_day, _place)])


@require_safe
def times(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a day and a time of an offer; booking goes on from there."""
    at, offer = now(), offer_on_show(code)
    if offer is None:
        raise Http404
    trail = [
        (_("Home"), reverse("portal:home")),
        (_("Courses, events, appointments"), reverse("offers:list")),
        (offer.title, reverse("offers:offer", args=[code])),
        (_("Day and time"), ""),
    ]
    context = {
        "offer": offer,
        "choice": chosen_from(request, open_times(offer, at)),
        "walk_ins": offer.slot_plans.filter(ended_on=None, walk_ins__gt=0).exists(),
        "trail": trail,
    }
    return render(request, "offers/slots_times.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@held
@once
def another_time(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Choose another time for the same places, and move."""
    offer, refused = booking.session.offer, None
    if request.method == "POST":
        found = Session.objects.filter(offer=offer, code=request.POST.get("time", "")).first()
        if found is None:
            raise Http404
        try:
            return receipt_for(move(at=at, old=booking, session=found), at)
        except Refused as error:
            refused = error
    others = open_times(offer, at, booking.size).exclude(pk=booking.session_id)
    context = {
        "booking": booking,
        "session": booking.session,
        "offer": offer,
        "choice": chosen_from(request, others),
        "refused": refused,
        "once": new_key(),
    }
    return render(
        request, "offers/slots_move.html", context, status=refused.status if refused else 200
    )


def _place(session: Session) -> Place:
    return session.location.name if session.location else "", session.room


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
