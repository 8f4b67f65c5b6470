"""The city in three dimensions: prisms drawn on the server, the same figures in a table, and a map that turns, on request."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.models import Shape
from linli.atlas.queries import layers
from linli.atlas.queries.cells import AreaCell, cells
from linli.atlas.queries.extents import known_indicators
from linli.atlas.rules.maps import solids
from linli.atlas.rules.maps.prisms import EAST, NORTH, SIDES, SOUTH, WEST, prism_map
from linli.atlas.rules.maps.tiles import Entry
from linli.atlas.schemas import telling_cells
from linli.atlas.schemas.looking import PRISMS, Look, look
from linli.atlas.schemas.sections import FIRST
from linli.atlas.views.atlas import looked
from linli.atlas.views.shown import state
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.kernel.refusals import Refused, problem
from linli.kernel.text import Words

MOST_BUILDINGS = 300
_TRIED = 12  # figures, before the atlas is asked to choose one
_SIDES: dict[str, Words] = {
    SOUTH: pgettext_lazy("seen from", "the south"),
    WEST: pgettext_lazy("seen from", "the west"),
    NORTH: pgettext_lazy("seen from", "the north"),
    EAST: pgettext_lazy("seen from", "the east"),
}
_BUILDINGS = dict(Shape.BUILDINGS)


@require_safe
@vary_on_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Show one figure of all parts of an area as prisms, the public buildings, and the way to the map in 3D."""
    indicators = known_indicators()
    elsewhere = redirect(f"{reverse('atlas:atlas')}?{request.GET.urlencode()}")
    side = request.GET.get("side", SOUTH)
    try:
        found = _look(request.GET, indicators)
    except Refused:
        return elsewhere  # the atlas says what it could not read
    if found is None or side not in SIDES:
        return elsewhere
    shown = looked(found, indicators)
    entries = entries_of(shown["cells"], found.indicator)
    drawn = prism_map(
        entries, layers.shapes([one.code for one in entries]), side=side, method=found.method
    )
    return render(
        request,
        "atlas/space.html",
        shown
        | {
            "drawn": drawn,
            "sides": [
                (words, found.query(side=code if code != SOUTH else ""), code == side)
                for code, words in _SIDES.items()
            ],
            "side": _SIDES[side],
            "buildings": _buildings(found),
            "data": reverse("atlas:space_areas") + found.query(),
        },
    )


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Return the same look as one GeoJSON: places with figure and height, public buildings with theirs."""
    try:
        found = _look(request.GET, known_indicators())
    except Refused as refused:
        return problem(refused)
    if found is None:
        raise Http404
    codes = [one.code for one in found.parts]
    entries = entries_of(
        cells(found.indicator, found.parts, found.period, found.when), found.indicator
    )
    told = solids.scene(
        entries,
        layers.shapes(codes),
        [(one, str(_BUILDINGS[one.kind])) for one in _standing(found)],
        method=found.method,
    )
    told["notice"] = layers.notice(codes)
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    answer["Content-Type"] = "application/geo+json"
    return answer


def entries_of(shown: list[AreaCell], indicator: Indicator) -> list[Entry]:
    """Return cells as what a map draws; each leads to its row in the table."""
    return [
        Entry(
            code=cell.area_code,
            name=cell.area_name,
            value=cell.value,
            state=state(cell),
            short=telling_cells.short(cell, indicator),
            label=f"{cell.area_name}: {telling_cells.said(cell, indicator)}",
            address=f"#p-{cell.area_code}",
        )
        for cell in shown
    ]


def _look(given: QueryDict, indicators: list[Indicator]) -> Look | None:
    """Return what is asked for; who asks for nothing sees how many live where, or the first figure known of parts of a place."""
    asked = given.copy()
    asked["view"] = PRISMS
    if asked.get("indicator"):
        return look(asked, indicators)
    for code in sorted((one.code for one in indicators), key=lambda one: one != FIRST)[:_TRIED]:
        asked["indicator"] = code
        if found := look(asked, indicators):
            return found
    return None


def _standing(found: Look) -> list[layers.Building]:
    inside = Area.objects.within(found.parent.code).values_list("code", flat=True)
    return layers.buildings(inside)[:MOST_BUILDINGS]


def _buildings(found: Look) -> list[dict[str, Any]]:
    """Return the public buildings as a table shows them."""
    standing = _standing(found)
    names = dict(
        Area.objects.filter(code__in={one.area for one in standing}).values_list("code", "name")
    )
    unknown = gettext_lazy("Public building")
    return [
        {"building": one, "kind": _BUILDINGS.get(one.kind, unknown), "place": names[one.area]}
        for one in standing
    ]
