"""Bodies that are printed as one: 统战部、财政局、卫健委等部门; 公安、工商、城管等部门."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from linli.reader.bodies.spotted import Spotted
from linli.reader.places.tables import lines_of
from linli.reader.reading import Span

_TAIL = re.compile(
    r"等(?:[0-9一二三四五六七八九十多几余]{1,4}[个家]|多|相关|有关|职能|成员|[市区县]直|主要|责任|涉及)*(?:部门单位|单位部门|部门|单位|机关)"
)
_BEFORE_LIST = re.compile(r"[,。;:!?“”()]")
_BEHIND_LIST = re.compile(
    r"等(?:[0-9一二三四五六七八九十多几余]{1,4}个|多个?|相关|有关|职能|成员|主要|责任|涉及){0,4}$"
)
_BETWEEN = re.compile("[、和及与]")
_MAY_CLOSE = re.compile(r"(?!相关|有关|职能|各|其他)[一-鿿]{2,8}")
_REACH = 80
_OFFICIAL = frozenset({"department", "union", "congress"})


def together(view: str, bodies: list[Spotted]) -> Iterable[Spotted]:
    """Return the bodies, a list of offices that ends in 等部门 as one."""
    for body in bodies:
        if view.startswith("等", body.end) and body.kind in _OFFICIAL:
            return _closed_runs(view, bodies)
    return bodies


def _closed_runs(view: str, bodies: list[Spotted]) -> Iterator[Spotted]:
    run: list[Spotted] = []
    for body in bodies:
        if run and not (body.start == run[-1].end + 1 and view[run[-1].end] in "、和及与"):
            yield from _closed(view, run)
            run = []
        run.append(body)
    yield from _closed(view, run)


def by_stem(view: str, line: Span, bodies: list[Spotted]) -> list[Spotted]:
    """Add the offices that are named by what they do, listed before 部门 (公安、工商、城管等部门)."""
    found = []
    at = view.find("部门", line.start, line.end)
    while at >= 0:
        start = _list_start(view, max(line.start, at - _REACH), at, bodies)
        if start is not None:
            found.append(Spotted(start, at + 2, "departments", "", ""))
        at = view.find("部门", at + 2, line.end)
    if not found:
        return bodies
    taken = {at for group in found for at in range(group.start, group.end)}
    free = [body for body in bodies if body.start not in taken and body.end - 1 not in taken]
    return sorted([*free, *found])


def _list_start(view: str, first: int, end: int, bodies: list[Spotted]) -> int | None:
    """Return where a list of two offices or more begins that 部门 at `end` sums up, or None."""
    if view.find("、", first, end) < 0:
        return None
    for mark in _BEFORE_LIST.finditer(view, first, end):
        first = mark.end()
    behind = view.rfind("等", first, end)
    tail = _BEHIND_LIST.match(view, behind, end) if behind >= 0 else None
    end = behind if tail else end
    items = _BETWEEN.split(view[first:end])
    if not _MAY_CLOSE.fullmatch(items.pop()):
        return None
    at = first + sum(len(item) + 1 for item in items) - 1
    near = slice(bisect_left(bodies, (first,)), bisect_left(bodies, (end,)))
    starts = {body.end: body.start for body in bodies[near]}
    start = None
    for item in reversed(items):
        begins = starts[at] if at in starts else _stem_start(view, at, item)
        if begins is None:
            break
        start = begins
        if start != at - len(item):
            break
        at -= len(item) + 1
    return start


def _stem_start(view: str, end: int, item: str) -> int | None:
    if not item.endswith(_stems()):
        return None
    stem = next(stem for stem in _stems() if item.endswith(stem))
    start = end - len(stem)
    return start - 1 if len(stem) < len(item) and view[start - 1] in "省市区县州" else start


@cache
def _stems() -> tuple[str, ...]:
    words = (word for line in lines_of("bodies_stems.txt") for word in line.split())
    return tuple(sorted(words, key=len, reverse=True))


def _closed(view: str, run: list[Spotted]) -> Iterator[Spotted]:
    tail = _TAIL.match(view, run[-1].end) if len(run) > 1 else None
    if tail is None:
        yield from run
        return
    first = len(run)
    while first and run[first - 1].kind in _OFFICIAL:
        first -= 1
    if len(run) - first < 2:
        yield from run
        return
    yield from run[:first]
    yield Spotted(run[first].start, tail.end(), "departments", "", "")
