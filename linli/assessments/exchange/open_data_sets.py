"""Assessments as data sets: the public register of inspections, and what assessments ask."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Edition
from linli.assessments.queries.inspections import published_inspections
from linli.kernel.open_data import Cell, DataSet, Table, columns
from linli.kernel.text import Words

INSPECTIONS: Final[dict[str, Words]] = {
    "inspection": _("Code of the inspection"),
    "address": _("Permanent address of its result"),
    "inspected": _("Name of what was inspected"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "unit": _("Unit that inspected"),
    "checklist": _("Checklist that it went by"),
    "edition": _("Edition of the checklist"),
    "published_on": _("Day on which the result became public"),
}
EDITIONS: Final[dict[str, Words]] = {
    "instrument": _("Code of the list of questions"),
    "edition": _("Number of the edition"),
    "name": _("Name"),
    "use": _("scheme, inspection or impact"),
    "unit": _("Unit that keeps it"),
    "adopted_on": _("Day on which it was adopted"),
    "address": _("Address of the whole edition as JSON"),
    "sha256": _("SHA-256 of that file"),
}


def data_sets() -> Iterator[DataSet]:
    """Yield inspections and editions."""
    yield DataSet(
        "inspections",
        _("Inspections"),
        _("The public register of inspections: what was inspected, by which checklist, when."),
        "GOVE",
        reverse("assessments:inspections"),
        Table(
            columns(
                INSPECTIONS,
                {"edition": "integer", "published_on": "date"},
                ("inspection", "address", "published_on"),
            ),
            _inspections,
            ("inspection",),
        ),
    )
    yield DataSet(
        "instruments",
        _("Lists of questions"),
        _("Every adopted edition of what assessments and inspections ask, with its digest."),
        "GOVE",
        reverse("assessments:instruments"),
        Table(
            columns(
                EDITIONS,
                {"edition": "integer", "adopted_on": "date"},
                ("instrument", "edition", "name", "address", "sha256"),
                {"use": ("scheme", "inspection", "impact")},
            ),
            _editions,
            ("instrument", "edition"),
        ),
    )


def _inspections(host: str) -> Iterator[list[Cell]]:
    for one in published_inspections():
        visit = one.assessment
        yield [
            visit.code, f"{host}{reverse('assessments:inspection', args=[visit.code])}",
            visit.subject.name, visit.subject.area_id, visit.unit.name,
            visit.edition.instrument.name, visit.edition.number,
            localdate(one.published_at) if one.published_at else None,
        ]  # fmt: skip


def _editions(host: str) -> Iterator[list[Cell]]:
    found = Edition.objects.adopted().select_related("instrument__unit")
    for one in found.order_by("instrument__code", "number"):
        kept, parts = one.instrument, [one.instrument.code, one.number]
        yield [
            kept.code, one.number, kept.name, kept.use, kept.unit.name,
            localdate(one.adopted_at) if one.adopted_at else None,
            f"{host}{reverse('assessments:edition_data', args=parts)}", one.digest,
        ]  # fmt: skip
