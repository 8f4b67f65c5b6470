"""Tables of what a shop did: three columns (which goods, how much, with whom), as XLSX or CSV, in any language.

A row's faults name its cell as a spreadsheet program does; one fault, and nothing of the table is entered.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet, write_xlsx
from linli.kernel.text import Words
from linli.trace.queries.shop_shelf import Shelf, Typed, Written, Wrong

COLUMNS: Final = 3
MOST_ROWS: Final = 1_000
MOST_FAULTS: Final = 100  # shown at once
_LETTERS: Final = "ABC"
_STEP: Final = timedelta(milliseconds=1)  # two rows that say the same are two deeds


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be understood: `B5`, what stands there, and why."""

    cell: str
    said: str
    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its rows with their lines in the file."""

    rows: tuple[tuple[int, Typed], ...]

    def digest(self, kind: str, place: str, on: date) -> str:
        """Return what tells this table from others: the same rows for another day are another table."""
        said = [kind, place, on.isoformat(), [[one.what, one.how_much, one.who] for _, one in self.rows]]  # fmt: skip
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def blank(columns: tuple[Words, Words, Words], title: str) -> bytes:
    """Return the table to be filled in."""
    return write_xlsx([str(one) for one in columns], [], title=title)


def read(data: bytes) -> Table:
    """Read a table; columns after the third are left out.

    Refuses: not_a_table; trait_of_a_person; too_many_rows; no_rows; two_columns where it has fewer than two.
    """
    sheet = read_sheet(data)
    if len(sheet.columns) < COLUMNS - 1:
        raise Refused("two_columns", _("A table needs the columns of the template: which goods, how much, with whom."))  # fmt: skip
    if not sheet.rows:
        raise Refused("no_rows", _("The table has no rows."))
    if len(sheet.rows) > MOST_ROWS:
        raise Refused("too_many_rows", _("The table has more than 1,000 rows. Split it."))
    padded = ([*row, "", ""][:COLUMNS] for row in sheet.rows)
    return Table(tuple(zip(sheet.lines, (Typed(*row) for row in padded), strict=True)))


def understood(table: Table, shelf: Shelf, kind: str) -> tuple[list[Written], list[Fault]]:
    """Return the deeds of a table, a millisecond apart and the last one at the shelf's time, and all faults."""
    deeds: list[Written] = []
    faults: list[Fault] = []
    shelf.know(typed.what for _line, typed in table.rows)
    first = shelf.at - _STEP * (len(table.rows) - 1)
    for place, (line, typed) in enumerate(table.rows):
        try:
            deeds.append(shelf.read(kind, typed, first + _STEP * place))
        except Wrong as wrong:
            said = (typed.what, typed.how_much, typed.who)[wrong.field]
            faults.append(Fault(f"{_LETTERS[wrong.field]}{line}", said, wrong.words))
    return deeds, faults
