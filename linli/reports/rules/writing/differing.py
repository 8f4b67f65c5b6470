"""Two written reports of one place side by side, figure by figure: what is new, gone, the same, changed, contradicted. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from linli.facts.rules.contradictions import Said, contradict
from linli.facts.rules.intervals import Interval
from linli.facts.rules.periods import Period

# What cannot both be true comes first.
OUTCOMES: Final = ("contradicted", "changed", "gone", "new", "same")


@dataclass(frozen=True, slots=True)
class Cited:
    """One figure of a published report. fact: its id; since: months from the report's first day to the figure's."""

    indicator: str
    area: str
    period: Period
    since: int
    values: Interval
    code: str
    fact: int
    adds_up: bool

    @property
    def subject(self) -> tuple[str, str, Period]:
        """What it counts, where and when."""
        return self.indicator, self.area, self.period

    @property
    def role(self) -> tuple[str, str, int, int]:
        """What it counts, and for which part of its report's time: this year's of the one, this year's of the other."""
        months = months_between(self.period)
        return self.indicator, self.area, self.since, months


class Difference(NamedTuple):
    """What became of one figure. No earlier: it is new; no later: it is gone."""

    outcome: str
    earlier: Cited | None
    later: Cited | None


def months_between(period: Period) -> int:
    """Return how many months lie between the first days of a period and of what comes after it."""
    start, until = period
    return (until.year - start.year) * 12 + until.month - start.month


def differences(earlier: Iterable[Cited], later: Iterable[Cited]) -> list[Difference]:
    """Return what became of each figure, each subject once: first by the same time, then by the same part of the report's."""
    first = {one.subject: one for one in earlier}
    second = {one.subject: one for one in later}
    found = [_judged(first.pop(key), second.pop(key)) for key in [*first] if key in second]
    by_role = {one.role: key for key, one in second.items()}
    for key, one in [*first.items()]:
        if (other := by_role.pop(one.role, None)) is not None:
            found.append(_judged(first.pop(key), second.pop(other)))
    found += [Difference("gone", one, None) for one in first.values()]
    found += [Difference("new", None, one) for one in second.values()]
    return sorted(found, key=_order)


def _judged(one: Cited, other: Cited) -> Difference:
    if one.fact == other.fact:
        return Difference("same", one, other)
    both = (Said(one.period, one.values), Said(other.period, other.values))
    if contradict(*both, adds_up=one.adds_up):
        return Difference("contradicted", one, other)
    same = one.values == other.values
    return Difference("same" if same else "changed", one, other)


def _order(found: Difference) -> tuple[int, str, str, Period]:
    one = found.later or found.earlier
    assert one is not None  # noqa: S101 - a difference is of something
    return OUTCOMES.index(found.outcome), *one.subject
