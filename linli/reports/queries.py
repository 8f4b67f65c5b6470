"""Reads of the reports engine."""

from django.db.models import Count, Q

from linli.reports.models import Report, ReportQuerySet

LISTED = ("code", "title", "area", "printed_on", "received_at", "published_at", "name")


def listed_reports(*, state: str = "", area: str = "", words: str = "") -> ReportQuerySet:
    """Return reports for a list, without their readings. state: "", published or unpublished."""
    reports = Report.objects.only(*LISTED)
    if state == "published":
        reports = reports.published()
    elif state == "unpublished":
        reports = reports.unpublished()
    if area:
        reports = reports.filter(area__startswith=area.rstrip("0") or area)
    for word in words.split():
        reports = reports.filter(title__icontains=word)
    return reports


def report_counts() -> dict[str, int]:
    """Return how many reports there are, published and not yet published: one query."""
    counts: dict[str, int] = Report.objects.aggregate(
        all=Count("id"),
        published=Count("id", filter=Q(published_at__isnull=False)),
    )
    return counts | {"unpublished": counts["all"] - counts["published"]}
