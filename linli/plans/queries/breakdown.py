"""What bringing a breakdown table would do, row by row, against what the town knows now."""

from django.utils.translation import gettext_lazy as _

from linli.directory.queries import UnitNames
from linli.facts.models import Indicator
from linli.kernel.refusals import Refused
from linli.kernel.sheets import Sheet
from linli.plans.models import Programme, Task
from linli.plans.rules.breakdown import Judged, Knowledge, Reading, judged, key_of
from linli.plans.rules.table_reading import rows_of

MOST_ROWS = 1_000


def readable(sheet: Sheet) -> Sheet:
    """Return a table, when it is one that one breakdown can have.

    Refuses: too_many_rows over 1,000.
    """
    if len(sheet.rows) > MOST_ROWS:
        raise Refused("too_many_rows", _("The table has more than 1,000 rows. Split it."))
    return sheet


def fates(programme: Programme, sheet: Sheet, reading: Reading) -> list[Judged]:
    """Return the fate of every row: five queries, however long the table."""
    table = zip(sheet.lines, sheet.rows, strict=True)
    rows = rows_of(table, reading.columns, otherwise=reading.otherwise, continues=reading.continues)
    return judged(rows, _known(programme, reading))


def _known(programme: Programme, reading: Reading) -> Knowledge:
    names = UnitNames.around(programme.area)
    indicators: dict[str, int] = {}
    for key, *named in Indicator.objects.values_list("pk", "code", "name", "name_hant", "name_en"):
        indicators |= {name.casefold(): key for name in named if name}
    titles = Task.objects.filter(measure__programme=programme).values_list(
        "measure__title", "title"
    )
    units: dict[str, int | None] = {}

    def unit(name: str) -> int | None:
        if name not in units:
            found = names.named(name)
            units[name] = found.pk if found else None
        return units[name]

    return Knowledge(
        unit=unit,
        indicator=lambda name: indicators.get(name.casefold()),
        tasks=frozenset(key_of(measure, task) for measure, task in titles),
        year=reading.year,
        skips_unknown=reading.skips_unknown,
    )
