"""Lots on the console: an officer sees those of the own unit's operators, planners and supervisors all."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.trace.forms.trading import LotFilters
from linli.trace.queries.book_words import KIND_STATES, line_words
from linli.trace.queries.lots import lots_seen, searched
from linli.trace.queries.permits import standing
from linli.trace.queries.recalls import standing as recalled
from linli.trace.queries.shop_book import lines_of_lot
from linli.trace.rules.codes import lot_codes
from linli.trace.views.ways import READERS, trail

PER_PAGE = 25


@require_safe
@staff_only(*READERS)
def console_lots(request: HttpRequest) -> HttpResponse:
    """Show lots, the last made first, with recalls."""
    form = LotFilters(request.GET)
    words = form.given().get("words", "")
    rows = searched(lots_seen(acting(request)), words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    recalls = recalled([lot.pk for lot in page])
    context = {
        "form": form,
        "page": page,
        "rows": [(lot, lot_codes.printed(lot.code), recalls[lot.pk]) for lot in page],
        "filtered": bool(words),
        "address": request.path,
        "trail": trail((_("Lots"), "")),
    }
    return render(request, "trace/console_lots.html", context)


@require_safe
@staff_only(*READERS)
def console_lot(request: HttpRequest, code: str) -> HttpResponse:
    """Show one lot: what it is, who had it by the books, and the ways to its papers and its chain."""
    lot = lots_seen(acting(request)).filter(code=code).first()
    if lot is None:
        raise Http404
    rows = lines_of_lot(lot)[:200]
    context = {
        "lot": lot,
        "printed": lot_codes.printed(lot.code),
        "recall": recalled([lot.pk])[lot.pk],
        "stand": standing([lot.premises_id], now())[lot.premises_id],
        "ways": [
            (_("Papers at the time"), reverse("trace:lot_papers", args=[code])),
            (
                _("What it came from, and what it went into"),
                reverse("trace:lot_chain", args=[code]),
            ),
        ],
        "lines": [(one, KIND_STATES[one.kind], line_words(one)) for one in rows],
        "trail": trail(
            (_("Lots"), reverse("trace:console_lots")), (lot_codes.printed(lot.code), "")
        ),
    }
    return render(request, "trace/console_lot.html", context)
