"""What a map says in numbers: highest, lowest, middle, spread, and what is missing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

Named = tuple[str, Decimal | None]  # a place's name and its value


@dataclass(frozen=True, slots=True)
class Summary:
    """The values of some places. highest, lowest: every place that shares the value; quarter, three_quarters: half of the
    places lie between the two.
    """

    known: int
    highest: tuple[str, ...]
    most: Decimal
    lowest: tuple[str, ...]
    least: Decimal
    middle: Decimal
    quarter: Decimal
    three_quarters: Decimal

    @property
    def all_alike(self) -> bool:
        """Whether every place has the same value."""
        return self.most == self.least


def summary(values: Sequence[Named]) -> Summary | None:
    """Return what these values come to, None when no value is known."""
    known = [(name, value) for name, value in values if value is not None]
    if not known:
        return None
    ordered = sorted(value for _, value in known)
    half = (len(ordered) + 1) // 2  # the middle one belongs to both halves
    return Summary(
        known=len(known),
        highest=tuple(name for name, value in known if value == ordered[-1]),
        most=ordered[-1],
        lowest=tuple(name for name, value in known if value == ordered[0]),
        least=ordered[0],
        middle=Decimal(median(ordered)),
        quarter=Decimal(median(ordered[:half])),
        three_quarters=Decimal(median(ordered[-half:])),
    )
