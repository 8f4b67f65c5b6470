"""What the cells of a form mean: said of a cell, of its column, its row or its sheet; the nearest word holds. Pure.

A mapping is a set of small sayings, each of one place and one field, so that two officers who say different things
lose nothing, and who says otherwise of the same is told. Years are kept as so many from the form's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linli.reports.rules.grid import Sheet, Spot, reference

INDICATOR, AREA, PERIOD, SCALE = FIELDS = ("indicator", "area", "period", "scale")
OWN = "own"  # the area of the unit that fills; the period of the form itself
NOT_ASKED = "-"  # said as the indicator of a place: its cells stay empty
SCALES = ("0", "3", "4", "8")  # powers of ten: as it is, thousands, 万, 亿
_YEAR = re.compile(r"\d{4}(?=$|[-/])")
_FROM_OWN = re.compile(r"y([+-]\d{1,4})")
_YEARS = range(1000, 9999)

Saying = tuple[str, str]  # place and field
Sayings = Mapping[Saying, str]


class Meant(NamedTuple):
    """What one cell asks: codes of an indicator and an area (`OWN`), a period from the form's own, a power of ten."""

    indicator: str
    area: str
    period: str
    scale: int


class Asked(NamedTuple):
    """One cell that asks for a figure."""

    sheet: int
    spot: Spot
    meant: Meant

    @property
    def name(self) -> str:
        """The cell's name within the form: 0!C7."""
        return cell_name(self.sheet, self.spot)


class Merged(NamedTuple):
    """What an officer's form changes, and what somebody else said otherwise since the officer looked."""

    changes: dict[Saying, str]
    conflicts: set[Saying]


def place(sheet: int, *, row: int = 0, column: int = 0) -> str:
    """Return the name of a place: a sheet, one of its rows or columns, or a cell."""
    return f"{sheet}{f':r{row}' if row else ''}{f':c{column}' if column else ''}"


def cell_name(sheet: int, spot: Spot) -> str:
    """Return the name of a cell within its form: 0!C7."""
    return f"{sheet}!{reference(spot)}"


def asked_cells(sheets: Sequence[Sheet], sayings: Sayings) -> Iterator[Asked]:
    """Yield the cells that ask for a figure, in the order of the form.

    An empty cell asks when something is said of its row and of its column, or of itself, and everything is known. So
    a footnote under a mapped column asks nothing. A formula is never asked: it computes what was filled.
    """
    said = {where for (where, _field), value in sayings.items() if value}
    for number, sheet in enumerate(sheets):
        rows = {row for row in range(1, sheet.rows + 1) if place(number, row=row) in said}
        columns = {column for column in range(1, sheet.columns + 1) if place(number, column=column) in said}  # fmt: skip
        for row, column in sheet.empty():
            itself = place(number, row=row, column=column) in said
            if itself or (row in rows and column in columns):
                meant = meaning(sayings, number, (row, column))
                if meant:
                    yield Asked(number, (row, column), meant)


def meaning(sayings: Sayings, sheet: int, spot: Spot) -> Meant | None:
    """Return what a cell means, None while something is missing or it is not asked."""
    row, column = spot
    places = (
        place(sheet, row=row, column=column),
        place(sheet, column=column),
        place(sheet, row=row),
        place(sheet),
    )
    found = {
        field: next((value for one in places if (value := sayings.get((one, field)))), "")
        for field in FIELDS
    }
    if not all(found[field] for field in FIELDS[:3]) or found[INDICATOR] == NOT_ASKED:
        return None
    return Meant(found[INDICATOR], found[AREA], found[PERIOD], int(found[SCALE] or 0))


def merge(seen: Sayings, now: Sayings, given: Sayings) -> Merged:
    """Return what a form changes that was opened when `seen` held, while `now` holds.

    What the officer left as it was is no change, whoever said otherwise since.
    """
    changes, conflicts = {}, set()
    for saying, value in given.items():
        before, stands = seen.get(saying, ""), now.get(saying, "")
        if value in (before, stands):
            continue
        if before != stands:
            conflicts.add(saying)
        else:
            changes[saying] = value
    return Merged(changes, conflicts)


def from_own(period: str, own: str) -> str:
    """Return an ISO period as so many years from the form's own: y+0, y-1-03; `OWN` for that itself."""
    if period == own:
        return OWN
    year = int(own[:4])
    return _YEAR.sub(lambda match: f"y{int(match[0]) - year:+d}", period)


def from_own_back(kept: str, own: str) -> str:
    """Return the ISO period of what `from_own` gave, "" for years that no calendar has."""
    if kept == OWN:
        return own
    years = [int(own[:4]) + int(match) for match in _FROM_OWN.findall(kept)]
    if any(year not in _YEARS for year in years):
        return ""
    return _FROM_OWN.sub(lambda match: f"{int(own[:4]) + int(match[1]):04}", kept)
