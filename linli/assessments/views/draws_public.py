"""Draws for everybody: that there is one, its hash, that its list is closed; what was drawn once it is no surprise."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.assessments.forms.draws import KindForm
from linli.assessments.models import Draw
from linli.assessments.queries.draw_words import STATES, checks_of, state_of, visits_of
from linli.assessments.queries.draws import in_public, listed_draws, told, visits_to_come
from linli.kernel.clock import now
from linli.kernel.drawing import PATIENCE, lateness
from linli.kernel.text import Words

PER_PAGE = 50


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """List all draws, of whatever kind."""
    form, at = KindForm(request.GET), now()
    page = Paginator(listed_draws(form.asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, STATES[state_of(one, at)]) for one in page.object_list],
        "page": page,
        "form": form,
        "filtered": form.asked,
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "assessments/draws.html", context)


@require_safe
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Show one draw: what is known of it now, and what was drawn from the day on which that is no surprise."""
    found, at = get_object_or_404(listed_draws(), code=code), now()
    shown = in_public(found, localdate(at))
    rows = (checks_of(found) or visits_of(found)) if shown else []
    late = found.withdrawn_at is None and lateness(found.closes_at, found.drawn_at, at)
    context = {
        "draw": found,
        "lamp": STATES[state_of(found, at)],
        "shown": shown,
        "to_come": 0 if localdate(at) < found.shown_on else visits_to_come(found).count(),
        "late": timesince(found.closes_at, found.drawn_at or at) if late else "",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "missing": sum(one.given is None for one in rows),
        "waits_until": found.closed_at and found.closed_at + PATIENCE,
        "witnessed": "\n\n" in found.beacon,
        "trail": _trail((found.name, "")),
    }
    return render(request, "assessments/draw.html", context)


@require_safe
def draw_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give all that is published of a draw, for `linli verify-draw`."""
    found = get_object_or_404(Draw, code=code)
    said = told(found, localdate(now()))
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="draw-{found.code}.json"'
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a checker may be somebody else's page
    return answer


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("assessments:draws") if steps else ""
    schemes = (_("Demonstration units"), reverse("assessments:schemes"))
    return [(_("Home"), reverse("portal:home")), schemes, (_("Draws"), here), *steps]
