"""Draft a board, publish it, take it down. Its row is locked first: whoever publishes, publishes what they saw."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.owning import own
from linli.atlas.models import Board, BoardEdition
from linli.atlas.models.board import SECONDS
from linli.atlas.queries.boards import content, digest, tiles_of
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDraft:
    """What a board is called in three languages, and how it stands on a wall."""

    unit: Unit
    title: str
    title_hant: str
    title_en: str
    seconds: int = 30
    at_once: int = 4

    @property
    def said(self) -> dict[str, str | int]:
        """All of it but the unit."""
        return {
            "title": self.title.strip(),
            "title_hant": self.title_hant.strip(),
            "title_en": self.title_en.strip(),
            "seconds": self.seconds,
            "at_once": self.at_once,
        }


@transaction.atomic
def begin_board(*, by: Actor, at: datetime, draft: BoardDraft) -> Board:
    """Begin a board that nobody outside sees yet.

    Refuses: not_allowed; not_own_unit; no_title unless it is titled in three languages; not_a_screen for a screen that
    stands too short or too long, or shows a number of figures that no layout has.
    """
    own(by=by, at=at, unit=draft.unit)
    _check(draft)
    return Board.objects.create(
        code=new_code(), unit=draft.unit, changed_at=at, changed_by=by.name, **draft.said, **signed(by, at)
    )  # fmt: skip


@transaction.atomic
def change_board(*, by: Actor, at: datetime, board: Board, draft: BoardDraft) -> Board:
    """Change the titles of a draft, and how it stands on a wall; what is published stays as it is.

    Refuses: not_allowed; not_own_unit; no_title; not_a_screen.
    """
    kept = held(by=by, at=at, board=board)
    _check(draft)
    for name, value in draft.said.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*draft.said])
    return kept


@transaction.atomic
def publish_board(*, by: Actor, at: datetime, board: Board, seen: str) -> BoardEdition:
    """Show a board to everybody as it was `seen`: the digest of the draft that the planner looked at.

    Refuses: not_allowed unless a planner asks; no_tiles; changed_meanwhile; own_draft when the planner was the last to change
    it; nothing_new when just this is published already.
    """
    allow(by, Role.PLANNER)
    kept = Board.objects.select_for_update(no_key=True).get(pk=board.pk)
    tiles = tiles_of(kept)
    if not tiles:
        raise Refused("no_tiles", _("There is nothing on this board yet."))
    told = content(kept, tiles)
    if digest(told) != seen:
        raise Refused(
            "changed_meanwhile",
            _("Somebody changed the board since you looked. Look at it again."),
            status=409,
        )
    if kept.changed_by == by.name:
        raise Refused("own_draft", _("You changed this board last: somebody else publishes it."))
    newest = kept.editions.order_by("-number").first()
    if newest and newest.digest == seen and kept.taken_down_at is None:
        raise Refused("nothing_new", _("Just this is published already."), status=409)
    if kept.taken_down_at is not None:
        kept.taken_down_at = None
        kept.save(update_fields=["taken_down_at"])
    return BoardEdition.objects.create(
        board=kept, number=newest.number + 1 if newest else 1, content=told, digest=seen,
        drafted_by=kept.changed_by, **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def take_down(*, by: Actor, at: datetime, board: Board) -> Board:
    """Show a board to nobody outside any more; its editions stay on record.

    Refuses: not_allowed unless a planner asks; not_published.
    """
    allow(by, Role.PLANNER)
    kept = Board.objects.select_for_update(no_key=True).get(pk=board.pk)
    if kept.taken_down_at is not None or not kept.editions.exists():
        raise Refused("not_published", _("This board is not published."), status=409)
    kept.taken_down_at = at
    kept.save(update_fields=["taken_down_at"])
    return kept


def held(*, by: Actor, at: datetime, board: Board) -> Board:
    """Return a board's row, locked and marked as changed by whoever changes it. Only inside a transaction.

    Refuses: not_allowed; not_own_unit.
    """
    kept = Board.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=board.pk)  # fmt: skip
    own(by=by, at=at, unit=kept.unit)
    kept.changed_at, kept.changed_by = at, by.name
    kept.save(update_fields=["changed_at", "changed_by"])
    return kept


def _check(draft: BoardDraft) -> None:
    said = draft.said
    if not (said["title"] and said["title_hant"] and said["title_en"]):
        raise Refused("no_title", _("Give the title in all three languages."))
    if not SECONDS[0] <= draft.seconds <= SECONDS[1] or draft.at_once not in dict(Board.AT_ONCE):
        raise Refused("not_a_screen", _("A screen stands for 10 to 600 seconds and shows 1, 2, 4 or 6 figures."))  # fmt: skip
