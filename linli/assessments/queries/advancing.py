"""What becomes of the candidates of a stage when it ends: who goes on, and what keeps the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from linli.assessments.models import Candidacy, Round
from linli.assessments.queries.poll_shares import running_polls, shares
from linli.assessments.rules.instruments import digest
from linli.assessments.rules.leaving import Stand, hindrance
from linli.assessments.rules.stages import POLL, WAY, next_stage


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one candidate: the stage it goes to, or why it stays."""

    candidacy: Candidacy
    to: str
    why: str = ""


def last_day(round_: Round, stage: str) -> date | None:
    """Return the last day of a stage, None where the round has no such stage."""
    day = round_.days.get(stage)
    return date.fromisoformat(day) if day else None


def fates(round_: Round, stage: str, today: date) -> list[Fate]:
    """Return the fate of all candidates that stand in a stage, in the order of their names: one query, three of a poll."""
    to, until = next_stage(list(round_.weights), stage), last_day(round_, stage)
    if not to or until is None:
        return []
    running = stage == POLL and running_polls(round_).exists()
    polled = shares(round_).keys() if stage == POLL else ()
    standing = Q(assessments__kind=stage, assessments__dropped_at=None)
    found = (
        round_.candidacies.filter(stage=stage)
        .select_related("subject__unit", "category")
        .annotate(
            tasks=Count("assessments", filter=standing),
            done=Count("assessments", filter=standing & Q(assessments__done_at__isnull=False)),
        )
        .order_by("subject__name", "pk")
    )
    stands = [(one, Stand(one.tasks, one.done, running, one.pk in polled)) for one in found]
    return [Fate(one, to, hindrance(stage, stand, today, until)) for one, stand in stands]


def mark_of(found: Sequence[Fate]) -> str:
    """Return what says whether fates are still the same as when they were told."""
    return digest([[one.candidacy.code, one.to, one.why] for one in found])


def by_stage(round_: Round) -> dict[str, int]:
    """Return how many candidates stand where: one query."""
    return dict(round_.candidacies.order_by().values_list("stage").annotate(number=Count("pk")))


def under_way(round_: Round) -> int:
    """Return how many candidates still wait for what is decided of them."""
    return round_.candidacies.filter(stage__in=WAY).count()
