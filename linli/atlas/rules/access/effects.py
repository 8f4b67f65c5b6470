"""What one more clerk, or one more hour, would change: for every counter at which it could be. Pure.

A clerk goes to a counter that is open at the hour and lacks the language; an hour goes to one that speaks it on
that weekday and is closed, by opening so much earlier or staying open so much longer. Told is what becomes of the
ways of squares and of the hours in which nobody serves; who would come, nobody knows and nobody asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Final, NamedTuple, TypeVar

from linli.atlas.rules.access.counters import Asked, Counter, Span
from linli.atlas.rules.access.gaps import holes_of_day
from linli.atlas.rules.access.minutes import Reached, Reckoning
from linli.atlas.rules.access.squares import Square

T = TypeVar("T")
CLERK, HOUR = "clerk", "hour"
ONE_HOUR: Final = 60


class Change(NamedTuple):
    """One thing that could be done: a clerk or an hour more at a counter; span: the hours that it adds."""

    kind: str
    counter: Counter
    span: Span | None = None

    @property
    def code(self) -> str:
        """How an address names it."""
        return f"{self.kind}-{self.counter.code}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do at the hour: squares that come within the limit, whose way gets shorter, and by how many
    minutes in all; over the whole weekday: by how many minutes the time in which nobody serves gets shorter.
    """

    change: Change
    nearer: int
    shorter: int
    saved: int
    closed: int
    reached: Mapping[Square, Reached]


def possible(counters: Iterable[Counter], asked: Asked) -> list[Change]:
    """Return every clerk and every hour that could be added for what is asked."""
    found = []
    for counter in sorted(counters, key=lambda one: one.code):
        if counter.is_open(asked):
            if not counter.speaks_it(asked):
                found.append(Change(CLERK, counter))
        elif counter.speaks_it(asked) and (span := _one_more(counter.spans(asked), asked.hour)):
            found.append(Change(HOUR, counter, span))
    return found


def with_it(change: Change, asked: Asked) -> Counter:
    """Return the counter as it would be on that weekday."""
    counter, day = change.counter, asked.weekday
    if change.span is None:
        spoken = {*counter.speaks[day], *((asked.language, mode) for mode in asked.modes)}
        return replace(counter, speaks=_set(counter.speaks, day, frozenset(spoken)))
    spans = sorted([*counter.spans(asked), change.span])
    if asked.service and (own := counter.windows[asked.service]) is not None:
        windows = {**counter.windows, asked.service: _set(own, day, tuple(spans))}
        return replace(counter, windows=windows)
    return replace(counter, opened=_set(counter.opened, day, tuple(spans)))


def effects(
    counters: Sequence[Counter], asked: Asked, reckoning: Reckoning, within: int
) -> list[Effect]:
    """Return what each possible change would do, what helps most first."""
    now = reckoning.nearest(one for one in counters if one.serves(asked))
    missing = sum(hole.minutes for hole in holes_of_day(counters, asked))
    found = []
    for change in possible(counters, asked):
        there = with_it(change, asked)
        others = [there if one.code == there.code else one for one in counters]
        then = reckoning.nearest(one for one in others if one.serves(asked))
        left = sum(hole.minutes for hole in holes_of_day(others, asked))
        found.append(_effect(change, now, then, within, missing - left))
    return sorted(found, key=lambda one: (-one.nearer, -one.saved, -one.closed, one.change.code))


def _effect(
    change: Change,
    now: Mapping[Square, Reached],
    then: Mapping[Square, Reached],
    within: int,
    closed: int,
) -> Effect:
    nearer = shorter = saved = 0
    for square, reached in then.items():
        minutes = reached.journey.minutes
        before = now[square].journey.minutes if square in now else None
        nearer += minutes <= within and (before is None or before > within)
        if before is None:
            shorter += 1
        elif minutes < before:
            shorter, saved = shorter + 1, saved + before - minutes
    return Effect(change, nearer, shorter, saved, closed, then)


def _one_more(spans: Sequence[Span], hour: time) -> Span | None:
    """Return the hour by which the counter would have to stay open longer, or open earlier, to be open then."""
    at = _minutes(hour)
    for _opens, closes in spans:
        if _minutes(closes) <= at < _minutes(closes) + ONE_HOUR:
            return closes, _time(min([_minutes(closes) + ONE_HOUR, *_begins_after(spans, closes)]))
    for opens, _closes in spans:
        if _minutes(opens) - ONE_HOUR <= at < _minutes(opens):
            return _time(_minutes(opens) - ONE_HOUR), opens
    return None


def _begins_after(spans: Iterable[Span], closes: time) -> list[int]:
    return [_minutes(opens) for opens, _closes in spans if opens > closes]


def _set(week: Sequence[T], day: int, value: T) -> tuple[T, ...]:
    return (*week[:day], value, *week[day + 1 :])


def _minutes(of: time) -> int:
    return of.hour * 60 + of.minute


def _time(minutes: int) -> time:
    return time(*divmod(min(max(minutes, 0), 23 * 60 + 59), 60))
