"""A walk as a picture: what it came from on the left, what became of it on the right, column by column. Pure.

Every way drawn is one that the walk went; where there are too many things, the nearest are drawn and the others
counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from linli.trace.rules.walking.link_steps import Links
from linli.trace.rules.walking.walks import Reached

MOST: Final = 60  # things in one picture
MOST_IN_COLUMN: Final = 12


class Knot(NamedTuple):
    """One thing in the picture: in which column (0 the start, below 0 what it came from) and row, how reached."""

    thing: str
    column: int
    row: int
    made: bool
    at: datetime | None


class Chain(NamedTuple):
    """The picture of a walk: its things, the ways between them, how many columns and rows, how many were left out."""

    knots: Sequence[Knot]
    ways: Sequence[tuple[Knot, Knot]]
    columns: tuple[int, int]
    rows: int
    left_out: int


def chain(
    start: str, ahead: Sequence[Reached], back: Sequence[Reached], links: tuple[Links, Links]
) -> Chain:
    """Return the picture of a start with what came of it and what it came from; `links`: learned ahead and back."""
    columns: dict[int, list[Knot]] = defaultdict(list)
    columns[0].append(Knot(start, 0, 0, made=True, at=None))
    kept = {start}
    for sign, found in ((1, ahead), (-1, back)):
        for one in found:
            column = columns[sign * _column(one)]
            if one.thing not in kept and len(column) < MOST_IN_COLUMN and len(kept) < MOST:
                kept.add(one.thing)
                column.append(_knot(one, sign * _column(one), len(column)))
    knots = {one.thing: one for column in columns.values() for one in column}
    ways = dict.fromkeys([*_ahead(links[0], knots), *_back(links[1], knots)])
    used = [column for column, rows in columns.items() if rows]
    all_found = {start, *(one.thing for one in (*ahead, *back))}
    return Chain(
        [*knots.values()],
        [(knots[one], knots[other]) for one, other in ways],
        (min(used), max(used)),
        max(map(len, columns.values())),
        len(all_found) - len(knots),
    )


def _column(one: Reached) -> int:
    """Return how far away a thing stands; what carried the start stands beside it."""
    return max(one.hops, 1)


def _knot(one: Reached, column: int, row: int) -> Knot:
    return Knot(one.thing, column, row, made=one.how == "made", at=one.at)


def _ahead(links: Links, knots: Mapping[str, Knot]) -> Iterator[tuple[str, str]]:
    """Yield the ways on from the start and from what became of it."""
    for thing, knot in knots.items():
        if knot.column < 0:
            continue
        for link in links.out.get(thing, ()):
            if link.kind == "held":
                yield from _known(thing, [link.target], knots)
            else:
                made = (one.target for one in links.out.get(link.target, ()) if one.kind == "made")
                yield from _known(thing, made, knots)


def _back(links: Links, knots: Mapping[str, Knot]) -> Iterator[tuple[str, str]]:
    """Yield the ways that lead to the start and to what it came from, and what these lay in."""
    for thing, knot in knots.items():
        if knot.column > 0:
            continue
        for link in links.into.get(thing, ()):
            if link.kind == "held":
                yield from _known(link.source, [thing] if link.source in knots else [], knots)
            else:
                used = (one for one in links.into.get(link.source, ()) if one.kind == "used")
                yield from ((one.source, thing) for one in used if one.source in knots)
        held = (link.target for link in links.out.get(thing, ()) if link.kind == "held")
        yield from _known(thing, held, knots)


def _known(
    thing: str, others: Iterable[str], knots: Mapping[str, Knot]
) -> Iterator[tuple[str, str]]:
    return ((thing, one) for one in others if one in knots and one != thing)
