"""Draws of the town of the matrix: one that everybody sees, one of an offer that is not published."""

from tests.town import draws, offers


def build(has, *, at):
    hidden = offers.offer(at=at, unit=has.lead, area=has.area, published=False, title="暗处的抽签")
    has.draw, has.kept_draw = draws.planned(at=at), draws.planned(at=at, of=hidden)
    return {
        "draw": {"code": has.draw.session.code},
        "kept draw": {"code": has.kept_draw.session.code},
    }
