"""Results of which operators were told."""

from datetime import datetime

from django.db.models import QuerySet

from linli.trace.models import Operator, Report


def told_to(operator: Operator) -> QuerySet[Report]:
    """Return the reports of which an operator was told, the newest first."""
    related = ("hearing", "sample__method", "sample__laboratory", "sample__premises", "sample__lot")
    found = Report.objects.filter(hearing__isnull=False, sample__premises__operator=operator)
    return found.select_related(*related).order_by("-hearing__at", "-id")


def open_to_reply(report: Report, at: datetime) -> bool:
    """Say whether the operator may still reply to a report of which it was told."""
    hearing = report.hearing
    return hearing.replied_at is None and at < hearing.reply_by and report.published_at is None


def replies_awaited(operator: Operator, at: datetime) -> int:
    """Return how many results wait for the operator's reply."""
    waiting = told_to(operator).filter(
        published_at=None, hearing__replied_at=None, hearing__reply_by__gt=at
    )
    return waiting.count()
