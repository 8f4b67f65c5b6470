"""Public money as data sets: published funds and projects. Amounts stand in each fund's own package."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.funds.models import Fund, Project
from linli.kernel.open_data import Cell, DataSet, Elsewhere, Table, columns
from linli.kernel.text import Words

_IATI: Final = "https://iatistandard.org/en/iati-standard/203/"
FUNDS: Final[dict[str, Words]] = {
    "fund": _("Code of the fund"),
    "address": _("Permanent address of the fund"),
    "name": _("Name"),
    "purpose": _("What for"),
    "unit": _("Unit that keeps it"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "books": _("Address of its books as a data package"),
    "ledger": _("Address of its signed ledger"),
}
PROJECTS: Final[dict[str, Words]] = {
    "project": _("Code of the project"),
    "address": _("Permanent address of the project"),
    "name": _("Name"),
    "programme": _("Programme line that it belongs to"),
    "unit": _("Unit that keeps it"),
    "amount": _("Amount promised, in fen"),
    "promised_on": _("Last day as first promised"),
}


def data_sets() -> Iterator[DataSet]:
    """Yield funds, projects and what is made of them elsewhere."""
    funds = Table(
        columns(FUNDS, {}, ("fund", "address", "name", "unit", "area_code")),
        _funds,
        ("fund",),
        (("area_code", "areas", "code"),),
    )
    yield DataSet(
        "funds",
        _("Public funds"),
        _("Every published fund, with the address of its books and of its signed ledger."),
        "ECON",
        reverse("funds:list"),
        funds,
        files=(
            Elsewhere(
                reverse("funds:every_root"), "application/jsonl", _("Signed roots of the books")
            ),
        ),
    )
    kinds = columns(
        PROJECTS,
        {"amount": "integer", "promised_on": "date"},
        ("project", "address", "name", "programme"),
    )
    yield DataSet(
        "projects",
        _("Projects of paired assistance"),
        _("Every published project: what was promised, by whom, how much, by which day."),
        "ECON",
        reverse("funds:list"),
        Table(kinds, _projects, ("project",)),
        files=(
            Elsewhere(
                reverse("iati_activities"), "application/xml", _("Activities as IATI 2.03"), _IATI
            ),
            Elsewhere(
                reverse("iati_organisation"),
                "application/xml",
                _("Organisation as IATI 2.03"),
                _IATI,
            ),
        ),
    )


def _funds(host: str) -> Iterator[list[Cell]]:
    for one in Fund.objects.published().select_related("unit").order_by("code"):
        yield [
            one.code, f"{host}{reverse('funds:fund', args=[one.code])}", one.name, one.purpose,
            one.unit.name, one.area_id, f"{host}{reverse('funds:fund_package', args=[one.code])}",
            f"{host}{reverse('funds:kit', args=[one.code])}",
        ]  # fmt: skip


def _projects(host: str) -> Iterator[list[Cell]]:
    for one in Project.objects.published().select_related("programme", "unit").order_by("code"):
        yield [
            one.code, f"{host}{reverse('funds:project', args=[one.code])}", one.name,
            one.programme.name, one.unit.name, one.amount, one.promised_on,
        ]  # fmt: skip
