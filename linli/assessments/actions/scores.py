"""Scores are computed from what all sources said, and kept with everything they were made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Candidacy, Round, Score
from linli.assessments.queries.scores import heard_of, last_scores, terms_of
from linli.assessments.rules import stages
from linli.assessments.rules.instruments import canonical, digest
from linli.assessments.rules.scoring import RULES
from linli.assessments.rules.verdicts import RULEBOOK
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import Signature, signed


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of the candidates of a round: scores that are new, those that stay, and who got none."""

    made: Sequence[Score]
    same: Sequence[Score]
    own: Sequence[Candidacy]  # of the unit that computes: somebody else has to
    silent: Sequence[Candidacy]  # nobody said anything of them


@transaction.atomic
def score(*, by: Actor, at: datetime, candidacy: Candidacy) -> Score:
    """Compute the score of a candidate. What was said being the same, the score that there is stays.

    Refuses: not_allowed; not_own_unit; not_at_score; own_unit when it is of the unit that computes;
    nothing_said when no source said anything.
    """
    own(by=by, at=at, unit=candidacy.round.scheme.unit)
    kept = Candidacy.objects.filter(pk=candidacy.pk)
    done = _scored(by, at, candidacy.round, kept)
    if not any((done.made, done.same, done.own, done.silent)):
        raise Refused("not_at_score", _("It is not the time to compute this score."), status=409)
    if done.own:
        raise Refused("own_unit", _("Nobody computes the score of their own unit."), status=409)
    if done.silent:
        raise Refused("nothing_said", _("Nobody has said anything of this candidate yet."))
    return [*done.made, *done.same][0]


@transaction.atomic
def score_round(*, by: Actor, at: datetime, round: Round) -> Scored:  # noqa: A002 - the field's own word
    """Compute the scores of all candidates of a round whose time it is, and tell who got none.

    Refuses: not_allowed; not_own_unit.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    return _scored(by, at, round, round.candidacies.all())


def _scored(by: Actor, at: datetime, round_: Round, whose: QuerySet[Candidacy]) -> Scored:
    """Compute, under a lock: two who compute at once make one score."""
    waiting = whose.filter(stage=stages.SCORE).annotate(named=F("subject__unit__name"))
    everyone = list(waiting.order_by("pk").select_for_update(no_key=True, of=("self",)))
    judge = RULEBOOK[RULES](terms_of(round_))
    of = everyone if len(everyone) == 1 else None
    heard, before = heard_of(judge, round_, of), last_scores(round_, of)
    made, same, ours, silent = [], [], [], []
    for one in everyone:
        if one.named == by.unit:
            ours.append(one)
        elif one.pk not in heard:
            silent.append(one)
        else:
            record = judge.record(one.code, heard[one.pk])
            last = before.get(one.pk)
            row = _row(one, last.number + 1 if last else 1, record, signed(by, at))
            if last and last.digest == row.digest:
                same.append(last)
            else:
                made.append(row)
    return Scored(Score.objects.bulk_create(made, batch_size=500), same, ours, silent)


def _row(one: Candidacy, number: int, record: Mapping[str, Any], signature: Signature) -> Score:
    return Score(
        candidacy=one,
        number=number,
        rules=record["rules"],
        share=record["result"]["share"],
        level=record["result"]["level"],
        record=canonical(record).decode(),
        digest=digest(record),
        **signature,
    )
