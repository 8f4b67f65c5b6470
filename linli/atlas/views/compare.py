"""Two places side by side, figure by figure, each over the newest period that is known of both."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.queries.cells import AreaCell
from linli.atlas.queries.compared import Pair, comparable_areas, pairs
from linli.atlas.queries.extents import known_indicators
from linli.atlas.rules.maps.difference import POINTS, SAME, TIMES, bars, difference
from linli.atlas.schemas import telling_cells
from linli.atlas.schemas.sections import sorted_in
from linli.atlas.views.shown import release_of, state
from linli.directory.models import Area
from linli.facts.schemas import telling
from linli.facts.views.told import name_lang
from linli.kernel.text import Words

_PERCENT = frozenset({"%", "percent"})


class CompareForm(forms.Form):
    """Which two places are compared."""

    a = forms.ChoiceField(label=pgettext_lazy("to compare", "One place"))
    b = forms.ChoiceField(label=pgettext_lazy("to compare", "The other place"))

    def __init__(self, given: QueryDict | None, areas: Sequence[Area]) -> None:
        super().__init__(given)
        fields: dict[str, Any] = self.fields
        for name in ("a", "b"):
            fields[name].choices = _choices(areas)
            fields[name].error_messages["invalid_choice"] = _("No place here has this code.")

    def clean(self) -> dict[str, Any]:
        """Refuse a place beside itself."""
        chosen = self.cleaned_data
        if chosen.get("a") and chosen.get("a") == chosen.get("b"):
            self.add_error("b", _("Choose two different places."))
        return chosen


@require_safe
@vary_on_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Compare two places, or ask which."""
    indicators = known_indicators()
    areas = comparable_areas(indicators)
    asked = "a" in request.GET or "b" in request.GET
    form = CompareForm(request.GET if asked else None, areas)
    context: dict[str, Any] = {
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Atlas"), reverse("atlas:atlas")),
            (_("Two places"), ""),
        ],
        "form": form,
    }
    if not form.is_valid():
        return render(request, "atlas/compare.html", context, status=422 if asked else 200)
    by_code = {area.code: area for area in areas}
    first, second = by_code[form.cleaned_data["a"]], by_code[form.cleaned_data["b"]]
    found, apart = pairs(indicators, first, second)
    context |= {
        "first": first,
        "second": second,
        "groups": _groups(found),
        "apart": apart,
        "turned": f"?a={second.code}&b={first.code}",
    }
    return render(request, "atlas/compare.html", context)


def _choices(areas: Iterable[Area]) -> list[tuple[str, Any]]:
    """Return places under what they lie in."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for area in areas:
        within = area.parent.name if area.parent else area.name
        grouped.setdefault(within, []).append((area.code, area.name))
    return [("", _("Choose a place")), *grouped.items()]


def _groups(found: Sequence[Pair]) -> list[tuple[Words, list[dict[str, Any]]]]:
    by_code = {pair.indicator.pk: pair for pair in found}
    return [
        (
            section.name if section else _("Other figures"),
            [_row(by_code[indicator.pk]) for indicator in listed],
        )
        for section, listed in sorted_in(pair.indicator for pair in found)
    ]


def _row(pair: Pair) -> dict[str, Any]:
    period = pair.first.period
    return {
        "indicator": pair.indicator,
        "name_lang": name_lang(pair.indicator),
        "period": telling.period(period.start, period.until),
        "cells": [_told(cell, pair) for cell in (pair.first, pair.second)],
        "difference": _difference(pair),
        "bars": bars(pair.first.value, pair.second.value),
    }


def _told(cell: AreaCell, pair: Pair) -> dict[str, Any]:
    return {
        "cell": cell,
        "state": state(cell),
        "said": telling_cells.said(cell, pair.indicator),
        "release": release_of(cell),
    }


def _difference(pair: Pair) -> str:
    """Return in words how two cells differ; nothing for figures that are not stated exactly."""
    if {pair.first.bound, pair.second.bound} != {"exact"}:
        return ""
    found = difference(
        pair.first.value, pair.second.value, in_percent=pair.indicator.unit in _PERCENT
    )
    larger = pair.first if found.larger == 1 else pair.second
    told = {"place": larger.area_name, "amount": telling.number(found.amount)}
    if found.kind == SAME:
        return _("the same")
    if found.kind == POINTS:
        return _("%(place)s: %(amount)s percentage points more") % told
    if found.kind == TIMES:
        return _("%(place)s: %(amount)s times as much") % told
    return ""
