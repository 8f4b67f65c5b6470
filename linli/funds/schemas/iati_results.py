"""What a project changes at its place as IATI's results: where it began, what it aims at, what there is now.

Each value is a fact, and says so: how sure it is stands beside it, and where it is cited.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from linli.facts.models import Fact
from linli.facts.queries.released import value_said
from linli.funds.models import Project
from linli.funds.queries.aims import Measured, measured
from linli.funds.rules.aims import RISE
from linli.funds.schemas import iati_parts as xml

_OUTCOME = "2"
_UNIT, _PERCENTAGE = "1", "2"


def results_of(project: Project) -> Iterator[xml.Element]:
    """Yield a result for each aim whose indicator everybody may see."""
    for one in measured([project], public=True):
        name = one.aim.indicator.name
        yield xml.element("result", xml.words("title", name), _indicator(one), type=_OUTCOME)


def _indicator(one: Measured) -> xml.Element:
    indicator = one.aim.indicator
    return xml.element(
        "indicator",
        xml.words("title", indicator.name),
        xml.words("description", indicator.definition),
        *([_baseline(one.baseline)] if one.baseline else []),
        *_periods(one.target, one.actual),
        measure=_PERCENTAGE if indicator.unit in {"%", "percent"} else _UNIT,
        ascending="1" if one.aim.sense == RISE else "0",
    )


def _baseline(fact: Fact) -> xml.Element:
    return xml.element(
        "baseline",
        _comment(fact),
        year=str(fact.period_from.year),
        iso_date=fact.period_from.isoformat(),
        value=_number(fact),
    )


def _periods(target: Fact | None, actual: Fact | None) -> Iterator[xml.Element]:
    """Yield the periods in order; what is aimed at and what there is stand together where they are of one."""
    said = [(name, fact) for name, fact in (("target", target), ("actual", actual)) if fact]
    for span in sorted({(fact.period_from, fact.period_until) for _, fact in said}):
        values = [
            xml.element(name, _comment(fact), value=_number(fact))
            for name, fact in said
            if (fact.period_from, fact.period_until) == span
        ]
        yield xml.element(
            "period",
            xml.day("period-start", span[0]),
            xml.day("period-end", span[1] - timedelta(days=1)),
            *values,
        )


def _comment(fact: Fact) -> xml.Element:
    """Return how sure a value is, and the code that cites it."""
    said: Iterable[str] = (
        str(fact.get_bound_display()) if fact.bound != "exact" else "",
        str(fact.get_status_display()),
        f"/c/{fact.code}",
    )
    return xml.words("comment", "；".join(filter(None, said)))


def _number(fact: Fact) -> str:
    """Return a value without noughts that say nothing: 22.88."""
    value = value_said(fact)
    return "" if value is None else f"{value.normalize():f}"
