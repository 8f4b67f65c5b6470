"""What everybody may see of cases: that they were asked and what became of them, never a word."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from linli.cases.models import Case, CaseQuerySet, Step
from linli.kernel.models import BreakGlass


class Moment(NamedTuple):
    """One thing that happened to a case, without words."""

    at: datetime
    verb: str
    kind: str
    from_unit: str
    to_unit: str


class Broken(NamedTuple):
    """How often emergency access was asked for and let in, of one unit."""

    unit: str
    asked: int
    let_in: int


def public_cases() -> CaseQuerySet:
    """Return the cases that may stand in public, the newest first."""
    cases = Case.objects.filter(public=True, topic__sensitive=False)
    return cases.select_related("topic", "area", "unit").order_by("-asked_at", "-id")


def timeline(case: Case) -> list[Moment]:
    """Return what happened to a case and is shown to the person, without words. One query."""
    return [
        Moment(*values)
        for values in Step.objects.filter(case=case, shown=True).values_list(
            "at", "verb", "kind", "from_unit", "to_unit"
        )
    ]


def glass_broken(since: datetime, until: datetime) -> list[Broken]:
    """Count emergency access by the unit that asked, in [since, until). One query."""
    asked = BreakGlass.objects.filter(at__gte=since, at__lt=until).order_by().values("by_unit")
    counted = asked.annotate(asked=Count("pk"), let_in=Count("pk", Q(let_in_at__isnull=False)))
    rows = counted.order_by("by_unit").values_list("by_unit", "asked", "let_in")
    return [Broken(*values) for values in rows]
