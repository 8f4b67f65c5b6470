"""What everybody may see of what is known: the list of indicators, and the page of each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.directory.models import Area
from linli.facts import queries
from linli.facts.models import Fact, FactQuerySet, Indicator, IndicatorQuerySet
from linli.facts.schemas import telling
from linli.facts.schemas.asked import Asked, IndicatorFilterForm, SeriesForm
from linli.facts.schemas.rows import COLUMNS, known, rows
from linli.facts.views.chart import chart
from linli.facts.views.told import mark, name_lang, told, told_row
from linli.kernel.refusals import Refused

PER_PAGE = 25
ROWS_PER_PAGE = 50
MOST_MARKS = 300  # a chart of more says nothing


@require_safe
@vary_on_cookie
def public_list(request: HttpRequest) -> HttpResponse:
    form = IndicatorFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, area = chosen.get("words", ""), chosen.get("area", "")
    facts = _facts(area)
    page = Paginator(_indicators(words, facts), PER_PAGE).get_page(request.GET.get("page"))
    indicators = list(page)
    newest, counts = _newest(indicators, facts), queries.fact_counts(indicators)
    context = {
        "trail": [(_("Home"), reverse("portal:home")), (_("Figures"), "")],
        "form": form,
        "page": page,
        "cards": [
            {
                "indicator": one,
                "name_lang": name_lang(one),
                "newest": told(newest[one.pk]),
                "places": counts[one.pk].areas,
            }
            for one in indicators
            if one.pk in newest and one.pk in counts  # nobody withdrew it between two queries
        ],
        "filtered": bool(request.GET),
    }
    return render(request, "facts/public_list.html", context)


@require_safe
@vary_on_cookie
def public_indicator(request: HttpRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator.objects.public(), code=code)
    form = SeriesForm(request.GET, indicator)
    context = _head(indicator) | {"form": form, "data_query": _kept(request)}
    try:
        context |= _series(request, indicator, form.asked())
    except Refused as refused:
        return render(
            request, "facts/public_indicator.html", context | {"refused": refused}, status=422
        )
    return render(request, "facts/public_indicator.html", context)


def _facts(area: str) -> FactQuerySet:
    """Return what is known now of an area and all inside it, its own figures first, then the newest."""
    facts = Fact.objects.current().filter(indicator=OuterRef("pk"))
    if not area:
        return facts.order_by("-period_until", "-at", "-id")
    inside = Area.objects.within(area).values("code")
    return facts.filter(area__in=inside).order_by("area", "-period_until", "-at", "-id")


def _indicators(words: str, facts: FactQuerySet) -> IndicatorQuerySet:
    """Return public indicators of which something is known."""
    found = queries.listed_indicators(words=words.replace("\0", ""), public=True)
    return found.filter(Exists(facts)).order_by("code")


def _newest(indicators: list[Indicator], facts: FactQuerySet) -> dict[int, Fact]:
    """Return the newest figure of each indicator, by its key."""
    keys = [indicator.pk for indicator in indicators]
    newest = Indicator.objects.filter(pk__in=keys).values_list(Subquery(facts.values("pk")[:1]))
    found = Fact.objects.select_related("indicator", "area", "evidence")
    return {fact.indicator_id: fact for fact in found.filter(pk__in=newest)}


def _head(indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "name_lang": name_lang(indicator),
        "statuses": [one for one in Fact.STATUSES if one[0] != Fact.WITHDRAWN],
        "unit": indicator.shown_unit,
        "columns": COLUMNS.items(),
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Figures"), reverse("facts:public_list")),
            (indicator.shown_name, ""),
        ],
    }


def _series(request: HttpRequest, indicator: Indicator, asked: Asked) -> dict[str, Any]:
    facts = known(indicator, asked)
    page = Paginator(facts, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    drawn = [mark(row) for row in rows(facts.standing()[:MOST_MARKS])]
    return {
        "page": page,
        "rows": [told_row(row) for row in rows(page)],
        "asked": asked,
        "chart": chart([one for one in drawn if one], telling.short),
    }


def _kept(request: HttpRequest) -> str:
    """Return the filters as CSV and JSON understand them, with the question mark."""
    kept = {name: request.GET[name] for name in ("area", "as_of") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
