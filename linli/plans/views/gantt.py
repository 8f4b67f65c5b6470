"""The timeline's geometry: days become whole pixels, from left to right in every script.

Pure: rows of the ledger in, numbers for the drawing out; the template draws them with classes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

WIDEST_DAY, NARROWEST_DAY = 4.0, 0.2
AIM = 980  # pixels that the whole time should take
EDGE = 24  # room for half a mark, and for the last tick's words
SEEN_AHEAD = timedelta(days=400)  # today is drawn when it is no further from the tasks than this
REACH = timedelta(days=366 * 30)  # a day mistyped by a century may not stretch everybody's page


@dataclass(frozen=True, slots=True)
class Span:
    """One task in time: when it begins, when it is due, what was promised first, its milestones."""

    starts_on: date | None
    due_on: date | None
    first_due_on: date | None
    milestones: Sequence[tuple[date, bool]] = ()  # the day, and whether it was reached

    @property
    def begins_on(self) -> date | None:
        """The day on which its window opens: its own, else 1 January of the year in which it is due."""
        if self.starts_on or not self.due_on:
            return self.starts_on
        return date(self.due_on.year, 1, 1)

    def days(self) -> Iterator[date]:
        """Yield every day that the drawing has to reach."""
        known = (self.begins_on, self.due_on, self.first_due_on)
        yield from (day for day in known if day)
        yield from (day for day, _ in self.milestones)


class Tick(NamedTuple):
    """One line of the calendar."""

    x: int
    words: str


class Bar(NamedTuple):
    """One task as it is drawn. None: there is nothing to draw there."""

    x: int
    width: int | None
    due: int | None
    first: int | None  # only where the due day has moved away from it
    begins_known: bool
    milestones: list[tuple[int, bool]]

    @property
    def moved(self) -> tuple[int, int] | None:
        """From and to on the line that shows the drift."""
        if self.first is None or self.due is None:
            return None
        return min(self.first, self.due), max(self.first, self.due)


class Chart(NamedTuple):
    """Everything that a template needs to draw the tasks of one page."""

    width: int
    since: date
    until: date
    ticks: list[Tick]
    today: int | None
    bars: list[Bar]


def chart(spans: Sequence[Span], today: date) -> Chart:
    """Return the drawing of these tasks; without any day in them, the year of today."""
    days = [day for span in spans for day in span.days() if abs(day - today) < REACH]
    first, last = (min(days), max(days)) if days else (today, today)
    if first - SEEN_AHEAD <= today <= last + SEEN_AHEAD:
        first, last = min(first, today), max(last, today)
    since, until = _month(first), _month_after(last)
    while (until - since).days < 180:  # a month alone would be stretched beyond reading
        since, until = _month(since - timedelta(days=1)), _month_after(until)
    scale = _Scale(since, min(WIDEST_DAY, max(NARROWEST_DAY, AIM / (until - since).days)))
    return Chart(
        width=scale.x(until) + EDGE,
        since=since,
        until=until,
        ticks=list(_ticks(scale, until)),
        today=scale.x(today) if since <= today < until else None,
        bars=[_bar(span, scale) for span in spans],
    )


class _Scale(NamedTuple):
    since: date
    pixels: float

    def x(self, day: date) -> int:
        """Return where the day begins."""
        return EDGE + round((day - self.since).days * self.pixels)

    def end(self, day: date) -> int:
        """Return where the day ends."""
        return EDGE + round(((day - self.since).days + 1) * self.pixels)


def _bar(span: Span, scale: _Scale) -> Bar:
    begins, due = span.begins_on, span.due_on
    moved = span.first_due_on if span.first_due_on != due else None
    end = scale.end(due) if due else None
    start = scale.x(begins) if begins else EDGE
    return Bar(
        x=start,
        width=max(3, end - start) if end is not None and begins else None,
        due=end,
        first=scale.end(moved) if moved else None,
        begins_known=span.starts_on is not None,
        milestones=[(scale.x(day), reached) for day, reached in span.milestones],
    )


def _ticks(scale: _Scale, until: date) -> Iterator[Tick]:
    """Yield the finest calendar whose words have room: months, quarters or years."""
    months = next(
        (step for step, room in ((1, 62), (3, 70)) if 30 * step * scale.pixels >= room), 12
    )
    for day in _months(scale.since, until):
        if (day.month - 1) % months:
            continue
        shown = {1: f"{day:%Y-%m}", 3: f"{day.year} Q{day.month // 3 + 1}", 12: f"{day.year}"}
        yield Tick(scale.x(day), shown[months])


def _months(since: date, until: date) -> Iterable[date]:
    day = since
    while day < until:
        yield day
        day = _month_after(day)


def _month(day: date) -> date:
    return day.replace(day=1)


def _month_after(day: date) -> date:
    return _month(day.replace(day=28) + timedelta(days=4))
