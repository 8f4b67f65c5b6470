"""How far what the directory says may still be trusted: it decays in public until somebody looks again.

After each half-life without a check the share of trust halves: within one it is fresh, within two ageing,
then stale. Phones and hours change sooner than what a service is.
"""

from datetime import date
from typing import Literal, NamedTuple

State = Literal["fresh", "ageing", "stale"]
STATES: tuple[State, ...] = ("fresh", "ageing", "stale")
HALF_LIFE = {"service": 180, "location": 120, "organization": 365}  # days


class Fresh(NamedTuple):
    """How fresh something is. share: of trust that is left, 1 on the day of the check; days: since then."""

    state: State
    share: float
    days: int


def freshness(assured_on: date, today: date, kind: str = "service") -> Fresh:
    """Return how fresh a thing of this kind is that was checked on `assured_on`."""
    half_life = HALF_LIFE[kind]
    days = max(0, (today - assured_on).days)
    lives = days // half_life
    return Fresh(STATES[min(lives, 2)], 0.5 ** (days / half_life), days)


def due_on(assured_on: date, kind: str = "service") -> date:
    """Return the day on which it begins to age and is to be looked at again."""
    return date.fromordinal(assured_on.toordinal() + HALF_LIFE[kind])
