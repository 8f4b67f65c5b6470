"""Money and projects of a place: the funds for it and all inside it, the projects it gives and receives."""

from typing import NamedTuple

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.queries import facts_for
from linli.funds.models import Project, ProjectQuerySet
from linli.funds.rules.projects import STATES

# In the order in which they are read.
FIGURES = tuple(
    f"funds.{name}"
    for name in (
        "appropriated", "received", "allocated", "matched", "paid", "unspent", "execution_rate",
        "aims_progress", *(f"projects_{state}" for state in STATES),
    )
)  # fmt: skip


class Told(NamedTuple):
    """One figure of a place with what is known of it, by year: each is a fact that can be cited."""

    indicator: Indicator
    facts: list[Fact]


def figures_of(area: Area) -> list[Told]:
    """Return the figures of money that are known of a place, from its own books. Two queries."""
    indicators = Indicator.objects.public().filter(code__in=FIGURES)
    by_id = {one.pk: one for one in sorted(indicators, key=lambda one: FIGURES.index(one.code))}
    known = facts_for((pk, area.pk) for pk in by_id)
    told = []
    for pk, indicator in by_id.items():
        facts = [one for one in known.get((pk, area.pk), []) if one.status != Fact.CLAIMED]
        for one in facts:
            one.indicator = indicator  # known already: not asked for again
        if facts:
            told.append(Told(indicator, facts))
    return told


def received_in(area: Area) -> ProjectQuerySet:
    """Return the published projects that a place, or a part of it, receives."""
    return Project.objects.published().filter(receiving__in=Area.objects.within(area.pk).order_by())


def given_by(area: Area) -> ProjectQuerySet:
    """Return the published projects that a place, or a part of it, gives."""
    return Project.objects.published().filter(giving__in=Area.objects.within(area.pk).order_by())
