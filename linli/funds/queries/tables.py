"""What becomes of every row of a table that somebody brings: a fate each, a sum of them all. Nothing is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.funds.rules.tables import AMOUNT, Layout, Read, adds_up, columns_of, read_total
from linli.kernel.refusals import Refused
from linli.kernel.sheets import Sheet

MOST_ROWS = 2_000


class Fate(StrEnum):
    """What becomes of a row. asked: a second person decides about its amount; total: it adds up others."""

    WRONG, NEW, ASKED, KNOWN, TOTAL = "wrong", "new", "asked", "known", "total"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with its fate; `wrongs` says by field what is wrong; `found`: what its names stand for."""

    read: Read
    fate: Fate
    wrongs: dict[str, str]
    found: dict[str, object]


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

    def taken(self) -> list[Judged]:
        """Return the rows that something is written of.

        Refuses: rows_have_errors when one of all has.
        """
        if self.counts[Fate.WRONG]:
            raise Refused("rows_have_errors", _("Some rows have errors. Nothing was taken in."))
        return [row for row in self.rows if row.fate in {Fate.NEW, Fate.ASKED}]


def readable(sheet: Sheet, layout: Layout) -> dict[str, int]:
    """Return which column says what.

    Refuses: no_columns when one that is needed is missing; no_rows; too_many_rows over 2,000.
    """
    columns = columns_of(sheet.columns, layout)
    if missing := [layout.fields[field][0] for field in layout.needed if field not in columns]:
        sentence = _("These columns are missing: %(names)s. Take the template.")
        raise Refused("no_columns", sentence % {"names": "、".join(missing)})
    if not sheet.rows:
        raise Refused("no_rows", _("There is no row in this table."))
    if len(sheet.rows) > MOST_ROWS:
        raise Refused("too_many_rows", _("The table has more than 2,000 rows. Split it."))
    return columns


def rows_of(
    sheet: Sheet, layout: Layout, read_row: Callable[[int, dict[str, str]], Read]
) -> list[Read]:
    """Return every row as it is read."""
    columns, reads = readable(sheet, layout), []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        cells = {name: row[at] for name, at in columns.items()}
        which = adds_up(row)
        reads.append(read_total(line, cells, which) if which else read_row(line, cells))
    return reads


def judged(reads: list[Read], judge: Callable[[Read], Judged]) -> list[Judged]:
    """Return every row with its fate. A total is left out, and is an error when the rows do not add up to it."""
    rows, sums = [], list[int | None]()
    for read in reads:
        if read.adds_up:
            wrongs = dict(read.wrongs) or _total_wrongs(read, sums)
            rows.append(Judged(read, Fate.WRONG if wrongs else Fate.TOTAL, wrongs, {}))
            continue
        amount = read.values.get(AMOUNT)
        unread = AMOUNT in read.wrongs
        sums.append(None if unread else amount if isinstance(amount, int) else 0)
        rows.append(judge(read))
    return rows


def _total_wrongs(read: Read, sums: list[int | None]) -> dict[str, str]:
    said, known = read.values.get(AMOUNT), [one for one in sums if one is not None]
    if read.adds_up != "all" or said is None or len(known) < len(sums) or said == sum(known):
        return {}
    return {AMOUNT: "total_wrong"}


def units_named() -> dict[str, Unit]:
    """Return the working units by name."""
    return {one.name: one for one in Unit.objects.working()}
