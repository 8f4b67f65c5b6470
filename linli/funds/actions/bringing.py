"""Take a budget or a table of projects in, all of it or nothing. The same table again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.funds.actions import ledger, orders
from linli.funds.actions.keeping import own
from linli.funds.actions.projects import ProjectDraft, plan_project
from linli.funds.models import Account, Fund, Programme
from linli.funds.queries import budget_import, project_import
from linli.funds.queries.tables import Fate, Judged, Run
from linli.kernel.actors import Actor, Role
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet


class Brought(NamedTuple):
    """What came of a table: rows posted or planned, rows that a second person decides about."""

    new: int
    asked: int


@dataclass(frozen=True, slots=True)
class Table:
    """One table to take in. checksum: of the look that was had before."""

    data: bytes
    checksum: str = ""


@transaction.atomic
def bring_budget(*, by: Actor, at: datetime, fund: Fund, table: Table) -> Brought:
    """Open the accounts of a budget, and post its amounts; those above what one person may move are asked for.

    Rows of one day, in the same words, are one transaction or one order.
    Refuses: not_allowed; not_own_unit; what `read_sheet` and `readable` refuse, a column about persons above all;
    rows_have_errors; changed_meanwhile when rows would no longer meet the fates that were looked at.
    """
    own(by=by, at=at, unit=fund.unit)
    sheet = read_sheet(table.data)
    # Of two people who confirm at once the second waits here, and then finds every row there already.
    Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    rows = _looked_at(budget_import.dry_run(sheet, fund, localdate(at)), table)
    accounts = _opened(by, at, fund, rows)
    for together, group in budget_import.together(rows).items():
        lines = [_line(row, accounts) for row in group]
        posting = ledger.Posting(
            verb=together.verb, day=together.day, words=together.words, lines=lines
        )
        if group[0].fate == Fate.ASKED:
            orders.ask(by=by, at=at, fund=fund, posting=posting)
        else:
            ledger.post(by=by, at=at, fund=fund, posting=posting)
    return _brought(rows)


@transaction.atomic
def bring_projects(
    *, by: Actor, at: datetime, programme: Programme, unit: Unit, table: Table
) -> Brought:
    """Plan the projects of a table that the programme line does not plan yet; nobody outside sees them.

    Refuses: not_allowed; not_own_unit; what `read_sheet` and `readable` refuse; rows_have_errors;
    changed_meanwhile.
    """
    own(by=by, at=at, unit=unit)
    sheet = read_sheet(table.data)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    alone = by.role == Role.OFFICER
    rows = _looked_at(project_import.dry_run(sheet, programme, unit, alone=alone), table)
    for row in rows:
        plan_project(by=by, at=at, draft=_draft(programme, row))
    return _brought(rows)


def _looked_at(run: Run, table: Table) -> list[Judged]:
    """Return the rows to write, when they still meet the fates that somebody saw."""
    rows = run.taken()
    if table.checksum and table.checksum != run.checksum:
        sentence = _("Something changed in the meantime. Look at the rows again.")
        raise Refused("changed_meanwhile", sentence, status=409)
    return rows


def _opened(
    by: Actor, at: datetime, fund: Fund, rows: Iterable[Judged]
) -> dict[tuple[str, str], Account]:
    accounts = budget_import.accounts_of(fund)
    for row in rows:
        source, into = budget_import.ends_of(row.read)
        for (kind, name), unit in ((source, None), (into, row.found["unit"])):
            if (kind, name) not in accounts:
                accounts[kind, name] = ledger.open_account(
                    by=by, at=at, fund=fund, kind=kind, name=name,
                    unit=unit if isinstance(unit, Unit) else None,
                )  # fmt: skip
    return accounts


def _line(row: Judged, accounts: dict[tuple[str, str], Account]) -> ledger.Line:
    source, into = budget_import.ends_of(row.read)
    move = budget_import.move_of(row.read)
    return ledger.Line(accounts[source], accounts[into], move.amount if move else 0)


def _draft(programme: Programme, row: Judged) -> ProjectDraft:
    said: dict[str, Any] = dict(row.read.values) | row.found
    return ProjectDraft(programme=programme, **said)


def _brought(rows: list[Judged]) -> Brought:
    asked = sum(row.fate == Fate.ASKED for row in rows)
    return Brought(len(rows) - asked, asked)
