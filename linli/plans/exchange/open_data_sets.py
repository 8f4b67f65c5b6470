"""Promises as a data set: the public ledger, all of it."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.kernel.open_data import Cell, DataSet, Elsewhere, Kind, Table, columns
from linli.plans.queries import Filters, public_ledger
from linli.plans.schemas.rows import COLUMNS, cells, promises

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("promised_on", "starts_on", "first_due_on", "due_on", "accepted_on"), "date"),
    **dict.fromkeys(("drift_days", "moves"), "integer"),
    **dict.fromkeys(("first_target", "target", "figure_value"), "number"),
}  # fmt: skip


def data_sets() -> Iterator[DataSet]:
    """Yield the promises."""
    yield DataSet(
        "promises",
        _("Promises"),
        _("Every public promise with its sentence, its days, its lamp and the figure that speaks of it."),
        "GOVE",
        reverse("plans:public_promises"),
        Table(
            columns(
                COLUMNS,
                _KINDS,
                ("promise", "address", "area_code", "title", "lamp"),
                {"lamp": ("green", "blue", "amber", "red", "grey")},
            ),
            _rows,
            ("promise",),
            (("area_code", "areas", "code"),),
        ),
        files=(
            Elsewhere(reverse("plans:promises_csv"), "text/csv", _("For spreadsheets")),
            Elsewhere(reverse("plans:promises_json"), "application/json", _("As JSON")),
        ),
    )  # fmt: skip


def _rows(host: str) -> Iterator[tuple[Cell, ...]]:
    for one in promises(public_ledger(Filters.of({}), now()).rows()):
        yield cells(one, host)
