"""The one answer that the look-up gives to somebody with food in their hand: the gravest thing that is known. Pure.

What an office allows and what a laboratory found are told apart: an answer names one of them, never one for the other.
"""

from dataclasses import dataclass
from typing import Final

from linli.trace.rules.permit_states import EXPIRED, NONE, NOT_YET
from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN

RECALLED, ADVERSE, CLOSED = "recalled", "adverse", "closed"
NOT_THEN, PAST = "not_then", "past"
WHICH, UNKNOWN, MISTYPED = "which", "unknown", "mistyped"
# In the order in which they are told: the first that is so is the answer.
GRAVEST: Final = (RECALLED, ADVERSE, WITHDRAWN, SUSPENDED, NOT_THEN, EXPIRED, NONE, PAST, CLOSED)
KINDS: Final = (*GRAVEST, VALID, WHICH, UNKNOWN, MISTYPED)
# What a colour and a shape say beside the words.
LAMPS: Final = {
    **dict.fromkeys((RECALLED, ADVERSE, WITHDRAWN, SUSPENDED), "late"),
    **dict.fromkeys((NOT_THEN, EXPIRED, NONE, PAST), "soon"),
    **dict.fromkeys((CLOSED, WHICH, UNKNOWN, MISTYPED), "plain"),
    VALID: "done",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of premises, and of a lot that was made there.

    `stand`: the word of the permits today; `then`: their word on the day on which the lot was made, "" without a lot;
    `adverse`: a published test found in this very lot what should not be there; `past`: its best-before day is over.
    """

    stand: str
    then: str = ""
    recalled: bool = False
    adverse: bool = False
    past: bool = False
    closed: bool = False


def answer(known: Known) -> str:
    """Return the gravest thing that is so, `valid` when nothing is.

    A lot is judged by the day on which it was made too: a permit of today does not cover what was made without one.
    """
    stand = NONE if known.stand == NOT_YET else known.stand
    so = {
        RECALLED: known.recalled,
        ADVERSE: known.adverse,
        NOT_THEN: bool(known.then) and known.then != VALID,
        PAST: known.past,
        CLOSED: known.closed,
        stand: True,
    }
    return next((word for word in GRAVEST if so.get(word)), VALID)


def names_premises(kind: str) -> bool:
    """Say whether an answer speaks of premises, about which somebody may be concerned."""
    return kind not in (WHICH, UNKNOWN, MISTYPED)
