"""The gate's one door: what of a table may be said, given everything said before. Pure, the same every time."""

from linli.atlas.rules.gate import checking
from linli.atlas.rules.gate.bounds import Contradiction
from linli.atlas.rules.gate.cells import (
    CellName,
    DecidedCell,
    Decision,
    EarlierCell,
    Memory,
    Named,
    ProductRules,
    RawCell,
    Table,
)
from linli.atlas.rules.gate.looking import first_look
from linli.atlas.rules.gate.memory import recalled
from linli.atlas.rules.gate.sums import TooLarge, leaves_of
from linli.atlas.rules.gate.weighing import Weighing

__all__ = [
    "CellName", "DecidedCell", "Decision", "EarlierCell", "Memory", "Named", "ProductRules", "RawCell", "Table", "decide",
]  # fmt: skip


def decide(table: Table, *, product_rules: ProductRules, memory: Memory) -> Decision:
    """Decide every cell of a table, or refuse the table with the cells that are the reason.

    A cell is kept back itself if it counts fewer than the threshold, none too, or would be published as fewer; or if one giver dominates it.
    Others are kept back to protect it. What is published is noisy, rounded, and the same for the same people.
    """
    if bad := checking.wrong(table, product_rules, memory):
        return Decision(refused=bad)
    past = recalled(table, memory, product_rules)
    counts = {cell.name: cell for cell in table.cells}
    try:
        leaves = leaves_of({*counts, *past.names}, table)
    except TooLarge:
        return Decision(refused=tuple(Named(name, "too_large") for name in sorted(counts)))
    looks = first_look(counts, past, product_rules)
    case = Weighing(product_rules, leaves, past, counts, looks)
    if bad := case.not_additive():
        return Decision(refused=bad)
    for only_more in (case.only_grew(), False):
        try:
            return case.decided(memory, only_more=only_more)
        except Contradiction:
            continue
    return Decision(refused=tuple(Named(name, "not_additive") for name in sorted(counts)))
