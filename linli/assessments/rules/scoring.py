"""What answers earn: whole numbers from the first to the last, so that an old score comes out again to the bit.

Points are counted in ten-thousandths. What a number earns between `nought` and `full` is rounded half to even
once, per item; a share of all points is in hundredths of a percent, rounded half to even once. `RULES` numbers
this way of counting: a score says by which it was made, and every number that was ever used stays here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

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
from linli.kernel.weighing import divided

RULES = 1
POINT = 10_000
YES, NO, SKIPPED = "yes", "no", "na"
_MILLIONTH = 1_000_000

Answers = Mapping[str, Mapping[str, Any]]  # by item: {"v": value, and what it rests on}


class Earned(NamedTuple):
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
        ready = [_Ready(item) for item in form.items() if item.kind not in UNSCORED]
        self._items = [(one.key, one.known, one) for one in ready]

    def score(self, answers: Answers) -> Score:
        """Return what these answers earn."""
        earned = possible = 0
        vetoes: list[str] = []
        missing: list[str] = []
        items: list[Earned] = []
        for key, known, one in self._items:
            given = answers.get(key)
            value = given.get("v") if given else None
            # Of thousands of sheets most give the same few answers: each is counted once.
            got, points, full, is_odd = known.get(value) or one.learn(value)
            earned += points
            possible += full
            items.append(got)
            if is_odd:
                if not got.answered:
                    missing.append(key)
                if one.vetoes(value):
                    vetoes.append(key)
        share = divided(earned * WHOLE, possible) if possible else 0
        return Score(earned, possible, share, tuple(vetoes), tuple(missing), tuple(items))


class _Known(NamedTuple):
    """What one answer to an item comes to; `is_odd`: it is none, or it is a veto."""

    got: Earned
    points: int
    full: int
    is_odd: bool


class _Ready:
    """One item, its numbers read once, and what the answers given so far come to."""

    __slots__ = (
        "_kind",
        "_nought",
        "_span",
        "_top",
        "key",
        "known",
        "may_skip",
        "possible",
        "veto",
    )

    def __init__(self, item: Item) -> None:
        self.key, self.veto, self.may_skip = item.key, item.veto, item.may_skip
        self.possible = item.weight * POINT
        self._kind, self._top = item.kind, item.top
        self.known: dict[Any, _Known] = {}
        self._nought = self._span = 0
        if item.kind in MEASURED:
            self._nought = _millionths(Decimal(item.nought))
            self._span = _millionths(Decimal(item.full)) - self._nought

    def learn(self, value: Any) -> _Known:  # noqa: ANN401 - of the kind that `fault` lets through
        if value == SKIPPED and self.may_skip:
            got = Earned(self.key, 0, 0, answered=True)
        elif value is None:
            got = Earned(self.key, 0, self.possible, answered=False)
        else:
            got = Earned(self.key, self.points(value), self.possible, answered=True)
        is_odd = not got.answered or self.vetoes(value)
        told = self.known[value] = _Known(got, got.earned, got.possible, is_odd)
        return told

    def vetoes(self, value: Any) -> bool:  # noqa: ANN401 - as above
        skipped = value == SKIPPED and self.may_skip
        return self.veto and not skipped and (value is None or self.earns_nothing(value))

    def points(self, value: Any) -> int:  # noqa: ANN401 - as above
        return self._of(self.possible, value)

    def earns_nothing(self, value: Any) -> bool:  # noqa: ANN401 - as above
        # A veto may weigh nothing itself: it is asked as if it weighed one point.
        return not self._of(self.possible or POINT, value)

    def _of(self, possible: int, value: Any) -> int:  # noqa: ANN401 - as above
        if self._kind == YES_NO:
            return possible if value == YES else 0
        if self._kind == SCALE:
            return divided(possible * value, self._top)
        way = _millionths(Decimal(value)) - self._nought
        span = self._span
        if span < 0:  # the less, the better
            way, span = -way, -span
        if way <= 0:
            return 0
        return possible if way >= span else divided(possible * way, span)


def points(item: Item, value: object) -> int:
    """Return what an answer to one item earns, in ten-thousandths of a point."""
    return _Ready(item).points(value)


def earns_nothing(item: Item, value: object) -> bool:
    """Say whether an answer to one item earns nothing, even did the item weigh something: what a veto asks."""
    return _Ready(item).earns_nothing(value)


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
