"""Boards: those a member of staff works with, those that everybody sees, and what an edition is made of."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from linli.atlas.models import Board, BoardEdition, BoardTile, Rate
from linli.atlas.models.board import BoardQuerySet
from linli.atlas.queries.board_data import Part
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import of_iso
from linli.kernel.actors import Actor, Role

LANGUAGES = ("zh-hans", "zh-hant", "en")


def visible_boards(by: Actor) -> BoardQuerySet:
    """Return the boards that this member of staff works with: an officer the own unit's, a planner all."""
    boards = Board.objects.select_related("unit")
    return boards.filter(unit__name=by.unit) if by.role == Role.OFFICER else boards


def newest_editions(boards: Iterable[Board]) -> dict[int, BoardEdition]:
    """Return the newest edition of each of these boards, by the board's id. One query."""
    found: dict[int, BoardEdition] = {}
    for edition in BoardEdition.objects.filter(board__in=list(boards)).order_by("number"):
        found[edition.board_id] = edition
    return found


def public_edition(code: str) -> BoardEdition | None:
    """Return the newest edition of a board that everybody sees."""
    editions = BoardEdition.objects.filter(board__code=code, board__taken_down_at=None)
    return editions.select_related("board__unit").order_by("-number").first()


def tiles_of(board: Board) -> list[BoardTile]:
    """Return the parts of a draft in their order. One query."""
    sides = ("indicator", "rate__numerator", "rate__denominator", "area")
    return list(board.tiles.select_related(*sides).order_by("position", "id"))


def content(board: Board, tiles: Iterable[BoardTile]) -> dict[str, Any]:
    """Return what an edition of this draft would be."""
    return {
        "titles": dict(
            zip(LANGUAGES, (board.title, board.title_hant, board.title_en), strict=True)
        ),
        "seconds": board.seconds,
        "at_once": board.at_once,
        "tiles": [
            {
                "kind": tile.kind,
                "of": "rate" if tile.rate else "indicator",
                "code": tile.rate.code if tile.rate else tile.indicator.code,  # type: ignore[union-attr]
                "area": tile.area_id,
                "period": tile.period,
                "captions": dict(
                    zip(LANGUAGES, (tile.caption, tile.caption_hant, tile.caption_en), strict=True)
                ),
            }
            for tile in tiles
        ],
    }


def digest(told: dict[str, Any]) -> str:
    """Return the SHA-256 of what an edition is, in hex."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parts_in(told: dict[str, Any]) -> list[Part]:
    """Return the parts of an edition; those of an indicator that nobody may see any more are left out. Three queries."""
    tiles: list[dict[str, Any]] = told["tiles"]
    codes = {
        kind: [one["code"] for one in tiles if one["of"] == kind] for kind in ("indicator", "rate")
    }
    indicators = Indicator.objects.public().in_bulk(codes["indicator"], field_name="code")
    rates = Rate.objects.public().whole().in_bulk(codes["rate"], field_name="code")
    areas = Area.objects.in_bulk([one["area"] for one in tiles])
    return [
        Part(one["kind"], of, areas[one["area"]], of_iso(one["period"]), one["captions"])
        for one in tiles
        if (of := (rates if one["of"] == "rate" else indicators).get(one["code"])) is not None
    ]
