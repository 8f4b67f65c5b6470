"""A dry run: what the gate would make of a table, of a draft or of a frozen release. Nothing is written.

Of a draft only how many cells would be said, never what: whoever could try table after table would learn from the differences.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localdate

from linli.atlas.models import Product, ProductFigure, Release
from linli.atlas.queries import counting, gate
from linli.atlas.rules.spans import latest
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.figures import Figure
from linli.facts.rules.periods import Period
from linli.facts.rules.released import Released, through_gate

Cells = list[tuple[Area, Released[Decimal]]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a draft over its last whole period: of each figure how many cells are said and kept back."""

    period: Period
    figures: list[tuple[Indicator, int, int]]
    refusals: list[list[str]]


def of_draft(product: Product, figures: list[Figure], at: datetime) -> Trial:
    """Try a product that is not declared yet, on the records as they stand."""
    known = {one.code: one for one in Indicator.objects.filter(code__in=[f.name for f in figures])}
    parts = [
        ProductFigure(
            indicator=known.get(one.name)
            or Indicator(code=one.name, name=one.title, unit=one.unit),
            magnitude=one.magnitude,
        )
        for one in figures
    ]
    over = latest(product.length, today=localdate(at))
    counted = counting.count(product, parts, over, at)
    decisions = gate.brought(product, parts, counted, over, localdate(at), at=at)
    return Trial(
        over,
        [
            (one.indicator, sum(cell.value is not None for cell in cells), len(cells))
            for one in parts
            for cells in [decisions[one.indicator.code].cells]
        ],
        gate.refusals(decisions),
    )


def of_release(
    release: Release, at: datetime
) -> tuple[list[tuple[Indicator, Cells]], list[list[str]]]:
    """Try a frozen release: what would be said, by figure, or the cells for whose sake the gate says no.

    Raises RecordsGone.
    """
    decisions = gate.decided(release, at)
    twins = {
        one.indicator.code: one.twin
        for one in release.product.figures.select_related("indicator", "twin")
    }
    names = {cell.name.area for one in decisions.values() for cell in one.cells}
    areas = Area.objects.in_bulk(names)
    found: list[tuple[Indicator, Cells]] = [
        (
            twins[code],
            [
                (
                    areas[cell.name.area],
                    through_gate(
                        None if cell.value is None else Decimal(cell.value), release.code,
                        low=Decimal(cell.low), high=None if cell.high is None else Decimal(cell.high),
                    ),
                )
                for cell in decision.cells
            ],
        )
        for code, decision in decisions.items()
    ]  # fmt: skip
    return found, gate.refusals(decisions)
