"""The columns of the ledger: the page, the print, XLSX and CSV all show these cells, in these words.

A cell is its text; what a page adds (a link, a lamp's shape) changes no text.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from linli.kernel.sheets import Cell
from linli.kernel.text import Words
from linli.plans.models import Share, Task
from linli.plans.queries import Row
from linli.plans.rules.lamp import Lamp, Reason

ALL, TREE = "all", "tree"
_SIGNS = {"at_least": "≥", "at_most": "≤"}
_STATES: dict[str, Words] = dict(Task.STATES)
# Worst first: a list of lamps is read for what needs somebody.
LAMPS: dict[Lamp, Words] = {
    Lamp.RED: _("Red"),
    Lamp.AMBER: _("Amber"),
    Lamp.BLUE: _("Blue"),
    Lamp.GREEN: _("Green"),
    Lamp.GREY: _("Grey"),
}
REASONS: dict[Reason, Words] = {
    Reason.DONE: _("Proven"),
    Reason.DONE_LATE: _("Proven late"),
    Reason.DROPPED: _("Dropped"),
    Reason.OVERDUE: _("Overdue"),
    Reason.OVERDUE_CLAIMED: _("Overdue, only claimed"),
    Reason.OVERDUE_MISSED: _("Overdue, target missed"),
    Reason.TARGET_MISSED: _("Target missed"),
    Reason.WAITS_FOR_REVIEW: _("Waits for review"),
    Reason.SENT_BACK: _("Sent back"),
    Reason.CLAIMED: _("Only claimed"),
    Reason.MILESTONE_LATE: _("Milestone late"),
    Reason.DUE_SOON: _("Due soon"),
    Reason.NOT_BEGUN: _("Not begun"),
    Reason.UNDER_WAY: _("Under way"),
}


class Column(NamedTuple):
    """One column. `css` is how its cells are set; `always`: shown without being asked for."""

    key: str
    words: Words
    value: Callable[[Row], Cell]
    css: str = ""
    always: bool = True
    chinese: bool = False


def number(value: Decimal) -> str:
    """Return a target with its digits in groups of three and no idle noughts."""
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _lamp(row: Row) -> str:
    return f"{LAMPS[row.lamp]} · {REASONS[row.why]}"


def _units(part: str) -> Callable[[Row], Cell]:
    def named(row: Row) -> Cell:
        return "、".join(share.unit.name for share in row.task.shares.all() if share.part == part)

    return named


def _target(row: Row) -> Cell:
    task = row.task
    if task.target is None or task.indicator is None:
        return task.indicator.shown_name if task.indicator else ""
    amount = f"{_SIGNS[task.target_sense]} {number(task.target)} {task.indicator.shown_unit}"
    return f"{task.indicator.shown_name} {amount}"


COLUMNS = (
    Column("lamp", _("Lamp"), _lamp, "lit"),
    Column("title", _("Task"), lambda row: row.task.title, "wide", chinese=True),
    Column("code", _("Code"), lambda row: row.task.code, "whole"),
    Column("programme", _("Programme"), lambda row: row.task.measure.programme.title, "measure",
           always=False, chinese=True),
    Column("measure", _("Measure"), lambda row: row.task.measure.title, "measure", chinese=True),
    Column("lead", _("Lead unit"), lambda row: row.task.lead.name if row.task.lead else "",
           "unit", chinese=True),
    Column("responsible", _("Responsible"), _units(Share.RESPONSIBLE), "unit", chinese=True),
    Column("supporting", _("Supporting"), _units(Share.SUPPORTING), "unit", always=False,
           chinese=True),
    Column("starts_on", _("Starts on"), lambda row: row.task.starts_on, "whole", always=False),
    Column("due_on", _("Due on"), lambda row: row.task.due_on, "whole"),
    Column("first_due_on", _("First promised"), lambda row: row.task.first_due_on, "whole",
           always=False),
    Column("drift", _("Moved by days"), lambda row: row.drift, "number"),
    Column("target", _("Target"), _target, "unit", chinese=True),
    Column("state", _("State"), lambda row: str(_STATES[row.task.state]), "when"),
)  # fmt: skip


def columns(which: str = "") -> tuple[Column, ...]:
    """Return the columns that are shown: the usual ones, "all", or "tree", where the branch says the rest."""
    if which == TREE:
        return tuple(c for c in COLUMNS if c.always and c.key not in {"programme", "measure"})
    return tuple(column for column in COLUMNS if which == ALL or column.always)


def values(rows: Iterable[Row], shown: tuple[Column, ...]) -> Iterator[list[Cell]]:
    """Yield the cells of each row for a table that is taken away."""
    for row in rows:
        yield [column.value(row) for column in shown]
