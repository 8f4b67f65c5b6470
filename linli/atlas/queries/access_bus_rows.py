"""What a table of buses says, row by row, with everything that is wrong in it. Nothing is written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.atlas.rules.access.bus_rows import (
    FIELDS,
    NEEDED,
    BusRow,
    columns_of,
    judged,
    read_row,
    stops_of,
)
from linli.atlas.rules.access.buses import MOST_RUNS, MOST_STOPS
from linli.kernel.refusals import Refused
from linli.kernel.sheets import Sheet


@dataclass(frozen=True, slots=True)
class BusLook:
    """The rows of a table as they were read."""

    rows: list[BusRow]

    @property
    def wrong(self) -> int:
        """How many rows have something wrong."""
        return sum(bool(row.wrongs) for row in self.rows)


def readable(sheet: Sheet) -> dict[str, int]:
    """Return which column says what.

    Refuses: no_columns when one that is needed is missing; too_many_rows over 1,000.
    """
    columns = columns_of(sheet.columns)
    if missing := [FIELDS[field][0] for field in NEEDED if field not in columns]:
        sentence = _("These columns are missing: %(names)s. Take the template.")
        raise Refused("no_columns", sentence % {"names": "、".join(missing)})
    if len(sheet.rows) > MOST_RUNS // 2:
        raise Refused("too_many_rows", _("The table has more than 1,000 rows. Split it."))
    return columns


def dry_run(sheet: Sheet) -> BusLook:
    """Return the rows of a table, judged one by one and together.

    Refuses: what `readable` refuses; no_rows; too_many_stops over 200.
    """
    columns = readable(sheet)
    if not sheet.rows:
        raise Refused("no_rows", _("The table has no rows."))
    rows = judged(
        [
            read_row(line, {field: row[at] for field, at in columns.items()})
            for line, row in zip(sheet.lines, sheet.rows, strict=True)
        ]
    )
    if len(stops_of(rows)) > MOST_STOPS:
        raise Refused("too_many_stops", _("A table of buses has 200 stops at most."))
    return BusLook(rows)
