"""The picture of a chain, in numbers: where each thing stands, what it is called, which lines join them."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.urls import reverse

from linli.trace.models import Lot
from linli.trace.rules.walking.chains import Chain, Knot

WIDE, HIGH, STEP, LINE = 148, 48, 208, 64  # of a knot, from column to column, from row to row
_LONGEST: Final = 11  # characters that fit into a knot
Named = Mapping[str, tuple[Lot | None, str]]


class Box(NamedTuple):
    """One thing of the picture."""

    x: int
    y: int
    name: str
    number: str
    address: str
    state: str  # start, made or carried


class Picture(NamedTuple):
    """A picture: its size, its boxes, and the lines between them."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[str]


def picture(chain: Chain, named: Named) -> Picture:
    """Return the picture of a chain; things that are no lots of ours bear the end of their address."""
    first, last = chain.columns
    places = {knot: _place(knot, first) for knot in chain.knots}
    return Picture(
        (last - first) * STEP + WIDE + 24,  # and room for a line along the last side
        (chain.rows - 1) * LINE + HIGH + 4,
        [_box(knot, at, named) for knot, at in places.items()],
        [_line(places[one], places[other]) for one, other in chain.ways],
    )


def short(uri: str) -> str:
    """Return the end of an address, by which people know a thing."""
    return uri.rstrip("/").rpartition("/")[2].rpartition(":")[2]


def _place(knot: Knot, first: int) -> tuple[int, int]:
    return (knot.column - first) * STEP + 2, knot.row * LINE + 2


def _box(knot: Knot, at: tuple[int, int], named: Named) -> Box:
    lot, uri = named.get(knot.thing, (None, ""))
    state = "start" if knot.at is None else "made" if knot.made else "carried"
    if lot is None:
        return Box(*at, _cut(short(uri)), "", "", state)
    address = reverse("trace:lot_chain", args=[lot.code])
    return Box(*at, _cut(lot.product.name), lot.number, address, state)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    """Return a line from the end of one box to the beginning of the other; in one column, along its side."""
    x, y = one[0] + WIDE, one[1] + HIGH // 2
    to_x, to_y = other[0], other[1] + HIGH // 2
    if one[0] == other[0]:
        return f"M{x} {y}C{x + 24} {y} {x + 24} {to_y} {x} {to_y}"
    middle = (x + to_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"
