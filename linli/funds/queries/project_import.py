"""What would become of every row of a table of projects: new, planned already, or wrong in some columns."""

from linli.directory.models import Area, Unit
from linli.directory.queries import area_named
from linli.funds.models import Programme
from linli.funds.queries.tables import Fate, Judged, Run, judged, rows_of, units_named
from linli.funds.rules.project_rows import LAYOUT, read_row
from linli.funds.rules.tables import Read
from linli.kernel.sheets import Sheet
from linli.kernel.traits import trait_in

_UNKNOWN = dict.fromkeys(("unit", "receiver"), "unknown_unit") | dict.fromkeys(
    ("giving", "receiving"), "unknown_area"
)


def dry_run(sheet: Sheet, programme: Programme, unit: Unit, *, alone: bool) -> Run:
    """Return what would become of a table. Nothing is written.

    `unit` keeps what names no giving unit; `alone`: all of it, for an officer plans for no other.
    """
    looking = _Looking(programme, unit, alone=alone)
    return Run(judged(rows_of(sheet, LAYOUT, read_row), looking.at))


class _Looking:
    """One look over a table: units and places by name, and what the programme line plans already."""

    def __init__(self, programme: Programme, unit: Unit, *, alone: bool) -> None:
        self.unit, self.alone = unit, alone
        self.units = units_named()
        self.places: dict[str, Area | None] = {}
        self.planned = set(programme.projects.values_list("name", "receiving"))
        self.lines: dict[tuple[str, str], int] = {}

    def at(self, read: Read) -> Judged:
        """Return the fate of one row; the same project in a later row is an error."""
        found, wrongs = self._found(read)
        receiving = found.get("receiving")
        if wrongs or not isinstance(receiving, Area):
            return Judged(read, Fate.WRONG, wrongs, {})
        key = (str(read.values["name"]), receiving.pk)
        if self.lines.setdefault(key, read.line) != read.line:
            return Judged(read, Fate.WRONG, {"name": "twice"}, {})
        fate = Fate.KNOWN if key in self.planned else Fate.NEW
        return Judged(read, fate, {}, found)

    def _found(self, read: Read) -> tuple[dict[str, object], dict[str, str]]:
        said = {field: str(value) for field, value in read.values.items()}
        found: dict[str, object] = {"unit": self.unit}
        found |= {one: self.units.get(said[one]) for one in ("unit", "receiver") if one in said}
        found |= {one: self._place(said.get(one, "")) for one in ("giving", "receiving")}
        wrongs = {field: _UNKNOWN[field] for field, one in found.items() if one is None}
        wrongs |= {one: "trait" for one in ("name", "purpose") if trait_in(said.get(one, ""))}
        if found["unit"] == found.get("receiver") is not None:
            wrongs["receiver"] = "same_unit"
        if self.alone and found["unit"] not in {None, self.unit}:
            wrongs["unit"] = "not_own_unit"
        return found, wrongs | dict(read.wrongs)

    def _place(self, name: str) -> Area | None:
        if name not in self.places:
            self.places[name] = area_named(name) if name else None
        return self.places[name]
