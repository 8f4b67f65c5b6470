"""The rows of the ledger on a page: the cells of its columns, and where they are changed by who may."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from linli.kernel.sheets import Cell
from linli.plans.models import Task
from linli.plans.queries import Row
from linli.plans.schemas.ledger import ALL, TREE, Column, columns, number
from linli.plans.views.ledger_cells import Place, Shown, html
from linli.plans.views.ledger_words import STATES

__all__ = ["ALL", "TREE", "RowShown", "columns", "number", "shown_rows"]

CLOSED = (Task.ACCEPTED, Task.DROPPED)


class RowShown(NamedTuple):
    """One row on a page. `edit_at` is empty for those who may not, or where nothing may change any more."""

    task: Task
    code: str
    state: str  # as ui/ knows it: late, soon, note, done, plain
    cells: list[Shown]
    edit_at: str = ""
    task_at: str = ""
    returns: bool = False  # after an edit: whoever edited goes on from here

    @property
    def html(self) -> SafeString:
        """Its cells, joined."""
        place = Place(self.code, self.state, self.task_at, self.edit_at, self.returns)
        return SafeString("".join(html(cell, place) for cell in self.cells))  # nosec B703 - escaped each


def shown_rows(rows: Iterable[Row], which: str = "", *, editable: bool = False) -> list[RowShown]:
    """Return rows for a page: the same cells as text, and where they are changed by who may."""
    shown, ways = columns(which), Ways.now()
    return [_shown(row, shown, ways, which if editable else None) for row in rows]


class Ways(NamedTuple):
    """Where pages of one task begin: asked for once a page, not once a row."""

    tasks: str
    edit: str

    @classmethod
    def now(cls) -> "Ways":
        """Return them in the language of this page."""
        return cls(reverse("portal:console") + "tasks/", reverse("plans:ledger") + "tasks/")


def _shown(row: Row, shown: tuple[Column, ...], ways: Ways, which: str | None) -> RowShown:
    """Return one row; which: the columns to come back to after an edit, None for who may not edit."""
    task, task_at = row.task, f"{ways.tasks}{row.task.code}/"
    cells = [Shown(c.key, _text(c.value(row)), c.css, c.chinese) for c in shown]
    if which is None or task.state in CLOSED:
        return RowShown(task, task.code, STATES[row.lamp], cells, "", task_at)
    edit_at = f"{ways.edit}{task.code}/edit/?columns={which}&cell="
    own = {"lead": f"{edit_at}lead"}
    if task.promised_at:
        moved = {"due_on": f"{task_at}#move"}
    else:
        moved, own = {}, own | {key: edit_at + key for key in ("starts_on", "due_on")}
    linked = [
        cell._replace(at=own.get(cell.key) or moved.get(cell.key, ""), moves=cell.key in moved)
        for cell in cells
    ]
    return RowShown(task, task.code, STATES[row.lamp], linked, f"{edit_at}title", task_at)


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
