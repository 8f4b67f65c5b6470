"""When things happen in a town, and how much of them. Pure: the same name and day always give the same.

Offices rest at weekends and on holidays, people ask on Mondays and after them, and more from year to year;
how long something takes, and how many come, is seldom long or many, and mostly short and few.
"""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Final, NamedTuple

from django.utils.timezone import make_aware

from linli.kernel.working_days import is_working_day

SPAN: Final = 730  # days that are told
_WEEKDAYS: Final = (1.25, 1.1, 1.0, 0.95, 0.85, 0.35, 0.25)
_REST: Final = 0.12  # of a day on which offices should work, and rest
_MONTHS: Final = (0.8, 0.45, 1.2, 1.15, 1.1, 1.0, 0.85, 0.9, 1.2, 1.0, 1.1, 0.95)
_GROWTH: Final = 0.6  # by how much the last days have more than the first
_HOURS: Final = (2, 6, 12, 14, 8, 3, 9, 13, 10, 6, 3, 2, 1)
_FIRST_HOUR: Final = 7


class Chance(NamedTuple):
    """One sequence of chances, of one seed, step and place; days end with `today`."""

    random: Random
    today: date

    @classmethod
    def of(cls, seed: int, today: date, *named: object) -> "Chance":
        """Return the sequence of this seed and name."""
        return cls(Random(f"linli {seed} {named}"), today)  # noqa: S311 - an invented day

    def day(self, *, at_work: bool = False, until: int = 0) -> date:
        """Return one of the days that end `until` days before today; `at_work`: one on which offices work."""
        days, weights = _days(self.today, at_work=at_work)
        last = len(days) - until
        return days[bisect(weights, self.random.random() * weights[last - 1], 0, last - 1)]

    def moment(self, *, until: int = 0) -> datetime:
        """Return a moment at which somebody asks: any day, mostly in the morning or after lunch."""
        hour = _FIRST_HOUR + self.of_weights(_HOURS)
        return at(self.day(until=until), hour, self.random.randrange(60))

    def of_weights(self, weights: Sequence[float]) -> int:
        """Return a place in the list, as often as its weight says."""
        return self.random.choices(range(len(weights)), weights)[0]

    def often(self, share: float) -> bool:
        """Say yes in this share of all cases."""
        return self.random.random() < share

    def long(self, median: float, spread: float = 0.6) -> float:
        """Return a length: half are shorter than the median, and few are much longer."""
        return float(self.random.lognormvariate(0, spread)) * median

    def share(self, mean: float, firm: float = 12) -> float:
        """Return a share around a mean; the firmer, the nearer."""
        return float(self.random.betavariate(mean * firm, (1 - mean) * firm))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day."""
    return make_aware(datetime.combine(day, time(hour, minute)))


@lru_cache(maxsize=4)
def _days(today: date, *, at_work: bool) -> tuple[list[date], list[float]]:
    """Return the days before today, and up to each the sum of what happens on them."""
    days = [today - timedelta(days=SPAN - number) for number in range(SPAN)]
    return days, list(accumulate(_weight(day, today, at_work=at_work) for day in days))


def _weight(day: date, today: date, *, at_work: bool) -> float:
    works = is_working_day(day)
    if at_work and not works:
        return 0
    ago = (today - day).days / SPAN
    weight = _MONTHS[day.month - 1] * (1 + _GROWTH * (1 - ago))
    if works:
        return weight * _WEEKDAYS[min(day.weekday(), 4)]
    return weight * (_WEEKDAYS[day.weekday()] if day.weekday() > 4 else _REST)
