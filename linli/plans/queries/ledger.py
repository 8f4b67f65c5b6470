"""The ledger: which tasks, how they stand, and a page of them fully joined.

A bounded number of queries however many tasks there are: two for all lamps, five for a page of rows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, overload

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils.timezone import localdate

from linli.plans.models import Move, Share, Task, TaskQuerySet
from linli.plans.queries.filters import Filters, filtered_tasks
from linli.plans.queries.standings import Lit, lit
from linli.plans.rules.drift import drift
from linli.plans.rules.lamp import Lamp, Reason

PAGE = 50
_RANK = {colour: rank for rank, colour in enumerate(Lamp)}


class Row(NamedTuple):
    """One task as it stands: measure, programme, area, units, indicator and evidence are joined."""

    task: Task
    lamp: Lamp
    why: Reason

    @property
    def drift(self) -> int | None:
        """By how many days the promised due day has moved; None when nothing was promised."""
        return drift(self.task.first_due_on, self.task.due_on)


@dataclass(frozen=True)
class Ledger:
    """The tasks that filters ask for, with their lamps. Rows are read when they are asked for."""

    filters: Filters
    at: datetime
    all: Sequence[Lit]  # before the filter of lamps …
    shown: Sequence[Lit]  # … and after it, in order

    @property
    def today(self) -> date:
        """The day on which the lamps are so."""
        return localdate(self.at)

    @property
    def lamps(self) -> dict[int, Lamp]:
        """The lamp of every task shown, by its key."""
        return {one.task: one.lamp for one in self.shown}

    @property
    def counts(self) -> dict[Lamp, int]:
        """How many tasks have which lamp, the filter of lamps left aside: what its choices would show."""
        counted = Counter(one.lamp for one in self.all)
        return {colour: counted[colour] for colour in Lamp}

    def page(self, number: int | str | None = 1, size: int = PAGE) -> "Page[Row]":
        """Return one page of rows; a number that makes no sense is the first or the last page."""
        return Paginator(_Rows(self.shown), size).get_page(number)

    def rows(self) -> list[Row]:
        """Return all rows: for an export, a print, a timeline."""
        return rows_of(self.shown)

    def of_measure(self, measure: int) -> list[Row]:
        """Return the rows of one measure, by its key."""
        return rows_of([one for one in self.shown if one.measure == measure])


def ledger(filters: Filters, at: datetime) -> Ledger:
    """Return what the filters ask for: what is known now, with the lamps of the day of `at`. Two queries."""
    return _ledger(filtered_tasks(filters), filters, at)


def public_ledger(filters: Filters, at: datetime) -> Ledger:
    """Return what everybody may see of it: promised tasks of published programmes. Two queries."""
    tasks = filtered_tasks(filters).published().promised_by(at)
    return _ledger(tasks, filters, at)


def row_of(task: Task, at: datetime) -> Row:
    """Return one task as it stands."""
    return rows_of(lit(Task.objects.filter(pk=task.pk), localdate(at)))[0]


def rows_of(lits: Sequence[Lit]) -> list[Row]:
    """Return tasks that are lit as rows, fully joined. Three queries."""
    found = _joined().in_bulk([one.task for one in lits])
    return [Row(found[one.task], one.lamp, one.why) for one in lits if one.task in found]


def _ledger(tasks: TaskQuerySet, filters: Filters, at: datetime) -> Ledger:
    lits = lit(tasks, localdate(at))
    shown = [one for one in lits if not filters.lamp or one.lamp == filters.lamp]
    descending, by = filters.order.startswith("-"), filters.order.removeprefix("-")
    # Sorting keeps what is equal in the order of the tree.
    if by == "lamp":
        shown.sort(key=lambda one: _RANK[one.lamp], reverse=descending)
    elif by == "drift":
        shown.sort(key=lambda one: drift(one.first_due_on, one.due_on) or 0, reverse=descending)
    return Ledger(filters, at, lits, shown)


def _joined() -> TaskQuerySet:
    approved = Move.objects.filter(decision__approved=True).select_related("decision")
    return Task.objects.select_related(
        "measure__programme__area", "measure__evidence", "lead", "indicator", "evidence", "proof"
    ).prefetch_related(
        Prefetch("shares", Share.objects.select_related("unit").order_by("part", "id")),
        Prefetch("moves", approved, to_attr="approved_moves"),
    )


class _Rows(Sequence[Row]):
    """What a paginator cuts: only the rows of the page are read."""

    def __init__(self, lits: Sequence[Lit]) -> None:
        self._lits = lits

    def __len__(self) -> int:
        return len(self._lits)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return rows_of(self._lits[at])
        return rows_of([self._lits[at]])[0]
