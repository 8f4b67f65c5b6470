"""What of the assessments everybody can find: honours, decisions, inspections, polls and schemes on show."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from linli.assessments.models import Award, Impact, Inspection, Poll, Round, Scheme
from linli.directory.queries.titled import Kind


def _held(_at: datetime) -> QuerySet[Scheme]:
    rounds = Round.objects.published().order_by().filter(scheme=OuterRef("pk"))
    return Scheme.objects.filter(Exists(rounds)).order_by("name", "pk")


KINDS: Final = (
    Kind(
        "honours",
        "assessments:award",
        lambda _at: Award.objects.order_by("-named_on", "-pk"),
        title="candidacy__subject__name",
        beside="candidacy__round__scheme__name",
        also=("candidacy__round__scheme__name",),
        area="candidacy__subject__area",
    ),
    Kind(
        "decisions",
        "assessments:impact",
        lambda _at: Impact.objects.published().order_by("-opened_at", "-pk"),
        title="subject__name",
        beside="subject__unit__name",
        also=("words",),
        area="subject__area",
    ),
    Kind(
        "inspections",
        "assessments:inspection",
        lambda _at: Inspection.objects.published().order_by("-published_at", "-pk"),
        title="assessment__subject__name",
        beside="assessment__unit__name",
        area="assessment__subject__area",
        code="assessment__code",
    ),
    Kind(
        "polls",
        "assessments:poll",
        lambda _at: Poll.objects.published().order_by("-until", "-pk"),
        beside="unit__name",
        also=("words",),
        area="unit__area",
    ),
    Kind(
        "schemes",
        "assessments:scheme",
        _held,
        title="name",
        beside="unit__name",
        also=("purpose",),
        area="area",
    ),
)
