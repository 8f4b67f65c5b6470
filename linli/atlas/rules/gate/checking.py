"""What is wrong with a table before anything is decided: cells that no table of its product may hold. Pure."""

from collections import Counter

from linli.atlas.rules.gate.bounds import LARGE
from linli.atlas.rules.gate.cells import Memory, Named, ProductRules, Table
from linli.atlas.rules.gate.periods import faults


def wrong(table: Table, rules: ProductRules, memory: Memory) -> tuple[Named, ...]:
    """Return the cells that are stated twice, below nought or too large, of another family, or of a wrong period."""
    if not table.cells:
        return ()
    family = table.cells[0].name.family
    times = Counter(cell.name for cell in table.cells)
    found = [Named(name, "stated_twice") for name, often in times.items() if often > 1]
    found += [
        Named(cell.name, "below_nought")
        for cell in table.cells
        if min(cell.count, cell.key, cell.givers, *cell.largest, 0) < 0
    ]
    found += [Named(cell.name, "too_large") for cell in table.cells if cell.count >= LARGE]
    names = [*times, *(one.name for one in memory.cells)]
    found += [Named(name, "other_family") for name in names if name.family != family]
    return tuple(dict.fromkeys(found + faults(table, rules)))
