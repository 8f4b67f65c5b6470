"""Take an existing breakdown table into a programme: all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from linli.directory.models import Unit
from linli.facts.actions import cite_file
from linli.facts.models import Evidence, Indicator
from linli.kernel import sheets
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions.drafts import TaskDraft
from linli.plans.actions.programmes import add_measure
from linli.plans.actions.tasks import add_task
from linli.plans.models import Measure, Programme
from linli.plans.queries.breakdown import fates, readable
from linli.plans.rules.breakdown import Fate, Judged, Reading, key_of


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was brought: its bytes, its name, and how it is to be read."""

    data: bytes
    name: str
    reading: Reading


@transaction.atomic
def import_breakdown(
    *, by: Actor, at: datetime, programme: Programme, table: Table
) -> list[Judged]:
    """Add a table's new tasks to a programme, resting on the file, and return every row's fate.

    Refuses: not_allowed unless a planner asks; rows_with_errors when a row cannot be understood;
    too_many_rows over 1,000; not_a_table and trait_of_a_person (see `read_sheet`).
    """
    allow(by, Role.PLANNER)
    sheet = readable(sheets.read_sheet(table.data))
    # Of two people who confirm at once the second waits here, and then finds every row there already.
    Programme.objects.select_for_update().get(pk=programme.pk)
    found = fates(programme, sheet, table.reading)
    if wrong := sum(row.fate == Fate.WRONG for row in found):
        sentence = ngettext(
            "One row has an error. Nothing was taken over.",
            "%(count)d rows have errors. Nothing was taken over.",
            wrong,
        )
        raise Refused("rows_with_errors", sentence % {"count": wrong})
    new = [row for row in found if row.fate == Fate.NEW]
    if new:
        evidence = cite_file(
            by=by, at=at, source=by.unit or by.name, data=table.data, name=table.name[-200:]
        )
        _add(by, at, programme, new, evidence)
    return found


def _add(
    by: Actor, at: datetime, programme: Programme, rows: list[Judged], evidence: Evidence
) -> None:
    measures = {key_of(one.title, ""): one for one in programme.measures.all()}
    units = Unit.objects.in_bulk({key for row in rows for key in _units(row)})
    indicators = Indicator.objects.in_bulk({row.indicator for row in rows if row.indicator})
    for row in rows:
        key = key_of(row.row.measure, "")
        if key not in measures:
            measures[key] = _measure(by, at, programme, row.row.measure, evidence)
        draft = TaskDraft(
            title=row.title,
            lead=units[row.lead] if row.lead else None,
            responsible=tuple(units[key] for key in row.responsible),
            supporting=tuple(units[key] for key in row.supporting),
            due_on=row.due_on,
            indicator=indicators[row.indicator] if row.indicator else None,
            target=row.target,
            target_sense=row.sense,
            evidence=evidence,
        )
        add_task(by=by, at=at, measure=measures[key], draft=draft)


def _units(row: Judged) -> tuple[int, ...]:
    return (*((row.lead,) if row.lead else ()), *row.responsible, *row.supporting)


def _measure(
    by: Actor, at: datetime, programme: Programme, title: str, evidence: Evidence
) -> Measure:
    return add_measure(by=by, at=at, programme=programme, title=title, evidence=evidence)
