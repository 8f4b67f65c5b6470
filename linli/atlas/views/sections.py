"""A section of the atlas: its figures within one area, each as a small map with what it says."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.queries.cells import AreaCell, tables
from linli.atlas.queries.extents import (
    Parent,
    extents,
    known_indicators,
    newest_full,
    parents_of,
    parts_of,
    standing,
)
from linli.atlas.queries.layers import notice
from linli.atlas.schemas.sections import section as section_of_code
from linli.atlas.schemas.sections import sorted_in
from linli.atlas.schemas.telling_cells import FEW_KNOWN, few, sentences
from linli.atlas.views.shown import Places, map_of, squares
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, shown
from linli.facts.schemas import telling
from linli.facts.views.told import name_lang


class PlaceForm(forms.Form):
    """Within which area a section is looked at."""

    area = forms.ChoiceField(label=pgettext_lazy("of an area", "Within"), required=False)

    def __init__(self, chosen: str, parents: list[Parent]) -> None:
        super().__init__({"area": chosen})
        fields: dict[str, Any] = self.fields
        fields["area"].choices = [(one.area.code, one.area.name) for one in parents]


@require_safe
@vary_on_cookie
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the figures of a section within an area, the one of which the most is known unless one is chosen."""
    section = section_of_code(code)
    if section is None:
        raise Http404
    belonging = next(
        (listed for one, listed in sorted_in(known_indicators()) if one == section), []
    )
    parents = parents_of(belonging)
    asked = request.GET.get("area", "").replace("\0", "")
    parent = next((one.area for one in parents if one.area.code == asked), None)
    unknown = bool(asked) and parent is None
    parent = parent or (parents[0].area if parents else None)
    context = {
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Atlas"), reverse("atlas:atlas")),
            (section.name, ""),
        ],
        "section": section,
        "unknown": unknown,
    }
    if parent is not None:
        context |= _shown(belonging, parent)
        context["form"] = PlaceForm(parent.code, parents)
    return render(request, "atlas/section.html", context, status=422 if unknown else 200)


def _shown(belonging: list[Indicator], parent: Area) -> dict[str, Any]:
    parts = parts_of(parent)
    known = extents(belonging, parts)
    wanted = [(one, newest_full(known[one.pk])) for one in belonging if one.pk in known]
    cells = tables(wanted, [parent, *parts])
    places = squares(parent.code, parts)
    cards = [
        _card(one, period, parent, standing(parts, period), cells[one.pk, period], places)
        for one, period in wanted
    ]
    return {
        "parent": parent,
        "notice": notice([area.code for area in parts]),
        "cards": [card for card in cards if card["drawn"]],
        "single": [card for card in cards if not card["drawn"]],
        "elsewhere": [one for one in belonging if one.pk not in known],
    }


def _card(
    indicator: Indicator,
    period: Period,
    parent: Area,
    parts: list[Area],
    cells: list[AreaCell],
    places: Places,
) -> dict[str, Any]:
    """Return one figure: a map where enough is known for one, and its sentences."""
    codes = {area.code for area in parts}
    whole, *each = cells
    standing_then = [cell for cell in each if cell.area_code in codes]
    told = sum(cell.released is not None for cell in standing_then)
    asked = {"indicator": indicator.code, "area": parent.code, "period": shown(period)}
    return {
        "indicator": indicator,
        "name_lang": name_lang(indicator),
        "unit": indicator.shown_unit,
        "period": telling.period(period.start, period.until),
        "address": f"{reverse('atlas:atlas')}?{urlencode(asked)}",
        "drawn": map_of(standing_then, indicator, places) if told >= FEW_KNOWN else None,
        "sentences": sentences(standing_then, whole, indicator),
        "few": few(standing_then, indicator),
    }
