"""Who leads and who answers for a measure: 牵头单位, 责任单位, 由市民委牵头.

A note in brackets, or a line of its own, holds for everything told since the note before it.
"""

from bisect import bisect_left
from typing import NamedTuple

from linli.reader.article import Article
from linli.reader.measures.thread import Told
from linli.reader.patterns import lazy
from linli.reader.reading import Line

_LABEL = lazy(
    r"(?=[牵主责配协参落完实])(?:(牵头(?:责任)?(?:单位|部门|领导)?|主办单位|主责单位|主管部门)"
    r"|(责任(?:单位|部门|主体|人)|配合(?:单位|部门)|协办单位|协同单位|参与单位|落实单位|完成单位|实施单位))\s*[:为是]\s*"
)
# No label and no 由…牵头 without one of these.
_WORDS = lazy(r"牵头|单位\s*[:为是]|部门\s*[:为是]|主体\s*[:为是]|责任人\s*[:为是]")
_LIST = lazy(r"[^;。()\n牵责配]{2,300}")
_LEADS = lazy(r"牵头(?:负责|抓总|实施|组织|落实|推进|协调|开展|建立|成立|制定|[,;。)”■]|$)")
_MARKS = ",;。:()“”■\n由"
_HELPS = lazy(
    r"[,;、]([^,;。:()“”\n由]{2,60}?)(?:等部门|等单位)?(?:配合|协助|参与|协同)(?=,|;|。|$|\))"
)
_NAME = lazy(r"(?:(?![和及与][市区县省州各])[^、,\s]){2,30}")
_UNIT = lazy(
    r"(?:局|委|办|部|会|院|校|区|县|市|州|镇|乡|街道|社区|单位|部门|公司|中心|政府|联|站|处|室|组|所|队|厅|台|社|团|行|企业|工委|法院|检察院)(?:等)?$"
)


class Share(NamedTuple):
    """Units as printed: those that lead, those that answer or take part."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]


# A label and its counterpart stand in one note; 由…牵头 stands in the sentence of the deed.
_TOGETHER = 3
_NEAR = 60
NOBODY = Share((), ())


def shares(article: Article, masked: str, line: Line, told: list[Told]) -> list[Share]:
    """Return one share for each deed of `told`, the deeds of `line` in order."""
    if not told or _WORDS.search(article.view, line.start, line.end) is None:
        return [NOBODY] * len(told)
    notes = _notes(article, line.start, line.end)
    if not notes:
        return [_told_of(article, masked, line, deed) for deed in told]
    places = [place for place, _ in notes]
    return [
        _noted(notes[(first := bisect_left(places, deed[0])) : first + _TOGETHER])
        or _told_of(article, masked, line, deed)
        for deed in told
    ]


def standing_alone(article: Article, line: Line) -> Share | None:
    """Return what a line says that holds nothing but labelled units (责任单位:…), or None."""
    if _LABEL.match(article.view, line.start, line.end) is None:
        return None
    return _noted(_notes(article, line.start, line.end)[:_TOGETHER])


def _notes(article: Article, start: int, end: int) -> list[tuple[int, Share]]:
    """Return (place, share) of each labelled list of units in [start, end)."""
    notes = []
    for label in _LABEL.finditer(article.view, start, end):
        listed = _LIST.match(article.view, label.end(), end)
        names = _split(article, *listed.span()) if listed else ()
        notes.append((label.start(), Share(names, ()) if label.group(1) else Share((), names)))
    return notes


def _noted(notes: list[tuple[int, Share]]) -> Share | None:
    """Join the labelled lists that stand together; None where there is none."""
    lead = next((share.lead for _, share in notes if share.lead), ())
    responsible = next((share.responsible for _, share in notes if share.responsible), ())
    return Share(lead, responsible) if lead or responsible else None


def _told_of(article: Article, masked: str, line: Line, deed: Told) -> Share:
    """由市民委牵头, 市教育局配合, in the sentence of the deed and near it."""
    view = article.view
    start, end = deed[:2]
    begin, stop = max(line.start, start - _NEAR), min(line.end, end + _NEAR)
    if view.find("牵头", begin, stop) < 0:
        return NOBODY
    begin = max(begin, view.rfind("。", begin, start) + 1)
    full_stop = view.find("。", end, stop)
    stop = full_stop if full_stop >= 0 else stop
    leader = _leader(masked, begin, stop) or _leader(view, start, end)
    if leader is None:
        return NOBODY
    helping = _HELPS.search(masked, begin, stop)
    helpers = _split(article, *helping.span(1)) if helping else ()
    return Share(_split(article, *leader), helpers)


def _leader(view: str, begin: int, stop: int) -> tuple[int, int] | None:
    """Return who stands before 牵头 in [begin, stop): back to the last mark or 由."""
    leading = _LEADS.search(view, begin, stop)
    if leading is None:
        return None
    end = leading.start()
    return max(begin, *(view.rfind(mark, begin, end) + 1 for mark in _MARKS)), end


def _split(article: Article, start: int, end: int) -> tuple[str, ...]:
    """Return the units of a list as printed."""
    return tuple(
        article.text[name.start() : name.end()]
        for name in _NAME.finditer(article.view, start, end)
        if _UNIT.search(name.group())
    )
