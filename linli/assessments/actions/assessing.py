"""Tasks to assess are given to units, and sheets of answers are handed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Assessment, Backing, Candidacy, Edition, Sheet, Subject
from linli.assessments.queries.answers import checked
from linli.assessments.rules.instruments import digest
from linli.directory.models import Unit
from linli.facts.models import Evidence
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.text import Words

_UNFAIR: dict[str, tuple[str, Words]] = {
    "nobody assesses who stands above": ("stands_above", _("Nobody assesses the unit above.")),
    "nobody is cross-checked from above": ("stands_above", _("A unit above does not cross-check.")),
    "nobody assesses whom they are in conflict with": (
        "in_conflict",
        _("These two units are in conflict with one another."),
    ),
    "assessment_is_never_mutual": ("mutual", _("One of these two assesses the other already.")),
    "assessment_is_never_of_oneself": ("oneself", _("Nobody assesses themselves.")),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet as it was filled in: answers by item, evidence by item, whose device, when by its clock."""

    answers: Mapping[str, Mapping[str, Any]]
    backing: Mapping[str, Iterable[Evidence]] = field(default_factory=dict)
    client: UUID = field(default_factory=uuid4)
    filled_at: datetime | None = None


@transaction.atomic
def give(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    unit: Unit,
    of: Candidacy | tuple[Subject, Edition],
    due_on: date | None = None,
    first: Assessment | None = None,
) -> Assessment:
    """Give a unit the task to assess a candidate, or a subject by an edition.

    Refuses: not_allowed; stands_above; in_conflict; mutual; oneself; given when it has this task already.
    """
    allow(by, Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
    candidacy = of if isinstance(of, Candidacy) else None
    subject, edition = (of.subject, of.round.edition) if isinstance(of, Candidacy) else of
    try:
        with transaction.atomic():
            return Assessment.objects.create(
                code=new_code(),
                kind=kind,
                subject=subject,
                edition=edition,
                round=candidacy.round if candidacy else None,
                candidacy=candidacy,
                unit=unit,
                about=subject.unit,
                first=first,
                due_on=due_on,
                **signed(by, at),
            )
    except DatabaseError as error:
        raise _unfair(error) from error


def _unfair(error: DatabaseError) -> Refused:
    """Put what the database refuses of a task into words. Raises the error again when it is another."""
    said = str(error)
    for message, (code, sentence) in _UNFAIR.items():
        if message in said:
            return Refused(code, sentence, status=409)
    if isinstance(error, IntegrityError) and "unique" in said.lower():
        return Refused("given", _("This unit has this task already."), status=409)
    raise error


@transaction.atomic
def hand_in(*, by: Actor, at: datetime, assessment: Assessment, filled: Filled) -> Sheet:
    """Hand in a sheet. The same sheet again (`client`) is the same sheet; another one is the next.

    Refuses: not_allowed; not_own_unit; dropped; stage_over; unknown_item; not_an_answer with the item;
    note_too_long; client_taken when the mark of the device is another sheet's.
    """
    allow(by, Role.OFFICER, Role.PLANNER, Role.SUPERVISOR)
    if by.unit != assessment.unit.name:
        raise Refused("not_own_unit", _("Another unit was asked to do this."), status=404)
    kept = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    answers = checked(assessment.edition.form, filled.answers)
    if (same := Sheet.objects.filter(client=filled.client).first()) is not None:
        if same.assessment_id != kept.pk or same.digest != digest(answers):
            raise Refused("client_taken", _("This was handed in with other answers."), status=409)
        return same
    _stands(kept)
    sheet = Sheet.objects.create(
        assessment=kept,
        number=kept.sheets.count() + 1,
        answers=answers,
        digest=digest(answers),
        client=filled.client,
        filled_at=filled.filled_at or at,
        **signed(by, at),
    )
    Backing.objects.bulk_create(
        Backing(sheet=sheet, item=item, evidence=one)
        for item, pieces in filled.backing.items()
        for one in pieces
    )
    if kept.done_at is None:
        kept.done_at = at
        kept.save(update_fields=["done_at"])
    return sheet


@transaction.atomic
def drop(*, by: Actor, at: datetime, assessment: Assessment) -> Assessment:
    """Take a task back: its sheets stay, and count no more.

    Refuses: not_allowed; dropped already.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    kept = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if kept.dropped_at is not None:
        raise Refused("dropped", _("This task was taken back."), status=409)
    kept.dropped_at = at
    kept.save(update_fields=["dropped_at"])
    return kept


def _stands(kept: Assessment) -> None:
    if kept.dropped_at is not None:
        raise Refused("dropped", _("This task was taken back."), status=409)
    stage = kept.candidacy.stage if kept.candidacy else kept.kind
    if stage != kept.kind and not (kept.kind == Assessment.SELF and stage == "apply"):
        raise Refused("stage_over", _("The time for this is over."), status=409)
