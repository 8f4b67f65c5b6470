"""Reads of the plans engine."""

from linli.plans.queries.filters import ORDERS, Filters, filtered_tasks
from linli.plans.queries.history import drop_reasons, steps_of
from linli.plans.queries.ledger import Ledger, Row, ledger, public_ledger, row_of, rows_of
from linli.plans.queries.meetings import decided_tasks, meetings_of, open_items
from linli.plans.queries.standings import Lit, lit
from linli.plans.queries.tree import MeasureBranch, ProgrammeBranch, tree
from linli.plans.queries.units import UnitDrift, load_conflicts, unit_drift, unit_load
from linli.plans.queries.waiting import (
    due_soon,
    notices,
    open_notices,
    waiting_for_review,
    waiting_moves,
)

__all__ = [
    "ORDERS",
    "Filters",
    "Ledger",
    "Lit",
    "MeasureBranch",
    "ProgrammeBranch",
    "Row",
    "UnitDrift",
    "decided_tasks",
    "drop_reasons",
    "due_soon",
    "filtered_tasks",
    "ledger",
    "lit",
    "load_conflicts",
    "meetings_of",
    "notices",
    "open_items",
    "open_notices",
    "public_ledger",
    "row_of",
    "rows_of",
    "steps_of",
    "tree",
    "unit_drift",
    "unit_load",
    "waiting_for_review",
    "waiting_moves",
]
