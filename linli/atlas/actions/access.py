"""Declare a town's ground, bring its buses, end them. What was said before stays as it was."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import BusRun, BusStop, BusTable, TownGround
from linli.atlas.queries.access_bus_rows import dry_run
from linli.atlas.queries.access_standing import EDITION
from linli.atlas.rules.access.bus_rows import BusRow, stops_of
from linli.atlas.rules.access.squares import FURTHEST, MOST_METRES, MOST_SQUARES
from linli.directory.models import Area
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from linli.kernel.signed import signed

LEAST_METRES = 50
PACES = (20, 120)  # metres a minute


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundDraft:
    """A ground as it should be. squares: (row, column, name), name "" where there is none."""

    area: Area
    metres: int
    pace: int
    squares: Sequence[tuple[int, int, str]]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BusDraft:
    """A table of buses to take in. checksum: of the look that was had before."""

    area: Area
    data: bytes
    source: str
    valid_from: date
    checksum: str = ""


@transaction.atomic
def declare_ground(*, by: Actor, at: datetime, draft: GroundDraft) -> TownGround:
    """Say how wide a town's squares are, how fast one walks and from where one sets out; the same again writes nothing.

    Refuses: not_allowed unless a planner asks; not_a_width; not_a_pace; no_source; no_squares; too_many_squares
    over 400; not_a_square; square_stands_twice.
    """
    allow(by, Role.PLANNER)
    squares = sorted([row, column, name.strip()] for row, column, name in draft.squares)
    _check(draft, squares)
    Area.objects.select_for_update().get(pk=draft.area.pk)
    said = {
        "metres": draft.metres, "pace": draft.pace, "squares": squares, "source": draft.source.strip(),
    }  # fmt: skip
    newest = TownGround.objects.filter(area=draft.area).order_by("-id").first()
    if newest and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    made = TownGround.objects.create(area=draft.area, **said, **signed(by, at))
    new_edition(EDITION)
    return made


@transaction.atomic
def bring_buses(*, by: Actor, at: datetime, draft: BusDraft) -> BusTable:
    """Take in a table of a town's buses, all of it or nothing; the one before it ends.

    Refuses: not_allowed unless a planner asks; no_source; what `read_sheet` and `readable` refuse, a column about
    persons above all; rows_have_errors; too_many_stops over 200; brought_already when the same table stands;
    changed_meanwhile when another file lies there than was looked at.
    """
    allow(by, Role.PLANNER)
    source = draft.source.strip()
    if not source:
        raise Refused("no_source", _("Say where this is known from."))
    run = dry_run(read_sheet(draft.data))
    if run.wrong:
        raise Refused("rows_have_errors", _("Some rows have errors. Nothing was taken in."))
    digest = hashlib.sha256(draft.data).hexdigest()
    if draft.checksum and draft.checksum != digest:
        sentence = _("Something changed in the meantime. Look at the rows again.")
        raise Refused("changed_meanwhile", sentence, status=409)
    # Of two people who confirm at once the second waits here, and then finds the table standing.
    Area.objects.select_for_update().get(pk=draft.area.pk)
    standing = BusTable.objects.standing().filter(area=draft.area)
    if standing.filter(digest=digest, valid_from=draft.valid_from, source=source).exists():
        raise Refused("brought_already", _("This table of buses stands already."))
    standing.update(ended_at=at, ended_by=by.name)
    table = BusTable.objects.create(
        area=draft.area, source=source, valid_from=draft.valid_from, digest=digest, **signed(by, at)
    )
    _write(table, run.rows)
    new_edition(EDITION)
    return table


@transaction.atomic
def end_buses(*, by: Actor, at: datetime, table: BusTable) -> None:
    """Let a table of buses hold no longer: ways are walks then.

    Refuses: not_allowed unless a planner asks; ended_already the second time.
    """
    allow(by, Role.PLANNER)
    standing = BusTable.objects.standing().filter(pk=table.pk)
    if not standing.update(ended_at=at, ended_by=by.name):
        raise Refused("ended_already", _("This table of buses has ended already."))
    new_edition(EDITION)


def _check(draft: GroundDraft, squares: Sequence[Sequence[object]]) -> None:
    if not LEAST_METRES <= draft.metres <= MOST_METRES:
        raise Refused("not_a_width", _("A square is 50 to 5,000 metres wide."))
    if not PACES[0] <= draft.pace <= PACES[1]:
        raise Refused("not_a_pace", _("One walks 20 to 120 metres in a minute."))
    if not draft.source.strip():
        raise Refused("no_source", _("Say where this is known from."))
    if not squares:
        raise Refused("no_squares", _("Name one square at least from where people set out."))
    if len(squares) > MOST_SQUARES:
        raise Refused("too_many_squares", _("A town has 400 squares at most. Make them wider."))
    places = [(row, column) for row, column, _name in draft.squares]
    if not all(1 <= row <= FURTHEST and 1 <= column <= FURTHEST for row, column in places):
        raise Refused("not_a_square", _("Rows and columns are counted from 1 to 99."))
    if len({*places}) < len(places):
        raise Refused("square_stands_twice", _("A square stands in the list twice."))


def _write(table: BusTable, rows: Sequence[BusRow]) -> None:
    stops = BusStop.objects.bulk_create(
        BusStop(table=table, name=name, tile_row=row, tile_column=column)
        for name, (row, column) in stops_of(rows).items()
    )
    by_name = {stop.name: stop for stop in stops}
    runs = []
    for row in rows:
        said = dict(row.values)
        start, end = by_name[str(said["start"])], by_name[str(said["end"])]
        ways = [(start, end)] if said["one_way"] else [(start, end), (end, start)]
        told = {
            name: said[name] for name in ("line", "minutes", "every", "first", "last", "weekdays")
        }
        runs += [BusRun(table=table, start=one, end=other, **told) for one, other in ways]
    BusRun.objects.bulk_create(runs)
