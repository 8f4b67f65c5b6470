"""The schematic map of an area: laid out anew from where its parts lie, or one part moved by hand."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import LayoutTile
from linli.atlas.models.layout import FURTHEST
from linli.atlas.queries import layers
from linli.atlas.rules.maps import layouts
from linli.directory.models import Area
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

STEPS: Final = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


@transaction.atomic
def lay_out(*, by: Actor, at: datetime, parent: Area) -> int:
    """Give every part of an area a square from where it lies; return how many. What was moved by hand is laid out anew too.

    Refuses: not_allowed unless a planner asks; no_parts; no_shapes when none of its parts has a shape.
    """
    allow(by, Role.PLANNER)
    Area.objects.select_for_update().get(pk=parent.pk)
    codes = _parts(parent)
    centres = layers.centres(codes, internal=True)
    if not centres:
        raise Refused("no_shapes", _("No part of this area has a shape: bring its boundaries, or move tiles by hand."))  # fmt: skip
    places = layouts.completed(layouts.lay_out(centres), codes)
    _write(by, at, parent, places, moved=set())
    return len(places)


@transaction.atomic
def set_tiles(*, by: Actor, at: datetime, parent: Area, places: dict[str, layouts.Place]) -> int:
    """Put several parts of an area where somebody wants them; the others stay. Return how many stand elsewhere now.

    Refuses: not_allowed unless a planner asks; no_parts; not_a_part; off_the_map beyond forty rows and columns;
    two_on_one when two parts would stand on one square.
    """
    allow(by, Role.PLANNER)
    Area.objects.select_for_update().get(pk=parent.pk)
    before = layouts.completed(layers.stored_layout(parent.code), _parts(parent))
    if not places.keys() <= before.keys():
        raise Refused("not_a_part", _("This is no part of the area."))
    if any(not (0 <= one <= FURTHEST) for place in places.values() for one in place):
        raise Refused("off_the_map", _("The schematic map has forty rows and forty columns."))
    after = before | places
    if len(set(after.values())) < len(after):
        raise Refused("two_on_one", _("Two places would stand on one square."))
    moved = {code for code, place in after.items() if before[code] != place}
    _write(by, at, parent, after, moved=moved)
    return len(moved)


@transaction.atomic
def move_tile(*, by: Actor, at: datetime, parent: Area, area: str, step: str) -> None:
    """Move one part a square up, down, left or right; where another stands, the two change places.

    Refuses: not_allowed unless a planner asks; no_parts; not_a_part; unknown_step; off_the_map beyond forty rows and columns.
    """
    allow(by, Role.PLANNER)
    if step not in STEPS:
        raise Refused("unknown_step", _("A tile moves up, down, left or right."))
    Area.objects.select_for_update().get(pk=parent.pk)
    places = layouts.completed(layers.stored_layout(parent.code), _parts(parent))
    if area not in places:
        raise Refused("not_a_part", _("This is no part of the area."))
    after, moved = _stepped(places, area, STEPS[step])
    _write(by, at, parent, after, moved=moved)


def _stepped(
    places: dict[str, layouts.Place], area: str, step: tuple[int, int]
) -> tuple[dict[str, layouts.Place], set[str]]:
    """Return the map after one step, and whom it moved. Above the first row, or left of it, all others make room."""
    row, column = places[area][0] + step[0], places[area][1] + step[1]
    if row < 0 or column < 0:
        down, along = max(0, -row), max(0, -column)
        places = {code: (at + down, on + along) for code, (at, on) in places.items()}
        row, column = row + down, column + along
    if any(one > FURTHEST for place in (*places.values(), (row, column)) for one in place):
        raise Refused("off_the_map", _("The schematic map has forty rows and forty columns."))
    other = next((code for code, place in places.items() if place == (row, column)), None)
    after = places | {area: (row, column)}
    if other is None or other == area:
        return after, {area}
    return after | {other: (row - step[0], column - step[1])}, {area, other}


def _parts(parent: Area) -> list[str]:
    codes = Area.objects.filter(parent=parent, until_year=None).values_list("code", flat=True)
    if not codes:
        raise Refused("no_parts", _("This area has no parts."))
    return list(codes)


def _write(
    by: Actor, at: datetime, parent: Area, places: dict[str, layouts.Place], *, moved: set[str]
) -> None:
    """Write the whole map anew; who moved what stays with the tiles that did not move."""
    kept = {one.area_id: one for one in LayoutTile.objects.filter(parent=parent)}
    new = []
    for code, (row, column) in places.items():
        old = kept.get(code)
        if old and (old.row, old.column) == (row, column) and code not in moved:
            continue
        new.append(
            LayoutTile(
                parent=parent,
                area_id=code,
                row=row,
                column=column,
                by_hand=code in moved or bool(moved and old and old.by_hand),
                **signed(by, at),
            )
        )
    # Out first, then in: two tiles that change places never stand on one square.
    gone = {one.area_id for one in new} | (kept.keys() - places.keys())
    LayoutTile.objects.filter(parent=parent, area__in=gone).delete()
    LayoutTile.objects.bulk_create(new)
