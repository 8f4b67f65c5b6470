"""When a window is open: its own hours where it keeps any, else those of its place."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from linli.directory.models import ServiceAtLocation
from linli.directory.rules.hours import Opening, openings
from linli.kernel.working_days import is_working_day
from linli.offers.models import Offer


def openings_of(window: ServiceAtLocation, first: date, until: date) -> Iterator[Opening]:
    """Yield when it is open from `first` until (not including) `until`: at most two queries."""
    closed_on = window.location.closed_on
    if closed_on is not None:
        until = min(until, closed_on)
    rules = list(window.schedules.all()) or list(window.location.schedules.all())
    return openings(rules, first, max(first, until), is_working_day)


def languages_by_weekday(window: ServiceAtLocation) -> dict[int, list[str]]:
    """Return which languages are spoken there in person, by weekday (0 is Monday): one query."""
    found: dict[int, list[str]] = {day: [] for day in range(7)}
    spoken = window.location.languages.filter(mode="in_person").order_by("language")
    for weekday, language in spoken.values_list("weekday", "language"):
        found[weekday].append(language)
    return found


def windows_for(offer: Offer) -> QuerySet[ServiceAtLocation]:
    """Return where an offer's appointments may be: its guide's windows, or all that its unit works at."""
    windows = ServiceAtLocation.objects.filter(location__closed_on=None)
    if offer.service_id is not None:
        windows = windows.filter(service=offer.service_id)
    else:
        windows = windows.filter(service__organization__unit=offer.unit_id)
    return windows.select_related("location", "service").order_by(
        "location__name", "window", "service__name"
    )
