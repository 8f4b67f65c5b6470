"""When in a week nobody serves what is asked, though one might expect it: lunch, evening, a day off. Pure."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Final, NamedTuple

from linli.atlas.rules.access.counters import Asked, Counter, Span, serving_spans
from linli.directory.rules.guarantees import holes

DAY: Final = (time(8), time(21))  # in these hours somebody comes who has worked, or has yet to
LUNCH: Final = (time(11, 30), time(15))
EVENING: Final = time(17)
WHOLE_DAY, AT_LUNCH, AT_EVENING, AT_MORNING, BETWEEN = (
    "day", "lunch", "evening", "morning", "between",
)  # fmt: skip


class Hole(NamedTuple):
    """One stretch of a weekday in which nobody serves. kind: which part of the day it is.

    open_elsewise: whether a counter is open at some time of it and lacks the language alone: one more clerk
    would close that.
    """

    weekday: int
    begins: time
    ends: time
    kind: str
    open_elsewise: bool

    @property
    def minutes(self) -> int:
        """How long it is."""
        return _minutes(self.ends) - _minutes(self.begins)


def holes_of_day(counters: Iterable[Counter], asked: Asked) -> list[Hole]:
    """Return the stretches of the weekday in which nobody serves what is asked; its hour does not matter."""
    known = list(counters)
    serving = [span for one in known for span in serving_spans(one, asked)]
    opened = [span for one in known for span in one.spans(asked)]
    return [
        Hole(asked.weekday, begins, ends, _kind(begins, ends), _overlap(opened, begins, ends))
        for begins, ends in holes(_cut(serving), *DAY)
    ]


def holes_of_week(counters: Iterable[Counter], asked: Asked) -> list[Hole]:
    """Return the same of all seven days, Monday first."""
    known = list(counters)
    return [hole for day in range(7) for hole in holes_of_day(known, asked._replace(weekday=day))]


def half_hours() -> list[time]:
    """Return every half hour of the day that is looked at."""
    first, last = (_minutes(one) for one in DAY)
    return [time(*divmod(minutes, 60)) for minutes in range(first, last, 30)]


def next_served(counters: Iterable[Counter], asked: Asked) -> tuple[int, time, Counter] | None:
    """Return when somebody serves next after the hour that is asked, and who: within seven days, or None."""
    known = sorted(counters, key=lambda one: one.code)
    for ahead in range(8):
        day = asked._replace(weekday=(asked.weekday + ahead) % 7)
        begun = [
            (begins, counter)
            for counter in known
            for begins, _ends in serving_spans(counter, day)
            if (ahead or begins > asked.hour) and (ahead < 7 or begins <= asked.hour)
        ]
        if begun:
            begins, counter = min(begun, key=lambda one: one[0])
            return day.weekday, begins, counter
    return None


def _cut(spans: Sequence[Span]) -> list[Span]:
    return [
        (max(begins, DAY[0]), min(ends, DAY[1]))
        for begins, ends in spans
        if ends > DAY[0] and begins < DAY[1]
    ]


def _overlap(spans: Iterable[Span], begins: time, ends: time) -> bool:
    return any(opens < ends and closes > begins for opens, closes in spans)


def _kind(begins: time, ends: time) -> str:
    if (begins, ends) == DAY:
        return WHOLE_DAY
    if LUNCH[0] <= begins and ends <= LUNCH[1]:
        return AT_LUNCH
    if ends == DAY[1] and begins >= EVENING:
        return AT_EVENING
    return AT_MORNING if begins == DAY[0] and ends <= LUNCH[0] else BETWEEN


def _minutes(of: time) -> int:
    return of.hour * 60 + of.minute
