"""Shares and averages whose numbers stand in the same sentence: 占, 办结率, 人均."""

from collections.abc import Iterator
from decimal import Decimal

from linli.reader.arithmetic.rounding import slack
from linli.reader.patterns import lazy
from linli.reader.reading import Constraint, Figure

_SHARE = lazy("占[^。;]{0,40}$")
_RATE = lazy("[率比](?:分?别?[为达到至是]|达到|约为|例为?)?$")
_EACH = lazy("(?:[人户]均|平均每[人户名所个家村])[^,。;、0-9]{0,8}$")
_HUNDRED = Decimal(100)
_EARLIER = 6


def ratios(view: str, group: list[Figure]) -> Iterator[Constraint]:
    """Yield part / base = p % and sum / heads = average, as one sentence claims them."""
    for place, whole in enumerate(group):
        if place < 2:
            continue
        earlier = group[max(0, place - _EARLIER) : place]
        claim = (
            _share(view, earlier, whole) if whole.unit == "%" else _average(view, earlier, whole)
        )
        if claim:
            yield claim


def _share(view: str, earlier: list[Figure], share: Figure) -> Constraint | None:
    if _SHARE.search(view, max(0, share.start - 48), share.start):
        return _claimed_ratio(view, earlier, share, earlier[-1])
    base, part = earlier[-2:]
    if (
        share.kind == "rate"
        and base.unit == part.unit
        and base.kind == part.kind == "count"
        and _RATE.search(view, max(0, share.start - 4), share.start)
        and _is_share(view, part, base, share)
    ):
        return Constraint("ratio", (part.id, base.id), share.id, holds=True)
    return None


def _average(view: str, earlier: list[Figure], average: Figure) -> Constraint | None:
    """Return sum / heads = average, when what the sentence names gives just that (人均2000元)."""
    low = max(0, average.start - 16)
    if view.find("均", low, average.start) < 0 or not _EACH.search(view, low, average.start):
        return None
    heads = next((one for one in reversed(earlier) if one.kind == "count"), None)
    total = next((one for one in reversed(earlier) if one.unit == average.unit), None)
    if heads is None or total is None or not _is_average(view, total, heads, average):
        return None
    return Constraint("ratio", (total.id, heads.id), average.id, holds=True)


def _is_average(view: str, total: Figure, heads: Figure, average: Figure) -> bool:
    if total.value is None or not heads.value or average.value is None:
        return False
    near = slack(view, average, whole_counts=False) + slack(view, total) / heads.value
    return abs(total.value / heads.value - average.value) <= near


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
    low_base, high_base = base.value - slack(view, base), base.value + slack(view, base)
    if low_base <= 0:
        return False
    half = slack(view, share, whole_counts=False)
    low = (part.value - slack(view, part)) / high_base * _HUNDRED
    high = (part.value + slack(view, part)) / low_base * _HUNDRED
    return low <= share.value + half and high >= share.value - half
