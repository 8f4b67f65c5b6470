"""What is known, as JSON for everybody: indicators, areas, figures. The same figures as the pages, to read.

A figure about people is here only as it may be said (`released`): what has not passed the gate is not there.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.decorators import decorate_view

from linli.directory.models import Area
from linli.facts import queries
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.queries.released import sayable
from linli.facts.rules.periods import of_typed
from linli.facts.schemas import answers
from linli.facts.schemas.answers import (
    AreasOut,
    Code,
    FiguresOut,
    IndicatorOut,
    IndicatorsOut,
    PageNumber,
    Problem,
    Typed,
)
from linli.kernel.open_answers import host_of, open_answer, page_of
from linli.kernel.refusals import Refused

router = Router(tags=["figures"])
_PROBLEMS: Any = {frozenset({404, 422, 429}): Problem}


@router.get("/indicators", response={200: IndicatorsOut, **_PROBLEMS})
@decorate_view(open_answer)
def list_indicators(request: HttpRequest, words: Typed = "", page: PageNumber = 1) -> IndicatorsOut:
    """Tell what is measured: the public indicators of which something is known, by code."""
    known = Fact.objects.current().filter(indicator=OuterRef("pk"))
    found = queries.listed_indicators(words=words, public=True).filter(Exists(known))
    total, pages, rows = page_of(found.order_by("code"), page)
    return IndicatorsOut(total=total, page=page, pages=pages, indicators=_told(rows, request))


@router.get("/indicators/{code}", response={200: IndicatorOut, **_PROBLEMS})
@decorate_view(open_answer)
def tell_indicator(request: HttpRequest, code: Code) -> IndicatorOut:
    """Tell what one indicator counts, in which unit, and how much is known of it."""
    return _told([_indicator(code)], request)[0]


@router.get("/areas", response={200: AreasOut, **_PROBLEMS})
@decorate_view(open_answer)
def list_areas(request: HttpRequest, words: Typed = "", page: PageNumber = 1) -> AreasOut:
    """Tell the areas of which a public figure is known, by code; words: part of a name, or a code."""
    spoken_of = Fact.objects.current().filter(indicator__public=True).values("area")
    found = Area.objects.filter(code__in=spoken_of)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code=word))
    total, pages, rows = page_of(found.order_by("code"), page)
    listed = [answers.area_out(one) for one in rows]
    return AreasOut(total=total, page=page, pages=pages, areas=listed)


@router.get("/figures", response={200: FiguresOut, **_PROBLEMS})
@decorate_view(open_answer)
def list_figures(
    request: HttpRequest,
    indicator: Code,
    area: Typed = "",
    period: Typed = "",
    page: PageNumber = 1,
) -> FiguresOut:
    """Tell the figures of one indicator that stand now; area: it and all inside it; period: exactly this one."""
    inside = {"indicator__about_people": True, "evidence__kind": Evidence.QUERY}
    facts = queries.series(_indicator(indicator)).exclude(**inside).select_related("indicator")
    if area:
        facts = facts.filter(area__in=Area.objects.within(area).values("code"))
    if period:
        asked = of_typed(period)
        if asked is None:
            raise Refused(
                "unknown_period", _("This period cannot be read: 2024, 2024-05, 2020/2024.")
            )
        facts = facts.filter(period_from=asked.start, period_until=asked.until)
    total, pages, rows = page_of(facts, page)
    host = host_of(request)
    said = [(fact, may_be) for fact in rows if (may_be := sayable(fact)) is not None]
    told = [answers.figure_out(fact, may_be, host) for fact, may_be in said]
    return FiguresOut(total=total, page=page, pages=pages, figures=told)


def _told(rows: list[Indicator], request: HttpRequest) -> list[IndicatorOut]:
    counts = queries.fact_counts(rows)
    known = {pk: (extent.facts, extent.areas) for pk, extent in counts.items()}
    return [answers.indicator_out(one, known, host_of(request)) for one in rows]


def _indicator(code: str) -> Indicator:
    found = Indicator.objects.public().filter(code=code).first()
    if found is None:
        raise Refused("no_indicator", _("No public indicator has this code."), status=404)
    return found
