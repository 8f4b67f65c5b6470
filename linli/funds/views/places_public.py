"""Public money of one place: its funds, the projects that it receives and gives, its figures by year."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.directory.models import Area
from linli.facts.schemas import telling
from linli.funds.models import ProjectQuerySet
from linli.funds.queries.places import Told, figures_of, given_by, received_in
from linli.funds.queries.projects import by_state, with_states
from linli.funds.queries.published_funds import Asked, funds_on_show, places_of_funds
from linli.funds.queries.standing import standing_funds
from linli.funds.queries.totals import whole_totals
from linli.funds.views.funds_public import PER_PAGE, cards, trail
from linli.funds.views.money_told import sums
from linli.funds.views.project_words import LAMPS
from linli.kernel.clock import now
from linli.ui.kept import kept_while

MOST_PROJECTS = 24


@require_safe
@kept_while(standing_funds, "page")
def place(request: HttpRequest, area: str) -> HttpResponse:
    """Show the money and the projects of a place and all inside it."""
    found = get_object_or_404(Area.objects.select_related("parent"), code=area)
    asked = Asked(area=found.code)
    funds = funds_on_show(asked)
    page = Paginator(funds, PER_PAGE).get_page(request.GET.get("page"))
    context = sums(whole_totals(funds), asked, now()) | {
        "area": found,
        "page": page,
        "cards": cards(page.object_list),
        "received": _projects(received_in(found)),
        "given": _projects(given_by(found)),
        "figures": [_figure(one) for one in figures_of(found)],
        "parts": places_of_funds().filter(parent=found),
        "trail": trail((found.name, "")),
    }
    return render(request, "funds/public_place.html", context)


def _projects(projects: ProjectQuerySet) -> dict[str, Any]:
    """Return how many of these projects stand how, and the first of them. Three queries, one where there are none."""
    if not projects.exists():
        return {"total": 0}
    today = localdate(now())
    counts = by_state(projects, today)
    total = sum(counts.values())
    shown = with_states(projects, today).select_related("giving", "receiving")[:MOST_PROJECTS]
    return {
        "total": total,
        "counts": [(*LAMPS[state], count) for state, count in counts.items() if count],
        "rows": [(one, *LAMPS[one.state]) for one in shown],
        "more": total > MOST_PROJECTS,
    }


def _figure(told: Told) -> dict[str, Any]:
    return {
        "indicator": told.indicator,
        "facts": [
            (one, telling.period(one.period_from, one.period_until), telling.figure(one))
            for one in told.facts
        ],
    }
