"""Rates for everybody: which there are, and one of them in all places where something is known of either side."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.actions.citing import WHY
from linli.atlas.models import Rate
from linli.atlas.queries import layers
from linli.atlas.queries.extents import Parent, parents_of, parts_of, standing
from linli.atlas.queries.rates import RateCell, newest_first, rate_cells, spans
from linli.atlas.rules.maps.tiles import KEPT_BACK, KNOWN, UNKNOWN, Entry, TileMap, tile_map
from linli.atlas.schemas import figure_words
from linli.atlas.schemas.cell_asked import way_to
from linli.atlas.schemas.cell_words import name_lang, words
from linli.directory.models import Area
from linli.facts.rules.periods import Period, of_iso, shown
from linli.facts.schemas import telling
from linli.kernel.text import Words

MOST_PERIODS = 12


class Seen(NamedTuple):
    """What of a rate is looked at: an area with its parts over a period, out of so many."""

    parents: list[Parent]
    parent: Area
    areas: list[Area]
    period: Period
    periods: list[Period]


@require_safe
@vary_on_cookie
def rates(request: HttpRequest) -> HttpResponse:
    """List the rates that are declared."""
    listed = [(one, name_lang(one), _taken(one)) for one in Rate.objects.public().whole()]
    context = {"rates": listed, "trail": _trail()}
    return render(request, "atlas/rates.html", context)


@require_safe
@vary_on_cookie
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Show one rate in the parts of an area over a period; where it cannot be taken the page says why."""
    of = get_object_or_404(Rate.objects.public().whole(), code=code)
    seen = _seen(of, request.GET)
    context: dict[str, Any] = {
        "rate": of,
        "name_lang": name_lang(of),
        "taken": _taken(of),
        "trail": _trail((of.shown_name, "")),
        "seen": seen,
    }
    if seen is not None:
        context |= _shown(of, seen)
    return render(request, "atlas/rate.html", context)


def _seen(of: Rate, asked: QueryDict) -> Seen | None:
    """Return what to look at: what was asked for if it is known, else where and when most is; None if nothing is."""
    sides = [of.numerator, of.denominator]
    parents = parents_of(sides)
    if not parents:
        return None
    wanted = asked.get("area", "")
    parent = next((one.area for one in parents if one.area.code == wanted), parents[0].area)
    areas = [parent, *parts_of(parent)]
    known = spans(sides, areas)
    both = [
        known.get((of.numerator_id, area.code), set()) & known.get((of.denominator_id, area.code), set())
        for area in areas
    ]  # fmt: skip
    periods = newest_first(set().union(*known.values()))
    typed = asked.get("period", "")
    period = of_iso(typed) if len(typed) <= 30 else None
    if period not in periods:
        period = max(periods, key=lambda one: (sum(one in each for each in both), one.until))
    return Seen(parents, parent, standing(areas, period), period, periods[:MOST_PERIODS])


def _shown(of: Rate, seen: Seen) -> dict[str, Any]:
    cells = rate_cells(of, seen.areas, seen.period)
    inside = [cell for cell in cells if cell.area != seen.parent]
    drawn = _drawn(of, inside, seen.parent)
    return {
        "period": words(seen.period),
        "places": [
            (one.area, _address(of, one.area, seen.period), one.area == seen.parent)
            for one in seen.parents
        ],
        "years": [
            (words(one), _address(of, seen.parent, one), one == seen.period) for one in seen.periods
        ],
        "rows": [_row(of, cell, seen.period) for cell in cells],
        "drawn": drawn,
        "legend": _legend(of, drawn),
        "notice": layers.notice([area.code for area in seen.areas]),
        "unit": figure_words.unit(of),
        "title": f"{of.shown_name}, {words(seen.period)}",
    }


def _row(of: Rate, cell: RateCell, period: Period) -> dict[str, Any]:
    made = cell.made
    return {
        "area": cell.area,
        "said": _brief(of, cell),
        "kept_back": made.point is not None and made.point.value is None,
        "why": WHY.get(made.why, ""),
        "numerator": _side(cell, "numerator", of),
        "denominator": _side(cell, "denominator", of),
        "address": way_to(of, cell.area.code, period) if made.point else "",
    }


def _side(cell: RateCell, side: str, of: Rate) -> dict[str, str]:
    found = cell.numerator if side == "numerator" else cell.denominator
    indicator = of.numerator if side == "numerator" else of.denominator
    if found.value is None:
        return {"said": _("kept back") if found.is_kept_back else _("not known"), "fact": ""}
    return {
        "said": figure_words.value(found.value, indicator, found.bound),
        "fact": found.fact_code,
    }


def _drawn(of: Rate, cells: Sequence[RateCell], parent: Area) -> TileMap | None:
    entries = [
        Entry(
            code=cell.area.code,
            name=cell.area.name,
            value=cell.made.point.value if cell.made.point else None,
            state=_state(cell),
            short=_short(of, cell),
            label=f"{cell.area.name}: {figure_words.point(cell.made.point, of)}",
            address=f"#p-{cell.area.code}",
        )
        for cell in cells
    ]
    return tile_map(entries, layers.layout(parent.code))


def _state(cell: RateCell) -> str:
    if cell.made.point is None:
        return UNKNOWN
    return KEPT_BACK if cell.made.point.value is None else KNOWN


def _brief(of: Rate, cell: RateCell) -> str:
    point = cell.made.point
    if point is None or point.value is None:
        return _("kept back") if point else ""
    return figure_words.brief(point.value, of)


def _short(of: Rate, cell: RateCell) -> str:
    point = cell.made.point
    if point is None or point.value is None:
        return _("kept back") if point else "—"
    return figure_words.short(point.value, of)


def _legend(of: Rate, drawn: TileMap | None) -> list[dict[str, Any]]:
    if drawn is None:
        return []
    return [
        {
            "step": one.step,
            "count": one.count,
            "words": figure_words.bare(one.low, of)
            if one.low == one.high
            else f"{figure_words.bare(one.low, of)}–{figure_words.bare(one.high, of)}",
        }
        for one in drawn.classes
    ]


def _taken(of: Rate) -> str:
    """Return how a rate is taken: 1,000 × teachers ÷ pupils."""
    times = f"{telling.number(Decimal(of.per))} × " if of.per > 1 else ""
    return f"{times}{of.numerator.shown_name} ÷ {of.denominator.shown_name}"


def _address(of: Rate, area: Area, period: Period) -> str:
    asked = urlencode({"area": area.code, "period": shown(period)})
    return f"{reverse('atlas:rate', args=[of.code])}?{asked}"


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:rates") if steps else ""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Atlas"), reverse("atlas:atlas")),
        (_("Rates"), here),
        *steps,
    ]
