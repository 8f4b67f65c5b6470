"""What the words around a date make of it: since when, until when, ahead of now, compared with."""

from linli.reader.dates.context import Outlook
from linli.reader.dates.partial import Interval, Point
from linli.reader.patterns import lazy

_SENTENCE = lazy(r"[。!?]")
_SINCE_BEFORE = lazy(r"(?:自从?|从|始于)$")
_SINCE_AFTER = lazy(r",?以来|来,|起(?![草点码])|开始|至今|以后|之后|后,")
_UNTIL_BEFORE = lazy(r"(?:截[至止]到?|[到至])$")
_UNTIL_AFTER = lazy(r" ?(?:[之以]?前(?![三两])|为?止|及以前)")
_AHEAD_BEFORE = lazy(r"[将拟]|计划|预计|力争|确保|争取|下一步")
_AHEAD = lazy("[将划拟预]")  # a quick no for most
_AHEAD_AFTER = lazy(
    r"[^。;]{0,12}?(?:将(?:举|于|开|陆续|全面|正式|继续|进|建|完成|启|有|会|持续)|[计预]划|拟|预计)"
)
_COUNTED = lazy(r"截[至止]到?$")
_COMPARED = lazy(r"[比较与同超]$")
_EVENT = lazy(
    r"[被获]|荣膺|命名|授予|成立|启动|召开|举[办行]|揭牌|印发|出台|建成|通过|挂牌|落户|退出"
)


def kind_of(view: str, point: Point) -> str:
    """Return event, period, since, until or recurring."""
    if point.lead and point.lead.relation == "every":
        return "recurring"
    before = view[max(0, point.start - 3) : point.start]
    if point.last is None and _starts(view, before, point.end):
        return "since"
    if _UNTIL_BEFORE.search(before) or _UNTIL_AFTER.match(view, point.end):
        return "until"
    if point.last is not None:
        return "period"
    dated = point.first.month or point.first.day
    whole_year = not dated and not (point.lead and point.lead.unit != "year")
    clause = view[point.end : point.end + 40].partition("。")[0]
    return "period" if whole_year and not _EVENT.search(clause) else "event"


def _starts(view: str, before: str, end: int) -> bool:
    """Tell whether something begins here: 自2010年, 2019年以来; but not 从2015年的5家."""
    if _SINCE_AFTER.match(view, end):
        return True
    return _SINCE_BEFORE.search(before) is not None and not view.startswith("的", end)


def anchors(view: str, point: Point, interval: Interval, kind: str) -> bool:
    """Tell whether the dates behind this one may take its year.

    A span of years, a limit without a month and a year that is only compared with (比2017年) do not.
    """
    first, last = interval
    if last is not None:
        return first.year == last.year
    if first.month is not None:
        return True
    compared = _COMPARED.search(view[max(0, point.start - 1) : point.start])
    return kind not in {"since", "until"} and compared is None


def outlook(view: str, start: int, point: Point) -> Outlook:
    """Return what the sentence, from `start` of its line at most, says of the time to come."""
    before = _SENTENCE.split(view[max(start, point.start - 12) : point.start])[-1]
    ahead = _AHEAD_BEFORE.search(before) or (
        _AHEAD.search(view, point.end, point.end + 16) and _AHEAD_AFTER.match(view, point.end)
    )
    return Outlook(
        ahead=ahead is not None,
        limit=_UNTIL_AFTER.match(view, point.end) is not None,
        counted=_COUNTED.search(before) is not None,
    )
