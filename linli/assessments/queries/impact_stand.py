"""How far the assessment of a decision has come."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Assessment, Impact, Ruling
from linli.assessments.models.poll import Poll
from linli.assessments.rules.impacts import Stand, Weighed
from linli.kernel.refusals import Refused


def stand_of(impact: Impact, at: datetime) -> Stand:
    """Return how far it has come. Four queries."""
    done = Q(assessment__done_at__isnull=False, assessment__dropped_at=None)
    tasks = impact.tasks.aggregate(
        own=Count("pk", done & Q(assessment__kind=Assessment.SELF)),
        others=Count("pk", done & Q(assessment__kind=Assessment.IMPACT)),
    )
    return Stand(
        places=impact.places.count(),
        stated=bool(tasks["own"]),
        opened=impact.opened_at is not None,
        over=impact.closes_at is not None and at >= impact.closes_at,
        assessed=tasks["others"],
        polls=Poll.objects.running().filter(subject=impact.subject_id).count(),
        hazards=weighed(impact),
    )


def weighed(impact: Impact) -> list[Weighed]:
    """Return the hazards that were not struck, each with how many things are done against it. One query."""
    rows = impact.hazards.filter(struck_at=None).annotate(done=Count("mitigations"))
    return [Weighed(*row) for row in rows.values_list("number", "severity", "done")]


def refuse_decided(impact: Impact) -> None:
    """Let nothing be added to what was decided.

    Refuses: decided.
    """
    if Ruling.objects.filter(impact=impact).exists():
        raise Refused("decided", _("It was decided already."), status=409)
