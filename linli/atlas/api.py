"""The atlas as JSON for everybody: cells side by side, and releases. What the pages show, to read."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.decorators import decorate_view

from linli.atlas.models import Release
from linli.atlas.queries.cells import cells
from linli.atlas.schemas.answers import (
    CellsOut,
    Code,
    PageNumber,
    Problem,
    ReleaseOut,
    ReleasesOut,
    Typed,
    cells_out,
    release_out,
)
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import of_typed
from linli.kernel.codes import read_code
from linli.kernel.open_answers import host_of, open_answer, page_of
from linli.kernel.refusals import Refused

router = Router(tags=["atlas"])
MOST = 40  # areas side by side
_PROBLEMS: Any = {frozenset({404, 422, 429}): Problem}


@router.get("/cells", response={200: CellsOut, **_PROBLEMS})
@decorate_view(open_answer)
def tell_cells(request: HttpRequest, indicator: Code, period: Typed, areas: Typed) -> CellsOut:
    """Tell what may be said of areas over one period, side by side; areas: codes, separated by commas."""
    return cells_asked(indicator, period, areas.split(","), host_of(request))


@router.get("/releases", response={200: ReleasesOut, **_PROBLEMS})
@decorate_view(open_answer)
def list_releases(request: HttpRequest, page: PageNumber = 1) -> ReleasesOut:
    """Tell the tables about people that passed the release gate, the newest first."""
    found = Release.objects.released().select_related("product__scope")
    total, pages, rows = page_of(found.order_by("-decided_at", "-pk"), page)
    told = [release_out(one, host_of(request)) for one in rows]
    return ReleasesOut(total=total, page=page, pages=pages, releases=told)


@router.get("/releases/{code}", response={200: ReleaseOut, **_PROBLEMS})
@decorate_view(open_answer)
def tell_release(request: HttpRequest, code: Code) -> ReleaseOut:
    """Tell one release by its code; its table lies at `table`."""
    found = Release.objects.released().select_related("product__scope")
    one = found.filter(code=read_code(code) or "").first()
    if one is None:
        raise Refused("no_release", _("Nothing was released under this code."), status=404)
    return release_out(one, host_of(request))


def cells_asked(indicator: str, period: str, areas: list[str], host: str) -> CellsOut:
    """Return what may be said of these areas, in their order.

    Refuses: no_indicator (404); unknown_period when it cannot be read; no_area (404) when a code is none;
    too_many_areas beyond `MOST`.
    """
    of = Indicator.objects.public().filter(code=indicator).first()
    if of is None:
        raise Refused("no_indicator", _("No public indicator has this code."), status=404)
    over = of_typed(period)
    if over is None:
        raise Refused("unknown_period", _("This period cannot be read: 2024, 2024-05, 2020/2024."))
    codes = [*dict.fromkeys(code.strip()[:12] for code in areas if code.strip())]
    if len(codes) > MOST:
        raise Refused("too_many_areas", _("So many places are not told at once."))
    found = Area.objects.in_bulk(codes)
    if not codes or len(found) < len(codes):
        raise Refused("no_area", _("No place here has this code."), status=404)
    return cells_out(of, over, cells(of, [found[code] for code in codes], over), host)
