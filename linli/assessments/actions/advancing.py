"""A stage ends: all candidates who have what it asks for go on together, each with its step."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.assessing import give
from linli.assessments.actions.keeping import own
from linli.assessments.actions.rounds import step
from linli.assessments.models import Assessment, Candidacy, Round, Step
from linli.assessments.queries.advancing import Fate, fates, last_day, mark_of
from linli.assessments.rules.leaving import MOVED
from linli.assessments.rules.stages import APPLY, LEFT, SELF
from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@transaction.atomic
def advance(
    *,
    by: Actor,
    at: datetime,
    round: Round,  # noqa: A002 - the field's own word
    stage: str,
    told: str = "",
) -> list[Fate]:
    """End a stage: who has what it asks for goes on, the others stay. `told`: the mark of the fates that were shown.

    Whoever comes to the self check is given it. Returns the fate of each.
    Refuses: not_allowed; not_own_unit; not_open; unknown_stage where none is moved from by hand;
    changed_meanwhile when the fates are others than those that were told; nobody_goes.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    held = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if held.opened_at is None or held.closed_at is not None:
        raise Refused("not_open", _("This round is not open."), status=409)
    if stage not in MOVED or not last_day(held, stage):
        raise Refused("unknown_stage", _("Nobody is moved on from this stage by hand."))
    # Held before it is looked at: whoever hands in, or leaves, meanwhile waits.
    list(held.candidacies.filter(stage=stage).order_by("pk").select_for_update(no_key=True))
    found = fates(held, stage, localdate(at))
    if told and told != mark_of(found):
        raise Refused(
            "changed_meanwhile", _("Something changed meanwhile: look again."), status=409
        )
    going = [one.candidacy for one in found if not one.why]
    if not going:
        raise Refused("nobody_goes", _("Nobody can go on yet: see what is missing."), status=409)
    _move(by, at, going, found[0].to)
    if found[0].to == SELF:
        _ask_themselves(by, at, held, going)
    return found


@transaction.atomic
def begin_self_check(*, by: Actor, at: datetime, candidacy: Candidacy) -> Assessment:
    """Give a unit its self check, while units may still apply; one that it has is given back.

    Refuses: not_allowed; not_own_unit; no_such_stage where the round asks for none; stage_over.
    """
    unit, held = _unit(candidacy), candidacy.round
    own(by=by, at=at, unit=unit)
    if SELF not in held.weights:
        raise Refused("no_such_stage", _("This round asks for no self check."))
    kept = Candidacy.objects.select_for_update(no_key=True).get(pk=candidacy.pk)
    if kept.stage not in (APPLY, SELF):
        raise Refused("stage_over", _("The time for this is over."), status=409)
    standing = kept.assessments.filter(kind=SELF, dropped_at=None).first()
    due_on = last_day(held, SELF)
    return standing or give(by=by, at=at, kind=SELF, unit=unit, of=candidacy, due_on=due_on)


@transaction.atomic
def leave(*, by: Actor, at: datetime, candidacy: Candidacy, reason: str) -> Candidacy:
    """Take a unit out of a round at its own wish. Its tasks and what others have to do about it are dropped.

    Refuses: not_allowed; not_own_unit; no_reason; no_such_step once it was decided.
    """
    own(by=by, at=at, unit=_unit(candidacy))
    kept = step(by=by, at=at, candidacy=candidacy, to=LEFT, reason=reason)
    kept.assessments.filter(done_at=None, dropped_at=None).update(dropped_at=at)
    return kept


def _unit(candidacy: Candidacy) -> Unit:
    unit = candidacy.subject.unit
    if (
        unit is None
    ):  # the subject of a candidacy is a unit: what a row says otherwise is no candidacy
        raise Refused("not_own_unit", _("This is another unit's."), status=404)
    return unit


def _move(by: Actor, at: datetime, going: Sequence[Candidacy], to: str) -> None:
    """Write all steps, then all candidacies: what the database asks of one it asks of each."""
    Step.objects.bulk_create(
        Step(candidacy=one, was=one.stage, to=to, **signed(by, at)) for one in going
    )
    Candidacy.objects.filter(pk__in=[one.pk for one in going]).update(stage=to, stage_since=at)


def _ask_themselves(by: Actor, at: datetime, held: Round, going: Sequence[Candidacy]) -> None:
    asked = set(
        held.assessments.filter(kind=SELF, dropped_at=None).values_list("candidacy", flat=True)
    )
    Assessment.objects.bulk_create(
        Assessment(
            code=new_code(),
            kind=SELF,
            subject=one.subject,
            edition=held.edition,
            round=held,
            candidacy=one,
            unit=_unit(one),
            about=_unit(one),
            due_on=last_day(held, SELF),
            **signed(by, at),
        )
        for one in going
        if one.pk not in asked
    )
