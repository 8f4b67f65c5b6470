"""Assessments of what is to be decided: begun by who proposes it, answered by another unit too, laid open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.assessing import give
from linli.assessments.actions.keeping import own
from linli.assessments.actions.subjects import SubjectDraft, name_subject
from linli.assessments.models import (
    Affected,
    Assessment,
    Edition,
    Impact,
    ImpactTask,
    Instrument,
    Ruling,
    Subject,
)
from linli.assessments.queries.impact_stand import refuse_decided, stand_of
from linli.assessments.rules.impacts import FEWEST_DAYS, USUAL_DAYS, before_opening
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.text import Words
from linli.kernel.watching import refuse_watching

MOST_WORDS = 4000
MISSING: dict[str, Words] = {
    "no_places": _("Say which places it touches."),
    "no_statement": _("Who proposes it answers the questions first."),
    "not_open": _("It has not lain open yet."),
    "consultation_lasts": _("The consultation is not over yet."),
    "poll_runs": _("A poll about it still runs."),
    "not_assessed": _("No other unit has assessed it yet."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactDraft:
    """What is to be decided, what its proposer says will come of it, by which questions, and where it is felt.

    `subject` has a name already, or gets one with this.
    """

    subject: Subject | SubjectDraft
    edition: Edition
    words: str
    statement: str
    places: Sequence[tuple[Area, str]] = ()
    earlier: Impact | None = None


@transaction.atomic
def begin_impact(*, by: Actor, at: datetime, draft: ImpactDraft) -> Impact:
    """Begin to assess a project or a decision; its proposer is asked first.

    Refuses: what `name_subject` refuses; not_own_unit; no_decision for units and premises; no_unit when nobody answers for it;
    no_words; too_long; out_of_scope for the watching of people; not_adopted; wrong_use; running when it is being assessed already; not_to_change unless
    `earlier` is of the same subject and was told to change.
    """
    about = draft.subject
    if isinstance(about, SubjectDraft):
        about = name_subject(by=by, at=at, draft=about)
    subject = Subject.objects.select_for_update(no_key=True).get(pk=about.pk)
    if subject.unit is None:
        raise Refused("no_unit", _("Say which unit answers for it."))
    own(by=by, at=at, unit=subject.unit)
    draft = _checked(draft, subject)
    impact = Impact.objects.create(
        code=new_code(),
        subject=subject,
        edition=draft.edition,
        words=draft.words,
        statement=draft.statement,
        earlier=draft.earlier,
        **signed(by, at),
    )
    Affected.objects.bulk_create(
        Affected(impact=impact, area=area, words=words.strip()[:300])
        for area, words in draft.places
    )
    _task(by=by, at=at, impact=impact, kind=Assessment.SELF, unit=subject.unit)
    return impact


@transaction.atomic
def amend_impact(*, by: Actor, at: datetime, impact: Impact, draft: ImpactDraft) -> Impact:
    """Say it differently, before it lies open. Its questions and its subject stay.

    Refuses: not_allowed; not_own_unit; decided; open; no_words; too_long; out_of_scope.
    """
    kept = held_impact(by=by, at=at, impact=impact)
    _refuse_open(kept)
    kept.words, kept.statement = _said(draft)
    kept.save(update_fields=["words", "statement"])
    kept.places.all().delete()
    Affected.objects.bulk_create(
        Affected(impact=kept, area=area, words=words.strip()[:300]) for area, words in draft.places
    )
    return kept


@transaction.atomic
def ask_unit(
    *, by: Actor, at: datetime, impact: Impact, unit: Unit, due_on: date | None = None
) -> Assessment:
    """Ask another unit to assess what is to be decided. Planners ask: nobody chooses their own assessor.

    Refuses: not_allowed; decided; given when it was asked already; what `give` refuses of two units.
    """
    allow(by, Role.PLANNER)
    kept = Impact.objects.select_for_update(no_key=True, of=("self",)).get(pk=impact.pk)
    refuse_decided(kept)
    asked = kept.tasks.filter(assessment__unit=unit, assessment__dropped_at=None)
    if asked.exclude(assessment__kind=Assessment.SELF).exists():
        raise Refused("given", _("This unit has this task already."), status=409)
    return _task(by=by, at=at, impact=kept, kind=Assessment.IMPACT, unit=unit, due_on=due_on)


@transaction.atomic
def lay_open(*, by: Actor, at: datetime, impact: Impact, until: date, hurry: str = "") -> Impact:
    """Lay it open for everybody, until the end of a day: from now on it stays as it is.

    Refuses: not_allowed; not_own_unit; open; no_places; no_statement; too_short for fewer than seven days;
    no_reason for fewer than thirty without saying why.
    """
    kept = held_impact(by=by, at=at, impact=impact)
    _refuse_open(kept)
    for code in before_opening(stand_of(kept, at)):
        raise Refused(code, MISSING[code])
    days = (until - localdate(at)).days
    if days < FEWEST_DAYS:
        raise Refused("too_short", _("A consultation lasts for seven days at least."))
    if days < USUAL_DAYS and not hurry.strip():
        raise Refused("no_reason", _("Say why it is shorter than thirty days."))
    kept.opened_at = at
    kept.closes_at = make_aware(datetime.combine(until + timedelta(days=1), time()))
    kept.hurry = hurry.strip()[:300] if days < USUAL_DAYS else ""
    kept.save(update_fields=["opened_at", "closes_at", "hurry"])
    return kept


def held_impact(*, by: Actor, at: datetime, impact: Impact) -> Impact:
    """Return the impact as it stands, held against whoever else changes it, for who proposes it.

    Refuses: not_allowed; not_own_unit; decided.
    """
    kept = Impact.objects.select_for_update(no_key=True, of=("self",))
    found = kept.select_related("subject__unit").get(pk=impact.pk)
    unit = found.subject.unit
    if unit is None:
        raise Refused("no_unit", _("Say which unit answers for it."))
    own(by=by, at=at, unit=unit)
    refuse_decided(found)
    return found


def _refuse_open(impact: Impact) -> None:
    if impact.opened_at is not None:
        raise Refused("open", _("It lies open, and stays as it is."), status=409)


def _checked(draft: ImpactDraft, subject: Subject) -> ImpactDraft:
    if subject.kind not in (Subject.PROJECT, Subject.DECISION):
        raise Refused("no_decision", _("Projects and decisions are assessed here."))
    words, statement = _said(draft)
    if draft.edition.adopted_at is None:
        raise Refused("not_adopted", _("This edition is not adopted yet."))
    if draft.edition.instrument.use != Instrument.IMPACT:
        raise Refused("wrong_use", _("This instrument is for something else."))
    if subject.impacts.filter(ruling=None).exists():
        raise Refused("running", _("It is being assessed already."), status=409)
    if draft.earlier is not None:
        _follows(draft.earlier, subject)
    return replace(draft, words=words, statement=statement)


def _said(draft: ImpactDraft) -> tuple[str, str]:
    words, statement = draft.words.strip(), draft.statement.strip()
    if not words or not statement:
        raise Refused("no_words", _("Say what is to be decided, and what will come of it."))
    if max(len(words), len(statement)) > MOST_WORDS:
        raise Refused("too_long", _("This is too long."))
    refuse_watching(words, statement)
    return words, statement


def _follows(earlier: Impact, subject: Subject) -> None:
    told = Ruling.objects.filter(impact=earlier, outcome=Ruling.CHANGE).exists()
    taken = Impact.objects.filter(earlier=earlier).exists()
    if earlier.subject_id != subject.pk or not told or taken:
        raise Refused("not_to_change", _("It was not told to change."), status=409)


def _task(
    *,
    by: Actor,
    at: datetime,
    impact: Impact,
    kind: str,
    unit: Unit,
    due_on: date | None = None,
) -> Assessment:
    of = (impact.subject, impact.edition)
    task = give(by=by, at=at, kind=kind, unit=unit, of=of, due_on=due_on)
    ImpactTask.objects.create(impact=impact, assessment=task)
    return task
