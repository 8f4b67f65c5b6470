"""Premises and permits as rows of open data, each column explained: those of the public list, all of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.kernel.text import Words
from linli.trace.models import Permit, Premises
from linli.trace.queries.premises_lists import PremisesRow

Value = str | int | date | None

OPERATOR_COLUMNS: dict[str, Words] = {
    "premises": _("Code of the premises"),
    "address": _("Permanent address of their page"),
    "name": _("Name over the door"),
    "operator": _("Code of the business"),
    "operator_name": _("Name of the business"),
    "credit_code": _("Unified social credit code of the business (GB 32100)"),
    "supervised_by": _("Unit that supervises it"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "area": _("Name of the place"),
    "street": _("Address in the place"),
    "activities": _(
        "What is done there, separated by semicolons: slaughter, processing, storage, wholesale, retail, catering"
    ),
    "gln": _("Global Location Number (GS1)"),
    "square": _("Row and column of the square on the schematic map"),
    "permit_state": _("valid, suspended, withdrawn, expired or none"),
    "permit": _("Number of the permit that this goes back to"),
    "permit_until": _("Last day of that permit"),
    "inspected_on": _("Day of the latest published inspection"),
    "inspection": _("Address of its result"),
    "inspection_share": _("Share of all points that it gave, in percent"),
    "findings": _("How many things it found wrong"),
    "findings_open": _("How many of them are not put right yet"),
}
PERMIT_COLUMNS: dict[str, Words] = {
    "permit": _("Number on the paper"),
    "code": _("Code of the permit"),
    "premises": _("Code of the premises"),
    "operator": _("Code of the business"),
    "issued_by": _("Unit that issued it"),
    "scope": _("Activities that it is for, separated by semicolons"),
    "valid_from": _("First day"),
    "valid_until": _("Last day"),
    "state": _("valid, suspended, withdrawn, expired or not_yet"),
}


def operator_cells(rows: Iterable[PremisesRow], host: str) -> Iterator[dict[str, Value]]:
    """Yield each premises as named cells, in the order of the columns."""
    for row in rows:
        place, operator, visit = row.premises, row.premises.operator, row.visit
        yield {
            "premises": place.code,
            "address": _page("trace:premises", host, place.code),
            "name": place.name,
            "operator": operator.code,
            "operator_name": operator.name,
            "credit_code": operator.credit_code,
            "supervised_by": operator.unit.name,
            "area_code": place.area.code,
            "area": place.area.name,
            "street": place.street,
            "activities": ";".join(place.activities),
            "gln": place.gln,
            "square": _square(place),
            "permit_state": row.stand.state,
            "permit": row.stand.permit.number if row.stand.permit else None,
            "permit_until": row.stand.until,
            "inspected_on": visit.made_on if visit else None,
            "inspection": _page("assessments:inspection", host, visit.code) if visit else None,
            "inspection_share": f"{visit.share / 100:.2f}" if visit else None,
            "findings": visit.findings if visit else None,
            "findings_open": visit.open if visit else None,
        }


def permit_cells(permits: Iterable[tuple[Permit, str]]) -> Iterator[dict[str, Value]]:
    """Yield each permit as named cells, in the order of the columns."""
    for permit, state in permits:
        yield {
            "permit": permit.number,
            "code": permit.code,
            "premises": permit.premises.code,
            "operator": permit.premises.operator.code,
            "issued_by": permit.unit.name,
            "scope": ";".join(permit.scope),
            "valid_from": permit.valid_from,
            "valid_until": permit.valid_until,
            "state": state,
        }


def in_json(cells: dict[str, Value]) -> dict[str, Value]:
    """Return cells as JSON says them: days as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in cells.items()
    }


def _square(place: Premises) -> str | None:
    return f"{place.tile_row}-{place.tile_column}" if place.tile_row is not None else None


def _page(name: str, host: str, code: str) -> str:
    return f"{host}{_way(name).replace('CODE', code)}"


@cache
def _way(name: str) -> str:
    # Tables of many rows ask for it: resolved once, filled in for each.
    with override(settings.LANGUAGE_CODE):
        return reverse(name, args=["CODE"])
