"""Draws of places: who entered, for how many, and who gets in. Pure; what all draws share is kernel/drawing.py.

Groups get their places whole, in the order of their lots, while they fit; whoever does not fit stays behind in
the same order, as the waiting list. Nothing but seed, beacon, tickets and sizes decides.
"""

from collections.abc import Iterable
from typing import NamedTuple

from linli.kernel.drawing import leaf, lot


class Sealed(NamedTuple):
    """What is fixed when a draw closes: of which session, by which seed and witness, for how many, who."""

    session: str
    commitment: str
    witness: str
    places: int
    entries: str

    def leaf(self) -> bytes:
        """Return the entry of the look log that holds all of this."""
        return leaf(self.session, self.commitment, self.witness, str(self.places), self.entries)


class Ticket(NamedTuple):
    """One entry of a draw: its public number and how many places it asks for."""

    number: str
    size: int


class Drawn(NamedTuple):
    """What came of a draw: who has places, and who waits, each in the order of their lots."""

    placed: list[Ticket]
    behind: list[Ticket]


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
    return sorted(tickets, key=lambda one: lot(seed, one.number))


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
