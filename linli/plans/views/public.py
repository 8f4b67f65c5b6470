"""What was promised, and how it stands: for everybody, of published programmes alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.directory.models import Area
from linli.kernel.clock import now
from linli.plans.forms.promises import PromiseFilterForm
from linli.plans.models import Programme
from linli.plans.queries import Filters, Ledger, public_ledger, row_of
from linli.plans.queries.grounds import asked_in_tens
from linli.plans.queries.published import deeds, published_tasks
from linli.plans.rules.drift import drifts
from linli.plans.rules.lamp import Lamp
from linli.plans.schemas import telling
from linli.plans.schemas.rows import COLUMNS, promises
from linli.plans.views.promise import quoted, shown, shown_deed

PER_PAGE = 25
MOST_DEEDS = 100
_ASKED = ("words", "area", "unit", "year", "lamp")


@require_safe
@vary_on_cookie
def public_promises(request: HttpRequest, area: str = "") -> HttpResponse:
    place = get_object_or_404(Area, code=area) if area else None
    at = now()
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in _ASKED}
    filters = Filters.of(asked | ({"area": area} if area else {}))
    ledger = public_ledger(filters, at)
    page = ledger.page(request.GET.get("page"), PER_PAGE)
    context = _standing(request, ledger, asked) | {
        "place": place,
        "places": [] if filters.query else _places(ledger),
        "form": PromiseFilterForm(request.GET, place=area),
        "page": page,
        "rows": [shown(one, at) for one in promises(page)],
        "filtered": bool(request.GET),
        "columns": COLUMNS.items(),
        "data_query": _query(asked),
        "trail": _trail(place),
    }
    return render(request, "plans/public_promises.html", context)


@require_safe
@vary_on_cookie
def public_promise(request: HttpRequest, code: str) -> HttpResponse:
    at = now()
    task = get_object_or_404(published_tasks(at), code=code)
    (promise,) = promises([row_of(task, at)])
    done = deeds(published_tasks(at).filter(pk=task.pk), MOST_DEEDS)
    area = task.measure.programme.area
    context = shown(promise, at) | {
        "deeds": [shown_deed(one) for one in reversed(done)],
        "moves": [shown_deed(one) for one in reversed(done) if one.kind == "moved"],
        "quote_line": quoted(promise, at, f"{request.scheme}://{request.get_host()}"),
        "milestones": task.milestones.all(),
        "asked_in_tens": asked_in_tens(task),
        "trail": [
            *_trail(area)[:-1],
            (area.name, reverse("plans:public_place", args=[area.pk])),
            (task.code, ""),
        ],
    }
    return render(request, "plans/public_promise.html", context)


def _standing(request: HttpRequest, ledger: Ledger, asked: dict[str, str]) -> dict[str, Any]:
    """Return how many stand how, each a link that filters, and how far promises have moved."""
    counts = ledger.counts
    lamps = [
        {
            "shape": telling.SHAPES[lamp],
            "words": words,
            "count": counts[lamp],
            "chosen": asked["lamp"] == lamp,
            "query": _query(asked | {"lamp": "" if asked["lamp"] == lamp else lamp.value}),
        }
        for lamp, words in telling.LAMPS.items()
    ]
    drift = drifts((one.first_due_on, one.due_on) for one in ledger.all)
    return {"lamps": lamps, "total": len(ledger.all), "drift": drift, "proven": counts[Lamp.GREEN]}


def _places(ledger: Ledger) -> list[dict[str, Any]]:
    """Return each place with published programmes: how many promises, how many of them proven."""
    programmes = Programme.objects.published().select_related("area").in_bulk()
    places: dict[str, dict[str, Any]] = {}
    for one in ledger.all:
        area = programmes[one.programme].area
        place = places.setdefault(area.pk, {"area": area, "total": 0, "proven": 0, "overdue": 0})
        place["total"] += 1
        place["proven"] += one.lamp == Lamp.GREEN
        place["overdue"] += one.lamp == Lamp.RED
    return [places[code] for code in sorted(places)]


def _query(asked: dict[str, str]) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _trail(place: Area | None) -> list[tuple[str, str]]:
    trail = [(_("Home"), reverse("portal:home")), (_("Promises"), reverse("plans:public_promises"))]
    return [*trail, (place.name, "")] if place else [*trail[:-1], (trail[-1][0], "")]
