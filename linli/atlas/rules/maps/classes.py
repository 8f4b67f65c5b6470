"""Classes of values for a map: how many steps there are and which value falls into which. Pure.

Equal values always share a class, so that a map never shows a difference that is none.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

QUANTILES: Final = "quantile"  # about as many places in each class
EQUAL: Final = "equal"  # each class as wide as the others
METHODS: Final = (QUANTILES, EQUAL)
STEPS: Final = 5  # steps of colour that an eye keeps apart


@dataclass(frozen=True, slots=True)
class Class:
    """One class: its step of colour (1 to 5), the lowest and the highest value in it, how many places."""

    step: int
    low: Decimal
    high: Decimal
    count: int


def classes(
    values: Iterable[Decimal], method: str = QUANTILES, most: int = STEPS
) -> tuple[Class, ...]:
    """Return the classes of these values in rising order; none for no value.

    Their bounds are values that really occur, so that the legend promises nothing that is not on the map.
    """
    ordered = sorted(values)
    if not ordered:
        return ()
    number = min(most, len(set(ordered)))
    place = _by_width if method == EQUAL else _by_rank
    grouped: dict[int, list[Decimal]] = {}
    for value in ordered:
        grouped.setdefault(place(value, ordered, number), []).append(value)
    if method != EQUAL:
        # Ties can leave a rank empty: the classes that are left take the whole range of colours.
        grouped = dict(enumerate(grouped.values()))
        number = len(grouped)
    return tuple(
        Class(_step(index, number), found[0], found[-1], len(found))
        for index, found in grouped.items()
    )


def step_of(value: Decimal, found: Sequence[Class]) -> int:
    """Return the step of a value that is one of those the classes were made of."""
    return found[bisect_left([one.high for one in found], value)].step


def _by_rank(value: Decimal, ordered: list[Decimal], number: int) -> int:
    return bisect_left(ordered, value) * number // len(ordered)


def _by_width(value: Decimal, ordered: list[Decimal], number: int) -> int:
    low, high = ordered[0], ordered[-1]
    if low == high:
        return 0
    return min(number - 1, int((value - low) * number / (high - low)))


def _step(index: int, number: int) -> int:
    """Return the step of colour of the class at `index`: few classes lie as far apart as the colours allow."""
    if number == 1:
        return (STEPS + 1) // 2
    return 1 + (index * (STEPS - 1) * 2 + number - 1) // (2 * (number - 1))
