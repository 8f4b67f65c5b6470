"""Draws in words and rows: how one stands, what was drawn with names, what a list would come to."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Assessment, Draw, Subject
from linli.assessments.queries.draws import tasks_drawn, visits_drawn
from linli.assessments.rules import assigning
from linli.assessments.rules.assigning import Checks
from linli.directory.models import Unit
from linli.kernel.drawing import lateness
from linli.kernel.text import Words

TRIED = 400  # a list of so many is dealt out to see whether it can be

STATES: dict[str, tuple[str, Words]] = {
    "waits": ("note", _("waits for its list")),
    "closed": ("soon", _("waits for the log")),
    "late": ("late", _("late")),
    "drawn": ("done", _("drawn")),
    "withdrawn": ("plain", _("taken back")),
}


def state_of(draw: Draw, at: datetime) -> str:
    """How a draw stands: a key of STATES."""
    if draw.withdrawn_at is not None:
        return "withdrawn"
    if draw.drawn_at is not None:
        return "drawn"
    if lateness(draw.closes_at, None, at):
        return "late"
    return "closed" if draw.closed_at else "waits"


@dataclass(frozen=True, slots=True)
class Check:
    """One check that was drawn, with names; `given`: its task, None where it was not given any more."""

    number: int
    whom: str
    who: str
    second: bool
    given: Assessment | None


def checks_of(draw: Draw) -> list[Check]:
    """Who checks whom, in the order of the draw."""
    tasks = tasks_drawn(draw)
    codes = {code for task in tasks for code in (task.who, task.whom)}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    lots = draw.lots.select_related("assessment")
    given = {one.number: one.assessment for one in lots}
    return [
        Check(
            number,
            names.get(task.whom, task.whom),
            names.get(task.who, task.who),
            bool(task.repeats),
            given.get(number),
        )
        for number, task in enumerate(tasks, 1)
    ]


@dataclass(frozen=True, slots=True)
class Site:
    """One visit that was drawn, with names."""

    number: int
    premises: str
    street: str
    crew: tuple[str, ...]
    given: Assessment | None


def visits_of(draw: Draw, *, hidden: str = "") -> list[Site]:
    """Who visits which premises, in the order of the draw; none of those of the unit `hidden` is told of."""
    visits = visits_drawn(draw)
    found = Subject.objects.filter(code__in=[one.site for one in visits]).select_related("unit")
    sites = {one.code: one for one in found}
    given = {one.number: one.assessment for one in draw.lots.select_related("assessment")}
    return [
        Site(number, sites[one.site].name, sites[one.site].street, one.crew, given.get(number))
        for number, one in enumerate(visits, 1)
        if not hidden or (unit := sites[one.site].unit) is None or unit.name != hidden
    ]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a list comes to before it is drawn: how many tasks, how many each gets, who has too few others."""

    checked: int
    pool: int
    tasks: int
    twice: int
    barred: int
    least: int = 0
    most: int = 0
    lacking: list[str] = field(default_factory=list)
    impossible: bool = False


def prospect(terms: Checks) -> Prospect:
    """What a list comes to; a list that is not too long is dealt out by a seed that is none."""
    tasks = len(terms.checked) * terms.each + terms.twice
    short = assigning.too_few(terms)
    tried = None
    if not short and 0 < len(terms.checked) <= TRIED:
        tried = assigning.assigned("prospect", terms)
    has = assigning.loads(terms, tried).values() if tried else []
    return Prospect(
        len(terms.checked),
        len(terms.pool),
        tasks,
        terms.twice,
        len(terms.barred),
        min(has, default=tasks // max(1, len(terms.pool))),
        max(has, default=-(-tasks // max(1, len(terms.pool)))),
        list(Unit.objects.filter(code__in=short).values_list("name", flat=True)[:20]),
        tried is None and not short and 0 < len(terms.checked) <= TRIED,
    )
