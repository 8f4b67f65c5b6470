"""The atlas: the way in, and one figure of all parts of an area, on a map, in a table and in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.queries.cells import AreaCell, histories, tables
from linli.atlas.queries.extents import known_indicators
from linli.atlas.queries.layers import notice
from linli.atlas.schemas import telling_cells
from linli.atlas.schemas.looking import CHART, PRISMS, TILES, VIEWS, Look, LookForm, look
from linli.atlas.schemas.sections import SECTIONS, section_of, sorted_in
from linli.atlas.views.shown import legend, map_of, over_time, rows_of, squares
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period, shown
from linli.facts.schemas import telling
from linli.facts.views.chart import Chart
from linli.facts.views.told import name_lang
from linli.kernel.refusals import Refused

_NO_SUMS = frozenset({"rate", "growth", "duration"})
MOST_YEARS = 12  # links of a timeline; the form has all of them


@require_safe
@vary_on_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Show one figure of all parts of an area, or what there is to choose from."""
    indicators = known_indicators()
    try:
        found = look(request.GET, indicators)
    except Refused as refused:
        return _start(request, indicators, refused)
    if found is None:
        return _start(request, indicators)
    if found.view == PRISMS:
        return redirect(_address(found, PRISMS))
    return render(request, "atlas/look.html", looked(found, indicators))


def looked(found: Look, indicators: list[Indicator]) -> dict[str, Any]:
    """Return what every page about one look shows: heading, choices, timeline, map, words, table."""
    whole, cells, before = _cells(found)
    drawn = map_of(
        cells,
        found.indicator,
        squares(found.parent.code, found.parts),
        method=found.method,
        address=lambda cell: f"#p-{cell.area_code}",
    )
    return _head(found, indicators) | {
        "cells": cells,
        "whole": whole,
        "drawn": drawn if found.view == TILES else None,
        "legend": legend(drawn, found.indicator),
        "notice": notice([area.code for area in found.parts]),
        "sentences": telling_cells.sentences(cells, whole, found.indicator),
        "rows": rows_of(cells, found.indicator, before),
        "period": _words(found.period),
        "before": _words(found.before) if found.before else "",
        "any_kept_back": any(cell.is_kept_back for cell in cells),
        "chart": _chart(found) if found.view == CHART else None,
        "statuses": [one for one in Fact.STATUSES if one[0] != Fact.WITHDRAWN],
    }


def _start(
    request: HttpRequest, indicators: list[Indicator], refused: Refused | None = None
) -> HttpResponse:
    counted = {one.code: len(listed) for one, listed in sorted_in(indicators) if one}
    asked = request.GET.get("indicator", "")
    context = {
        "trail": [(_("Home"), reverse("portal:home")), (_("Atlas"), "")],
        "sections": [(one, counted.get(one.code, 0)) for one in SECTIONS],
        "form": LookForm(QueryDict(), indicators),
        "unmapped": next((one for one in indicators if one.code == asked), None),
        "refused": refused,
    }
    return render(request, "atlas/start.html", context, status=refused.status if refused else 200)


def _head(found: Look, indicators: list[Indicator]) -> dict[str, Any]:
    return {
        "trail": _trail(found),
        "found": found,
        "indicator": found.indicator,
        "name_lang": name_lang(found.indicator),
        "unit": found.indicator.shown_unit,
        "form": LookForm(QueryDict(found.query().removeprefix("?")), indicators, found),
        "views": [(word, words, _address(found, word)) for word, words in VIEWS.items()],
        "years": _years(found),
    }


def _cells(found: Look) -> tuple[AreaCell, list[AreaCell], list[AreaCell]]:
    """Return the cell of the whole area, those of its parts, and the parts' over the period before."""
    areas = [found.parent, *found.parts]
    before = found.before
    wanted = [(found.indicator, period) for period in (found.period, before) if period]
    known = tables(wanted, areas, found.when)
    whole, *cells = known[found.indicator.pk, found.period]
    return whole, cells, known[found.indicator.pk, before][1:] if before else []


def _chart(found: Look) -> Chart | None:
    """Return the parts over time; the whole beside them only where it is no sum, whose height would flatten them."""
    whole = [found.parent] if found.indicator.kind in _NO_SUMS else []
    history = histories([found.indicator], [*whole, *found.parts], found.when)
    return over_time(history[found.indicator.pk], found.indicator)


def _address(found: Look, view: str) -> str:
    """Return where a look is shown in another way: prisms have a page of their own."""
    name = "atlas:space" if view == PRISMS else "atlas:atlas"
    return reverse(name) + found.query(view=view)


def _years(found: Look) -> list[tuple[str, str, bool]]:
    """Return the periods around this one from the oldest on: words, address, whether it is this one."""
    known = [one.period for one in found.periods]
    at = known.index(found.period)
    first = max(0, min(at - MOST_YEARS // 2, len(known) - MOST_YEARS))
    return [
        (_words(one), found.query(period=shown(one)), one == found.period)
        for one in reversed(known[first : first + MOST_YEARS])
    ]


def _words(period: Period) -> str:
    return telling.period(period.start, period.until)


def _trail(found: Look) -> list[tuple[Any, str]]:
    section = section_of(found.indicator)
    named = [(section.name, reverse("atlas:section", args=[section.code]))] if section else []
    return [
        (_("Home"), reverse("portal:home")),
        (_("Atlas"), reverse("atlas:atlas")),
        *named,
        (found.indicator.shown_name, ""),
    ]
