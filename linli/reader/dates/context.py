"""What the years and months that a text leaves out must be, from the dates around them.

A sentence's own year wins; then the day of publication; then the year that was named last.
"""

from datetime import date, timedelta
from typing import NamedTuple

from linli.reader.dates.partial import Interval, Partial, Point, closed, exists

_TWO_MONTHS = timedelta(days=62)
# News speaks of the days around its own; a year named before it does not claim those.
_LATELY = (timedelta(days=-45), timedelta(days=10))


class Outlook(NamedTuple):
    """What the words beside a date say of its place in time.

    ahead: it is still to come (将于9月); limit: to be kept (9月底前); counted: up to it things were
    counted (截至9月), so that it lies just before the day of publication.
    """

    ahead: bool
    limit: bool
    counted: bool


def parse(published: str | None) -> date | None:
    """Return the day of an ISO date; a year or month alone names no day.

    What lies outside 1900 to 2200 is a slip of the page, not the day of a report.
    """
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


class Context:
    """The dates of one article so far.

    published: the day it came out; now: the year that 今年 means; titled: the year its title is
    about. Each None when unknown.
    """

    def __init__(self, published: date | None, now: int | None, titled: int | None) -> None:
        self.published = published
        self.now = now
        self.titled = titled
        self._section: int | None = None
        self._sentence: int | None = None
        self._line: int | None = None
        self._document: int | None = None
        self._before: Partial | None = None

    def open_line(self) -> None:
        """Forget what only held inside the line before."""
        self._sentence = self._line = None

    def open_section(self, year: int | None) -> None:
        """Remember the year that a heading names for what stands under it (2017年工作打算)."""
        self._section = year

    def open_sentence(self) -> None:
        """Forget what only held inside the sentence before."""
        self._sentence = None

    def keep(self, interval: Interval, *, anchors: bool, told: bool) -> None:
        """Remember a date; one that `anchors` gives its year to those behind it in the sentence.

        Only a year that was `told` as a number holds on in the next sentence; after 今年 the text is
        back in the time of its publication.
        """
        self._before = interval.last or interval.first
        if anchors and self._before.year is not None:
            self._sentence = self._before.year
            lasting = told or self.published is None
            self._line = self._before.year if lasting else None
            self._document = self._line or self._document

    def settle(self, point: Point, outlook: Outlook) -> Interval | None:
        """Return `point` with its year and month, None where it is no day of any calendar."""
        first = self._led(point) if point.lead else self._bare(point, outlook)
        if first is None or not exists(first):
            return None
        if point.last is None:
            return Interval(first, None)
        last = Partial(
            point.last.year or first.year, point.last.month or first.month, point.last.day
        )
        return closed(first, last)

    def _led(self, point: Point) -> Partial | None:
        """Count from the word that leads the date: 去年, 上月, 昨日, 同年, 每年."""
        lead = point.lead
        if lead is None:
            return None
        if lead.relation == "every":
            return point.first if point.first.month else None
        origin = self._origin(lead.relation, lead.unit)
        if origin is None:
            return None
        year, month, day = origin
        if lead.unit == "year":
            return point.first._replace(year=(year or 0) + lead.low)
        if lead.unit == "month":
            months = (year or 0) * 12 + (month or 1) - 1 + lead.low
            return Partial(months // 12, months % 12 + 1, point.first.day)
        moved = date(year or 1, month or 1, day or 1) + timedelta(days=lead.low)
        return Partial(moved.year, moved.month, moved.day)

    def _origin(self, relation: str, unit: str) -> Partial | None:
        """Return the date that a word counts from, as exact as its unit needs."""
        if relation == "same":
            return self._same(unit)
        if unit == "year":
            return Partial(self.now) if self.now else None
        today = self.published
        return Partial(today.year, today.month, today.day) if today else None

    def _same(self, unit: str) -> Partial | None:
        before = self._before
        if unit == "year":
            year = self._sentence or self._line
            return Partial(year) if year else None
        if before is None or before.year is None or before.month is None:
            return None
        if unit == "month":
            return before if self._sentence else None
        return before if before.day else None

    def _bare(self, point: Point, outlook: Outlook) -> Partial | None:
        """Give a date that begins with its month or day the year it lacks."""
        first = point.first
        if first.year is not None:
            return first
        if point.joined and self._before is not None:
            return self._onward(first, self._before)
        if first.month is None:
            return self._day(first)
        return first._replace(year=self._year(point, outlook))

    def _onward(self, last: Partial, first: Partial) -> Partial:
        """Complete the far end of a range from the near one."""
        month = last.month or first.month
        over = month is not None and first.month is not None and month < first.month
        year = first.year + 1 if over and first.year else first.year
        return Partial(year, month, last.day)

    def _day(self, first: Partial) -> Partial | None:
        """Place a day without a month: in the month just named, else in the newest before now."""
        if self._sentence and self._before and self._before.month:
            return first._replace(year=self._before.year, month=self._before.month)
        today = self.published
        if today is None or first.day is None:
            return None
        if first.day > today.day + 3:
            today = today.replace(day=1) - timedelta(days=1)
        return first._replace(year=today.year, month=today.month)

    def _year(self, point: Point, outlook: Outlook) -> int | None:
        if self._sentence:
            return self._sentence
        if self.published is None:
            return self._line or self._section or self.titled or self._document
        guess, lately = _nearest(point, outlook, self.published)
        if lately or outlook.counted:
            return guess
        return self._line or self._section or self.titled or guess


def _nearest(point: Point, outlook: Outlook, today: date) -> tuple[int, bool]:
    """Return the year nearest to `today`, and whether the date belongs to its news.

    What lies over two months ahead was last year, unless the words look ahead.
    """
    month, day = point.first.month or 1, point.first.day or 1
    if point.last and point.last.month and month == 1:
        month = point.last.month
    told = date(today.year, month, min(day, 28))
    if outlook.limit:
        return today.year, False
    if outlook.ahead:
        return today.year + (told < today - _TWO_MONTHS), True
    year = today.year - (told > today + _TWO_MONTHS)
    lately = _LATELY[0] <= told.replace(year=year) - today <= _LATELY[1]
    return year, lately and point.first.day is not None
