"""One pass over a line: each numeral is read once, ranges and lists lend each other their unit."""

import re
from collections.abc import Iterator

from linli.reader import numerals, units
from linli.reader.figures import counting, drafts
from linli.reader.figures.drafts import Draft
from linli.reader.patterns import lazy
from linli.reader.units import Unit

_CANDIDATE = lazy(
    rf"(?>((?:[百千万]|[一二三四五六七八九十]{{1,3}}|[0-9]{{1,3}})分之)?)({numerals.NUMERAL})"
)
_ENDS = numerals.CHINESE + "分点余多来几半级 -—–~～至到、和及与:(" + "".join(units.BEGINNINGS)
# A digit that nothing countable follows (统一领导) is passed over; nine in ten Chinese ones are such.
_FIRST = lazy(
    f"[0-9{numerals.CHINESE}](?:(?<=[0-9百千万亿兆佰仟拾廿卅零〇○])|(?=[{re.escape(_ENDS)}])|$)"
)
_COLONS = (":", "∶", "︰")
_RATIO = lazy(r"[0-9]{1,9}(?:\.[0-9]{1,9})?(?>(?:[:∶︰][0-9]{1,9}(?:\.[0-9]{1,9})?){1,9})")
_RATIO_CUE = lazy(
    "(?:比例|比重|之比|结构|产业比|比率|比(?=[为由是达调优从]))[^,。;、0-9]{0,8}$|比$"
)
_RANGE = frozenset("-—–~～至到")
_LIST = frozenset("、和及与")
_LINK = frozenset("-—–~～至到、和及与余多约近 ")
_DIGITS = frozenset("0123456789")
_LEVEL = lazy(
    "级(?=联动|网格|体系|工作|管理|机构|书记|支部|党组织|网络|服务|平台|责任|架构|组织|抓|阵地|中心)"
)
_FEW = frozenset("二三四五六")
_PART = Unit("ratio_part", "ratio")
_LEVELS = Unit("level")


def scan(view: str, floor: int, ceiling: int, taken: bytearray) -> Iterator[Draft]:
    """Yield the drafts of the line [floor, ceiling) in order; `taken` marks forbidden characters."""
    waiting: list[tuple[int, int]] = []
    position = floor
    while match := _next(view, position, ceiling):
        start, end = match.span(2)
        position = end
        if taken.find(1, match.start(), end) >= 0:
            waiting.clear()
            continue
        if view[end : end + 1] in _COLONS and view[end + 1 : end + 2].isdigit():
            found, position = _ratio(view, start, floor=floor)
            yield from found
            continue
        draft = _draft(view, match, floor=floor)
        if draft is not None:
            if waiting:
                yield from _linked(view, waiting, draft)
                waiting.clear()
            yield draft
            position = max(end, draft.end)
        elif _waits(view, start, end, waiting, floor=floor):
            waiting.append((start, end))
        else:
            waiting.clear()


def _next(view: str, position: int, ceiling: int) -> re.Match[str] | None:
    """Return the next numeral; one character class is far quicker to search than the whole pattern."""
    while first := _FIRST.search(view, position, ceiling):
        if match := _CANDIDATE.match(view, first.start(), ceiling):
            return match
        position = first.end()
    return None


def settle(found: list[Draft], view: str) -> list[Draft]:
    """Return the drafts with 提高2.1个、0.8个百分点 both in percentage points: there are no parts of a thing."""
    for place in range(len(found) - 1):
        first, second = found[place], found[place + 1]
        listed = view[first.end - 1] == "个" and view[first.end : second.start] in _LIST
        if listed and second.unit.name == "percentage_point" and first.value % 1:
            found[place] = first._replace(unit=second.unit)
    return found


def _draft(view: str, match: re.Match[str], *, floor: int) -> Draft | None:
    start, end = match.span(2)
    if match.group(1):
        return drafts.share(view, match.start(), start, end, floor=floor)
    if end - start > numerals.LONGEST:
        return None
    if end - start == 1 and view[start] in _FEW and (level := _LEVEL.match(view, end)):
        hard = False
        return Draft(
            start, level.end(), start, end, numerals.value(view[start]), _LEVELS, "exact", hard
        )
    return counting.read(view, start, end, floor=floor)


def _ratio(view: str, start: int, *, floor: int) -> tuple[list[Draft], int]:
    """Return the parts of 1.1:50.3:48.6 and where it ends; a time or a score has no parts."""
    match = _RATIO.match(view, start)
    if match is None:  # digits run on too long for a ratio
        return [], start + 9
    parts = list(re.finditer(r"[0-9.]+", match.group()))
    told = _RATIO_CUE.search(view, max(floor, start - 16), start) or view.startswith(
        ("的比例", "比例", "的比"), match.end()
    )
    shares = len(parts) > 2 and any("." in part.group() for part in parts)
    if not (told or shares):
        return [], match.end()
    spans = [(start + part.start(), start + part.end()) for part in parts]
    return [
        Draft(a, b, a, b, numerals.value(view[a:b]), _PART, "exact") for a, b in spans
    ], match.end()


def _waits(view: str, start: int, end: int, waiting: list[tuple[int, int]], *, floor: int) -> bool:
    """Tell whether a numeral without a unit leads a range or a list that will name one."""
    if start > floor and view[start - 1] == "第":
        return False
    stop = end + 1 if view[end : end + 1] in ("余", "多", " ") else end
    link = view[stop : stop + 1]
    if link in _RANGE and link:
        return True
    listed = link in _LIST and view[start] in _DIGITS
    return listed and (
        bool(waiting) or "." in view[start:end] or "分别" in view[max(floor, start - 24) : start]
    )


def _linked(view: str, waiting: list[tuple[int, int]], last: Draft) -> Iterator[Draft]:
    """Yield the figures whose unit and scale the last one of a range or list names."""
    gap = view[waiting[-1][1] : last.num_start]
    if len(gap) > 3 or not all(mark in _LINK for mark in gap):
        return
    surface = view[last.num_start : last.num_end]
    mantissa = surface.rstrip("十百千万亿兆")
    scale = surface[len(mantissa) :] if mantissa else ""
    for start, end in waiting:
        own = view[start:end]
        inherits = scale and own[-1] not in "十百千万亿兆" and _below(own, mantissa)
        amount = numerals.value(own + scale if inherits else own) * last.unit.factor
        yield Draft(start, end, start, end, amount, last.unit, "exact")


def _below(own: str, mantissa: str) -> bool:
    try:
        return numerals.value(own) < numerals.value(mantissa)
    except ValueError:
        return False
