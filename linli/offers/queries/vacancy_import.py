"""What would become of every row of a table of vacancies: new, known already, or wrong in some columns."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Organization
from linli.directory.queries import area_named
from linli.kernel.refusals import Refused
from linli.kernel.sheets import Sheet
from linli.kernel.traits import trait_in
from linli.offers.models import Session, Stand, Vacancy
from linli.offers.rules.vacancies import FIELDS, LONGEST, NEEDED, Read, columns_of, read_row

MOST_ROWS = 2_000


class Fate(StrEnum):
    """What becomes of a row."""

    NEW, KNOWN, WRONG = "new", "known", "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with its fate; `wrongs` says by field what is wrong. stand: at the fair that it is for, if any."""

    read: Read
    fate: Fate
    wrongs: dict[str, str]
    employer: Organization | None = None
    area: Area | None = None
    stand: Stand | None = None


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


def dry_run(sheet: Sheet, today: date, fair: Session | None = None) -> Run:
    """Return what would become of a table. Nothing is written."""
    columns, looking = readable(sheet), _Looking(today, fair)
    rows = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        cells = {name: row[at] for name, at in columns.items()}
        rows.append(looking.at(read_row(line, cells, today)))
    return Run(rows)


class _Looking:
    """One look over a table: employers, stands, places and what is posted already."""

    def __init__(self, today: date, fair: Session | None) -> None:
        self.fair = fair
        self.employers = {one.name: one for one in Organization.objects.filter(closed_on=None)}
        self.stands = {one.organization_id: one for one in fair.stands.all()} if fair else {}
        self.places: dict[str, Area | None] = {}
        posted = Vacancy.objects.open(today).values_list("organization", "title", "area")
        self.posted: set[tuple[object, ...]] = set(posted)

    def at(self, read: Read) -> Judged:
        """Return the fate of one row; the same post in a later row is known by then."""
        employer = self.employers.get(str(read.values.get("employer", "")))
        area = self._place(str(read.values.get("area", "")))
        stand = self.stands.get(employer.pk) if employer else None
        wrongs = self._wrongs(read, employer, area, stand)
        if wrongs or employer is None or area is None:
            return Judged(read, Fate.WRONG, wrongs)
        key = (employer.pk, read.values["title"], area.pk)
        fate = Fate.KNOWN if key in self.posted else Fate.NEW
        self.posted.add(key)
        return Judged(read, fate, {}, employer, area, stand)

    def _wrongs(
        self, read: Read, employer: Organization | None, area: Area | None, stand: Stand | None
    ) -> dict[str, str]:
        wrongs = dict(read.wrongs)
        if employer is None:
            wrongs.setdefault("employer", "unknown_employer")
        elif self.fair and stand is None:
            wrongs["employer"] = "no_stand"
        if area is None:
            wrongs.setdefault("area", "unknown_area")
        for field in LONGEST:
            if trait_in(str(read.values.get(field, ""))):
                wrongs[field] = "unfair"
        return wrongs

    def _place(self, name: str) -> Area | None:
        if name not in self.places:
            self.places[name] = area_named(name) if name else None
        return self.places[name]
