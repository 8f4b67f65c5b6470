"""In which order upright blocks are drawn so that none hides what stands before it: exact, never by guess. Pure.

The viewer stands in the south and looks north and down. Blocks share no ground, so along any line of sight they come in
one order; only where two of them interlock is there none, and those are cut along lines of sight, where a cut shows no wall.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final, NamedTuple

from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Point = tuple[float, float]
_SLIVER: Final = 1e-9  # of the drawing's width: what is narrower or smaller came out of rounding


class Piece(NamedTuple):
    """A part of one block's ground."""

    code: str
    ground: Polygon


def back_to_front(grounds: Mapping[str, BaseGeometry]) -> list[Piece]:
    """Return the pieces of these grounds in the order in which they are drawn.

    grounds: polygons that share no inside, x to the east, y to the north. A piece that stands before another comes later. Only
    those that interlock are cut.
    """
    pieces = [Piece(code, part) for code in sorted(grounds) for part in parts(grounds[code])]
    behind = _behind(pieces)
    if tied := _tied(behind):
        # What every line of sight meets only once can always be put into an order.
        pieces = [
            part
            for number, piece in enumerate(pieces)
            for part in (_cut(piece) if number in tied else [piece])
        ]
        behind = _behind(pieces)
    try:
        return list(_in_order(pieces, behind))
    except CycleError:  # grounds that lie over each other have no order: the farthest first
        return sorted(pieces, key=lambda piece: -piece.ground.centroid.y)


def _in_order(pieces: Sequence[Piece], behind: Mapping[int, set[int]]) -> Iterator[Piece]:
    """Yield the pieces in order, those of one block after each other where they may be: they are drawn as one."""
    order = TopologicalSorter(behind)
    order.prepare()
    ready: dict[str, list[int]] = {}
    code = ""
    while order.is_active():
        for number in order.get_ready():
            ready.setdefault(pieces[number].code, []).append(number)
        if code not in ready:
            code = max(ready, key=lambda one: (len(ready[one]), one))
        numbers = ready.pop(code)
        yield from (pieces[number] for number in numbers)
        order.done(*numbers)


def parts(ground: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a geometry, each with its outer ring counter-clockwise and its holes clockwise."""
    if isinstance(ground, Polygon):
        return [orient(ground)] if ground.area > 0 else []
    return [part for inner in getattr(ground, "geoms", ()) for part in parts(inner)]


def rings(ground: Polygon) -> list[list[Point]]:
    """Return the outer ring and the holes."""
    return [[(x, y) for x, y, *_ in ring.coords] for ring in (ground.exterior, *ground.interiors)]


def spans(pieces: Sequence[Polygon]) -> Iterable[list[tuple[float, float, int]]]:
    """Yield, for each stretch from west to east in which no border ends, what a line of sight meets from south to north.

    Each meeting is where it begins, where it ends, and the piece's number.
    """
    edges = [
        (edge, number)
        for number, ground in enumerate(pieces)
        for ring in rings(ground)
        for edge in pairwise(ring)
        if edge[0][0] != edge[1][0]
    ]
    ends = sorted({x for (a, b), _ in edges for x in (a[0], b[0])})
    met: list[list[tuple[int, float]]] = [[] for _ in ends]
    for ((x0, y0), (x1, y1)), number in edges:
        slope = (y1 - y0) / (x1 - x0)
        for at in range(bisect_left(ends, min(x0, x1)), bisect_left(ends, max(x0, x1))):
            middle = (ends[at] + ends[at + 1]) / 2
            met[at].append((number, y0 + (middle - x0) * slope))
    least = (ends[-1] - ends[0]) * _SLIVER if ends else 0
    for at, found in enumerate(met[:-1]):
        if found and ends[at + 1] - ends[at] > least:
            found.sort()
            yield sorted(
                (low, high, number)
                for (number, low), (_, high) in zip(found[::2], found[1::2], strict=True)
            )


def _behind(pieces: Sequence[Piece]) -> dict[int, set[int]]:
    """Return for each piece those that stand right behind it somewhere."""
    behind: dict[int, set[int]] = {number: set() for number in range(len(pieces))}
    for met in spans([piece.ground for piece in pieces]):
        for (_, _, before), (_, _, after) in pairwise(met):
            if before != after:
                behind[before].add(after)
    return behind


def _tied(behind: Mapping[int, set[int]]) -> set[int]:
    """Return the pieces that stand, by way of others, behind themselves."""
    reached = {number: sum(1 << one for one in ones) for number, ones in behind.items()}
    for by in behind:
        further = reached[by]
        for number, ones in reached.items():
            if ones >> by & 1:
                reached[number] = ones | further
    return {number for number, ones in reached.items() if ones >> number & 1}


def _cut(piece: Piece) -> list[Piece]:
    """Cut a piece along lines of sight, so that each of them meets every part once."""
    west, south, east, north = piece.ground.bounds
    return [
        Piece(piece.code, part)
        for left, right in pairwise((west, *_turns(piece.ground), east))
        for part in parts(piece.ground.intersection(box(left, south - 1, right, north + 1)))
        if part.area > piece.ground.area * _SLIVER
    ]


def _turns(ground: Polygon) -> list[float]:
    """Return where a border turns back with the ground on both sides of it: there a line of sight begins to meet it twice."""
    found: set[float] = set()
    for ring in rings(ground):
        line = [b for a, b in pairwise(ring) if a[0] != b[0]]
        upright = {a for a, b in pairwise(ring) if a[0] == b[0]}
        for before, here, after in zip(
            line[-1:] + line[:-1], line, line[1:] + line[:1], strict=True
        ):
            to, on = here[0] - before[0], after[0] - here[0]
            turn = to * (after[1] - here[1]) - (here[1] - before[1]) * on
            if to * on <= 0 and (turn <= 0 or here in upright):
                found.add(here[0])
    return sorted(found)
