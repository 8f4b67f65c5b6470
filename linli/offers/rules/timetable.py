"""The timetable of a job fair: who talks at which stand, and when. Pure.

Each lane has one talk at a time, each person is in one place at a time and has the minutes to walk between
two; what is kept for who just comes is never given. A wish counts by its number among the person's own,
and among equal ones by a lot that anybody computes from a public seed: nothing else about anybody decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

POINTS = {1: 16, 2: 8, 3: 4, 4: 2, 5: 1}  # a wish counts as much as two of the next number


class Seat(NamedTuple):
    """One time of one lane, in minutes from the fair's beginning."""

    begins: int
    lane: int


@dataclass(frozen=True, slots=True)
class Table:
    """One stand: how long its talks take, and its seats for who wished, those kept free left out."""

    stand: int
    minutes: int
    seats: tuple[Seat, ...]


class Wished(NamedTuple):
    """One wish: whose, for which stand, and its number among their own (1 is the first)."""

    who: str
    stand: int
    number: int


class Talk(NamedTuple):
    """One talk of the timetable."""

    who: str
    stand: int
    begins: int
    lane: int


@dataclass(frozen=True, slots=True)
class Fair:
    """All that decides: stands, wishes, the minutes to walk from one talk to the next, and the seed."""

    tables: tuple[Table, ...]
    wishes: tuple[Wished, ...]
    gap: int
    seed: str

    def lines(self) -> dict[int, list[Wished]]:
        """Return who wished for each stand, the first in line first. Of two wishes for one stand the better counts."""
        best: dict[tuple[str, int], Wished] = {}
        stands = {table.stand for table in self.tables}
        for wish in sorted(self.wishes, key=lambda one: one.number):
            if wish.stand in stands:
                best.setdefault((wish.who, wish.stand), wish)
        found: dict[int, list[Wished]] = {table.stand: [] for table in self.tables}
        for wish in best.values():
            found[wish.stand].append(wish)
        for line in found.values():
            line.sort(key=lambda one: (one.number, lot(self.seed, one.who, one.stand)))
        return found

    def bound(self) -> int:
        """Return the points that no timetable exceeds: every stand talks to those first in its line."""
        lines = self.lines()
        return sum(
            POINTS[wish.number]
            for table in self.tables
            for wish in lines[table.stand][: len(table.seats)]
        )


def lot(seed: str, who: str, stand: int) -> bytes:
    """Return somebody's lot at one stand: the smaller comes first."""
    return sha256(f"{seed}:{who}:{stand}".encode()).digest()


def points(fair: Fair, talks: Iterable[Talk]) -> int:
    """Return what a timetable is worth."""
    number = {(one.who, one.stand): one.number for line in fair.lines().values() for one in line}
    return sum(POINTS[number[talk.who, talk.stand]] for talk in talks)


def clash(one: tuple[int, int], other: tuple[int, int], gap: int) -> bool:
    """Say whether nobody can keep both times, each (begins, minutes), with so many minutes to walk."""
    return one[0] < other[0] + other[1] + gap and other[0] < one[0] + one[1] + gap


def faults(fair: Fair, talks: Sequence[Talk]) -> list[str]:
    """Return what is wrong with a timetable; an empty list when it can be kept by everybody."""
    tables = {table.stand: table for table in fair.tables}
    wished = {(one.who, one.stand) for one in fair.wishes}
    found = []
    days: dict[str, list[tuple[int, int]]] = defaultdict(list)
    seats = {(table.stand, *seat) for table in fair.tables for seat in table.seats}
    for talk in talks:
        if (talk.who, talk.stand) not in wished:
            found.append(f"{talk.who} never wished for {talk.stand}")
        elif (seat := (talk.stand, talk.begins, talk.lane)) not in seats:
            found.append(f"{seat} is kept, given twice, or no seat")
        else:
            seats.remove(seat)
            days[talk.who].append((talk.begins, tables[talk.stand].minutes))
    found += [f"{who} is in two places" for who, day in days.items() if _overlaps(day, fair.gap)]
    twice = len(talks) - len({(talk.who, talk.stand) for talk in talks})
    return found + (["somebody talks twice at one stand"] if twice else [])


def _overlaps(day: list[tuple[int, int]], gap: int) -> bool:
    day.sort()
    return any(clash(one, other, gap) for one, other in pairwise(day))


def next_in_line(
    line: Iterable[Wished], seat: tuple[int, int], busy: dict[str, list[tuple[int, int]]], gap: int
) -> Wished | None:
    """Return who of a stand's line is proposed a time that came free: the first who can keep it.

    The line holds who has no talk there yet. seat, and the times in busy: (begins, minutes).
    """
    for wish in line:
        if not any(clash(seat, taken, gap) for taken in busy.get(wish.who, [])):
            return wish
    return None
