"""What a check says: a part of the house, how it is, in words, and what to do about it. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Well, worth a look, or not to be left so."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check. code: stable for ever; act: what to do, "" where all is well."""

    part: str
    code: str
    state: State
    words: str
    act: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """The same as JSON takes it."""
        return asdict(self)


def well(part: str, code: str, words: str) -> Finding:
    """Return a line that says that all is well."""
    return Finding(part, code, State.OK, words)


def judged(part: str, code: str, state: State, words: tuple[str, str], act: str) -> Finding:
    """Return a line: the first words where all is well, else the second and what to do."""
    if state == State.OK:
        return Finding(part, code, state, words[0])
    return Finding(part, code, state, words[1], act)


def worst(findings: Iterable[Finding]) -> State:
    """Return the worst state of all findings."""
    return worst_of(one.state for one in findings)


def worst_of(states: Iterable[State]) -> State:
    """Return the worst state of all."""
    return max(states, key=list(State).index, default=State.OK)


def by_age(last: datetime | None, at: datetime, soft: timedelta, hard: timedelta) -> State:
    """Judge how long ago something was done last; never is too long. What lies ahead is a clock gone wrong."""
    if last is None or last - at > timedelta(minutes=5):
        return State.FAIL
    age = at - last
    if age > hard:
        return State.FAIL
    return State.WARN if age > soft else State.OK


def in_earnest(state: State, *, demo: bool) -> State:
    """Judge a demo more mildly: nobody's data is in it."""
    return State.WARN if demo and state == State.FAIL else state
