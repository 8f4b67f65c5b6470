"""Pieces that stand side by side become one date: 2019年 5月 3日, 去年 上半年, 上世纪 80年代.

Nothing is guessed here: a year that is not written stays None until the context gives it.
"""

from collections.abc import Sequence

from linli.reader.dates.partial import Partial, Point
from linli.reader.dates.tokens import JOINER, Token
from linli.reader.dates.wholes import WHOLE, stands, tens
from linli.reader.patterns import lazy

_JOINED = lazy(rf" ?{JOINER} ?")
_YEAR_TAIL = lazy(
    r" ?(?:(?P<last>年?[底末](?![层色线端梢]))|(?P<first>年?初(?![步中级始衷心选审赛期]))|度(?![假过]))"
)
_MONTH_TAIL = lazy(r"(?:上|中|下|上中|中上|中下)旬|[底末](?![层色线])|初(?![步中级始])|份")
_TENS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, 31),
}
_NO_MONTH = lazy(r"[龄薪嫂球]")


def points(view: str, pieces: Sequence[Token], start: int, end: int) -> list[Point]:
    """Return the dates that `pieces`, all within view[start:end], spell; in order."""
    found: list[Point] = []
    at = 0
    while at < len(pieces):
        point, at = _point(view, pieces, at)
        if point is None:
            continue
        if found and _JOINED.fullmatch(view, found[-1].end, point.start):
            point = point._replace(joined=True)
        if stands(view, point, found, start, end):
            found.append(point)
    return found


def _point(view: str, pieces: Sequence[Token], at: int) -> tuple[Point | None, int]:
    """Read the date that begins with pieces[at]; return it and where the next may begin."""
    piece = pieces[at]
    if piece.unit == "year":
        return _from_year(view, pieces, at)
    if piece.unit == "month":
        return _from_month(view, pieces, at, alone=True)
    if piece.unit == "century":
        return _from_century(view, pieces, at)
    return WHOLE[piece.unit](view, piece), at + 1


def _attached(view: str, pieces: Sequence[Token], at: int, unit: str) -> bool:
    """Tell whether the next piece continues this one with a smaller `unit`."""
    if at + 1 >= len(pieces):
        return False
    following = pieces[at + 1]
    gap = view[pieces[at].end : following.start]
    near = gap in {"", " "} or (gap == "的" and pieces[at].relation != "")
    return near and following.unit == unit and not following.relation


def _from_year(view: str, pieces: Sequence[Token], at: int) -> tuple[Point | None, int]:
    piece, lead = pieces[at], pieces[at] if pieces[at].relation else None
    months = _attached(view, pieces, at, "month")
    year = None if lead else _year(view, piece, followed=months)
    if year is None and lead is None:
        return None, at + 1
    if months and piece.high is None:
        point, after = _from_month(view, pieces, at + 1, alone=False)
        if point is not None:
            first = point.first._replace(year=year)
            last = point.last._replace(year=year) if point.last else None
            return Point(piece.start, point.end, first, last, lead), after
    if piece.high is not None:
        known = 0 < piece.high - piece.low < 100 and piece.high <= 2100
        point = Point(piece.start, piece.end, Partial(year), Partial(piece.high))
        return (point if known else None), at + 1
    return _with_year_tail(view, Point(piece.start, piece.end, Partial(year), None, lead)), at + 1


def _with_year_tail(view: str, point: Point) -> Point:
    """Read 2019年底 as December and 2019年初 as January; 度 only belongs to the words."""
    tail = _YEAR_TAIL.match(view, point.end)
    if tail is None:
        return point
    month = {"last": 12, "first": 1}.get(tail.lastgroup or "")
    return point._replace(end=tail.end(), first=point.first._replace(month=month))


def _year(view: str, piece: Token, *, followed: bool) -> int | None:
    """Return the year that a piece names: four digits, or two with a month or 底 behind them."""
    if 1840 <= piece.low <= 2100:
        counted = piece.low % 100 == 0 and _LASTING.search(
            view[max(0, piece.start - 4) : piece.end + 3]
        )
        return None if counted else piece.low
    short = view[piece.start : piece.end].removesuffix("年")
    if not (len(short) == 2 and short.isascii() and short.isdigit()):
        return None
    if followed or _SHORT.search(view[max(0, piece.start - 2) : piece.end + 1]):
        return piece.low + (2000 if piece.low < 50 else 1900)
    return None


# 2000年的历史 lasts, it does not date; 16年底 dates where a sentence or 截至 leads to it.
_LASTING = lazy(r"[有近约达逾超历续今][0-9]{2}00年|年的?(?:历史|文明)")
_SHORT = lazy(r"(?:^|[,。;:、(从自到至于在])[0-9]{2}年[底末初]$")


def _from_month(
    view: str, pieces: Sequence[Token], at: int, *, alone: bool
) -> tuple[Point | None, int]:
    """Read a month, months or a day of a month; `alone` when no year stands before it."""
    piece = pieces[at]
    lead = piece if piece.relation else None
    low, high = (None, None) if lead else (piece.low, piece.high)
    if low is not None and not 1 <= low <= (high or low) <= 12 and not _wraps(low, high):
        return None, at + 1
    if high is None and _attached(view, pieces, at, "day"):
        day = pieces[at + 1]
        first = Partial(None, low, day.low)
        last = Partial(None, low, day.high) if day.high else None
        whole = 1 <= day.low < (day.high or 32) <= 32
        return (Point(piece.start, day.end, first, last, lead) if whole else None), at + 2
    if high is not None:
        return Point(piece.start, piece.end, Partial(None, low), Partial(None, high)), at + 1
    point = Point(piece.start, piece.end, Partial(None, low), None, lead)
    return _with_month_tail(view, point, alone=alone and lead is None), at + 1


def _wraps(low: int, high: int | None) -> bool:
    """Tell whether months run over the end of a year: 11-2月."""
    return high is not None and 1 <= high < low <= 12


def _with_month_tail(view: str, point: Point, *, alone: bool) -> Point | None:
    """Read 5月上旬 as ten days; a month in characters alone (三月三) needs a tail to be one."""
    tail = _MONTH_TAIL.match(view, point.end)
    if tail is None:
        if _NO_MONTH.match(view, point.end) or (alone and not view[point.start].isascii()):
            return None
        return point
    if tail[0] not in _TENS or point.first.month is None:
        return point._replace(end=tail.end())
    low, high = _TENS[tail[0]]
    return point._replace(
        end=tail.end(), first=point.first._replace(day=low), last=point.first._replace(day=high)
    )


def _from_century(view: str, pieces: Sequence[Token], at: int) -> tuple[Point | None, int]:
    """Read 20世纪90年代; a century alone is too wide to be a date."""
    if not _attached(view, pieces, at, "decade"):
        return None, at + 1
    decade = pieces[at + 1]
    base = pieces[at].low * 100 - 100
    return tens(pieces[at].start, decade, base), at + 2
