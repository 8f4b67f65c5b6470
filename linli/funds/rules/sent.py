"""People sent are told as counts, and never so few of one kind that somebody could be meant. Pure.

The sum is told only when it is not small itself. Kinds of which there are few go together; when they are few
even then, the smallest of the others goes with them, so that nobody finds them by subtracting.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

FEWEST: Final = 10


class Told(NamedTuple):
    """What is told: the sum (None when too small to be told), counts by role, and the rest taken together."""

    total: int | None
    by_role: dict[str, int]
    rest: int


def told(counts: Mapping[str, int], fewest: int = FEWEST) -> Told:
    """Return what may be told of these counts by role. `rest` is 0, or at least `fewest`."""
    total = sum(counts.values())
    if total < fewest:
        return Told(None, {}, 0)
    shown = {role: n for role, n in counts.items() if n >= fewest}
    rest = total - sum(shown.values())
    if 0 < rest < fewest:
        smallest = min(shown, key=lambda role: (shown[role], role))
        rest += shown.pop(smallest)
    return Told(total, shown, rest)
