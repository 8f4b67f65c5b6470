"""What a verdict says an item is to become, as typed values; what is unclear is named. Pure.

A verdict's `becomes` is plain JSON, so that what an officer saw is what is taken. Keys of a figure: as
(fact, or target of its measure's task), indicator or else name, unit, unit_kind; period, value, bound. Keys of a
measure: kind (task or measure), title, lead, responsible, due_on, and its target as of a figure with sense.
A merge holds `into`, the code of what is there already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from linli.facts.rules.intervals import BOUNDS
from linli.facts.rules.periods import Period, of_iso
from linli.facts.rules.statements import Statement, fault

FACT, TARGET, TASK, MEASURE = "fact", "target", "task", "measure"
SENSES = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: an indicator's code, or what a new one is to be called."""

    indicator: str
    name: str
    unit: str
    kind: str


@dataclass(frozen=True, slots=True)
class AsFact:
    """A figure that becomes a fact."""

    counted: Counted
    period: Period
    statement: Statement


@dataclass(frozen=True, slots=True)
class AsTask:
    """A measure that becomes a task, or a measure of a programme without a task yet."""

    kind: str
    title: str
    lead: str
    responsible: tuple[str, ...]
    due_on: date | None
    counted: Counted | None
    target: Decimal | None
    sense: str


def figure_lacks(becomes: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is missing or unclear before a figure can be taken: name, period, value."""
    if becomes.get("as") == TARGET:
        return ()
    lacks = []
    if not becomes.get("indicator") and not str(becomes.get("name") or "").strip():
        lacks.append("name")
    if of_iso(str(becomes.get("period") or "")) is None:
        lacks.append("period")
    value, bound = number(becomes.get("value")), str(becomes.get("bound") or "")
    if value is None or fault(Statement(value, bound)):
        lacks.append("value")
    return tuple(lacks)


def measure_lacks(becomes: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is missing or unclear before a measure can be taken: title, due_on, target."""
    lacks = []
    if not str(becomes.get("title") or "").strip():
        lacks.append("title")
    if becomes.get("due_on") and _day(becomes["due_on"]) is None:
        lacks.append("due_on")
    target = becomes.get("target")
    if target and (number(target) is None or not _counted(becomes)):
        lacks.append("target")
    return tuple(lacks)


def as_fact(becomes: Mapping[str, Any]) -> AsFact | None:
    """Return the fact that a verdict describes, or None when something is unclear."""
    value, period = number(becomes.get("value")), of_iso(str(becomes.get("period") or ""))
    counted = _counted(becomes)
    if figure_lacks(becomes) or value is None or period is None or counted is None:
        return None
    return AsFact(counted, period, Statement(value, str(becomes["bound"])))


def as_task(becomes: Mapping[str, Any]) -> AsTask | None:
    """Return the task or measure that a verdict describes, or None when something is unclear."""
    if measure_lacks(becomes):
        return None
    target = number(becomes.get("target"))
    sense = becomes.get("sense")
    return AsTask(
        kind=MEASURE if becomes.get("kind") == MEASURE else TASK,
        title=str(becomes["title"]).strip()[:300],
        lead=str(becomes.get("lead") or ""),
        responsible=tuple(str(code) for code in becomes.get("responsible") or ()),
        due_on=_day(becomes.get("due_on")),
        counted=_counted(becomes) if target is not None else None,
        target=target,
        sense=sense if sense in SENSES else SENSES[0],
    )


def number(said: object) -> Decimal | None:
    """Return a number as somebody typed or the reader wrote it; None when it is none."""
    try:
        value = Decimal(str(said).replace(",", "").strip()) if said not in {None, ""} else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def bound_of(said: str) -> str:
    """Return the bound that a fact can have for the one that the reader found."""
    return said if said in BOUNDS else "approx"


def _counted(becomes: Mapping[str, Any]) -> Counted | None:
    indicator, name = str(becomes.get("indicator") or ""), str(becomes.get("name") or "").strip()
    if not indicator and not name:
        return None
    unit, kind = str(becomes.get("unit") or "item"), str(becomes.get("unit_kind") or "count")
    return Counted(indicator, name[:120], unit[:40], kind)


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None
