"""The table of a release as everybody can download it, byte for byte: its SHA-256 is the release's digest.

Why a cell is kept back is not told: it would tell too much.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from linli.atlas.models import ProductFigure, Release
from linli.atlas.queries.gate import Decisions, period_of
from linli.facts.rules.periods import Period
from linli.kernel.sheets import write_csv

COLUMNS = (
    "indicator", "area_code", "period_from", "period_until", "value", "kept_back", "low", "high",
)  # fmt: skip


def digest_of(release: Release, figures: Iterable[ProductFigure], decisions: Decisions) -> str:
    """Return the digest of the table that a release is about to publish."""
    lines = (
        _line(one.twin.code, cell.name.area, period_of(release), cell.value, cell.low, cell.high)
        for one in figures
        for cell in decisions[one.indicator.code].cells
    )
    return hashlib.sha256(_text(lines).encode()).hexdigest()


def table_text(release: Release) -> str:
    """Return the table of a release as CSV (RFC 4180)."""
    return _text(_kept(release))


def _kept(release: Release) -> Iterator[tuple[Any, ...]]:
    for one in release.cells.select_related("indicator"):
        numbers = (None if n is None else int(n) for n in (one.value, one.low, one.high))
        yield _line(one.indicator.code, one.area_id, period_of(release), *numbers)


def _line(
    indicator: str, area: str, period: Period, value: int | None, low: int | None, high: int | None
) -> tuple[Any, ...]:
    return indicator, area, *period, value, int(value is None), low, high


def _text(lines: Iterable[tuple[Any, ...]]) -> str:
    in_order = sorted(lines, key=lambda line: line[:2])
    return write_csv(COLUMNS, in_order)
