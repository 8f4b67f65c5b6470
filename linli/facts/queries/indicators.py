"""Indicators for lists, and how much is known of them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Q

from linli.facts.models import Fact, Indicator, IndicatorQuerySet


def listed_indicators(
    *, words: str = "", kind: str = "", public: bool | None = None
) -> IndicatorQuerySet:
    """Return indicators whose names, code or unit hold all the words."""
    indicators = Indicator.objects.all()
    if public is not None:
        indicators = indicators.filter(public=public)
    if kind:
        indicators = indicators.filter(kind=kind)
    for word in words.split():
        indicators = indicators.filter(
            Q(name__icontains=word)
            | Q(name_hant__icontains=word)
            | Q(name_en__icontains=word)
            | Q(code__icontains=word)
            | Q(unit__icontains=word)
        )
    return indicators


class Extent(NamedTuple):
    """How much is known of an indicator: facts, in how many areas, until which day (not included)."""

    facts: int
    areas: int
    until: date


def fact_counts(indicators: Iterable[Indicator]) -> dict[int, Extent]:
    """Return how much is known now of each indicator, by id, in one query; none for nothing known."""
    counted = (
        Fact.objects.current()
        .filter(indicator__in=[indicator.pk for indicator in indicators])
        .order_by()
        .values_list("indicator_id")
        .annotate(
            facts=Count("id"), areas=Count("area_id", distinct=True), until=Max("period_until")
        )
    )
    return {number: Extent(*extent) for number, *extent in counted}
