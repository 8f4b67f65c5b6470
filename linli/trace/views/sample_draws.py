"""Draws of samples for everybody: that there is one, its hash, that its list is closed; what was drawn once it is no surprise."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.drawing import PATIENCE, lateness
from linli.kernel.text import Words
from linli.trace.models import SamplePlan
from linli.trace.queries.sample_plans import (
    in_public,
    listed_plans,
    samples_to_come,
    state_of_plan,
    told_plan,
)
from linli.trace.views.lab_words import PLAN_STATES

ROWS = 50


@require_safe
def sample_draws(request: HttpRequest) -> HttpResponse:
    """List all draws of samples."""
    page, at = Paginator(listed_plans(), ROWS).get_page(request.GET.get("page")), now()
    rows = [(one, PLAN_STATES[state_of_plan(one, at)]) for one in page.object_list]
    context = {"rows": rows, "page": page, "trail": _trail()}
    return render(request, "trace/sample_draws.html", context)


@require_safe
def sample_draw(request: HttpRequest, code: str) -> HttpResponse:
    """Show one draw: what is known of it now, and what was drawn from the day on which that is no surprise."""
    plan, at = get_object_or_404(listed_plans(), code=code), now()
    shown = in_public(plan, localdate(at))
    late = plan.withdrawn_at is None and lateness(plan.closes_at, plan.drawn_at, at)
    samples = plan.samples.select_related("premises", "lot__product").order_by("number")
    context = {
        "plan": plan,
        "lamp": PLAN_STATES[state_of_plan(plan, at)],
        "shown": shown,
        "to_come": samples_to_come(plan).count() if plan.drawn_at else 0,
        "late": timesince(plan.closes_at, plan.drawn_at or at) if late else "",
        "samples": Paginator(samples, ROWS).get_page(request.GET.get("page")) if shown else (),
        "waits_until": plan.closed_at and plan.closed_at + PATIENCE,
        "trail": _trail((plan.name, "")),
    }
    return render(request, "trace/sample_draw.html", context)


@require_safe
def sample_draw_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give all that is published of a draw, for `linli verify-draw`."""
    plan = get_object_or_404(SamplePlan, code=code)
    said = told_plan(plan, localdate(now()))
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="draw-{plan.code}.json"'
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a checker may be somebody else's page
    return answer


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:sample_draws") if steps else ""
    results = (_("Laboratory results"), reverse("trace:results"))
    return [(_("Home"), reverse("portal:home")), results, (_("Draws of samples"), here), *steps]
