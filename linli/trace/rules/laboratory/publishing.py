"""When a laboratory result may be public, and if not, why not. Pure.

A result that accuses somebody waits until a second run confirmed it, a second person approved it, the chain of
custody is whole, and the operator has answered or let its time pass. Inconclusive and invalid ones are never public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from linli.trace.rules.laboratory.results import DETECTED, NOT_DETECTED

# Working days from the moment at which it was asked for: seven to bring the sealed part to another laboratory, ten to test
# it, and as many again for what goes wrong. A test that nobody makes keeps nothing secret for ever.
COUNTER_DAYS: Final = 34

WHYS = (
    "no_result", "not_approved", "not_final", "custody_broken", "counter_sample_pending", "not_told",
    "operator_may_reply",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sample's result at a moment.

    `is_final`: no further run is needed (lab_confirming). `approved`: by a second person (lab_amendments).
    `whole`: no break in the chain of custody. `counter_pending`: the operator asked in time for the test of the
    counter-sample, and it is not there; it is waited for until `counter_by`. `told_at`, `reply_by`: when the operator was told, until when it may reply
    (the first moment that is too late); `replied_at`: None while it has not.
    """

    result: str
    is_final: bool
    approved: bool
    whole: bool
    counter_pending: bool = False
    counter_by: datetime | None = None
    told_at: datetime | None = None
    reply_by: datetime | None = None
    replied_at: datetime | None = None


def why_not(known: Known, at: datetime) -> list[str]:
    """Return why a result is not public at this moment, in the order of WHYS; nothing when it is."""
    return list(_whys(known, at))


def may_be_public(known: Known, at: datetime) -> bool:
    """Say whether a result may be public now."""
    return not why_not(known, at)


def _whys(known: Known, at: datetime) -> Iterator[str]:
    if known.result not in (DETECTED, NOT_DETECTED):
        yield "no_result"
    if not known.approved:
        yield "not_approved"
    if not known.is_final:
        yield "not_final"
    if not known.whole:
        yield "custody_broken"
    if known.result == DETECTED:
        yield from _operator(known, at)


def _operator(known: Known, at: datetime) -> Iterator[str]:
    if known.counter_pending and (known.counter_by is None or at < known.counter_by):
        yield "counter_sample_pending"
    if known.told_at is None or known.told_at > at:
        yield "not_told"
        return
    replied = known.replied_at is not None and known.replied_at <= at
    passed = known.reply_by is not None and known.told_at < known.reply_by <= at
    if not (replied or passed):
        yield "operator_may_reply"
