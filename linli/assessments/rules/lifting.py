"""What would lift a candidate: which answers, were they better, would reach which level. Exact under the rules.

An item counts as better when every source would find it so: each sheet earns for it what the better answer earns;
where a sheet says that it does not apply, nothing changes. What is on file already (a fact that says more than the
sheets do) costs nothing and is counted first. Fair, because each unit is told the same way from the same rules.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

from linli.assessments.rules.filling import plain
from linli.assessments.rules.instruments import (
    COUNT,
    SCALE,
    UNSCORED,
    YES_NO,
    Item,
    Level,
)
from linli.assessments.rules.raising import Gains, Ground
from linli.assessments.rules.scoring import (
    NO,
    SKIPPED,
    YES,
    Earned,
    Verdict,
    earns_nothing,
    points,
)
from linli.assessments.rules.verdicts import Heard, Judge, Told

MOST_TRIES = (
    5_000  # sets of one size that are computed; beyond it a set may be one too many, and says so
)
_STEPS = {COUNT: Decimal(1)}
_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Single:
    """One item alone: the share and level that its best answer leads to, and the least that reaches another level."""

    item: str
    share: int
    level: str
    least: str  # "" where this item alone reaches no other level


@dataclass(frozen=True, slots=True)
class Lift:
    """The fewest items whose best answers reach a level; None where no answers do: the poll holds it back.

    `proven`: no smaller set does.
    """

    level: Level
    items: tuple[str, ...] | None
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Lifting:
    """Where a candidate stands, where it would stand with what is on file, and what would lift it from there."""

    now: Verdict
    filed: tuple[str, ...]  # items of which more is on file than the sheets say
    with_filed: Verdict
    singles: tuple[Single, ...]
    lifts: tuple[Lift, ...]


def best(item: Item) -> Any:  # noqa: ANN401 - of the item's kind
    """Return the answer that earns all of an item."""
    return {YES_NO: YES, SCALE: item.top}.get(item.kind, item.full)


def lifting(judge: Judge, heard: Heard, on_file: Mapping[str, Any]) -> Lifting:
    """Return what would lift a candidate. `on_file`: by item, an answer that a fact gives already."""
    items = {one.key: one for one in judge.terms.form.items() if one.kind not in UNSCORED}
    after, filed = _with_filed(judge, heard, {k: v for k, v in on_file.items() if k in items})
    ground = Ground(judge, after)
    now, with_filed = judge.verdict(heard), judge.verdict(after)
    levels = judge.terms.form.levels
    above = levels[_rank(levels, with_filed.level) :]
    gains = {key: ground.gains(one, best(one)) for key, one in items.items()}
    gains = {key: one for key, one in gains.items() if any(one) or key in after.vetoes}
    singles = [_single(ground, items[key], gains[key], above) for key in gains]
    return Lifting(
        now,
        filed,
        with_filed,
        tuple(sorted(singles, key=lambda one: -one.share)),
        tuple(_lift(ground, gains, level) for level in above),
    )


def _rank(levels: Sequence[Level], key: str) -> int:
    """Return how many levels lie at or below this one."""
    return next((n for n, one in enumerate(levels, 1) if one.key == key), 0)


def _with_filed(
    judge: Judge, heard: Heard, on_file: Mapping[str, Any]
) -> tuple[Heard, tuple[str, ...]]:
    """Return what would be said if the sheets said what is on file wherever that earns more, and of which items."""
    items = {one.key: one for one in judge.terms.form.items()}
    filed: dict[str, None] = {}
    sheets = []
    for told, score in heard.scored:
        more = {
            one.item: {**told.answers.get(one.item, {}), "v": on_file[one.item]}
            for one in score.items
            if one.item in on_file and _is_more(items[one.item], on_file[one.item], told, one)
        }
        filed |= dict.fromkeys(more)
        sheets.append(replace(told, answers={**told.answers, **more}))
    return judge.heard(sheets, heard.poll), tuple(key for key in items if key in filed)


def _is_more(item: Item, value: object, told: Told, earned: Earned) -> bool:
    said = told.answers.get(item.key, {}).get("v")
    if said == SKIPPED:
        return False
    mends = item.veto and (said is None or earns_nothing(item, said))
    return points(item, value) > earned.earned or (mends and not earns_nothing(item, value))


def _single(ground: Ground, item: Item, gains: Gains, above: Sequence[Level]) -> Single:
    mended = frozenset({item.key})
    reached = ground.verdict(gains, mended)
    least = ""
    if above and reached.level and reached.share >= above[0].at:
        least = _least(ground, item, above[0].at)
    return Single(item.key, reached.share, reached.level, least)


def _least(ground: Ground, item: Item, at: int) -> str:
    """Return the least answer with which this item alone reaches a share: more is never worse, so by halves."""

    def reaches(value: Any) -> bool:  # noqa: ANN401 - of the item's kind
        mended = frozenset(() if earns_nothing(item, value) else {item.key})
        told = ground.verdict(ground.gains(item, value), mended)
        return told.share >= at and bool(told.level)

    answer, most = _answers(item)
    low, high = 0, most
    while low < high:
        half = (low + high) // 2
        low, high = (low, half) if reaches(answer(half)) else (half + 1, high)
    return str(answer(low))


def _answers(item: Item) -> tuple[Callable[[int], Any], int]:
    """Return an item's answers by their rank, from what earns nothing to what earns all, and the last rank."""
    if item.kind == YES_NO:
        return (lambda n: YES if n else NO), 1
    if item.kind == SCALE:
        return (lambda n: n), item.top
    nought, full = Decimal(item.nought), Decimal(item.full)
    step = _STEPS.get(item.kind, _STEP)
    most = int(-(-abs(full - nought) // step))
    way = step if full > nought else -step
    return (lambda n: plain(full if n == most else nought + n * way)), most


def _lift(ground: Ground, gains: Mapping[str, Gains], level: Level) -> Lift:
    """Return the fewest items that reach a level: the vetoes that hold, and of the others as few as do."""
    needed = [key for key in gains if key in ground.vetoes]
    others = sorted(
        (key for key in gains if key not in ground.vetoes),
        key=lambda key: -ground.moved(gains[key]),
    )
    search = _Search(
        ground,
        level.at,
        [gains[key] for key in others],
        _sum([gains[key] for key in needed], ground.none()),
    )
    for size in range(len(others) + 1):
        chosen = search.of_size(size)
        if chosen is not None:
            return Lift(level, (*needed, *(others[n] for n in chosen)), search.proven)
    return Lift(level, None, search.proven)


class _Search:
    """The search for a set of gains that reaches a share: `gains` from the largest to the smallest.

    Were nothing rounded, the largest would be the best of each size. Rounding moves a share by one at most, so only
    sets within one of what is asked are computed one by one; gains that are alike are tried once.
    """

    def __init__(self, ground: Ground, at: int, gains: Sequence[Gains], begun: Gains) -> None:
        self._ground, self._at, self._gains, self._begun = ground, at, gains, begun
        self._moves = [ground.moved(one) for one in gains]
        self._sums = [Fraction(0), *accumulate(self._moves)]
        self._start = ground.share() + ground.moved(begun)
        self._tries = 0
        self.proven = True

    def of_size(self, size: int) -> tuple[int, ...] | None:
        """Return a set of this size that reaches the share, None where none does (or none was found in time)."""
        self._tries = MOST_TRIES
        return next(self._sets(size, 0, (), self._start), None)

    def _sets(
        self, rest: int, first: int, chosen: tuple[int, ...], so_far: Fraction
    ) -> Iterator[tuple[int, ...]]:
        if self._tries <= 0:
            self.proven = False
            return
        if not rest:
            self._tries -= 1
            if self._reaches(chosen):
                yield chosen
            return
        for n in range(first, len(self._gains) - rest + 1):
            if so_far + self._sums[n + rest] - self._sums[n] + 1 < self._at:
                return  # the rest are smaller still
            if n > first and self._gains[n] == self._gains[n - 1]:
                continue
            yield from self._sets(rest - 1, n + 1, (*chosen, n), so_far + self._moves[n])

    def _reaches(self, chosen: Sequence[int]) -> bool:
        gains = _sum([self._begun, *(self._gains[n] for n in chosen)], self._begun)
        return self._ground.verdict(gains, self._ground.vetoes).share >= self._at


def _sum(many: Sequence[Gains], none: Gains) -> Gains:
    return tuple(map(sum, zip(*many, strict=True))) if many else none
