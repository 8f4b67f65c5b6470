"""The first page of a workplace: what can be entered, how the papers stand, what waits; and for whom staff enter."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words
from linli.trace.forms.book import ASKED
from linli.trace.forms.trading import FindOperatorForm
from linli.trace.models import Operator
from linli.trace.queries.book_words import KIND_STATES, STATE_WORDS, line_words
from linli.trace.queries.permits import PermitStand, standing
from linli.trace.queries.shop_book import lines_of
from linli.trace.queries.trade_waiting import waiting_for
from linli.trace.rules.shop.deeds import KINDS
from linli.trace.rules.validity import VALID
from linli.trace.views.trade_desk import ENTERERS, Desk
from linli.trace.views.ways import trail
from linli.ui.private import private

LATEST = 6  # lines on the first page
PER_PAGE = 25


@require_safe
def trade(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what can be entered, how the permits stand, and the last lines of the book."""
    places = list(desk.operator.premises.open().order_by("id"))
    at = now()
    stands = standing([one.pk for one in places], at)
    context = {
        "desk": desk,
        "trail": desk.trail(),
        "deeds": [(kind, ASKED[kind].title) for kind in KINDS],
        "places": [(one, *_lamp(stands[one.pk])) for one in places],
        "ways": _ways(desk, at),
        "latest": [
            (one, KIND_STATES[one.kind], line_words(one))
            for one in lines_of(desk.operator)[:LATEST]
        ],
    }
    return render(request, "trace/trade_home.html", context)


@require_safe
@private
@staff_only(*ENTERERS)
def counter(request: HttpRequest) -> HttpResponse:
    """Ask for which business somebody came to the window; an officer finds those of the own unit."""
    by, form = acting(request), FindOperatorForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    rows = Operator.objects.working().select_related("unit")
    if by.role == Role.OFFICER:
        rows = rows.filter(unit__name=by.unit)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code=read_code(words) or ""))
    page = Paginator(rows.order_by("name", "id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": bool(words),
        "address": request.path,
        "trail": [*trail()[:1], (_("Enter for a business"), "")],
    }
    return render(request, "trace/trade_counter.html", context)


def _lamp(stand: PermitStand) -> tuple[str, Words, Any]:
    """Return how premises stand, as a lamp: its state, its words, until when."""
    if stand.state == VALID:
        return "done", _("Permit valid"), stand.until
    return "late", STATE_WORDS.get(stand.state, stand.state), stand.until


def _ways(desk: Desk, at: datetime) -> list[tuple[Words, str, int]]:
    """Return the pages where something may wait, with how much does; results are the operator's own alone."""
    waits = waiting_for(desk.operator, at)
    found: list[tuple[Words, str, int]] = [
        (_("Recalls"), f"{desk.base}recalls/", waits.recalls),
        (_("Permits and papers"), f"{desk.base}permits/", waits.papers),
    ]
    if not desk.at_station:
        found.append((_("Laboratory results"), reverse("trace:trade_results"), waits.results))
    return found
