"""What all draws that anybody computes again have in common. Pure.

The hash of a seed is told first, the list is closed into the look log next, the seed is shown last, mixed with
a beacon: a state of the log that holds the list, and a witness's line under it. Whoever chose the one could not
know the other. A lot is SHA-256 of "seed:name"; the smaller lot comes first.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

PATIENCE = timedelta(days=2)  # how long a draw waits for its witness
PROMISED = timedelta(hours=1)  # after closing, a draw that is not drawn is late


def commitment(seed: str) -> str:
    """Return what is told of a seed before there is a list."""
    return sha256(seed.encode()).hexdigest()


def leaf(*said: str) -> bytes:
    """Return the entry of the look log that holds what a draw was closed with."""
    return sha256("\n".join(("linli draw", *said)).encode()).digest()


def lateness(due: datetime, drawn: datetime | None, at: datetime) -> timedelta:
    """Return how much later than promised a draw was drawn, or how late it is by now. Nought: in time."""
    return max(timedelta(), (drawn or at) - due - PROMISED)


def beacon_of(state: str, line: str = "") -> str:
    """Return what is mixed in: a state of the log as its checkpoint says it, and the witness's line under it.

    The log's own signature is left out: the log could sign the same state in many ways.
    """
    return f"{state}\n{line}" if line else state


def mixed(seed: str, beacon: str) -> str:
    """Return the seed that draws."""
    return sha256(f"{seed}\n{beacon}".encode()).hexdigest()


def lot(seed: str, name: str) -> bytes:
    """Return the lot of a name."""
    return sha256(f"{seed}:{name}".encode()).digest()


def in_order(seed: str, names: Iterable[str]) -> list[str]:
    """Return names in the order of their lots."""
    return sorted(names, key=lambda name: lot(seed, name))
