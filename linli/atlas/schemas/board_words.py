"""The parts of a board in words and lines, for its page and for a wall."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from linli.atlas.actions.citing import WHY
from linli.atlas.models import BoardTile
from linli.atlas.queries import layers
from linli.atlas.queries.board_data import Part, Row, Shown
from linli.atlas.rules.maps.tiles import KEPT_BACK, KNOWN, UNKNOWN, Entry, tile_map
from linli.atlas.rules.trends import bars, trend
from linli.atlas.schemas import figure_words
from linli.atlas.schemas.cell_asked import way_to
from linli.atlas.schemas.cell_words import name_lang, words
from linli.facts.schemas import telling

ON_A_WALL = 8  # rows that one reads from across a hall


def in_language(said: dict[str, str]) -> str:
    """Return the words of an edition in the reader's language."""
    return said.get(get_language() or "", "") or said["zh-hans"]


def told(shown: Shown, *, wall: bool = False) -> dict[str, Any]:
    """Return one part of a board as templates show it."""
    part, rows = shown.part, list(shown.rows)
    caption = in_language(part.captions)
    common = {
        "kind": part.kind,
        "caption": caption or part.of.shown_name,
        "caption_lang": "" if caption else name_lang(part.of),
        "of": part.of,
        "name_lang": name_lang(part.of),
        "area": part.area,
        "period": words(shown.period) if shown.period else "",
        "unit": figure_words.unit(part.of),
        "sources": list(dict.fromkeys(row.source for row in rows if row.source)),
    }
    if shown.period is None or not rows:
        return common | {"empty": True}
    if part.kind == BoardTile.FIGURE:
        return common | _figure(shown, rows[0])
    if part.kind == BoardTile.TREND:
        return common | _trend(part, rows)
    return common | _places(part, rows, wall=wall)


def _figure(shown: Shown, row: Row) -> dict[str, Any]:
    of = shown.part.of
    since = figure_words.change(shown.since, of) if shown.since else ""
    value = row.made.point.value if row.made.point else None
    return _row(shown.part, row) | {
        "bare": figure_words.bare(value, of) if value is not None else "",
        "firmness": telling.BOUNDS.get(row.bound, ""),
        "since": since,
        "before": words(shown.before) if shown.before and since else "",
        "change_address": way_to(of, row.area.code, row.period, shown.before) if since else "",
    }


def _trend(part: Part, rows: list[Row]) -> dict[str, Any]:
    lines = [_row(part, row) for row in rows]
    return {"rows": lines, "line": trend([_value(row) for row in rows])}


def _places(part: Part, rows: list[Row], *, wall: bool) -> dict[str, Any]:
    if part.kind == BoardTile.MAP:
        drawn = tile_map([_entry(part, row) for row in rows], layers.layout(part.area.code))
        legend = [
            {"step": one.step, "count": one.count, "words": _span(part, one.low, one.high)}
            for one in drawn.classes
        ] if drawn else []  # fmt: skip
        said = {
            "drawn": drawn,
            "legend": legend,
            "notice": layers.notice([row.area.code for row in rows]),
        }
    else:
        said = {}
    ordered = sorted(rows, key=_by_value)
    few = ordered[:ON_A_WALL] if wall else ordered
    lengths = bars([_value(row) for row in few])
    lines = [_row(part, row) | {"length": length} for row, length in zip(few, lengths, strict=True)]
    return said | {"rows": lines, "left_out": len(ordered) - len(few)}


def _row(part: Part, row: Row) -> dict[str, Any]:
    point = row.made.point
    return {
        "place": row.area,
        "when": words(row.period),
        "said": figure_words.point(point, part.of, row.bound),
        "brief": figure_words.brief(point.value, part.of, row.bound)
        if point and point.value is not None
        else figure_words.point(point, part.of),
        "state": _state(row),
        "why": WHY.get(row.made.why, ""),
        "address": way_to(part.of, row.area.code, row.period) if point else "",
        "status_words": telling.STATUSES.get(point.status, "") if point else "",
        "status": point.status if point else "",
    }


def _entry(part: Part, row: Row) -> Entry:
    value = _value(row)
    said = figure_words.point(row.made.point, part.of, row.bound)
    return Entry(
        code=row.area.code,
        name=row.area.name,
        value=value,
        state=_state(row),
        short=figure_words.short(value, part.of) if value is not None else "—" if row.made.point is None else said,
        label=f"{row.area.name}: {said}",
    )  # fmt: skip


def _state(row: Row) -> str:
    if row.made.point is None:
        return UNKNOWN
    return KEPT_BACK if row.made.point.value is None else KNOWN


def _value(row: Row) -> Decimal | None:
    return row.made.point.value if row.made.point else None


def _by_value(row: Row) -> tuple[int, Decimal, str]:
    """Order the largest first; then what is kept back, then what is unknown."""
    value = _value(row)
    if value is not None:
        return 0, -value, row.area.code
    return (1 if row.made.point else 2), Decimal(0), row.area.code


def _span(part: Part, low: Decimal, high: Decimal) -> str:
    first, last = figure_words.bare(low, part.of), figure_words.bare(high, part.of)
    return first if low == high else f"{first}–{last}"
