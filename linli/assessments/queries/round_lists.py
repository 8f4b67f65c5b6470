"""Schemes, rounds, candidates and tasks for lists: filtered, counted, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from linli.assessments.models import Assessment, Candidacy, Round, Scheme, Step
from linli.assessments.rules.stages import NAMED, stages_of
from linli.kernel.actors import Actor, Role

# What is filled in at a desk; inspections have their own page, on a phone.
FILLED_IN = (
    Assessment.SELF,
    Assessment.CROSS,
    Assessment.SITE,
    Assessment.RECHECK,
    Assessment.IMPACT,
)
_OPEN = Q(rounds__opened_at__isnull=False, rounds__closed_at=None)


def keeps(by: Actor, scheme: Scheme) -> bool:
    """Say whether somebody keeps this scheme, and does not only read it or take part."""
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == scheme.unit.name)


def oversees(by: Actor, round_: Round) -> bool:
    """Say whether somebody sees who checks whom in a round."""
    return by.role == Role.SUPERVISOR or keeps(by, round_.scheme)


def listed_schemes(*, public: bool = False) -> QuerySet[Scheme]:
    """Return schemes, those with an open round first: how many rounds were held, is one open, the last year.

    `public`: only those that had a round.
    """
    opened = Round.objects.published().order_by().values("scheme")
    among = Scheme.objects.filter(pk__in=opened) if public else Scheme.objects.all()
    return (
        among.select_related("unit", "area")
        .annotate(
            rounds_held=Count("rounds", filter=Q(rounds__opened_at__isnull=False), distinct=True),
            rounds_open=Count("rounds", filter=_OPEN, distinct=True),
            last_year=Max("rounds__year", filter=Q(rounds__opened_at__isnull=False)),
        )
        .order_by("-rounds_open", "closed_on", "name", "pk")
    )


def rounds_of(scheme: Scheme, *, public: bool) -> QuerySet[Round]:
    """Return the rounds of a scheme with how many take part and were named, the last first."""
    rounds = scheme.rounds.filter(opened_at__isnull=False) if public else scheme.rounds.all()
    return rounds.select_related("edition__instrument").annotate(
        number=Count("candidacies"), named=Count("candidacies", filter=Q(candidacies__stage=NAMED))
    )


def candidates(
    round_: Round, *, stage: str = "", category: str = "", words: str = ""
) -> QuerySet[Candidacy]:
    """Return the candidates of a round, by name."""
    found = round_.candidacies.select_related("subject__unit", "subject__area", "category")
    if stage:
        found = found.filter(stage=stage)
    if category.isdecimal() and len(category) < 6:
        found = found.filter(category__number=int(category))
    if words:
        found = found.filter(subject__name__icontains=words)
    return found.order_by("subject__name", "pk")


def tasks_of(unit: str, *, done: bool = False) -> QuerySet[Assessment]:
    """Return what a unit was asked to fill in, what is due first first; `done`: what it handed in."""
    asked = Assessment.objects.filter(unit__name=unit, kind__in=FILLED_IN, dropped_at=None)
    asked = asked.filter(done_at__isnull=not done)
    told = asked.select_related("subject", "round__scheme", "candidacy", "edition", "draft")
    return told.order_by("-done_at", "id") if done else told.order_by("due_on", "id")


@dataclass(frozen=True, slots=True)
class StageDay:
    """One stage of a round: its last day, how many stand there, and whether the day has passed."""

    stage: str
    day: date
    number: int
    over: bool


def stage_days(round_: Round, numbers: dict[str, int], today: date) -> list[StageDay]:
    """Return the stages of a round in their order."""
    days = {stage: date.fromisoformat(day) for stage, day in round_.days.items()}
    return [
        StageDay(stage, days[stage], numbers.get(stage, 0), days[stage] < today)
        for stage in stages_of(list(round_.weights))
    ]


@dataclass(frozen=True, slots=True)
class Stay:
    """One stage that a candidate went through: the step that led there, and how many days it stayed."""

    step: Step
    days: int
    ended: bool


def stays(steps: Sequence[Step], today: date) -> list[Stay]:
    """Return the way of a candidate, the last stage first."""
    found = []
    for n, one in enumerate(steps):
        ended = n + 1 < len(steps)
        until = steps[n + 1].at.date() if ended else today
        found.append(Stay(one, (until - one.at.date()).days, ended))
    return found[::-1]
