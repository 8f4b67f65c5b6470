"""Cells and releases as programs are answered: what may be said of areas over a period, each said by `spoken`."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override
from ninja import Field, Schema
from pydantic import StringConstraints

from linli.atlas.models import Release
from linli.atlas.queries.cells import AreaCell
from linli.atlas.schemas.cell_asked import way_to
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, shown
from linli.facts.rules.released import Released, spoken
from linli.kernel.open_answers import number

# A NUL ends a text in PostgreSQL; nobody types one.
Typed = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00/]+$")]
PageNumber = Annotated[int, Field(ge=1, le=10_000)]


class Problem(Schema):
    """One refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str


class CellOut(Schema):
    """What may be said of one area: a value, that it is kept back, or that nothing is known."""

    area_code: str
    area: str
    known: bool = Field(description="Whether anything is known of it over exactly this period")
    value: int | float | None
    kept_back: bool = Field(description="Whether the release gate keeps the value back")
    bound: str = Field(description="How firmly it is stated: exact, approx, more_than …")
    low: int | float | None = Field(description="Of a cell kept back: what it is at least")
    high: int | float | None
    status: str
    source: str
    citation: str = Field(description="Address of this figure for ever; empty where there is none")
    cell: str = Field(description="Page of this cell: from which figures it is made")
    ground: str = Field(
        description="Why it may be said: nobody, published or gate; empty: nothing known"
    )
    decision: str = Field(description="Code of the release, or name of the publication")


class CellsOut(Schema):
    """One indicator over one period in some areas, side by side."""

    indicator: str
    name: str
    counts: str = Field(description="What the indicator counts, in words")
    unit: str
    period: str
    cells: list[CellOut]


class ReleaseOut(Schema):
    """One table about people that passed the release gate."""

    code: str
    product: str
    name: str
    area: str
    period: str
    decided_at: datetime | None
    decided_unit: str
    sha256: str = Field(description="SHA-256 of the table")
    address: str
    table: str


class ReleasesOut(Schema):
    """One page of releases, the newest first."""

    total: int
    page: int
    pages: int
    releases: list[ReleaseOut]


def cells_out(
    indicator: Indicator, period: Period, cells: Iterable[AreaCell], host: str
) -> CellsOut:
    """Return cells of one indicator over one period."""
    with override(settings.LANGUAGE_CODE):  # addresses that are the same for everybody
        told = [_cell(cell, indicator, host) for cell in cells]
    return CellsOut(
        indicator=indicator.code,
        name=indicator.name,
        counts=indicator.definition,
        unit=indicator.unit,
        period=shown(period),
        cells=told,
    )


def release_out(one: Release, host: str) -> ReleaseOut:
    """Return a release. Its product and that one's place must be at hand."""
    with override(settings.LANGUAGE_CODE):
        page, table = (
            reverse(f"atlas:{name}", args=[one.code]) for name in ("release", "release_csv")
        )
    return ReleaseOut(
        code=one.code,
        product=one.product.code,
        name=one.product.name,
        area=one.product.scope.name,
        period=shown(Period(one.period_from, one.period_until)),
        decided_at=localtime(one.decided_at) if one.decided_at else None,
        decided_unit=one.decided_unit,
        sha256=one.digest,
        address=f"{host}{page}",
        table=f"{host}{table}",
    )


def _cell(cell: AreaCell, indicator: Indicator, host: str) -> CellOut:
    said: Released[Decimal] | None = cell.released
    value = spoken(said) if said is not None else None
    return CellOut(
        area_code=cell.area_code,
        area=cell.area_name,
        known=said is not None,
        value=number(value),
        kept_back=said is not None and value is None,
        bound=cell.bound if value is not None else "",
        low=number(said.low) if said else None,
        high=number(said.high) if said else None,
        status=cell.status,
        source=cell.source,
        citation=f"{host}{reverse('facts:citation', args=[cell.fact_code])}"
        if cell.fact_code
        else "",
        cell=f"{host}{way_to(indicator, cell.area_code, cell.period)}",
        ground=said.ground if said else "",
        decision=said.decision if said else "",
    )
