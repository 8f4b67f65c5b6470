"""Food premises for everybody: the list, its map, and the page of one with everything that is told of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.trace.forms.operators import PremisesFilterForm
from linli.trace.models import Operator
from linli.trace.queries.premises_lists import Asked, premises_found, premises_placed, premises_rows
from linli.trace.queries.premises_page import premises_page
from linli.trace.queries.standing_food import standing_food
from linli.trace.schemas.premises_rows import OPERATOR_COLUMNS, PERMIT_COLUMNS
from linli.trace.views.food_map import food_map
from linli.trace.views.premises_words import (
    activity_words,
    paper_told,
    permit_told,
    row_told,
    share_said,
    test_told,
    visit_told,
)
from linli.ui.kept import kept_while

ROWS = 20


@require_safe
@kept_while(standing_food, "area", "activity", "stand", "seen", "square", "page")
def food(request: HttpRequest) -> HttpResponse:
    """List premises with their permits and latest inspections."""
    at, form = now(), PremisesFilterForm(request.GET)
    asked = form.asked
    page = Paginator(premises_found(asked, at), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [row_told(row) for row in premises_rows(page.object_list, at)],
        "filtered": asked != Asked(),
        "square": asked.square,
        "address": reverse("trace:food"),
        "columns": [(OPERATOR_COLUMNS, "operators.csv"), (PERMIT_COLUMNS, "permits.csv")],
        "trail": _trail(),
    }
    return render(request, "trace/food.html", context)


@require_safe
@kept_while(standing_food, "area", "activity", "stand", "seen", "square")
def food_squares(request: HttpRequest) -> HttpResponse:
    """Draw the same premises as squares, and say the same as a table."""
    at, form = now(), PremisesFilterForm(request.GET)
    drawn = food_map(premises_placed(premises_found(form.asked, at), at))
    context = {
        "form": form,
        "map": drawn,
        "squares": [(one, _narrowed(request, one.name)) for one in drawn.squares],
        "filtered": form.asked != Asked(),
        "address": reverse("trace:food_map"),
        "trail": _trail((_("Map"), "")),
    }
    return render(request, "trace/food_map.html", context)


@require_safe
@kept_while(standing_food)
def premises(request: HttpRequest, code: str) -> HttpResponse:
    """Show one premises: permits, inspections, tests, recalls, what the business says."""
    told = premises_page(code, now())
    if told is None:
        raise Http404
    place, last = told.premises, next(iter(told.visits), None)
    context: dict[str, Any] = {
        "told": told,
        "premises": place,
        "operator": place.operator,
        "called": called(place.operator),
        "permit": permit_told(told.stand),
        "seen": visit_told(last),
        "last": last,
        "activities": activity_words(place.activities),
        "permits": [
            (one, paper_told(state), activity_words(one.scope)) for one, state in told.permits
        ],
        "visits": [(one, visit_told(one), share_said(one)) for one in told.visits],
        "tests": [(one, test_told(one), one.words(get_language() or "en")) for one in told.tests],
        "trail": _trail((place.name, "")),
    }
    return render(request, "trace/premises.html", context)


def called(operator: Operator) -> str:
    """Return the name that a business gave itself in the language of the page, "" without one."""
    said = operator.names.get((get_language() or "").split("-")[0], "")
    return said if isinstance(said, str) else ""


def _narrowed(request: HttpRequest, square: str) -> str:
    query = request.GET.copy()
    query["square"] = square
    return f"{reverse('trace:food')}?{query.urlencode()}"


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:food") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Food you can check"), here), *steps]
