"""Figures as templates show them: one row with what it states, where it comes from, what it was before."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext

from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.queries.released import value_said
from linli.facts.schemas import telling
from linli.facts.schemas.rows import Row, citation
from linli.facts.views.chart import Mark


def told(fact: Fact) -> dict[str, Any]:
    """Return one vintage in words. Its indicator and evidence must be at hand."""
    return {
        "fact": fact,
        "figure": telling.figure(fact),
        "withdrawn": fact.status == Fact.WITHDRAWN,
        "status": fact.status,
        "status_words": telling.STATUSES[fact.status],
        "period": telling.period(fact.period_from, fact.period_until),
        "source": source(fact.evidence),
    }


def told_row(row: Row) -> dict[str, Any]:
    """Return one row of a series: the newest vintage, and the earlier ones when there are any."""
    vintages = [told(fact) for fact in row.vintages]
    return vintages[-1] | {"first": vintages[0], "vintages": vintages if row.revised else []}


def source(evidence: Evidence) -> dict[str, Any]:
    """Return what a fact rests on: who says so, the words, where to look."""
    spoken = evidence.kind in {Evidence.SPAN, Evidence.STATEMENT}
    return {
        "evidence": evidence,
        "kind": evidence.get_kind_display(),
        "name": evidence.source,
        "quote": evidence.words if spoken else "",
        "address": telling.safe_address(evidence.address),
    }


def mark(row: Row) -> Mark | None:
    """Return a row as the chart draws it, None for what was withdrawn or stays inside."""
    fact = row.fact
    value = value_said(fact)
    if value is None:
        return None
    status = telling.STATUSES[fact.status]
    period = telling.period(fact.period_from, fact.period_until)
    return Mark(
        area=fact.area.name,
        start=fact.period_from,
        until=fact.period_until,
        value=value,
        low=fact.low,
        high=fact.high,
        status=fact.status,
        source=fact.evidence.source,
        label=f"{period}: {telling.figure(fact)} ({status}, {fact.evidence.source})",
        before=tuple(one for one in map(value_said, row.vintages[:-1]) if one is not None),
    )


def name_lang(indicator: Indicator) -> str:
    """Return the language of the name that is shown."""
    if indicator.shown_name == indicator.name:
        return "zh"
    return "en" if indicator.shown_name == indicator.name_en else "zh-Hant"


def cited(indicator: Indicator, fact: Fact, host: str) -> str:
    """Return the line with which a figure is quoted: what, of where and when, from whom, and where to look."""
    line = gettext(
        "%(place)s: %(name)s, %(period)s: %(figure)s (%(status)s). Source: %(source)s. Linli %(code)s, %(day)s. %(address)s"
    )
    return line % {
        "place": fact.area.name,
        "name": indicator.shown_name,
        "period": telling.period(fact.period_from, fact.period_until),
        "figure": telling.figure(fact),
        "status": telling.STATUSES[fact.status],
        "source": fact.evidence.source,
        "code": fact.code,
        "day": localdate(fact.at).isoformat(),
        "address": f"{host}{citation(fact)}",
    }
