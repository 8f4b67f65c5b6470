"""What two sides of a project say of the same thing: whether they agree. Pure.

Neither side is believed more than the other. They agree when both say the very same; until then what differs, or
who has not spoken, is for everybody to see.
"""

from decimal import Decimal
from typing import Final, NamedTuple

GIVER, RECEIVER = "giver", "receiver"
SIDES: Final = (GIVER, RECEIVER)
OTHER: Final = {GIVER: RECEIVER, RECEIVER: GIVER}

PUBLIC, SOCIAL, INDICATOR = "public", "social", "indicator"
MONEY: Final = (PUBLIC, SOCIAL)
MATTERS: Final = (*MONEY, INDICATOR)

DIFFER, GIVER_ALONE, RECEIVER_ALONE, AGREE, NOBODY = (
    "differ", "giver_alone", "receiver_alone", "agree", "nobody",
)  # fmt: skip
# What needs somebody's attention first.
STATES: Final = (DIFFER, GIVER_ALONE, RECEIVER_ALONE, AGREE, NOBODY)


class Word(NamedTuple):
    """What one side says: fen, or a value with how firmly it is meant."""

    value: Decimal
    bound: str = "exact"


def compare(giver: Word | None, receiver: Word | None) -> str:
    """Return in which of five states the two are: agree, differ, one alone has said so, or nobody."""
    if giver is None:
        return NOBODY if receiver is None else RECEIVER_ALONE
    if receiver is None:
        return GIVER_ALONE
    return AGREE if giver == receiver else DIFFER


def difference(giver: Word | None, receiver: Word | None) -> Decimal | None:
    """Return by how much the receiver says more than the giver (less: below nought); None unless they differ."""
    if giver is None or receiver is None or giver == receiver:
        return None
    return receiver.value - giver.value
