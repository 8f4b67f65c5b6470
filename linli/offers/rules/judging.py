"""The result of a contest: the mean of the judges' points decides, and equal is said to be equal. Pure.

Every judge judges every work, so that a strict judge is strict to all. Where there are criteria, a judge's points
are the weighed mean of the grades, exactly: no rounding comes between two works. Whoever has the same mean has the
same place; the next place is left out. A place within the number of prizes has a prize, equal ones too.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple


class Placed(NamedTuple):
    """One work in the result: its number, the mean of its points, its place, and whether others share it."""

    number: int
    mean: Fraction
    place: int
    shared: bool


def result(points: Mapping[int, Sequence[int | Fraction]]) -> list[Placed]:
    """Return the works in the order of the result. Every one has the points of each judge, one at least."""
    means = {number: Fraction(sum(given), len(given)) for number, given in points.items()}
    all_means = list(means.values())
    placed = [
        Placed(
            number,
            mean,
            place=1 + sum(other > mean for other in all_means),
            shared=all_means.count(mean) > 1,
        )
        for number, mean in means.items()
    ]
    return sorted(placed, key=lambda one: (one.place, one.number))


def is_complete(points: Mapping[int, Sequence[str]]) -> bool:
    """Say whether the same judges, one at least, have judged every work. `points`: who judged each."""
    judges = [frozenset(given) for given in points.values()]
    return bool(judges) and bool(judges[0]) and len(set(judges)) == 1
