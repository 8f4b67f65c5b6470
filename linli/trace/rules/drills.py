"""How well a recall went: minutes until it was known whom it reached, who was told, who answered, what is missing. Pure.

A drill is a recall of goods that nothing is wrong with, by the same machine; its marks are what it is held for.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

WHOLE: Final = 10_000  # a share of one, in hundredths of a percent
AT_ONCE: Final = timedelta(hours=1)  # traced by then: nothing lost
TOO_LATE: Final = timedelta(hours=4)  # what schemes of food safety ask for at the latest


class Balance(NamedTuple):
    """What became of one lot: so much there was, so much is accounted for; `quantity` None where nobody said."""

    lot: str
    quantity: Decimal | None
    left: Decimal = Decimal(0)
    destroyed: Decimal = Decimal(0)
    used: Decimal = Decimal(0)
    gone: Decimal = Decimal(0)
    back: Decimal = Decimal(0)

    @property
    def found(self) -> Decimal:
        """Return what is accounted for; what was sent back is counted by who took it back."""
        return self.left + self.destroyed + self.used + self.gone

    @property
    def missing(self) -> Decimal | None:
        """Return what nobody accounts for; below nothing when more is told of than there was."""
        return None if self.quantity is None else self.quantity - self.found


class Score(NamedTuple):
    """The marks of a recall, each a share; `minutes` until it was known whom it reached."""

    minutes: int
    quick: int
    told: int
    acknowledged: int
    balanced: int

    @property
    def whole(self) -> int:
        """Return the mean of the four marks."""
        return (self.quick + self.told + self.acknowledged + self.balanced) // 4


class Telling(NamedTuple):
    """Whom a recall reached: how many businesses had the goods, how many of them were told, how many answered."""

    reached: int
    told: int
    acknowledged: int


def score(
    began: datetime, reached: datetime, telling: Telling, balances: Sequence[Balance]
) -> Score:
    """Return the marks of a recall: four that weigh alike, so that none can be bought with another."""
    spent = reached - began
    return Score(
        minutes=int(spent / timedelta(minutes=1)),
        quick=quickness(spent),
        told=_share(telling.told, telling.reached),
        acknowledged=_share(telling.acknowledged, telling.reached),
        balanced=balanced(balances),
    )


def quickness(spent: timedelta) -> int:
    """Return the mark for the time that tracing took: whole within an hour, none after four, even between."""
    late = max(spent - AT_ONCE, timedelta(0))
    return max(0, WHOLE - int(WHOLE * (late / (TOO_LATE - AT_ONCE))))


def balanced(balances: Sequence[Balance]) -> int:
    """Return how much of the goods is accounted for: the mean over the lots whose quantity is known.

    What is told of too much counts against it as what is missing does.
    """
    known = [one for one in balances if one.quantity]
    if not known:
        return 0
    shares = [_accounted(one) for one in known]
    return int(WHOLE * sum(shares) / len(shares))


def _accounted(one: Balance) -> Decimal:
    quantity, missing = one.quantity or Decimal(0), one.missing or Decimal(0)
    return max(Decimal(0), 1 - abs(missing) / quantity)


def _share(part: int, whole: int) -> int:
    return min(WHOLE, WHOLE * part // whole) if whole else WHOLE
