"""Villages and housing estates, which have hardly a last word of their own to be known by: 龙西村, 汇客苑."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from linli.reader.bodies.edges import nearest_break
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.places.tables import lines_of
from linli.reader.reading import Span

_VILLAGE = (
    r"(?:(?<![^、,。:;()“”\s])|(?<=[和与在到赴区县市])|(?<=表彰)|(?<=命名)|(?<=打造)|(?<=依托)|(?<=走进)|(?<=深入))"
    r"((?![、和及与在])(?:[一-鿿]{2,4}[镇乡][一-鿿]{2,3}村(?![民委级镇庄干])|[一-鿿]{2,4}村(?=[、,。;:()“”和及与等]|$|委会|党支部|为)))"
)
_AROUND_ESTATE = re.compile(r"[、,。;和及与等改打创建为的]|小区|社区|$")
_LISTED_ESTATES = re.compile(
    r"等[0-9一二三四五六七八九十多余]{0,4}个?(?:老旧|示范|互嵌式)?(?:小区|院落|楼院)"
)
_LEAST, _MOST = 2, 6


@cache
def _village() -> re.Pattern[str]:
    return re.compile(_VILLAGE)


@cache
def common_villages() -> frozenset[str]:
    """Return the kinds of village that are no village's name."""
    return frozenset(word for line in lines_of("bodies_villages.txt") for word in line.split())


def beside(view: str, line: Span, bodies: list[Spotted], places: Places) -> list[Spotted]:
    """Add the villages that stand beside a community, a mark or a verb of naming (和|龙西村), and the
    estates that are named so (力佧苑) or listed before 等13个小区.
    """
    found: list[Spotted] = []
    if view.find("村", line.start, line.end) >= 0:
        found += [
            Spotted(places.chain(start), end, "community", "村", "村")
            for start, end in _villages(view, line)
        ]
    if _names_estates(view, line):
        found += [Spotted(*span, "community", "苑", "苑") for span in _estates(view, line, bodies)]
    if not found:
        return bodies
    taken = {at for body in bodies for at in range(body.start, body.end)}
    return sorted([*bodies, *(dwelling for dwelling in found if dwelling.end - 1 not in taken)])


def _names_estates(view: str, line: Span) -> bool:
    start, end = line
    return (
        view.find("苑", start, end) >= 0
        or view.find("小区", start, end) >= 0
        or view.find("院落", start, end) >= 0
    )


def _villages(view: str, line: Span) -> Iterator[Span]:
    for match in _at_village(view, line):
        start = nearest_break(view, match.start(1), match.end() - 1)
        if match.end() - start > 2 and view[start : match.end()] not in common_villages():
            yield Span(start, match.end())


def _at_village(view: str, line: Span) -> Iterator[re.Match[str]]:
    pattern = _village()
    at = view.find("村", line.start, line.end)
    while at >= 0:
        for match in pattern.finditer(view, max(line.start, at - 9), min(at + 4, line.end)):
            if match.end() == at + 1:
                yield match
        at = view.find("村", at + 2, line.end)


def _estates(view: str, line: Span, bodies: list[Spotted]) -> Iterator[Span]:
    seen: set[Span] = set()
    at = view.find("苑", line.start, line.end)
    while at >= 0:
        if _AROUND_ESTATE.match(view, at + 1, line.end):
            number = bisect_left(bodies, (at,))
            before = bodies[number - 1].end if number else line.start
            start = max(before, nearest_break(view, line.start, at))
            if _LEAST <= at - start < _MOST:
                seen.add(Span(start, at + 1))
        at = view.find("苑", at + 1, line.end)
    for match in _LISTED_ESTATES.finditer(view, line.start, line.end):
        seen.update(_listed(view, line.start, match.start()))
    yield from sorted(seen)


def _listed(view: str, line_start: int, end: int) -> Iterator[Span]:
    """Yield the names of a list that ends at `end`, from behind."""
    more = True
    while more:
        start = nearest_break(view, line_start, end)
        if not _LEAST <= end - start <= _MOST:
            return
        yield Span(start, end)
        more = start > line_start and view[start - 1] in "、和"
        end = start - 1
