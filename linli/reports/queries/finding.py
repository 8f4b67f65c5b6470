"""What of the reports everybody can find: those that are published."""

from typing import Final

from linli.directory.queries.titled import Kind
from linli.reports.models import Report

KINDS: Final = (
    Kind(
        "reports",
        "reports:public_reading",
        lambda _at: Report.objects.published().order_by("-published_at", "-id"),
        area="area",
    ),
)
