"""Which areas are priority areas: a published share, at least as large as a threshold. Pure.

A claim makes none, nor does a share that could also lie below: money that goes by a rule needs what is proven.
"""

from decimal import Decimal
from typing import Final

from linli.facts.rules.intervals import Interval

PRIORITY, CLAIMED, UNSURE, BELOW = "priority", "claimed", "unsure", "below"
STATES: Final = (PRIORITY, CLAIMED, UNSURE, BELOW)


def standing(share: Interval, *, proven: bool, threshold: Decimal) -> str:
    """Return what a share makes of its area, wherever between its ends it truly lies."""
    if share.low is not None and share.low >= threshold:
        return PRIORITY if proven else CLAIMED
    if share.high is not None and (
        share.high < threshold or (share.high == threshold and not share.high_in)
    ):
        return BELOW
    return UNSURE
