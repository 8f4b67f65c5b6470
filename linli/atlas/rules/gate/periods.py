"""Which periods a table may be about: whole months, quarters, halves and years that are over. Pure.

A product says before anything is counted how long its periods are. Whoever could ask for any two days could ask for two
periods that differ by one day.
"""

from linli.atlas.rules.gate.cells import Length, Named, ProductRules, Table
from linli.facts.rules.periods import Period

_MONTHS: dict[int, Length] = {1: "month", 3: "quarter", 6: "half", 12: "year"}


def length_of(period: Period) -> Length | None:
    """Return how long a period is, None where it is no whole month, quarter, half or year of the calendar."""
    start, until = period
    if start.day != 1 or until.day != 1:
        return None
    months = (until.year - start.year) * 12 + until.month - start.month
    if months not in _MONTHS or (start.month - 1) % months:
        return None
    return _MONTHS[months]


def faults(table: Table, rules: ProductRules) -> list[Named]:
    """Return the cells whose period was not declared, or was not over on the day of the records."""
    found = []
    for cell in table.cells:
        if length_of(cell.name.period) not in rules.lengths:
            found.append(Named(cell.name, "undeclared_period"))
        elif cell.name.period.until > table.cut_off:
            found.append(Named(cell.name, "unfinished_period"))
    return found
