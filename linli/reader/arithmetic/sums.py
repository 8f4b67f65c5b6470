"""Parts and the whole that a sentence says they make: 甲 and 乙, 共计 whole; whole, 其中 甲, 乙."""

from collections.abc import Iterator
from decimal import Decimal

from linli.reader.arithmetic.rounding import slack
from linli.reader.patterns import lazy
from linli.reader.reading import Constraint, Figure

_REACH = 160  # characters; a claim stands in one sentence of ordinary length
_PARTS = 8
_IN_ALL = lazy("(?:共计|合计|总计|总共|一共|累计|共)[^,。;、0-9]{0,12}$")
_SUM = lazy("[共计]")  # a quick no for most
_SUMMED = lazy("共计|合计|总计")
_TOGETHER = lazy("(?:共计|合计|总计|共)[有为]?$")
_OF_WHICH = lazy("其中|分别为|包括")


def sums(view: str, group: list[Figure]) -> Iterator[Constraint]:
    """Yield the sums of one sentence. What is said to be a part (其中) may not be all: only a sum
    that holds is claimed then."""
    parted = _OF_WHICH.search(view, group[0].end, group[-1].start) is not None
    for place, whole in enumerate(group):
        if whole.value is None or whole.kind in ("rate", "growth"):
            continue
        claimed = _summed(view, group, place, whole) if place > 1 else None
        if claimed is None and parted:
            claimed = _of_which(view, group, place, whole)
        if claimed:
            yield claimed


def _summed(view: str, group: list[Figure], place: int, whole: Figure) -> Constraint | None:
    """Return the sum of the parts before 共计, 合计, 共; all counts may be added up by 合计."""
    low = max(group[0].start - _REACH, whole.start - 20, 0)
    if _SUM.search(view, low, whole.start) is None:
        return None
    if not _IN_ALL.search(view, low, whole.start):
        return None
    before = group[max(0, place - _PARTS) : place]
    claimed = _sum_before(view, _alike(before, whole), whole)
    if claimed or whole.kind != "count" or not _TOGETHER.search(view, low, whole.start):
        return claimed
    counts = [part for part in before if part.kind == "count" and part.value is not None]
    mixed = _sum(view, counts[-2:], whole) if len(counts) > 1 else None
    return mixed if mixed and mixed.holds else None


def _of_which(view: str, group: list[Figure], place: int, whole: Figure) -> Constraint | None:
    """Return the whole that its first parts behind 其中 add up to."""
    after = _alike(group[place + 1 : place + 1 + _PARTS], whole)
    if len(after) < 2 or not _OF_WHICH.search(view, whole.end, after[0].start):
        return None
    for last in range(2, len(after) + 1):
        claimed = _sum(view, after[:last], whole)
        if claimed.holds:
            return claimed
    return None


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
    margin = sum((slack(view, part) for part in (*parts, whole)), Decimal(0))
    total = sum((part.value for part in parts if part.value is not None), Decimal(0))
    holds = whole.value is not None and abs(total - whole.value) <= margin
    return Constraint("sum", tuple(part.id for part in parts), whole.id, holds)
