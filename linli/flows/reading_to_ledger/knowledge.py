"""What the town knows already that a reading may speak of: units, indicators, tasks, facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from linli.directory.models import Area, Unit
from linli.directory.queries import UnitNames
from linli.facts.models import Fact, Indicator
from linli.facts.queries import facts_for
from linli.facts.rules.contradictions import Said, contradict
from linli.facts.rules.intervals import Interval, interval
from linli.facts.rules.periods import Period
from linli.flows.reading_to_ledger import becoming, naming
from linli.flows.reading_to_ledger.suggestion import Candidate, Suggestion
from linli.plans.models import Measure, Task
from linli.reports.models import Report
from linli.reports.rules.likeness import Shelf, phrase

CANDIDATES = 3


@dataclass(frozen=True)
class Knowledge:
    """What is known around the place of one report, read in a bounded number of queries."""

    area: Area | None
    names: UnitNames | None
    indicators: dict[str, Indicator]
    ledger: tuple[Candidate, ...]
    shelf: Shelf

    @classmethod
    def around(cls, report: Report) -> Self:
        """Read it: six queries."""
        area = Area.objects.filter(code=report.area).first() if report.area else None
        ledger = ledger_of(area) if area else ()
        return cls(
            area=area,
            names=UnitNames.around(area) if area else None,
            indicators={one.code: one for one in Indicator.objects.all()},
            ledger=ledger,
            shelf=Shelf.of(phrase(entry.title) for entry in ledger),
        )

    def unit(self, printed: str) -> Unit | None:
        """Return the unit that a printed name means."""
        return self.names.named(printed) if self.names else None

    def indicator(self, name: str, unit: str) -> Candidate | None:
        """Return the indicator that a figure of this name and unit is of, when one is sure."""
        own = self.indicators.get(naming.indicator_code(name, unit))
        if own:
            return Candidate("indicator", own.code, own.shown_name, 100.0)
        known = (naming.Known(one.code, one.name, one.unit) for one in self.indicators.values())
        meant = naming.meant(name, unit, known)
        if meant is None:
            return None
        found, likeness = meant
        return Candidate("indicator", found.code, self.indicators[found.code].shown_name, likeness)

    def like(self, title: str) -> tuple[Candidate, ...]:
        """Return tasks and measures of the same place that a sentence may be about, best first."""
        found = self.shelf.nearest(phrase(title))[:CANDIDATES]
        return tuple(self.ledger[index]._replace(likeness=score) for index, score in found)

    def with_facts(self, made: Mapping[str, Suggestion]) -> dict[str, Suggestion]:
        """Return the suggestions with facts that say the same, or that exclude what is said: one query."""
        figures = {
            item: (self.indicators[one.becomes["indicator"]], stated)
            for item, one in made.items()
            if one.becomes.get("as") == becoming.FACT
            and one.becomes["indicator"]
            and (stated := becoming.as_fact(one.becomes))
        }
        if not figures or self.area is None:
            return dict(made)
        code = self.area.code
        known = facts_for((indicator.pk, code) for indicator, _ in figures.values())
        done = dict(made)
        for item, (indicator, stated) in figures.items():
            facts = known.get((indicator.pk, code), [])
            done[item] = _beside(made[item], facts, stated, adds_up=indicator.adds_up)
        return done


def ledger_of(area: Area) -> tuple[Candidate, ...]:
    """Return the tasks and measures of a place: two queries."""
    tasks = Task.objects.filter(measure__programme__area=area).exclude(state=Task.DROPPED)
    measures = Measure.objects.filter(programme__area=area)
    return (
        *(Candidate("task", *row, 0.0) for row in tasks.values_list("code", "title")),
        *(Candidate("measure", *row, 0.0) for row in measures.values_list("code", "title")),
    )


def _beside(
    one: Suggestion, facts: list[Fact], stated: becoming.AsFact, *, adds_up: bool
) -> Suggestion:
    own = Said(stated.period, interval(*stated.statement))
    same = tuple(
        Candidate("fact", fact.code, "", 100.0)
        for fact in facts
        if (fact.period_from, fact.period_until) == tuple(stated.period)
        and (fact.value, fact.bound) == tuple(stated.statement)
    )
    against = tuple(fact.code for fact in facts if contradict(own, _said(fact), adds_up=adds_up))
    advice = "merge" if same and one.advice == "accept" else one.advice
    return replace(one, candidates=same[:CANDIDATES], contradicts=against, advice=advice)


def _said(fact: Fact) -> Said:
    return Said(
        Period(fact.period_from, fact.period_until),
        Interval(fact.low, fact.high, low_in=fact.low_in, high_in=fact.high_in),
    )
