"""Draws that anybody computes again: the seed's hash is told first, the list next, the seed last. Pure.

The seed that was told is mixed with a beacon, which came to be after the list was closed: whoever chose the
one could not know the other. Each ticket's lot is SHA-256 of "seed:ticket"; the smaller lot comes first.
Groups get their places whole, in that order, while they fit; whoever does not fit stays behind in the same
order, as the waiting list. Nothing but seed, beacon, tickets and sizes decides.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

PATIENCE = timedelta(days=2)  # how long a draw waits for its witness
PROMISED = timedelta(hours=1)  # after closing, a draw that is not drawn is late


class Sealed(NamedTuple):
    """What is fixed when a draw closes: of which session, by which seed and witness, for how many, who."""

    session: str
    commitment: str
    witness: str
    places: int
    entries: str

    def leaf(self) -> bytes:
        """Return the entry of the look log that holds all of this."""
        said = f"{self.session}\n{self.commitment}\n{self.witness}\n{self.places}\n{self.entries}"
        return sha256(f"linli draw\n{said}".encode()).digest()


class Ticket(NamedTuple):
    """One entry of a draw: its public number and how many places it asks for."""

    number: str
    size: int


class Drawn(NamedTuple):
    """What came of a draw: who has places, and who waits, each in the order of their lots."""

    placed: list[Ticket]
    behind: list[Ticket]


def commitment(seed: str) -> str:
    """Return what is told of a seed before anybody enters."""
    return sha256(seed.encode()).hexdigest()


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


def written(tickets: Iterable[Ticket]) -> str:
    """Return the list as it is published when it closes: "number size" a line, sorted by number."""
    return "".join(f"{one.number} {one.size}\n" for one in sorted(tickets))


def read(text: str) -> list[Ticket]:
    """Return the tickets of a published list. Raises ValueError for what is no such list."""
    tickets = []
    for line in text.splitlines():
        number, size = line.split(" ")
        tickets.append(Ticket(number, int(size)))
    if written(tickets) != text or len({one.number for one in tickets}) < len(tickets):
        message = "not a list of tickets, each once, in their order"
        raise ValueError(message)
    return tickets


def lots(seed: str, tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return the tickets in the order of their lots."""
    return sorted(tickets, key=lambda one: sha256(f"{seed}:{one.number}".encode()).digest())


def draw(seed: str, tickets: Iterable[Ticket], places: int) -> Drawn:
    """Return who gets the places."""
    placed, behind = [], []
    for one in lots(seed, tickets):
        if one.size <= places:
            places -= one.size
            placed.append(one)
        else:
            behind.append(one)
    return Drawn(placed, behind)
