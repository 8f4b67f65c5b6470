"""What answers earn: whole numbers from the first to the last, so that an old score comes out again to the bit.

Points are counted in ten-thousandths. What a number earns between `nought` and `full` is rounded half to even
once, per item; a share of all points is in hundredths of a percent, rounded half to even once. `RULES` numbers
this way of counting: a score says by which it was made, and every number that was ever used stays here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from linli.assessments.rules.instruments import (
    MEASURED,
    SCALE,
    UNSCORED,
    WHOLE,
    YES_NO,
    Form,
    Item,
    Level,
    number,
)

RULES = 1
POINT = 10_000
YES, NO, SKIPPED = "yes", "no", "na"
_MILLIONTH = 1_000_000

Answers = Mapping[str, Mapping[str, Any]]  # by item: {"v": value, and what it rests on}


@dataclass(frozen=True, slots=True)
class Earned:
    """What one item earned, of how much it could, in ten-thousandths of a point; `answered` says whether at all."""

    item: str
    earned: int
    possible: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What one sheet earned: of all points, as a share in hundredths of a percent, and item by item."""

    earned: int
    possible: int
    share: int
    vetoes: tuple[str, ...]  # items of veto that earned nothing
    missing: tuple[str, ...]  # items that nobody answered: they earn nothing
    items: tuple[Earned, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one source says (self, cross, site, poll): how much it weighs, and the shares of its sheets."""

    source: str
    weight: int
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all sources say together: a share, and the highest level that it reaches ("" for none)."""

    share: int
    level: str
    left_out: tuple[str, ...]  # sources that said nothing: their weight went to the others


def divided(amount: int, by: int) -> int:
    """Return the quotient, rounded half to even; `by` is above nought."""
    whole, rest = divmod(amount, by)
    twice = rest * 2
    return whole + (twice > by or (twice == by and whole % 2))


def _millionths(value: Decimal) -> int:
    return int(value * _MILLIONTH)


def fault(item: Item, value: object) -> str:
    """Return why this is no answer to an item, "" where it is one."""
    if value == SKIPPED:
        return "" if item.may_skip else "must_be_answered"
    if item.kind == YES_NO:
        return "" if value in (YES, NO) else "not_an_answer"
    if item.kind == SCALE:
        known = isinstance(value, int) and not isinstance(value, bool)
        return "" if known and 0 <= value <= item.top else "not_an_answer"  # type: ignore[operator]
    if item.kind in MEASURED:
        return "" if isinstance(value, str) and number(value) is not None else "not_a_number"
    return "" if isinstance(value, str) and len(value) <= 2000 else "not_an_answer"


class Scorer:
    """One form, made ready to score many sheets."""

    def __init__(self, form: Form) -> None:
        self._items = [_Ready(item) for item in form.items() if item.kind not in UNSCORED]

    def score(self, answers: Answers) -> Score:
        """Return what these answers earn."""
        earned = possible = 0
        vetoes: list[str] = []
        missing: list[str] = []
        items: list[Earned] = []
        for one in self._items:
            given = answers.get(one.key)
            value = given["v"] if given else None
            if value == SKIPPED and one.may_skip:
                items.append(Earned(one.key, 0, 0, answered=True))
                continue
            points = 0 if value is None else one.points(value)
            if value is None:
                missing.append(one.key)
            if one.veto and not points:
                vetoes.append(one.key)
            earned += points
            possible += one.possible
            items.append(Earned(one.key, points, one.possible, answered=value is not None))
        share = divided(earned * WHOLE, possible) if possible else 0
        return Score(earned, possible, share, tuple(vetoes), tuple(missing), tuple(items))


class _Ready:
    """One item, its numbers read once."""

    __slots__ = ("_kind", "_nought", "_span", "_top", "key", "may_skip", "possible", "veto")

    def __init__(self, item: Item) -> None:
        self.key, self.veto, self.may_skip = item.key, item.veto, item.may_skip
        self.possible = item.weight * POINT
        self._kind, self._top = item.kind, item.top
        self._nought = self._span = 0
        if item.kind in MEASURED:
            self._nought = _millionths(Decimal(item.nought))
            self._span = _millionths(Decimal(item.full)) - self._nought

    def points(self, value: Any) -> int:  # noqa: ANN401 - of the kind that `fault` lets through
        if self._kind == YES_NO:
            return self.possible if value == YES else 0
        if self._kind == SCALE:
            return divided(self.possible * value, self._top)
        way = _millionths(Decimal(value)) - self._nought
        span = self._span
        if span < 0:  # the less, the better
            way, span = -way, -span
        if way <= 0:
            return 0
        return self.possible if way >= span else divided(self.possible * way, span)


def level_of(levels: Sequence[Level], share: int) -> str:
    """Return the highest level that a share reaches, "" for none."""
    return next((one.key for one in reversed(levels) if share >= one.at), "")


def combined(parts: Iterable[Part], levels: Sequence[Level], vetoes: Sequence[str]) -> Verdict:
    """Return what all sources say together: each the mean of its sheets, weighed; a veto leaves no level.

    A source that said nothing is left out and named, and the others weigh as they do among each other.
    """
    spoke, left_out = [], []
    for part in parts:
        if part.shares:
            spoke.append(part)
        elif part.weight:
            left_out.append(part.source)
    # One fraction over one denominator, rounded once: the order of the sources changes nothing.
    under = 1
    for part in spoke:
        under *= len(part.shares)
    above = sum(part.weight * sum(part.shares) * (under // len(part.shares)) for part in spoke)
    weight = sum(part.weight for part in spoke)
    share = divided(above, weight * under) if weight else 0
    return Verdict(share, "" if vetoes else level_of(levels, share), tuple(left_out))
