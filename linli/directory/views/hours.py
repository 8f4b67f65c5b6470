"""Opening hours as pages tell them: open or not, until when, the plain week, and the days that differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Schedule
from linli.directory.rules.hours import (
    SATURDAY,
    Opening,
    Span,
    is_holiday,
    next_opening,
    open_spans,
)
from linli.directory.schemas.telling import WEEKDAYS
from linli.kernel.text import Words
from linli.kernel.working_days import is_working_day

AHEAD = 14  # days whose exceptions are told


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a place is open at a moment. known: False when nobody said any hours."""

    known: bool
    until: time | None = None
    next: Opening | None = None
    today: bool = False

    @property
    def open(self) -> bool:
        """Whether it is open now."""
        return self.until is not None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week or of the calendar with its hours, none: closed. why: what makes it differ."""

    words: Words
    spans: Sequence[Span]
    today: bool = False
    on: date | None = None
    why: Words = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Neighbouring days of the week with the same hours. last: "" for one day."""

    first: Words
    last: Words
    spans: Sequence[Span]


def standing(rules: Iterable[Schedule], at: datetime) -> Standing:
    """Return whether the place is open, and until when; else when it opens next."""
    known, here = list(rules), localtime(at)
    if not known:
        return Standing(known=False)
    for opens_at, closes_at in open_spans(known, here.date(), is_working_day):
        if opens_at <= here.time() < closes_at:
            return Standing(known=True, until=closes_at)
    opening = next_opening(known, here, is_working_day)
    return Standing(
        known=True, next=opening, today=opening is not None and opening.day == here.date()
    )


def plain_week(rules: Iterable[Schedule], at: datetime) -> list[Day]:
    """Return Monday to Sunday as they are without holidays, by the rules that hold this week."""
    known, today = list(rules), localtime(at).date()
    monday = today - timedelta(days=today.weekday())
    days = (monday + timedelta(days=n) for n in range(7))
    return [
        Day(WEEKDAYS[day.weekday()], open_spans(known, day, _no_holidays), today=day == today)
        for day in days
    ]


def alike(week: Iterable[Day]) -> list[Days]:
    """Return the days of a week on which a place opens, neighbours with the same hours taken together."""
    groups = [list(days) for _spans, days in groupby(week, lambda day: list(day.spans))]
    return [
        Days(days[0].words, days[-1].words if len(days) > 1 else "", days[0].spans)
        for days in groups
        if days[0].spans
    ]


def exceptions(rules: Iterable[Schedule], at: datetime) -> list[Day]:
    """Return the days of the coming two weeks whose hours are not those of their weekday, and why."""
    known, today = list(rules), localtime(at).date()
    usual = [day.spans for day in plain_week(known, at)]
    found = []
    for day in (today + timedelta(days=n) for n in range(AHEAD)):
        spans = open_spans(known, day, is_working_day)
        if spans != usual[day.weekday()]:
            found.append(Day(WEEKDAYS[day.weekday()], spans, on=day, why=_why(day)))
    return found


def _why(day: date) -> Words:
    if is_holiday(day, is_working_day):
        return _("public holiday")
    if day.weekday() >= SATURDAY and is_working_day(day):
        return _("working day in place of a holiday")
    return _("other hours")


def _no_holidays(day: date) -> bool:
    return day.weekday() < SATURDAY
