"""Report a concern about food, and how many there are: pages of cases and food supervision together."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.views.ask_frame import Asking, asking_of, keep
from linli.flows.concerns_to_cases import answers_of, counted_concerns
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import staff_only
from linli.trace.events import Concern
from linli.trace.models import Lot, Premises
from linli.trace.rules.codes.lot_codes import is_lot_code
from linli.ui.private import private

PER_PAGE = 50
MONTHS = 12


@private
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is reported, and begin: the form is that of all cases, without an account."""
    found = Premises.objects.select_related("operator", "area")
    premises = get_object_or_404(found, code=code)
    lot = _lot(request)
    if request.method == "POST":
        said = Concern(premises.code, lot.code if lot else "")
        return keep(
            request, _asking(request, said), answers_of(said, premises, lot), "cases:ask_what"
        )
    return render(request, "portal/concern.html", {"premises": premises, "lot": lot})


def _lot(request: HttpRequest) -> Lot | None:
    named = request.POST.get("lot") or request.GET.get("lot", "")
    if not is_lot_code(named):
        return None
    return Lot.objects.select_related("product").filter(code=named).first()


def _asking(request: HttpRequest, said: Concern) -> Asking:
    """Go on with what was begun about the same premises; whatever else was begun is left as it is."""
    asking = asking_of(request)
    same = asking.answers.get("about", "").endswith(said.premises)
    return asking if same else Asking(asking.at)


@require_safe
@staff_only(Role.SUPERVISOR, Role.PLANNER)
def concerns(request: HttpRequest) -> HttpResponse:
    """How many concerns about which premises became cases in a year: never whose, and never which cases."""
    since = _a_year_before(localdate(now()))
    page = Paginator(counted_concerns(since), PER_PAGE).get_page(request.GET.get("page"))
    trail: list[tuple[Any, str]] = [
        (_("Desk"), reverse("portal:console")),
        (_("Concerns about food"), ""),
    ]
    context = {"page": page, "since": since, "trail": trail}
    return render(request, "portal/concerns.html", context)


def _a_year_before(today: date) -> date:
    """Return the first day of the month after this one, a year ago."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
