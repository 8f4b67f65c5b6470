"""Draws that anybody computes again: the seed's hash is told first, the list next, the seed last. Pure.

Each ticket's lot is SHA-256 of "seed:ticket"; the smaller lot comes first. Groups get their places whole,
in that order, while they fit; whoever does not fit stays behind in the same order, as the waiting list.
Nothing but seed, tickets and sizes decides.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple


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


def draw(seed: str, tickets: Iterable[Ticket], places: int) -> Drawn:
    """Return who gets the places."""
    order = sorted(tickets, key=lambda one: sha256(f"{seed}:{one.number}".encode()).digest())
    placed, behind = [], []
    for one in order:
        if one.size <= places:
            places -= one.size
            placed.append(one)
        else:
            behind.append(one)
    return Drawn(placed, behind)
