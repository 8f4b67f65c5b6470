"""How far those who assessed the same candidate without knowing of each other agree: item by item, and in all.

Yes and no are names ("does not apply" is a third), grades have an order, numbers are compared as numbers; where one
says that a grade or a number does not apply, it was not given. From 0.8 on Krippendorff calls data reliable, from
0.667 good enough for cautious conclusions, below that for none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from linli.assessments.rules.instruments import SCALE, UNSCORED, YES_NO, Form, Item
from linli.assessments.rules.scoring import SKIPPED, Answers
from linli.kernel.agreement import INTERVAL, NOMINAL, ORDINAL, alpha

RELIABLE, CAUTIOUS = Fraction(8, 10), Fraction(667, 1000)
GOOD, FAIR, POOR, UNKNOWN = "good", "fair", "poor", "unknown"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha, and of how many things that were assessed twice; None where it cannot be told."""

    alpha: Fraction | None
    things: int

    @property
    def word(self) -> str:
        """good, fair, poor, or unknown: what may be concluded."""
        if self.alpha is None:
            return UNKNOWN
        return GOOD if self.alpha >= RELIABLE else FAIR if self.alpha >= CAUTIOUS else POOR

    @property
    def said(self) -> str:
        """Alpha with three digits behind the point, "" where it cannot be told."""
        return "" if self.alpha is None else f"{float(self.alpha):.3f}"


@dataclass(frozen=True, slots=True)
class Reliability:
    """The agreement of a round: on the shares of whole sheets, and on each item."""

    whole: Agreement
    items: Mapping[str, Agreement]


@dataclass(frozen=True, slots=True)
class Twice:
    """One candidate that was assessed twice or more in the same way: the shares of the sheets, and their answers."""

    shares: tuple[int, ...]
    answers: tuple[Answers, ...]


def reliability(form: Form, twice: Sequence[Twice]) -> Reliability:
    """Return how far the assessors of these candidates agree."""
    scored = [item for item in form.items() if item.kind not in UNSCORED]
    return Reliability(
        agreement([one.shares for one in twice], INTERVAL),
        {item.key: _of_item(item, twice) for item in scored},
    )


def agreement(things: Sequence[Sequence[Any]], metric: str) -> Agreement:
    """Return the agreement on things of which two or more values are known, and how many those are."""
    return Agreement(alpha(things, metric), sum(len(values) > 1 for values in things))


def _of_item(item: Item, twice: Sequence[Twice]) -> Agreement:
    things = [
        [
            value
            for answers in one.answers
            if (value := _value(item, answers.get(item.key, {}).get("v"))) is not None
        ]
        for one in twice
    ]
    metric = {YES_NO: NOMINAL, SCALE: ORDINAL}.get(item.kind, INTERVAL)
    return agreement(things, metric)


def _value(item: Item, said: Any) -> Any:  # noqa: ANN401 - of the item's kind
    if item.kind == YES_NO:
        return said
    if said is None or said == SKIPPED:
        return None
    # In millionths: whole numbers are quicker, and agreement is the same on every scale.
    return said if item.kind == SCALE else int(Decimal(said).scaleb(6))
