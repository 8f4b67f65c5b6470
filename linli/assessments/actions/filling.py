"""A sheet is filled in part by part, evidence is put under its answers, and it is handed in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.assessing import Filled, hand_in
from linli.assessments.models import Assessment, Draft, Sheet
from linli.assessments.queries.answers import checked
from linli.assessments.queries.filling import Working, from_facts, may_use, working
from linli.assessments.rules.filling import OVER, UNPROVEN, lacking, seen_of, turn
from linli.facts.actions.evidence import cite_file
from linli.facts.models import Evidence
from linli.kernel import files
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.uploads import Rebuilt

MOST_EVIDENCE = 12  # under one answer


@dataclass(frozen=True, slots=True)
class Part:
    """Answers to some items; `seen`: the digest of what stood there when they were typed (`rules.filling.seen_of`)."""

    items: Collection[str]
    answers: Mapping[str, Mapping[str, Any]]
    seen: str


@transaction.atomic
def keep_part(*, by: Actor, at: datetime, assessment: Assessment, part: Part) -> Draft:
    """Keep the answers to some items; the others stay. A value that a fact says is kept with the fact's code.

    Refuses: not_allowed; not_own_unit; dropped; stage_over; unknown_item; not_an_answer; note_too_long;
    changed_meanwhile when somebody else answered the same items in between.
    """
    kept = _own(by, assessment)
    draft = _draft(by, at, kept)
    if seen_of(draft.answers, part.items) != part.seen:
        raise Refused(
            "changed_meanwhile",
            _("Somebody of your unit answered here meanwhile: look again."),
            status=409,
        )
    known = from_facts(kept.edition.form, kept.subject.area)
    given = {}
    for key in part.items:
        answer = dict(part.answers.get(key, {}))
        answer.pop("f", None)
        if key in known and known[key].value == answer.get("v"):
            answer["f"] = known[key].fact.code
        if answer.get("v") not in (None, ""):
            given[key] = answer
    others = {key: one for key, one in draft.answers.items() if key not in part.items}
    draft.answers = others | checked(kept.edition.form, given)
    return _save(by, at, draft)


@transaction.atomic
def take_facts(*, by: Actor, at: datetime, assessment: Assessment) -> int:
    """Fill what nobody answered yet with the newest facts. Returns how many items that were.

    Refuses: not_allowed; not_own_unit; dropped; stage_over.
    """
    kept = _own(by, assessment)
    draft = _draft(by, at, kept)
    known = from_facts(kept.edition.form, kept.subject.area)
    new = {
        key: {"v": one.value, "f": one.fact.code}
        for key, one in known.items()
        if key not in draft.answers
    }
    if new:
        draft.answers = draft.answers | new
        _save(by, at, draft)
    return len(new)


@transaction.atomic
def back(
    *, by: Actor, at: datetime, assessment: Assessment, item: str, evidence: Evidence
) -> Draft:
    """Put evidence that there is already under an answer.

    Refuses: not_allowed; not_own_unit; dropped; stage_over; unknown_item; not_at_hand unless the unit brought it
    or a public figure rests on it; too_much_evidence.
    """
    kept = _own(by, assessment)
    if item not in {one.key for one in kept.edition.form.items()}:
        raise Refused("unknown_item", _("There is no such question."))
    if not may_use(kept.unit, evidence):
        raise Refused("not_at_hand", _("Your unit did not bring this evidence."), status=404)
    draft = _draft(by, at, kept)
    pieces = draft.backing.get(item, [])
    if evidence.pk in pieces:
        return draft
    if len(pieces) >= MOST_EVIDENCE:
        raise Refused("too_much_evidence", _("Twelve pieces of evidence are enough."))
    draft.backing = draft.backing | {item: [*pieces, evidence.pk]}
    return _save(by, at, draft)


@dataclass(frozen=True, slots=True)
class Brought:
    """One file that came through `uploads.rebuild`. `nobody_shown`: whoever brings it has looked."""

    file: Rebuilt
    name: str
    nobody_shown: bool = False


@transaction.atomic
def bring(
    *, by: Actor, at: datetime, assessment: Assessment, item: str, brought: Brought
) -> Evidence:
    """Bring a file as evidence for an answer. What the unit brought before is used again, and not kept twice.

    Refuses: not_allowed; not_own_unit; dropped; stage_over; unknown_item; too_much_evidence; somebody_shown unless
    whoever brings it says that it shows and names nobody; empty_file; too_large.
    """
    kept = _own(by, assessment)
    if not brought.nobody_shown:
        raise Refused("somebody_shown", _("Look at it first: nobody may be shown or named in it."))
    same = Evidence.objects.filter(
        kind=Evidence.FILE, source=kept.unit.name, digest=files.digest_of(brought.file.data)
    )
    evidence = same.first() or cite_file(
        by=by,
        at=at,
        source=kept.unit.name,
        data=brought.file.data,
        name=f"{brought.name.strip()[:150] or item}.{brought.file.extension}",
        media_type=brought.file.media_type,
    )
    back(by=by, at=at, assessment=kept, item=item, evidence=evidence)
    return evidence


@transaction.atomic
def take_away(
    *, by: Actor, at: datetime, assessment: Assessment, item: str, evidence: Evidence
) -> Draft:
    """Take evidence from under an answer that was not handed in yet; the evidence itself stays.

    Refuses: not_allowed; not_own_unit; dropped; stage_over.
    """
    draft = _draft(by, at, _own(by, assessment))
    pieces = [one for one in draft.backing.get(item, []) if one != evidence.pk]
    others = {key: ids for key, ids in draft.backing.items() if key != item}
    draft.backing = others | ({item: pieces} if pieces else {})
    return _save(by, at, draft)


@transaction.atomic
def hand_in_draft(*, by: Actor, at: datetime, assessment: Assessment) -> Sheet:
    """Hand in what was filled in; the draft is gone then. Handed in twice, it is one sheet.

    Refuses: not_allowed; not_own_unit; dropped; stage_over; nothing_filled; no_evidence where a self check claims
    what it must prove.
    """
    kept = _own(by, assessment)
    draft = Draft.objects.filter(assessment=kept).first()
    if draft is None:
        if (last := kept.sheets.order_by("number").last()) is not None:
            return last
        raise Refused("nothing_filled", _("Nothing was filled in yet."))
    now = Working(draft.answers, draft.backing)
    lacks = lacking(kept.edition.form, now.answers, now.proven)
    if kept.kind == Assessment.SELF and any(one.code == UNPROVEN for one in lacks):
        raise Refused("no_evidence", _("Some answers must be proven: put evidence under them."))
    by_id = Evidence.objects.in_bulk({pk for pieces in draft.backing.values() for pk in pieces})
    backing = {item: [by_id[pk] for pk in pieces] for item, pieces in draft.backing.items()}
    filled = Filled(draft.answers, backing, client=draft.client, filled_at=draft.at)
    sheet = hand_in(by=by, at=at, assessment=kept, filled=filled)
    draft.delete()
    return sheet


def _own(by: Actor, assessment: Assessment) -> Assessment:
    """Return the task, held, if it is the actor's to fill in now."""
    allow(by, Role.OFFICER, Role.PLANNER, Role.SUPERVISOR)
    if by.unit != assessment.unit.name:
        raise Refused("not_own_unit", _("Another unit was asked to do this."), status=404)
    kept = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if kept.dropped_at is not None:
        raise Refused("dropped", _("This task was taken back."), status=409)
    if kept.candidacy is not None and turn(kept.kind, kept.candidacy.stage) == OVER:
        raise Refused("stage_over", _("The time for this is over."), status=409)
    return kept


def _draft(by: Actor, at: datetime, kept: Assessment) -> Draft:
    """Return the draft of a task; one that begins holds what was handed in last."""
    draft = Draft.objects.filter(assessment=kept).first()
    if draft is not None:
        return draft
    begun = working(kept)
    return Draft(
        assessment=kept, answers=dict(begun.answers), backing=dict(begun.backing), **signed(by, at)
    )


def _save(by: Actor, at: datetime, draft: Draft) -> Draft:
    draft.by_name, draft.by_role, draft.by_unit, draft.at = by.name, by.role, by.unit, at
    draft.save()
    return draft
