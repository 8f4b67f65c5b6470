"""How far people who looked at the same thing agree: Krippendorff's alpha, exact, from whole numbers and fractions.

Klaus Krippendorff, Content Analysis (2004), chapter 11: one, less the disagreement observed over the disagreement
that chance would give. 1 is full agreement, 0 is chance, below 0 they contradict each other more than chance would.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from typing import Any

NOMINAL, ORDINAL, INTERVAL = "nominal", "ordinal", "interval"
METRICS = (NOMINAL, ORDINAL, INTERVAL)


def alpha(things: Iterable[Sequence[Any]], metric: str = NOMINAL) -> Fraction | None:
    """Return the agreement about things, each the values that were given to it, whoever gave them.

    `metric`: values are names (any that compare equal or not), grades in an order, or numbers (int or Fraction).
    A value that was not given is left out; what only one has valued says nothing.
    None where nothing was valued twice, or everything alike: there is then no chance to compare with.
    """
    paired = [values for values in things if len(values) > 1]
    given = [value for values in paired for value in values]
    if metric == ORDINAL:
        rank = _ranks(given)
        paired = [[rank[value] for value in values] for values in paired]
        given = [rank[value] for value in given]
    spread = _unlike if metric == NOMINAL else _squares
    by_chance = Fraction(spread(given)) / (len(given) - 1) if given else Fraction(0)
    if not by_chance:
        return None
    # Summed by how many valued a thing before anything is divided: thousands of things, few fractions.
    within: dict[int, int | Fraction] = defaultdict(int)
    for values in paired:
        within[len(values) - 1] += spread(values)
    observed = sum((Fraction(one) / others for others, one in within.items()), Fraction(0))
    return 1 - observed / by_chance


def _ranks(given: Iterable[Any]) -> dict[Hashable, int]:
    """Return for each grade the double of its middle rank: how far two grades are apart is how many lie between."""
    ranks, below = {}, 0
    for grade, times in sorted(Counter(given).items()):
        ranks[grade] = 2 * below + times
        below += times
    return ranks


def _unlike(values: Sequence[Hashable]) -> int:
    """Return how many ordered pairs differ."""
    return len(values) ** 2 - sum(times**2 for times in Counter(values).values())


def _squares(values: Sequence[int | Fraction]) -> int | Fraction:
    """Return the squared differences of all ordered pairs, summed."""
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2)
