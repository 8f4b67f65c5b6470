"""What was done for a promise, what was paid for it, what came of it: plans, offers and funds on one public page."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.facts.schemas import telling as figures
from linli.flows.money_to_outcome import Outcome, cost_of_figure, cost_of_one, outcome_of
from linli.kernel.clock import now
from linli.offers.models import Offer
from linli.plans.models import Task
from linli.plans.queries import row_of
from linli.plans.queries.published import published_tasks
from linli.plans.queries.ways import tasks_linked
from linli.plans.schemas import telling
from linli.plans.schemas.rows import promises


@require_safe
@vary_on_cookie
def promise_delivered(request: HttpRequest, code: str) -> HttpResponse:
    """Show one promise with the offers that deliver it, the money and the figure. Some fifteen queries."""
    at = now()
    task = get_object_or_404(published_tasks(at), code=code)
    (promise,) = promises([row_of(task, at)])
    context = _told(task, promise.figure, outcome_of(task, at)) | {
        "task": task,
        "shape": telling.SHAPES[promise.row.lamp],
        "lamp": telling.lamp(promise.row.lamp, promise.row.why),
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Promises"), reverse("plans:public_promises")),
            (task.title, reverse("plans:public_promise", args=[code])),
            (_("What was done and paid"), ""),
        ],
    }
    return render(request, "portal/delivered.html", context)


@require_safe
@vary_on_cookie
def offer_promises(request: HttpRequest, code: str) -> HttpResponse:
    """Show the promises that an offer keeps: where it comes from, what pays for it."""
    offer = Offer.objects.published().filter(code=code).first()
    if offer is None:
        raise Http404
    linked, at = tasks_linked(offer.code), now()
    tasks = published_tasks(at).filter(code__in=linked).order_by("due_on", "pk") if linked else []
    context = {
        "offer": offer,
        "tasks": [_row(task, at) for task in tasks],
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Courses, events, appointments"), reverse("offers:list")),
            (offer.title, reverse("offers:offer", args=[code])),
            (_("The promise behind it"), ""),
        ],
    }
    return render(request, "portal/offer_promises.html", context)


def _row(task: Task, at: datetime) -> dict[str, Any]:
    row = row_of(task, at)
    return {
        "task": task,
        "shape": telling.SHAPES[row.lamp],
        "lamp": telling.lamp(row.lamp, row.why),
    }


def _told(task: Task, figure: Any, outcome: Outcome) -> dict[str, Any]:  # noqa: ANN401 - a fact or nothing
    shown = figure if figure and figure.value is not None and figure.indicator.public else None
    return {
        "outcome": outcome,
        "figure": shown,
        "figure_told": figures.figure(shown) if shown else "",
        "period": figures.period(shown.period_from, shown.period_until) if shown else "",
        "status": figures.STATUSES[shown.status] if shown else "",
        "cost_of_place": cost_of_one(outcome.spent, outcome.places),
        "cost_of_one": cost_of_figure(outcome.spent, shown),
        "in_money": shown is not None and shown.indicator.kind == "money",
    }
