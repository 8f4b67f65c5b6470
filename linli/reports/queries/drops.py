"""What became, year after year, of the promises of each place: every report beside the one that can answer it.

A pair is compared once in each process: a reading never changes, its report is another one then.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from linli.reports.models import Report, ReportQuerySet
from linli.reports.rules.compare import CHANGED, RESTATED, VANISHED, Fate, compare

MOST_PAIRS = 40  # the newest: so many are looked at for one page
APART = timedelta(days=180)  # a promise has at least so long before a report is held against it
TOLD = (VANISHED, CHANGED, RESTATED)


class Pair(NamedTuple):
    """Two reports of one place, one after the other; without their readings."""

    earlier: Report
    later: Report


class Drop(NamedTuple):
    """One promise that the next report does not answer as it was made."""

    pair: Pair
    fate: Fate


def successive(reports: ReportQuerySet, area: str = "") -> list[Pair]:
    """Return each of these reports with the first of its place that can answer it, the newest first. One query.

    A plan for a year and a report of the year before are printed within weeks: neither answers the other.
    """
    dated = reports.exclude(area="").filter(printed_on__isnull=False).defer("reading")
    if area:
        dated = dated.filter(area=area)
    places: dict[str, list[Report]] = {}
    for one in dated.order_by("printed_on", "pk"):
        places.setdefault(one.area, []).append(one)
    pairs = [
        Pair(earlier, later)
        for listed in places.values()
        for earlier in listed
        if (later := next((one for one in listed if answers(earlier, one)), None))
    ]
    return sorted(pairs, key=_age, reverse=True)[:MOST_PAIRS]


def answers(earlier: Report, later: Report) -> bool:
    """Say whether so much time lies between two reports that the later one can answer the promises of the earlier."""
    if earlier.printed_on is None or later.printed_on is None:
        return False
    return later.printed_on - earlier.printed_on >= APART


def drops(pairs: Iterable[Pair]) -> list[Drop]:
    """Return what vanished, changed or was only said again, what vanished first. Two queries a pair not seen yet."""
    found = [
        Drop(pair, fate)
        for pair in pairs
        for fate in _fates(pair.earlier.code, pair.later.code)
        if fate.outcome in TOLD
    ]
    return sorted(found, key=lambda one: TOLD.index(one.fate.outcome))


def drop_of(pair: Pair, item: str) -> Drop | None:
    """Return what became of one promise of a pair, None when it is no promise or was answered."""
    return next(
        (one for one in drops([pair]) if one.fate.earlier and one.fate.earlier.id == item), None
    )


def _age(pair: Pair) -> tuple[date, int]:
    return pair.later.printed_on or date.min, pair.earlier.pk


@lru_cache(maxsize=512)
def _fates(earlier: str, later: str) -> tuple[Fate, ...]:
    """Compare two reports by their codes, which no other report ever gets; a row's number may be given again."""
    readings = dict(Report.objects.filter(code__in=[earlier, later]).values_list("code", "reading"))
    return compare(readings[earlier], readings[later])
