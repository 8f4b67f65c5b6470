"""Cells as templates show them: the tile map, the table under it, what both say in words, figures over time."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from linli.atlas.queries import layers
from linli.atlas.queries.cells import AreaCell
from linli.atlas.rules.maps import layouts
from linli.atlas.rules.maps.classes import QUANTILES
from linli.atlas.rules.maps.tiles import KEPT_BACK, KNOWN, UNKNOWN, Entry, TileMap, tile_map
from linli.atlas.schemas import telling_cells
from linli.atlas.schemas.cell_asked import way_to
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.intervals import interval
from linli.facts.schemas import telling
from linli.facts.views.chart import Chart, Mark, chart

Address = Callable[[AreaCell], str]
Places = dict[str, layouts.Place]


def squares(parent: str, areas: Iterable[Area]) -> Places:
    """Return the square of each part of an area: as laid out, the others below. One query."""
    return layouts.completed(layers.stored_layout(parent), [area.code for area in areas])


def map_of(
    cells: Sequence[AreaCell],
    indicator: Indicator,
    places: Places,
    *,
    method: str = QUANTILES,
    address: Address | None = None,
) -> TileMap | None:
    """Return the tile map of these cells for `atlas/_tile_map.html`. address: where a square leads, by default nowhere."""
    entries = [
        Entry(
            code=cell.area_code,
            name=cell.area_name,
            value=cell.value,
            state=state(cell),
            short=telling_cells.short(cell, indicator),
            label=f"{cell.area_name}: {telling_cells.said(cell, indicator)}",
            address=address(cell) if address else "",
        )
        for cell in cells
    ]
    return tile_map(entries, places, method)


def legend(drawn: TileMap | None, indicator: Indicator) -> list[dict[str, Any]]:
    """Return the classes of a map in words, from the lowest: what `atlas/_tile_map.html` shows beside it as `legend`."""
    if drawn is None:
        return []
    return [
        {"step": one.step, "words": _span(one.low, one.high, indicator), "count": one.count}
        for one in drawn.classes
    ]


def rows_of(
    cells: Sequence[AreaCell], indicator: Indicator, before: Sequence[AreaCell] = ()
) -> list[dict[str, Any]]:
    """Return rows for `atlas/_cell_table.html`. before: the same areas over an earlier period."""
    earlier = {cell.area_code: cell for cell in before}
    return [
        {
            "cell": cell,
            "state": state(cell),
            "said": telling_cells.said(cell, indicator),
            "status": cell.status,
            "status_words": telling.STATUSES.get(cell.status, ""),
            "before": telling_cells.said(earlier[cell.area_code], indicator)
            if cell.area_code in earlier
            else "",
            "release": release_of(cell),
            "quote": way_to(indicator, cell.area_code, cell.period),
        }
        for cell in cells
    ]


def state(cell: AreaCell) -> str:
    """Return whether a cell is known, kept back or unknown."""
    if cell.value is not None:
        return KNOWN
    return KEPT_BACK if cell.is_kept_back else UNKNOWN


def release_of(cell: AreaCell) -> str:
    """Return where the release that decided on a cell can be looked at, "" where none did."""
    said = cell.released
    if said is None or said.ground != "gate":
        return ""
    return telling.safe_address(f"/releases/{said.decision}/")


def over_time(cells: Sequence[AreaCell], indicator: Indicator) -> Chart | None:
    """Return the chart of these cells, areas in their order; None for fewer than two known ones."""
    return chart(
        [_mark(cell, cell.value, indicator) for cell in cells if cell.value is not None],
        telling.short,
    )


def _mark(cell: AreaCell, value: Decimal, indicator: Indicator) -> Mark:
    period = telling.period(cell.period.start, cell.period.until)
    status = telling.STATUSES.get(cell.status, "")
    allowed = interval(value, cell.bound)
    return Mark(
        area=cell.area_name,
        start=cell.period.start,
        until=cell.period.until,
        value=value,
        low=allowed.low,
        high=allowed.high,
        status=cell.status,
        source=cell.source,
        label=f"{period}: {telling_cells.said(cell, indicator)} ({status}, {cell.source})",
    )


def _span(low: Decimal, high: Decimal, indicator: Indicator) -> str:
    percent = "%" if indicator.unit in {"%", "percent"} else ""
    first, last = telling.number(low), telling.number(high)
    return f"{first}{percent}" if low == high else f"{first}–{last}{percent}"
