"""What one cell is by itself: sayable, kept back, or said long ago. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.atlas.rules.gate import dominance, noise
from linli.atlas.rules.gate.cells import CellName, EarlierCell, ProductRules, RawCell, Why
from linli.atlas.rules.gate.memory import Recalled


@dataclass(frozen=True, slots=True)
class Look:
    """One cell by itself. value: None for kept back. doubt: how far a reader must be left from a sum of money."""

    value: int | None
    why: Why = ""
    doubt: int = 0
    stands: EarlierCell | None = None


def first_look(
    counts: Mapping[CellName, RawCell],
    past: Recalled,
    rules: ProductRules,
) -> dict[CellName, Look]:
    """Look at every cell as if there were no other. What stands from earlier is said again, or not said again."""
    found = {}
    for name, cell in counts.items():
        earlier = past.standing.get(name)
        if earlier is not None:
            found[name] = Look(earlier.value, stands=earlier)
        else:
            look = _magnitude(cell, rules) if rules.magnitude else _count(cell, rules)
            held = look.value is not None and name in past.held
            found[name] = Look(None, "protects") if held else look
    return found


def _count(cell: RawCell, rules: ProductRules) -> Look:
    value = noise.published(cell.count, noise.of_cell(cell.key, cell.name), rules)
    few = min(cell.count, value) < rules.threshold
    return Look(None, "few") if few else Look(value)


def _magnitude(cell: RawCell, rules: ProductRules) -> Look:
    few, lacking = dominance.few(cell, rules), dominance.lacking(cell, rules)
    if few or lacking:
        return Look(None, "few_givers" if few else "dominance", max(few, lacking))
    return Look(noise.published(cell.count, 0, rules))
