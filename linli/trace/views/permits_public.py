"""Permits for everybody: the register, one of them, its paper to print, and how one is applied for."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.views.qr import drawn
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.text import Words
from linli.trace.forms.permits import PermitsForm
from linli.trace.models import Application, Permit, Premises
from linli.trace.queries.applications import kinds_for
from linli.trace.queries.lots import site
from linli.trace.queries.permit_lists import register
from linli.trace.queries.permits_told import states_of
from linli.trace.rules.applying import DAYS, OPERATOR, turn_of
from linli.trace.views.permit_words import NEXT, ending_told
from linli.trace.views.premises_words import activity_words, paper_told

ROWS = 30


@require_safe
def permits(request: HttpRequest) -> HttpResponse:
    """List the permits that there are and were."""
    form, at = PermitsForm(request.GET), now()
    found = register(**form.asked, today=localdate(at))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (one, paper_told(state), activity_words(one.scope))
            for one, state in states_of(page.object_list, at)
        ],
        "page": page,
        "form": form,
        "filtered": any(form.asked.values()),
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "trace/permits.html", context)


@require_safe
def permit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one permit: for what, until when, what became of it. The code of an application leads to its page."""
    plain, at = read_code(code) or "", now()
    found = _permit(plain)
    if found is None:
        if Application.objects.filter(code=plain).exists():
            return redirect("trace:trade_application", plain)
        raise Http404
    context = _told(found) | {
        "ending": ending_told(found, at),
        "steps": [(step, paper_told(step.to)) for step in found.steps.order_by("-id")],
        "trail": _trail((found.number, "")),
    }
    return render(request, "trace/permit.html", context)


@require_safe
def permit_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show a permit to print; whoever scans its square sees whether it still holds."""
    found = _permit(code)
    if found is None:
        raise Http404
    address = f"{site()}/q/{found.code}"
    context = _told(found) | {"square": drawn(address), "address": address}
    return render(request, "trace/permit_paper.html", context)


@require_safe
def apply_how(request: HttpRequest) -> HttpResponse:
    """Say how a permit is applied for: what for, which papers, how long each step takes, where."""
    context = {
        "asked": [(words, kinds_for([key])) for key, words in Premises.ACTIVITIES],
        "stages": [
            (words, turn_of(key) == OPERATOR, DAYS[key], NEXT[key])
            for key, words in Application.STAGES
            if key in DAYS
        ],
        "trail": _trail((_("Apply for a permit"), "")),
    }
    return render(request, "trace/permit_how.html", context)


def _permit(code: str) -> Permit | None:
    found = Permit.objects.select_related("premises__operator", "premises__area", "unit")
    return found.filter(code=code).first()


def _told(found: Permit) -> dict[str, Any]:
    ((_one, state),) = states_of([found], now())
    return {
        "permit": found,
        "premises": found.premises,
        "state": state,
        "lamp": paper_told(state),
        "scope": activity_words(found.scope),
    }


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:permits") if steps else ""
    food = (_("Food you can check"), reverse("trace:food"))
    return [(_("Home"), reverse("portal:home")), food, (_("Permits"), here), *steps]
