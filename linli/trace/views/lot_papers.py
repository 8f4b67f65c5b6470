"""Valid at the time: for a lot, which papers held at each of its events, as known now or as known on a day."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.trace.forms.permits import KnownForm
from linli.trace.models import Lot
from linli.trace.queries.lots import find
from linli.trace.queries.valid_then import valid_then
from linli.trace.views.permit_words import then_told
from linli.trace.views.ways import READERS, trail


@never_cache
@require_safe
@staff_only(*READERS)
def lot_papers(request: HttpRequest, code: str) -> HttpResponse:
    """Show which papers held at each event of a lot, and what was lacking; `known`: as known at that moment."""
    by, lot, at = acting(request), find(code), now()
    if lot is None or (by.role == Role.OFFICER and lot.premises.operator.unit.name != by.unit):
        raise Http404
    form = KnownForm(request.GET)
    known_at = form.known_at
    context = papers_told(lot, at, known_at) | {
        "form": form,
        "known_at": known_at,
        "address": request.path,
        "trail": trail((f"{lot.product.name} {lot.number}", ""), (_("Papers at the time"), "")),
    }
    return render(request, "trace/lot_papers.html", context)


def papers_told(lot: Lot, at: datetime, known_at: datetime | None = None) -> dict[str, object]:
    """Return what `trace/_papers.html` shows of a lot: for this page, and for those that include it."""
    found = valid_then(lot, at, known_at)
    return {
        "lot": lot,
        "papers": [then_told(row) for row in found.rows],
        "gaps": [(localtime(since), localtime(until)) for since, until in found.gaps],
        "lacking": found.lacking,
    }
