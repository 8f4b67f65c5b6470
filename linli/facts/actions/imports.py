"""Take a whole table of facts in, or nothing of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.actions.evidence import cite_file
from linli.facts.actions.rows import NewFact, insert
from linli.facts.models import Fact, Indicator
from linli.facts.queries.imports import DryRun, Fate, Row, dry_run, uncollected
from linli.facts.rules.columns import Layout
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDraft:
    """One table to take in. checksum: of the dry run that somebody looked at, "" for none."""

    data: bytes
    name: str
    layout: Layout
    status: str = Fact.CLAIMED
    reason: str = ""  # of its corrections
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new, corrected something, were known already."""

    new: int
    corrected: int
    known: int


@uncollected()
def import_facts(*, by: Actor, at: datetime, draft: ImportDraft) -> Imported:
    """Add what a table says: all of it or nothing. The same table again adds nothing.

    A statement is known by indicator, area, period and source; with another value it corrects.

    Refuses: not_allowed unless a planner asks; what `read_sheet` and `cite_file` refuse;
    unknown_status; rows_have_errors; no_reason for corrections without one; changed_meanwhile when the
    rows would no longer meet the fates that were looked at; out_of_order when something newer is
    known of the same already. Of a refused table nothing is kept.
    """
    allow(by, Role.PLANNER)
    if draft.status not in {Fact.CLAIMED, Fact.EVIDENCED, Fact.CONFIRMED}:
        raise Refused("unknown_status", _("Say whether it is claimed, evidenced or confirmed."))
    sheet = read_sheet(draft.data)
    try:
        with transaction.atomic():
            # One at a time speaks of indicators, so that what was found known stays so.
            list(Indicator.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
            run = dry_run(sheet, draft.layout)
            _check(run, draft, at)
            _write(run, by=by, at=at, draft=draft)
    except IntegrityError as error:
        raise Refused("changed_meanwhile", _CHANGED) from error
    counts = run.count()
    return Imported(counts[Fate.NEW], counts[Fate.CORRECTS], counts[Fate.KNOWN])


_CHANGED = _("Something was recorded in the meantime. Look at the rows again.")


def _check(run: DryRun, draft: ImportDraft, at: datetime) -> None:
    if any(row.fate is Fate.ERROR for row in run.rows):
        raise Refused("rows_have_errors", _("Some rows have errors. Nothing was taken in."))
    corrections = [row.known.at for row in run.of(Fate.CORRECTS) if row.known]
    if corrections and not draft.reason.strip():
        raise Refused("no_reason", _("Say why the corrected rows are corrected."))
    if draft.checksum and draft.checksum != run.checksum:
        raise Refused("changed_meanwhile", _CHANGED)
    if corrections and max(corrections) > at:
        raise Refused("out_of_order", _("Something newer is known already. Look, and try again."))


def _write(run: DryRun, *, by: Actor, at: datetime, draft: ImportDraft) -> None:
    wanted = [row for row in run.rows if row.fate in {Fate.NEW, Fate.CORRECTS}]
    evidence = {
        source: cite_file(by=by, at=at, source=source, data=draft.data, name=draft.name).pk
        for source in dict.fromkeys(row.subject.source for row in wanted if row.subject)
    }
    insert(by=by, at=at, rows=_new(wanted, evidence, draft))


def _new(rows: list[Row], evidence: dict[str, int], draft: ImportDraft) -> Iterator[NewFact]:
    reason = draft.reason.strip()[:300]
    for row in rows:
        if row.subject is None:
            continue
        indicator, area, period, source = row.subject
        old, why = (row.known.fact, reason) if row.known else (None, "")
        yield NewFact(
            indicator, area, period, row.statement, draft.status, evidence[source], old, why
        )
