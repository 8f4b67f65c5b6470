"""The schematic map: every part of an area gets a square of its own, as near as can be to where it lies.

The squares are given out by linear assignment: of all ways to do it none moves the parts less in sum (of the squares of
distances). The same centres give the same map for ever. No border, no distance, no area of land speaks: small places count as much as large ones.
"""

from collections.abc import Iterable, Mapping
from math import ceil, inf, sqrt
from typing import Final

from linli.kernel.programmes import Programme, plain

Place = tuple[int, int]  # row and column, from the top left
Point = tuple[float, float]  # degrees east and north

_MOST: Final = 160  # more parts than any area has; beyond it they stand in the order of their codes
_FINE: Final = 10_000  # costs are whole numbers, so that no machine rounds them otherwise
_SLACK: Final = 1.35  # squares for each part: some stay empty, so that the outline shows


def lay_out(centres: Mapping[str, Point]) -> dict[str, Place]:
    """Return the square of each part. Parts that lie on one point stand side by side, in the order of their codes."""
    codes = sorted(centres)
    if not 2 <= len(codes) <= _MOST:
        return in_rows(codes)
    rows, columns = _size(centres)
    wanted = _spread(centres, codes, rows, columns)
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    chosen = _assigned(
        [[_cost(want, cell, rank) for cell in cells] for rank, want in enumerate(wanted)]
    )
    return trimmed({code: cells[at] for code, at in zip(codes, chosen, strict=True)})


def in_rows(codes: Iterable[str], *, below: int = 0) -> dict[str, Place]:
    """Return squares line by line, in the order of the codes, in a shape that is nearly a square."""
    ordered = sorted(codes)
    width = max(1, ceil(sqrt(len(ordered))))
    return {code: (below + at // width, at % width) for at, code in enumerate(ordered)}


def completed(stored: Mapping[str, Place], codes: Iterable[str]) -> dict[str, Place]:
    """Return the squares of `codes`: those stored, and for newer ones a line of their own below them."""
    wanted = set(codes)
    kept = {code: place for code, place in stored.items() if code in wanted}
    missing = wanted - kept.keys()
    below = max((row for row, _column in kept.values()), default=-1) + 1
    return kept | in_rows(missing, below=below)


def trimmed(places: Mapping[str, Place]) -> dict[str, Place]:
    """Return the same map without rows and columns in which nothing stands, from 0 on."""
    rows = {row: at for at, row in enumerate(sorted({row for row, _column in places.values()}))}
    columns = {one: at for at, one in enumerate(sorted({one for _row, one in places.values()}))}
    return {code: (rows[row], columns[column]) for code, (row, column) in places.items()}


def _size(centres: Mapping[str, Point]) -> tuple[int, int]:
    """Return rows and columns: as wide to high as the area is, with some squares to spare."""
    xs, ys = [x for x, _y in centres.values()], [y for _x, y in centres.values()]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    aspect = min(2.5, max(0.4, wide / high)) if wide > 0 and high > 0 else 1.0
    squares = len(centres) * _SLACK
    rows = max(1, round(sqrt(squares / aspect)))
    return rows, max(1, ceil(squares / rows))


def _spread(
    centres: Mapping[str, Point], codes: list[str], rows: int, columns: int
) -> list[tuple[float, float]]:
    """Return where each part would stand: half by where it lies, half by its rank, so that a crowded middle opens."""
    down = _placed({code: -centres[code][1] for code in codes}, rows)
    along = _placed({code: centres[code][0] for code in codes}, columns)
    return [(down[code], along[code]) for code in codes]


def _placed(values: Mapping[str, float], count: int) -> dict[str, float]:
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1.0
    order = sorted(values, key=lambda code: (values[code], code))
    ranks = {code: at / (len(order) - 1) for at, code in enumerate(order)}
    return {
        code: (count - 1) * ((value - low) / span + ranks[code]) / 2
        for code, value in values.items()
    }


def _cost(want: tuple[float, float], cell: Place, rank: int) -> int:
    """Return what it costs to stand there. The last digits break ties, so that one map is best and no other."""
    away = (want[0] - cell[0]) ** 2 + (want[1] - cell[1]) ** 2
    return round(_FINE * away) * 1000 + (rank * 7 + cell[0] * 31 + cell[1] * 17) * (rank + 1) % 997


def _assigned(costs: list[list[int]]) -> list[int]:
    """Return the column given to each row: the whole costs least, no column is given twice."""
    parts, cells = len(costs), len(costs[0])
    programme = Programme(
        costs=[float(cost) for row in costs for cost in row],
        variables=[(0.0, 1.0)] * (parts * cells),
        sums=[
            *(plain(range(part * cells, (part + 1) * cells)) for part in range(parts)),
            *(plain(range(cell, parts * cells, cells)) for cell in range(cells)),
        ],
        limits=[(1.0, 1.0)] * parts + [(-inf, 1.0)] * cells,
    )
    found = programme.solution() or []
    return [max(range(cells), key=lambda cell: found[part * cells + cell]) for part in range(parts)]
