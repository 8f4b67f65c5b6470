"""Facts that contradict each other: candidates from the database, judged by the rule."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.db import connection

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.rules.contradictions import Said, contradict
from linli.facts.rules.intervals import Interval
from linli.facts.rules.periods import Period

# Both ends of the join walk the index fact_subject; what is apart or not is judged in Python again,
# so that this only has to leave nothing out. No plain b.id, neither compared nor ordered by: for its
# sake SQLite would walk all rows of an indicator for each.
_CANDIDATES = """
    SELECT a.id, b.id FROM facts_fact a
    JOIN facts_fact b ON b.indicator_id = a.indicator_id AND b.area_id = a.area_id
        AND b.period_from < a.period_until AND a.period_from < b.period_until AND a.id < b.id + 0
        AND (a.low > b.high OR b.low > a.high
            OR (a.low = b.high AND NOT (a.low_in AND b.high_in))
            OR (b.low = a.high AND NOT (b.low_in AND a.high_in)))
    WHERE a.status <> 'withdrawn' AND b.status <> 'withdrawn'
        AND NOT EXISTS (SELECT 1 FROM facts_fact n WHERE n.supersedes_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM facts_fact n WHERE n.supersedes_id = b.id)
        {only}
    ORDER BY a.indicator_id, a.area_id, a.period_from
"""
_BATCH = 200


class Contradiction(NamedTuple):
    """Two facts known now that cannot both be true; `first` was recorded first."""

    first: Fact
    second: Fact


def contradictions(
    *, indicator: Indicator | None = None, area: Area | None = None, most: int | None = None
) -> list[Contradiction]:
    """Return what contradicts what now, each fact with indicator, area and evidence; at most `most`."""
    return list(islice(_judged(indicator, area), most))


def said(fact: Fact) -> Said:
    """Return what a fact says, as the rule takes it."""
    return Said(
        Period(fact.period_from, fact.period_until),
        Interval(fact.low, fact.high, low_in=fact.low_in, high_in=fact.high_in),
    )


def _judged(indicator: Indicator | None, area: Area | None) -> Iterator[Contradiction]:
    pairs = _candidates(indicator, area)
    while batch := list(islice(pairs, _BATCH)):
        wanted = {number for pair in batch for number in pair}
        facts = Fact.objects.select_related("indicator", "area", "evidence").in_bulk(wanted)
        for first, second in batch:
            a, b = facts[first], facts[second]
            if contradict(said(a), said(b), adds_up=a.indicator.adds_up):
                yield Contradiction(a, b)


def _candidates(indicator: Indicator | None, area: Area | None) -> Iterator[tuple[int, int]]:
    only = ""
    values: list[int | str] = []
    if indicator is not None:
        only += " AND a.indicator_id = %s"
        values.append(indicator.pk)
    if area is not None:
        only += " AND a.area_id = %s"
        values.append(area.pk)
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES.format(only=only), values)
        yield from cursor
