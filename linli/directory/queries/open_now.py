"""Which places, and which services with hours of their own, are open at a moment."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localtime

from linli.directory.models import Schedule, ServiceAtLocation
from linli.directory.rules.hours import is_open
from linli.kernel.working_days import is_working_day


class OpenNow(NamedTuple):
    """What is open at a moment, by ids. own: offers that keep hours of their own, open or not."""

    places: frozenset[int]
    offers: frozenset[int]
    own: frozenset[int]


class _Rule(NamedTuple):
    """One rule of hours as the rules read it: of thousands, a model for each takes ten times as long."""

    rrule: str
    starts_on: date
    valid_until: date | None
    opens_at: time
    closes_at: time
    days_off: str


def open_now(at: datetime) -> OpenNow:
    """Return the places that are open, and the offers that are by their own hours: one query."""
    here = localtime(at)
    today = here.date()
    valid = Schedule.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=today), starts_on__lte=today
    ).filter(Q(location__closed_on=None, offer__location__closed_on=None))
    places: dict[int, list[_Rule]] = defaultdict(list)
    offers: dict[int, list[_Rule]] = defaultdict(list)
    for place, offer, *said in valid.order_by().values_list("location", "offer", *_Rule._fields):
        if place is not None:
            places[place].append(_Rule(*said))
        elif offer is not None:
            offers[offer].append(_Rule(*said))
    return OpenNow(_open(places, here), _open(offers, here), frozenset(offers))


def services_open(now: OpenNow, services: Iterable[int]) -> frozenset[int]:
    """Return those of these services that somebody can have somewhere at this moment: one query."""
    offers = ServiceAtLocation.objects.filter(service__in=list(services), location__closed_on=None)
    return frozenset(
        service
        for pk, service, place in offers.values_list("pk", "service", "location")
        if (pk in now.offers if pk in now.own else place in now.places)
    )


def _open(kept: dict[int, list[_Rule]], here: datetime) -> frozenset[int]:
    return frozenset(key for key, rules in kept.items() if is_open(rules, here, is_working_day))
