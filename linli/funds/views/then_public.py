"""What was said of a fund then, and what is said now: every changed figure, with the entries that changed it."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.public import TwoDaysForm
from linli.funds.models import Fund
from linli.funds.queries.publications import Effect, Said, effects, end_of, recorded_between, said
from linli.funds.queries.standing import standing_funds
from linli.funds.rules.totals import TOTALS
from linli.funds.schemas.total_words import TITLES, VERBS
from linli.funds.views.funds_public import on_show, trail
from linli.funds.views.money_told import Moment, address_of
from linli.kernel.clock import now
from linli.ui.kept import kept_while

PER_PAGE = 30


@require_safe
@kept_while(standing_funds, "then", "now", "of", "page")
def then(request: HttpRequest, code: str) -> HttpResponse:
    """Compare two days' publications of a fund."""
    fund, at = on_show(code), now()
    form = TwoDaysForm(request.GET, at)
    context = {
        "fund": fund,
        "form": form,
        "trail": trail(
            (fund.name, reverse("funds:fund", args=[code])), (_("What we said then and now"), "")
        ),
    }
    if not form.is_valid():
        return render(request, "funds/public_then.html", context, status=422)
    context |= _compared(request, fund, *form.days)
    return render(request, "funds/public_then.html", context)


def _compared(request: HttpRequest, fund: Fund, then: date, now: date) -> dict[str, Any]:
    of = request.GET.get("of", "")
    of = of if of in TOTALS else ""
    entries = recorded_between(fund, then, now, TOTALS.get(of))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    figures = said(fund, then, now)
    return {
        "then": then,
        "now": now,
        "figures": [_figure(fund, one, then, now) for one in figures if one.then or one.now or one.change],
        "changed": sum(one.change != 0 for one in figures),
        "corrected": any(one.corrected for one in figures),
        "of": of,
        "of_title": TITLES.get(of, ""),
        "page": page,
        "rows": [_row(one, then) for one in effects(list(page.object_list))],
        "all_entries": f"?{urlencode({'then': then.isoformat(), 'now': now.isoformat()})}",
    }  # fmt: skip


def _figure(fund: Fund, one: Said, then: date, now: date) -> dict[str, Any]:
    days = {"then": then.isoformat(), "now": now.isoformat(), "of": one.code}
    return {
        "said": one,
        "title": TITLES[one.code],
        "then_address": address_of(fund, one.code, _end(then)),
        "now_address": address_of(fund, one.code, _end(now)),
        "entries": f"?{urlencode(days)}#entries",
    }


def _end(day: date) -> Moment:
    """Return the moment of a day's publication: its last, or the present where it has not ended."""
    last = end_of(day)
    return Moment(day, last) if last < now() else Moment.of(now())


def _row(one: Effect, then: date) -> dict[str, Any]:
    entry = one.entry
    return {
        "entry": entry,
        "verb": VERBS[entry.verb],
        "of_verb": VERBS[entry.reverses.verb] if entry.reverses else "",
        "late": entry.day <= then,
        "changes": [(TITLES[code], fen) for code, fen in one.changes.items()],
    }
