"""What the matrix asks of quoted cells, rates and boards: one that is shown, one that is hidden by now, a draft."""

from linli.atlas.actions import boards, tiles
from linli.atlas.actions.citing import cite
from linli.atlas.actions.rates import RateDraft, declare_rate
from linli.atlas.queries.single_cells import Question
from linli.facts.models import Indicator
from linli.facts.rules import periods
from linli.kernel.actors import HOLDER
from tests.town import atlas_cells as town
from tests.town import facts, plans

__all__ = ["SENT", "build"]
_YEAR = periods.year(2024)


def build(has, *, at, hidden):
    """Return the parts of addresses."""
    by = plans.officer()
    shown, over, gone = (
        facts.indicator(code, name=name, at=at, unit="item", adds_up=False)
        for code, name in (
            ("quoted.windows", "窗口数"), ("quoted.halls", "大厅数"), ("quoted.gone", f"{hidden}数")
        )
    )  # fmt: skip
    for one, value in ((shown, 8), (over, 2), (gone, 5)):
        facts.fact(value, indicator=one, area=has.area, period="2024", at=at)
    rate = _rate("windows.per_hall", "每厅窗口数", shown, over, at)
    gone_rate = _rate("gone.per_hall", f"{hidden}比", gone, over, at)
    quoted, gone_quoted = (
        cite(by=HOLDER, at=at, question=Question(of, has.area, _YEAR)) for of in (rate, gone_rate)
    )
    Indicator.objects.filter(pk=gone.pk).update(public=False)
    has.board, board = (_board(by, at, has, title) for title in (f"{hidden}大厅", "大厅"))
    has.quoted = shown
    part = {
        one.pk: [
            tiles.add_tile(
                by=by, at=at, board=one, draft=tiles.TileDraft(kind="figure", of=of, area=has.area)
            )
            for of in (shown, rate)
        ]
        for one in (has.board, board)
    }
    for one in (has.board, board):
        one.refresh_from_db()
    boards.publish_board(by=town.planner("复核人"), at=at, board=board, seen=town.seen(board))
    own = {"code": has.board.code}
    return {
        "quoted cell": {"code": quoted.code},
        "quoted cell now hidden": {"code": gone_quoted.code},
        "rate": {"code": rate.code},
        "rate now hidden": {"code": gone_rate.code},
        "shown board": {"code": board.code},
        "own board": own,
        "part of a board": own | {"pk": part[has.board.pk][1].pk},
        "part of a board going up": own | {"pk": part[has.board.pk][1].pk, "way": "up"},
        "another board's part": own | {"pk": part[board.pk][0].pk},
    }


def _rate(code, name, numerator, denominator, at):
    draft = RateDraft(
        code=code, name=name, name_hant=name, name_en=code, numerator=numerator, denominator=denominator, definition=name,
        per=1,
    )  # fmt: skip
    return declare_rate(by=town.planner("定义人"), at=at, draft=draft)


def _board(by, at, has, title):
    draft = boards.BoardDraft(unit=has.lead, title=title, title_hant=title, title_en=title)
    return boards.begin_board(by=by, at=at, draft=draft)


_TITLES = {"title": "新", "title_hant": "新", "title_en": "New", "seconds": "30", "at_once": "4"}


def _part(has):
    return {"what": f"indicator:{has.quoted.code}", "kind": "figure", "area": has.area.code}


def _rate_sent(has):
    sides = {
        side: Indicator.objects.get(code=code).pk
        for side, code in (("numerator", "quoted.windows"), ("denominator", "quoted.halls"))
    }
    return sides | {
        "code": "new.rate", "name": "比", "name_hant": "比", "name_en": "Rate", "per": "100", "digits": "1", "definition": "比",
    }  # fmt: skip


SENT = {
    ("atlas:cell_cite", "cell"): lambda has: {
        "indicator": has.quoted.code, "area": has.area.code, "period": "2024",
    },
    ("atlas:rate_new", "valid"): _rate_sent,
    ("atlas:board_new", "valid"): lambda has: _TITLES | {"unit": has.lead.pk},
    ("atlas:board_edit", "valid"): lambda _has: _TITLES,
    ("atlas:board_publish", "valid"): lambda has: {"seen": town.seen(has.board)},
    ("atlas:tile_new", "valid"): _part,
    ("atlas:tile_edit", "valid"): _part,
}  # fmt: skip
