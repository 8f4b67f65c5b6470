"""Releases as data sets: which tables passed the gate, and every cell of them, said or kept back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import Release, ReleasedCell
from linli.facts.queries.released import sayable
from linli.facts.rules.released import Released
from linli.facts.schemas import telling
from linli.facts.schemas.rows import citation
from linli.kernel.open_data import (
    KEPT_BACK,
    Cell,
    Collection,
    DataSet,
    Elsewhere,
    Feature,
    Table,
    columns,
)
from linli.kernel.text import Words

RELEASES: Final[dict[str, Words]] = {
    "release": _("Code of the release"),
    "address": _("Permanent address of the release"),
    "product": _("Code of the declared table"),
    "name": _("Name of the table"),
    "area_code": _("Code of the place inside which it is (GB/T 2260)"),
    "period_from": _("First day of the period"),
    "period_until": _("First day after the period"),
    "cut_off": _("When the records were counted"),
    "released_at": _("When it was released"),
    "sha256": _("SHA-256 of the released table"),
}
CELLS: Final[dict[str, Words]] = {
    "release": _("Code of the release"),
    "indicator": _("Code of the indicator"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "area": _("Name of the place"),
    "period_from": _("First day of the period"),
    "period_until": _("First day after the period"),
    "value": _("Value, rounded to five; c where it is kept back"),
    "kept_back": _("said, primary (too few people) or secondary (else another cell could be worked out)"),
    "unit": _("Unit of measure"),
    "citation": _("Permanent address of this figure; empty when it is kept back"),
}  # fmt: skip
_SAID: Final = "said"


def data_sets() -> Iterator[DataSet]:
    """Yield releases and their cells."""
    feed = Elsewhere(reverse("atlas:release_feed"), "application/atom+xml", _("As a feed"))
    yield DataSet(
        "releases",
        _("Releases"),
        _("Every table about people that passed the release gate, with its cut-off and its digest."),
        "SOCI",
        reverse("atlas:open_data"),
        Table(
            columns(
                RELEASES,
                {"period_from": "date", "period_until": "date", "cut_off": "datetime", "released_at": "datetime"},
                tuple(RELEASES),
            ),
            _releases,
            ("release",),
            (("area_code", "areas", "code"),),
        ),
        files=(feed,),
    )  # fmt: skip
    yield DataSet(
        "released-cells",
        _("Released cells"),
        _("Every cell of every release: its value, or that it is kept back and why."),
        "SOCI",
        reverse("atlas:open_data"),
        Table(
            columns(
                CELLS,
                {"period_from": "date", "period_until": "date", "value": "number"},
                ("release", "indicator", "area_code", "area", "period_from", "period_until", "kept_back", "unit"),
                {"kept_back": (_SAID, ReleasedCell.PRIMARY, ReleasedCell.SECONDARY)},
            ),
            _rows,
            ("release", "indicator", "area_code"),
            (("release", "releases", "release"), ("area_code", "areas", "code")),
            kept_back=True,
        ),
    )  # fmt: skip


def collections() -> Iterator[Collection]:
    """Yield the released cells on the shapes of their areas."""
    yield Collection(
        "released-cells",
        _("Released cells"),
        _("Every cell of every release: its value, or that it is kept back and why."),
        _features,
        _version,
        shaped=True,
        columns=CELLS,
    )


def _releases(host: str) -> Iterator[list[Cell]]:
    found = Release.objects.released().select_related("product")
    for one in found.order_by("decided_at", "pk"):
        yield [
            one.code, f"{host}/releases/{one.code}/", one.product.code, one.product.name,
            one.product.scope_id, one.period_from, one.period_until,
            localtime(one.cut_off) if one.cut_off else None,
            localtime(one.decided_at) if one.decided_at else None, one.digest,
        ]  # fmt: skip


def _cells() -> Iterator[tuple[ReleasedCell, Released[Decimal] | None]]:
    """Yield every cell of what was released, with what may be said of it: its fact says so, not the cell."""
    found = ReleasedCell.objects.filter(release__state=Release.RELEASED)
    told = found.select_related("release", "indicator", "area", "fact__indicator", "fact__evidence")
    for one in told.order_by("release", "indicator__code", "area"):
        yield one, sayable(one.fact) if one.fact else None


def _rows(host: str) -> Iterator[list[Cell]]:
    for cell in _cells():
        yield list(_told(*cell, host).values())


def _told(one: ReleasedCell, said: Released[Decimal] | None, host: str) -> dict[str, Cell]:
    value = said.value if said else None
    return {
        "release": one.release.code,
        "indicator": one.indicator.code,
        "area_code": one.area_id,
        "area": one.area.name,
        "period_from": one.release.period_from,
        "period_until": one.release.period_until,
        "value": KEPT_BACK if value is None else telling.digits(value).replace(",", ""),
        "kept_back": one.kept or _SAID,
        "unit": one.indicator.unit,
        "citation": f"{host}{citation(one.fact)}" if one.fact else None,
    }


def _features(host: str) -> Iterator[Feature]:
    for cell in _cells():
        one, told = cell[0], _told(*cell, host)
        since, until = one.release.period_from, one.release.period_until
        value = None if told["value"] == KEPT_BACK else float(str(told["value"]))
        days = {"period_from": since.isoformat(), "period_until": until.isoformat()}
        yield Feature(
            f"{one.release.code}.{one.indicator.code}.{one.area_id}",
            {**told, **days, "value": value},
            area=one.area_id,
            since=since,
            until=until,
        )


def _version() -> str:
    told = ReleasedCell.objects.filter(release__state=Release.RELEASED)
    return str(told.aggregate(Count("pk"), Max("pk"), Max("release__decided_at")))
