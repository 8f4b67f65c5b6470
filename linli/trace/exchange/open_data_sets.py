"""Food supervision as data sets: premises, permits, laboratory results, recalls; and where premises lie."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.kernel.open_data import (
    Cell,
    Collection,
    DataSet,
    Elsewhere,
    Feature,
    Kind,
    Table,
    columns,
)
from linli.kernel.text import Words
from linli.trace.models import Permit, PermitStep, Premises, Recall, Visit
from linli.trace.queries.permits_told import permits_told
from linli.trace.queries.premises_lists import Asked, PremisesRow, premises_found, premises_rows
from linli.trace.queries.recalls import public_recalls
from linli.trace.schemas.premises_rows import (
    OPERATOR_COLUMNS,
    PERMIT_COLUMNS,
    in_json,
    operator_cells,
    permit_cells,
)
from linli.trace.schemas.result_rows import COLUMNS as RESULT_COLUMNS
from linli.trace.schemas.result_rows import result_rows

_PREMISES: Final[dict[str, Kind]] = {
    **dict.fromkeys(("permit_until", "inspected_on"), "date"),
    **dict.fromkeys(("findings", "findings_open"), "integer"),
    "inspection_share": "number",
}
_RESULTS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("taken_on", "published_on"), "date"),
    "version": "integer", "limit_of_detection": "number", "copies_percent": "number",
    "uncertainty": "number",
}  # fmt: skip
_STATES: Final = ("valid", "suspended", "withdrawn", "expired")
RECALLS: Final[dict[str, Words]] = {
    "recall": _("Code of the recall"),
    "address": _("Permanent address of the recall"),
    "product": _("Name of the product"),
    "lot": _("Our code of the lot"),
    "lot_number": _("Number that its maker printed on it"),
    "operator": _("Code of the business"),
    "operator_name": _("Name of the business"),
    "grounds": _("Why: laboratory, inspection, origin, label, concern or maker"),
    "advice": _("What to do with it: return, destroy or apart"),
    "state": _("running or ended"),
    "decided_on": _("Day on which it was called"),
    "ended_on": _("Day on which it ended"),
}


def data_sets() -> Iterator[DataSet]:
    """Yield what is public of food supervision."""
    list_, csv = reverse("trace:food"), "text/csv"
    yield _set(
        "food-premises", _("Food premises"),
        _("Open premises of food businesses with their permit and the latest published inspection."),
        list_,
        Table(
            columns(OPERATOR_COLUMNS, _PREMISES, ("premises", "address", "name", "operator", "area_code"), {"permit_state": (*_STATES, "none")}),
            _premises, ("premises",), (("area_code", "areas", "code"),),
        ),
        Elsewhere(reverse("trace:operators_csv"), csv, _("For spreadsheets")),
        Elsewhere(reverse("trace:operators_json"), "application/json", _("As JSON")),
    )  # fmt: skip
    yield _set(
        "food-permits", _("Food permits"),
        _("Every permit of premises that are open, with how it stands today."),
        list_,
        Table(
            columns(PERMIT_COLUMNS, {"valid_from": "date", "valid_until": "date"}, ("permit", "code", "premises", "state"), {"state": (*_STATES, "not_yet")}),
            _permits, ("code",), (("premises", "food-premises", "premises"),),
        ),
        Elsewhere(reverse("trace:permits_csv"), csv, _("For spreadsheets")),
    )  # fmt: skip
    yield _set(
        "food-results", _("Laboratory results of food"),
        _("Public results of species tests: a row for each species of each report that stands."),
        list_,
        Table(
            columns(RESULT_COLUMNS, _RESULTS, ("sample", "version", "premises", "target", "result"), {"result": ("detected", "not_detected")}),
            lambda _host: result_rows(), ("sample", "version", "target"),
        ),
        Elsewhere(reverse("trace:results_csv"), csv, _("For spreadsheets")),
    )  # fmt: skip
    yield _set(
        "food-recalls", _("Recalls of food"),
        _("Goods that must come back: which they are, why, and what to do if you have some."),
        reverse("trace:recalls"),
        Table(
            columns(RECALLS, {"decided_on": "date", "ended_on": "date"}, ("recall", "address", "state"), {"state": ("running", "ended")}),
            _recalls, ("recall",),
        ),
        Elsewhere(reverse("trace:recall_feed"), "application/atom+xml", _("As a feed")),
    )  # fmt: skip


def collections() -> Iterator[Collection]:
    """Yield the premises: each lies in its area, its street is told, no point of its own is known."""
    yield Collection(
        "premises",
        _("Food premises"),
        _("Open premises of food businesses. The point is one inside the area, not the door."),
        _features,
        _version,
        columns=OPERATOR_COLUMNS,
    )


def _set(
    code: str, title: Words, words: Words, page: str, table: Table, *files: Elsewhere
) -> DataSet:
    return DataSet(code, title, words, "HEAL", page, table, files=files)


def _rows_now() -> list[PremisesRow]:
    at = now()
    return premises_rows(premises_found(Asked(), at), at)


def _premises(host: str) -> Iterator[Sequence[Cell]]:
    yield from (list(cells.values()) for cells in operator_cells(_rows_now(), host))


def _permits(_host: str) -> Iterator[Sequence[Cell]]:
    yield from (list(cells.values()) for cells in permit_cells(permits_told(now())))


def _recalls(host: str) -> Iterator[list[Cell]]:
    way: Callable[[Recall], str] = lambda one: reverse("trace:recall", args=[one.code])  # noqa: E731
    for one in public_recalls():
        lot = one.lot
        yield [
            one.code, f"{host}{way(one)}", lot.product.name, lot.code, lot.number,
            lot.product.operator.code, lot.product.operator.name, one.grounds, one.advice, one.state,
            localdate(one.decided_at) if one.decided_at else None,
            localdate(one.ended_at) if one.ended_at else None,
        ]  # fmt: skip


def _features(host: str) -> Iterator[Feature]:
    for row, cells in zip(found := _rows_now(), operator_cells(found, host), strict=True):
        said = {name: value for name, value in in_json(cells).items() if value is not None}
        yield Feature(row.premises.code, said, area=row.premises.area_id)


def _version() -> str:
    """Return what changes whenever premises, permits or visits do; and every day, for permits run out."""
    newest = (
        Premises.objects.aggregate(Max("pk")), Premises.objects.open().filter(operator__closed_on=None).count(),
        Permit.objects.aggregate(Max("pk")), PermitStep.objects.aggregate(Max("pk")),
        Visit.objects.aggregate(Max("pk")),
    )  # fmt: skip
    return f"{newest} {localdate(now())}"
