"""Bodies that are printed as one: 祁连、永乐、昌盛社区; 统战部、财政局、卫健委等部门."""

import re
from collections.abc import Iterator
from functools import cache

from linli.reader.bodies.edges import breaks_before
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.places.tables import lines_of
from linli.reader.reading import Span

_TAIL = re.compile(
    r"等(?:[0-9一二三四五六七八九十多几余]{1,4}[个家]|相关|有关|职能|成员|[市区县]直|主要|责任|涉及)*(?:部门单位|单位部门|部门|单位|机关)"
)
_NAMES = re.compile(r"(?:[一-鿿]{2,12}[、和])(?:[一-鿿]{1,6}[、和])*$")
_VILLAGE = re.compile(
    r"(?:(?<![^、,。:;()“”\s])|(?<=[和与在区县市])|(?<=表彰)|(?<=命名)|(?<=打造)|(?<=依托)|(?<=走进)|(?<=深入))"
    r"((?![、和及与在])(?:[一-鿿]{2,4}[镇乡][一-鿿]{2,3}村(?![民委级镇庄干])|[一-鿿]{2,4}村(?=[、,。;:()“”和及与等]|$|委会|党支部|为)))"
)
_ET_CETERA = re.compile(r"等(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})?个?(?:示范|重点|试点)?$")
_OFFICIAL = frozenset({"department", "union", "congress"})
_NO_NAME = re.compile(
    r"[区局委部厅院校团队站会室馆网镇乡村学中寺司办组]$|(?:街道|机关|企业|学校|乡镇|家庭|单位|军营|部队|场所|市场|景区|宗教|医院|小区|居民|干部|群众)$"
)


def shared_suffix_start(view: str, line_start: int, start: int) -> int:
    """Return where a list of names that share the last word begins (祁连、永乐、昌盛|社区), or `start`."""
    if start == line_start or view[start - 1] not in "、和":
        return start
    listed = _NAMES.search(view, max(line_start, start - 60), start)
    if not listed:
        return start
    names = re.split("[、和]", listed[0])[:-1]
    at = start
    for name in reversed(names):
        begin = at - 1 - len(name)
        edge = next(breaks_before(view, begin, at - 1)).end
        if edge == at - 1 or _NO_NAME.search(view, edge, at - 1):
            return at
        if edge != begin or at - 1 - edge > 6:
            return edge if 2 <= at - 1 - edge <= 6 else at
        at = edge
    return at


def open_list_start(view: str, line_start: int, start: int) -> int | None:
    """Return where a list begins that ends in 等 before the last word (桥门、华林山等5个|社区), or None."""
    et_cetera = _ET_CETERA.search(view, max(line_start, start - 9), start)
    if et_cetera is None:
        return None
    end = et_cetera.start()
    last = next(breaks_before(view, line_start, end)).end
    if not 2 <= end - last <= 6 or _NO_NAME.search(view, last, end):
        return None
    first = shared_suffix_start(view, line_start, last)
    return first if first < last else None


@cache
def common_villages() -> frozenset[str]:
    """Return the kinds of village that are no village's name."""
    return frozenset(word for line in lines_of("bodies_villages.txt") for word in line.split())


def with_villages(view: str, line: Span, bodies: list[Spotted], places: Places) -> list[Spotted]:
    """Add the villages that stand beside a community, a mark or a verb of naming (和|龙西村)."""
    found = []
    for match in _villages(view, line):
        start = next(breaks_before(view, match.start(1), match.end() - 1)).end
        if match.end() - start > 2 and view[start : match.end()] not in common_villages():
            found.append(Spotted(places.chain(start), match.end(), "community", "村", "村"))
    taken = {at for body in bodies for at in range(body.start, body.end)} if found else set()
    free = [village for village in found if village.end - 1 not in taken]
    return sorted([*bodies, *free]) if free else bodies


def _villages(view: str, line: Span) -> Iterator[re.Match[str]]:
    at = view.find("村", line.start, line.end)
    while at >= 0:
        for match in _VILLAGE.finditer(view, max(line.start, at - 9), min(at + 4, line.end)):
            if match.end() == at + 1:
                yield match
        at = view.find("村", at + 2, line.end)


def together(view: str, bodies: list[Spotted]) -> Iterator[Spotted]:
    """Yield the bodies, a list of offices that ends in 等部门 as one."""
    run: list[Spotted] = []
    for body in bodies:
        if run and not (body.start == run[-1].end + 1 and view[run[-1].end] in "、和及与"):
            yield from _closed(view, run)
            run = []
        run.append(body)
    yield from _closed(view, run)


def _closed(view: str, run: list[Spotted]) -> Iterator[Spotted]:
    tail = _TAIL.match(view, run[-1].end) if run else None
    first = len(run)
    while first and run[first - 1].kind in _OFFICIAL:
        first -= 1
    if tail is None or len(run) - first < 2:
        yield from run
        return
    yield from run[:first]
    yield Spotted(run[first].start, tail.end(), "departments", "", "")
