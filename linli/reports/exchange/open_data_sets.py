"""Published reports as a data set: which there are, and where each one's reading stands as JSON."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.open_data import Cell, DataSet, Table, columns
from linli.kernel.text import Words
from linli.reports.models import Report

REPORTS: Final[dict[str, Words]] = {
    "report": _("Code of the report"),
    "address": _("Permanent address of the report"),
    "title": _("Title"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "printed_on": _("Day on which it was printed"),
    "published_on": _("Day on which it became public here"),
    "sha256": _("SHA-256 of the file as it came"),
    "reading": _("Address of its reading as JSON"),
}


def data_sets() -> Iterator[DataSet]:
    """Yield the reports."""
    yield DataSet(
        "reports",
        _("Work reports"),
        _("Every published work report, with what was read in it as JSON."),
        "GOVE",
        reverse("reports:public_list"),
        Table(
            columns(
                REPORTS,
                {"printed_on": "date", "published_on": "date"},
                ("report", "address", "title", "published_on", "sha256", "reading"),
            ),
            _reports,
            ("report",),
        ),
    )


def _reports(host: str) -> Iterator[list[Cell]]:
    found = Report.objects.published().defer("reading").order_by("published_at", "pk")
    for one in found:
        yield [
            one.code, f"{host}{reverse('reports:public_reading', args=[one.code])}", one.title,
            one.area or None, one.printed_on,
            localdate(one.published_at) if one.published_at else None, one.digest,
            f"{host}{reverse('reports:public_json', args=[one.code])}",
        ]  # fmt: skip
