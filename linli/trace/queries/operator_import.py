"""What would become of every row of a table of food premises: new, known already, or wrong in some columns."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.directory.queries import area_named
from linli.kernel.credit_codes import is_credit_code, tidied
from linli.kernel.refusals import Refused
from linli.kernel.sheets import Sheet
from linli.trace.models import Operator, Premises
from linli.trace.rules.codes.check_digits import is_gln
from linli.trace.rules.operator_rows import FIELDS, NEEDED, Read, columns_of, read_row

MOST_ROWS = 2_000


class Fate(StrEnum):
    """What becomes of a row: a new business with its premises, more premises of a known one, nothing, or no."""

    NEW, MORE, KNOWN, WRONG = "new", "more", "known", "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with its fate; `wrongs` says by field what is wrong; `key`: which business of the table it is."""

    read: Read
    fate: Fate
    wrongs: dict[str, str]
    key: str = ""
    area: Area | None = None
    operator: Operator | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """All rows with their fates."""

    rows: list[Judged]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows meet each fate."""
        counted = Counter(row.fate for row in self.rows)
        return {fate.value: counted[fate] for fate in Fate}

    @property
    def checksum(self) -> str:
        """A text that differs when anything would meet another fate."""
        told = [(row.read.line, row.fate, row.wrongs, dict(row.read.cells)) for row in self.rows]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def readable(sheet: Sheet) -> dict[str, int]:
    """Return which column says what.

    Refuses: no_columns when one that is needed is missing; too_many_rows over 2,000.
    """
    columns = columns_of(sheet.columns)
    if missing := [FIELDS[field][0] for field in NEEDED if field not in columns]:
        sentence = _("These columns are missing: %(names)s. Take the template.")
        raise Refused("no_columns", sentence % {"names": "、".join(missing)})
    if len(sheet.rows) > MOST_ROWS:
        raise Refused("too_many_rows", _("The table has more than 2,000 rows. Split it."))
    return columns


def dry_run(sheet: Sheet, unit: Unit) -> Run:
    """Return what would become of a table of what this unit supervises. Nothing is written."""
    columns, looking = readable(sheet), _Looking(unit)
    rows = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        cells = {name: row[at] for name, at in columns.items()}
        rows.append(looking.at(read_row(line, cells)))
    return Run(rows)


class _Looking:
    """One look over a table: businesses and premises that are there already, or in a row before."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        businesses = list(Operator.objects.working().select_related("unit"))
        self.by_code = {one.credit_code: one for one in Operator.objects.exclude(credit_code=None)}
        self.by_name = {one.name: one for one in businesses if one.unit_id == unit.pk}
        kept = Premises.objects.open().filter(operator__unit=unit)
        self.there = {
            (one.operator.name, one.name, one.area_id, one.street)
            for one in kept.select_related("operator")
        }
        self.glns = set(Premises.objects.exclude(gln=None).values_list("gln", flat=True))
        # Of the rows before: names of businesses by their codes, and which business a name means.
        self.called: dict[str, str] = {}
        self.meant: dict[str, str] = {}
        self.places: dict[str, Area | None] = {}

    def at(self, read: Read) -> Judged:
        """Return the fate of one row; the same premises in a later row are known by then."""
        name, code = (
            str(read.values.get("operator", "")),
            tidied(str(read.values.get("credit_code", ""))),
        )
        area = self._place(str(read.values.get("area", "")))
        operator = self.by_code.get(code) if code else self.by_name.get(name)
        wrongs = self._wrongs(read, name, code, operator)
        if area is None:
            wrongs.setdefault("area", "unknown_area")
        if wrongs or area is None:
            return Judged(read, Fate.WRONG, wrongs)
        key = (name, read.values["name"], area.pk, read.values["street"])
        if key in self.there:
            return Judged(read, Fate.KNOWN, {}, name, area, operator)
        new = operator is None and name not in self.meant
        self._remember(read, key, name, code)
        return Judged(read, Fate.NEW if new else Fate.MORE, {}, self.meant[name], area, operator)

    def _remember(self, read: Read, key: tuple[object, ...], name: str, code: str) -> None:
        self.there.add(key)  # type: ignore[arg-type]
        self.meant.setdefault(name, code or name)
        if code:
            self.called[code] = name
        if gln := read.values.get("gln"):
            self.glns.add(str(gln))

    def _wrongs(
        self, read: Read, name: str, code: str, operator: Operator | None
    ) -> dict[str, str]:
        wrongs = dict(read.wrongs)
        if code and not is_credit_code(code):
            wrongs["credit_code"] = "not_a_credit_code"
        elif operator is not None:
            if wrong := self._against(operator, name):
                wrongs["credit_code" if code else "operator"] = wrong
        elif code and self.called.get(code, name) != name:
            wrongs["credit_code"] = "another_name"
        elif code and (name in self.by_name or self.meant.get(name, code) != code):
            wrongs["credit_code"] = "another_code"
        gln = str(read.values.get("gln", ""))
        if gln and not is_gln(gln):
            wrongs["gln"] = "not_a_gln"
        elif gln in self.glns and not self._same(read, name):
            wrongs["gln"] = "gln_taken"
        return wrongs

    def _against(self, operator: Operator, name: str) -> str:
        """Say what stands against taking a row for a business that is there already."""
        if operator.unit_id != self.unit.pk:
            return "another_unit"
        if operator.closed_on is not None:
            return "ended"
        return "another_name" if operator.name != name else ""

    def _same(self, read: Read, name: str) -> bool:
        area = self._place(str(read.values.get("area", "")))
        here = (name, read.values.get("name"), area.pk if area else "", read.values.get("street"))
        return here in self.there

    def _place(self, name: str) -> Area | None:
        if name not in self.places:
            self.places[name] = area_named(name) if name else None
        return self.places[name]
