"""Arithmetic that a text claims: before and after, parts and wholes. Checked exactly, never guessed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from linli.reader.article import Article
from linli.reader.reading import Constraint, Figure, Line, Pair

_REACH = 160  # characters; a claim stands in one sentence of ordinary length
_SENTENCE_END = re.compile("[。!?]")
_METRIC = re.compile("([^,。;、:!?从由]{1,24})(?:从|由)[^,。;]{0,12}$")
_IN_ALL = re.compile("(?:共计|合计|总计|总共|一共|累计|共)[^,。;、0-9]{0,12}$")
_SUMMED = re.compile("共计|合计|总计")
_OF_WHICH = re.compile("其中|分别为|包括")
_SHARE = re.compile("占[^。;]{0,40}$")
_HUNDRED = Decimal(100)
_MYRIADS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def pairs(article: Article, figures: tuple[Figure, ...]) -> tuple[Pair, ...]:
    """Return before/after pairs of one metric, in order; direction is up, down or same."""
    return tuple(
        Pair(first.id, second.id, _metric(article, first), _direction(first, second))
        for first, second in pairwise(figures)
        if first.role == "before" and second.role == "after"
    )


def constraints(article: Article, figures: tuple[Figure, ...]) -> tuple[Constraint, ...]:
    """Return sums and ratios that the text states, with whether they hold.

    A sum needs 共, 合计 or the like and its parts in the same sentence; a ratio needs 占. Numbers
    printed with decimals may be off by half of their last digit; counts may not be off at all.
    """
    found: list[Constraint] = []
    for group in _sentences(article, figures):
        found.extend(_sums(article.view, group))
        found.extend(_ratios(article.view, group))
    return tuple(found)


def _metric(article: Article, figure: Figure) -> str:
    low = max(0, figure.start - 48)
    match = _METRIC.search(article.view, max(low, _line_start(article, figure)), figure.start)
    return article.text[match.start(1) : match.end(1)] if match else ""


def _line_start(article: Article, figure: Figure) -> int:
    return article.view.rfind("\n", max(0, figure.start - _REACH), figure.start) + 1


def _direction(first: Figure, second: Figure) -> str:
    if first.value is None or second.value is None or first.value == second.value:
        return "same"
    return "up" if second.value > first.value else "down"


def _sentences(article: Article, figures: tuple[Figure, ...]) -> Iterator[list[Figure]]:
    """Yield the figures of each sentence that has more than one."""
    ends = iter(_line_ends(article.lines))
    line_end = next(ends, 0)
    group: list[Figure] = []
    for figure in figures:
        beyond = figure.start >= line_end
        if group and (beyond or _SENTENCE_END.search(article.view, group[-1].end, figure.start)):
            if len(group) > 1:
                yield group
            group = []
        while figure.start >= line_end:
            line_end = next(ends, len(article.view) + 1)
        group.append(figure)
    if len(group) > 1:
        yield group


def _line_ends(lines: tuple[Line, ...]) -> list[int]:
    return [line.end for line in lines]


def _sums(view: str, group: list[Figure]) -> Iterator[Constraint]:
    """Yield 甲 and 乙, 共计 total; and 共 total, 其中 parts when they add up."""
    for place, whole in enumerate(group):
        if whole.value is None or whole.kind in ("rate", "growth"):
            continue
        low = max(group[0].start - _REACH, whole.start - 20, 0)
        if not _IN_ALL.search(view, low, whole.start):
            continue
        before = _alike(group[max(0, place - 8) : place], whole)
        after = _alike(group[place + 1 : place + 9], whole)
        if claimed := _sum_before(view, before, whole):
            yield claimed
        elif len(after) > 1 and _OF_WHICH.search(view, whole.end, after[0].start):
            claimed = _sum(view, after, whole)
            if claimed.holds:  # 其中 may name only some of the parts
                yield claimed


def _sum_before(view: str, parts: list[Figure], whole: Figure) -> Constraint | None:
    """Return the sum that ends at `whole`: the longest run of parts that adds up, else a false one.

    A sum that does not hold is reported only when 共计 or 合计 follows its parts directly.
    """
    for first in range(len(parts) - 1):
        claimed = _sum(view, parts[first:], whole)
        if claimed.holds:
            return claimed
    direct = len(parts) > 1 and not _broken(view, parts, whole)
    return _sum(view, parts, whole) if direct and _is_plausible(parts, whole) else None


def _is_plausible(parts: list[Figure], whole: Figure) -> bool:
    return all(
        whole.value is not None and part.value is not None and part.value < whole.value
        for part in parts
    )


def _alike(candidates: list[Figure], whole: Figure) -> list[Figure]:
    return [
        figure
        for figure in candidates
        if figure.unit == whole.unit
        and figure.value is not None
        and abs(figure.start - whole.start) <= _REACH
    ]


def _broken(view: str, parts: list[Figure], whole: Figure) -> bool:
    """Tell whether the sum stands apart from its addends, or is not called a sum."""
    told = _SUMMED.search(view, parts[-1].end, whole.start)
    return (
        told is None or ";" in view[parts[0].end : whole.start] or whole.start - parts[-1].end > 16
    )


def _sum(view: str, parts: list[Figure], whole: Figure) -> Constraint:
    slack = sum((_slack(view, part) for part in (*parts, whole)), Decimal(0))
    total = sum((part.value for part in parts if part.value is not None), Decimal(0))
    holds = whole.value is not None and abs(total - whole.value) <= slack
    return Constraint("sum", tuple(part.id for part in parts), whole.id, holds)


def _ratios(view: str, group: list[Figure]) -> Iterator[Constraint]:
    """Yield part / base = p % for each 占 whose two numbers stand in the same sentence."""
    for place, share in enumerate(group):
        if share.unit != "%" or place < 2:
            continue
        previous = group[place - 1]
        if not _SHARE.search(view, max(0, share.start - 48), share.start):
            continue
        claim = _claimed_ratio(view, group[max(0, place - 6) : place], share, previous)
        if claim:
            yield claim


def _claimed_ratio(
    view: str, earlier: list[Figure], share: Figure, previous: Figure
) -> Constraint | None:
    """Return the ratio of the nearest number to one of its own unit, if it is what 占 says."""
    base_named = "占" in view[earlier[-2].end : previous.start]
    part, others = (earlier[-2], [previous]) if base_named else (previous, earlier[-2::-1])
    for base in others:
        if base.unit == part.unit and base.kind not in ("rate", "growth"):
            holds = _is_share(view, part, base, share)
            told = base_named or "其中" in view[base.end : part.start]
            if holds or told:
                return Constraint("ratio", (part.id, base.id), share.id, holds)
    return None


def _is_share(view: str, part: Figure, base: Figure, share: Figure) -> bool:
    if part.value is None or base.value is None or share.value is None or not base.value:
        return False
    low_base, high_base = base.value - _slack(view, base), base.value + _slack(view, base)
    if low_base <= 0:
        return False
    half = _slack(view, share, whole_counts=False)
    low = (part.value - _slack(view, part)) / high_base * _HUNDRED
    high = (part.value + _slack(view, part)) / low_base * _HUNDRED
    return low <= share.value + half and high >= share.value - half


def _slack(view: str, figure: Figure, *, whole_counts: bool = True) -> Decimal:
    """Return half of the last printed digit; nothing for a number without decimals.

    whole_counts: a number printed without decimals is exact; a share (33%) never is.
    """
    surface = view[figure.num_start : figure.num_end]
    digits = surface.rstrip("十百千万亿")
    _, point, decimals = digits.partition(".")
    if not point and whole_counts:
        return Decimal(0)
    scale = 1
    for mark in surface[len(digits) :]:
        scale *= _MYRIADS[mark]
    return Decimal(scale) / 2 / Decimal(10) ** len(decimals)
