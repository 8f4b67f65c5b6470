"""Dates that need no second piece: decades, five-year plans, 2018-07-13, and a day alone."""

from collections.abc import Sequence

from linli.reader.dates.partial import Partial, Point, exists
from linli.reader.dates.tokens import Token
from linli.reader.patterns import lazy

# A day alone (13日) dates only as news writes it: nothing counts before it, an act stands behind.
_DAY_BEFORE = lazy(r"(?:[每月第满达约近共期时续前后多逾到过次长留假]|[少低多高大小]于)$")
_DAY_AFTER = lazy(
    r" ?(?:,|[上下]午|[晚早夜]|凌晨|清晨|中午|傍晚|以(?![上下内前后来])|[从在至电对向将与和称说起]"
    r"|正式|举[行办]|召开|发布|公布|宣布|表示|透露|指出|强调|通报|出席|抵达|启动|印发|介绍|赴|前往|来到|走进|开[展始幕]|组织)"
)


def tens(start: int, decade: Token, base: int) -> Point:
    last = (decade.high or decade.low) + base + 9
    return Point(start, decade.end, Partial(base + decade.low), Partial(last))


def _decade(view: str, piece: Token) -> Point | None:
    """Read 80年代 as those of the twentieth century, and 2010年代 as it stands."""
    if piece.low >= 1800:
        return tens(piece.start, piece, 0)
    return tens(piece.start, piece, 1900) if 20 <= piece.low <= 90 else None


def _plan(view: str, piece: Token) -> Point:
    return Point(piece.start, piece.end, Partial(piece.low), Partial(piece.high))


def _full(view: str, piece: Token) -> Point | None:
    year, rest = divmod(piece.low, 10000)
    month, day = divmod(rest, 100)
    written = Partial(year, month, day)
    known = 1840 <= year <= 2100 and exists(written)
    return Point(piece.start, piece.end, written) if known else None


def _day(view: str, piece: Token) -> Point:
    last = Partial(None, None, piece.high) if piece.high else None
    lead = piece if piece.relation else None
    return Point(
        piece.start, piece.end, Partial(None, None, None if lead else piece.low), last, lead
    )


WHOLE = {"decade": _decade, "plan": _plan, "full": _full, "day": _day}


def stands(view: str, point: Point, found: Sequence[Point], start: int, end: int) -> bool:
    """Tell whether a day alone is one: joined to a day, or between the words that news uses."""
    if view.endswith(("农历", "阴历"), max(start, point.start - 2), point.start):
        return False
    if point.lead or point.first.month or point.first.year:
        return True
    near = found[-1] if found else None
    listed = near is not None and view[near.end : point.start] in {"、", "和", "及"}
    if near and (point.joined or listed) and (near.last or near.first).day:
        return True
    if view[point.end - 1] == "号" or not view[point.start].isascii() or point.first.day is None:
        return False
    counted = _DAY_BEFORE.search(view[max(start, point.start - 2) : point.start])
    return counted is None and _DAY_AFTER.match(view, point.end, end) is not None
