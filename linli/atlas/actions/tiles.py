"""The parts of a board's draft: added, changed, moved up and down, removed. The board's row is locked first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.boards import held
from linli.atlas.models import Board, BoardTile, Rate
from linli.atlas.models.board import TILES
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import of_typed, shown
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class TileDraft:
    """What a part of a board shows: which figure or rate, of which place, over which period ("": the newest), in which words."""

    kind: str
    of: Indicator | Rate
    area: Area
    period: str = ""
    caption: str = ""
    caption_hant: str = ""
    caption_en: str = ""


@transaction.atomic
def add_tile(*, by: Actor, at: datetime, board: Board, draft: TileDraft) -> BoardTile:
    """Add a part at the end of a draft.

    Refuses: not_allowed; not_own_unit; too_many_tiles beyond twelve; unknown_kind; not_public; unknown_period;
    captions_in_three unless there are captions in all three languages, or in none; no_parts when places inside an area
    are asked for that has none.
    """
    kept = held(by=by, at=at, board=board)
    places = list(kept.tiles.values_list("position", flat=True))
    if len(places) >= TILES:
        raise Refused("too_many_tiles", _("A board shows twelve figures at most."))
    said = _said(draft)
    return BoardTile.objects.create(board=kept, position=max(places, default=0) + 1, **said)


@transaction.atomic
def change_tile(*, by: Actor, at: datetime, tile: BoardTile, draft: TileDraft) -> BoardTile:
    """Change what a part of a draft shows; its place stays.

    Refuses: all that `add_tile` does of a part; gone when somebody removed it.
    """
    _board, tiles = _locked(by, at, tile)
    kept = _found(tiles, tile)
    said = _said(draft)
    for name, value in said.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*said])
    return kept


@transaction.atomic
def move_tile(*, by: Actor, at: datetime, tile: BoardTile, up: bool) -> None:
    """Move a part one place up or down; the first goes no higher, the last no lower.

    Refuses: not_allowed; not_own_unit; gone when somebody removed it.
    """
    _board, tiles = _locked(by, at, tile)
    here = tiles.index(_found(tiles, tile))
    there = here - 1 if up else here + 1
    if 0 <= there < len(tiles):
        tiles[here], tiles[there] = tiles[there], tiles[here]
    for number, one in enumerate(tiles, 1):
        one.position = number
    BoardTile.objects.bulk_update(tiles, ["position"])


@transaction.atomic
def remove_tile(*, by: Actor, at: datetime, tile: BoardTile) -> None:
    """Take a part off a draft; what is published keeps it until the next edition.

    Refuses: not_allowed; not_own_unit; gone when somebody was faster.
    """
    _board, tiles = _locked(by, at, tile)
    _found(tiles, tile).delete()


def _locked(by: Actor, at: datetime, tile: BoardTile) -> tuple[Board, list[BoardTile]]:
    board = held(by=by, at=at, board=tile.board)
    return board, list(board.tiles.order_by("position", "id"))


def _found(tiles: list[BoardTile], tile: BoardTile) -> BoardTile:
    for one in tiles:
        if one.pk == tile.pk:
            return one
    raise Refused("gone", _("Somebody removed this part meanwhile."), status=409)


def _said(draft: TileDraft) -> dict[str, Any]:
    """Return the columns of a part, once it is one."""
    if draft.kind not in dict(BoardTile.KINDS):
        raise Refused("unknown_kind", _("Choose how it is shown."))
    sides = [draft.of]
    if isinstance(draft.of, Rate):
        sides = [draft.of.numerator, draft.of.denominator]
    if not all(isinstance(one, Indicator) and one.public for one in sides):
        raise Refused("not_public", _("Take figures that everybody may see."))
    captions = [text.strip() for text in (draft.caption, draft.caption_hant, draft.caption_en)]
    if any(captions) and not all(captions):
        raise Refused(
            "captions_in_three",
            _("Give the caption in all three languages, or in none: then the name of the figure stands there."),
        )  # fmt: skip
    if draft.kind in BoardTile.OF_PARTS and not draft.area.parts.filter(until_year=None).exists():
        raise Refused("no_parts", _("No smaller places inside this one are known."))
    return {
        "kind": draft.kind,
        "indicator": None if isinstance(draft.of, Rate) else draft.of,
        "rate": draft.of if isinstance(draft.of, Rate) else None,
        "area": draft.area,
        "period": _period(draft.period),
        "caption": captions[0],
        "caption_hant": captions[1],
        "caption_en": captions[2],
    }


def _period(typed: str) -> str:
    """Return a period as it is kept, "" for the newest."""
    if not typed.strip():
        return ""
    period = of_typed(typed)
    if period is None:
        raise Refused(
            "unknown_period",
            _("This is not a period: write 2019, 2019-03, 2019-03-05 or 2016/2020."),
        )
    return shown(period)
