"""What has happened to something of the ledger, and why tasks were given up."""

from collections.abc import Iterable

from django.db.models import QuerySet

from linli.plans.models import Step, Task


def steps_of(*codes: str) -> QuerySet[Step]:
    """Return all that was done with these codes, the oldest first."""
    return Step.objects.filter(subject__in=codes).order_by("at", "pk")


def drop_reasons(tasks: Iterable[Task]) -> dict[str, str]:
    """Return why dropped tasks were given up, by code. One query; none without a dropped task."""
    codes = [task.code for task in tasks if task.state == Task.DROPPED]
    if not codes:
        return {}
    dropped = steps_of(*codes).filter(verb="dropped")
    return {
        code: becomes.get("reason", "")
        for code, becomes in dropped.values_list("subject", "becomes")
    }
