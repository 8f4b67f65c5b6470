"""Facts as they are known now, or were known at a moment; one fact's history; facts by subject."""

from collections.abc import Iterable
from datetime import datetime

from linli.directory.models import Area
from linli.facts.models import Fact, FactQuerySet, Indicator
from linli.kernel.codes import number_of, read_code

Subject = tuple[int, str]  # an indicator's id, an area's code


def series(
    indicator: Indicator, *, area: Area | None = None, when: datetime | None = None
) -> FactQuerySet:
    """Return what is known of an indicator (at `when`, else now), by area and period, with evidence."""
    facts = Fact.objects.filter(indicator=indicator)
    if area is not None:
        facts = facts.filter(area=area)
    facts = facts.current() if when is None else facts.as_of(when).standing()
    return facts.select_related("evidence", "area").order_by(
        "area_id", "period_from", "period_until", "at", "id"
    )


def vintages(fact: Fact) -> list[Fact]:
    """Return a figure as first stated and every later state of it, withdrawal included, in order."""
    subject = Fact.objects.filter(
        indicator_id=fact.indicator_id,
        area_id=fact.area_id,
        period_from=fact.period_from,
        period_until=fact.period_until,
    ).select_related("evidence", "area", "indicator")
    by_id = {one.pk: one for one in subject}
    after = {one.supersedes_id: one for one in by_id.values() if one.supersedes_id}
    first = by_id[fact.pk]
    while first.supersedes_id:
        first = by_id[first.supersedes_id]
    chain = [first]
    while chain[-1].pk in after:
        chain.append(after[chain[-1].pk])
    return chain


def newest(fact: Fact) -> Fact:
    """Return what a fact has become: itself, or the last that supersedes it."""
    return vintages(fact)[-1]


def newest_of(facts: Iterable[int]) -> dict[int, Fact]:
    """Return what each of these facts (their ids) has become: as many queries as the longest history."""
    told = Fact.objects.select_related("evidence", "indicator", "area")
    newest = told.in_bulk(list(facts))
    first = {fact.pk: number for number, fact in newest.items()}
    while later := list(told.filter(supersedes__in=first)):
        first = {one.pk: first[one.supersedes_id] for one in later if one.supersedes_id}
        newest |= {first[one.pk]: one for one in later}
    return newest


def cited(code: str, *, hidden: bool = False) -> Fact | None:
    """Return the fact that a code cites; `hidden`: also those of indicators that staff alone see."""
    read = read_code(code)
    if read is None:
        return None
    facts = Fact.objects.select_related("indicator", "area", "evidence")
    if not hidden:
        facts = facts.filter(indicator__public=True)
    return facts.filter(pk=number_of(read)).first()


def facts_for(
    pairs: Iterable[Subject], *, when: datetime | None = None
) -> dict[Subject, list[Fact]]:
    """Return what is known (at `when`, else now) of many (indicator id, area code), by pair: one query.

    Each list in order of period; a pair of which nothing is known has none.
    """
    wanted = set(pairs)
    if not wanted:
        return {}
    facts = Fact.objects.filter(
        indicator_id__in={indicator for indicator, _ in wanted},
        area_id__in={area for _, area in wanted},
    )
    facts = facts.current() if when is None else facts.as_of(when).standing()
    found: dict[Subject, list[Fact]] = {}
    in_order = facts.order_by("indicator_id", "area_id", "period_from", "at", "id")
    for fact in in_order.select_related("evidence"):
        pair = (fact.indicator_id, fact.area_id)
        if pair in wanted:
            found.setdefault(pair, []).append(fact)
    return found
