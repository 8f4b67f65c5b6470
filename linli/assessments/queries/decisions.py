"""What waits to be decided in a round, and what was decided and waits for a second person."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from linli.assessments.models import Candidacy, Decision, Notice, Objection, Result, Round
from linli.assessments.queries.notices import newest_results
from linli.assessments.queries.stage_words import level_name, percent
from linli.assessments.rules.notices import highest
from linli.assessments.rules.stages import DECISION, NOTICE
from linli.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Undecided:
    """One candidate whose notice has run: its score, and the level that it is named for if nobody says otherwise."""

    candidacy: Candidacy
    result: Result
    share: str
    level: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that a second person has to confirm; `own`: whoever asks took it."""

    decision: Decision
    candidacy: Candidacy
    share: str
    level: str
    own: bool


def undecided(round_: Round) -> list[Undecided]:
    """Return who may be decided on now, the highest score first. Three queries."""
    rows = round_.candidacies.filter(stage=DECISION).select_related("subject", "category")
    here = {one.pk: one for one in rows}
    levels = round_.scheme.levels
    keys = [one["key"] for one in levels]
    results = newest_results(here.values()).values()
    decided = set(Decision.objects.filter(result__in=results).values_list("result", flat=True))
    found = []
    for result in sorted(results, key=lambda one: (-one.score.share, one.pk)):
        if result.pk in decided:
            continue
        one = here[result.candidacy_id]
        most = highest(keys, one.level, result.score.level)
        name = level_name(levels, most) if most else ""
        found.append(Undecided(one, result, percent(result.score.share), name))
    return found


def decidable(round_: Round, by: Actor) -> list[Decided]:
    """Return the decisions that wait for a second person. One query."""
    rows = Decision.objects.filter(
        result__candidacy__round=round_, result__candidacy__stage=DECISION
    ).select_related("result__score", "result__candidacy__subject", "result__candidacy__category")
    levels = round_.scheme.levels
    return [
        Decided(
            one,
            one.result.candidacy,
            percent(one.result.score.share),
            level_name(levels, one.level) if one.level else "",
            (one.by_name, one.by_unit) == (by.name, by.unit),
        )
        for one in rows.order_by("-result__score__share", "pk")
    ]


def told_so_far(round_: Round, *, still_there: bool = False) -> QuerySet[Notice]:
    """Return the notices of a round, the last first: how many results, how many still there, open objections."""
    in_it = Q(results__candidacy__stage=NOTICE)
    waiting = Q(results__objections__state=Objection.OPEN)
    told = round_.notices.annotate(
        told=Count("results", distinct=True),
        here=Count("results", filter=in_it, distinct=True),
        waiting=Count("results__objections", filter=waiting, distinct=True),
    )
    return told.filter(here__gt=0) if still_there else told
