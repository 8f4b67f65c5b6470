"""The console's funds: the list, and a fund with its accounts, what waits, and what was posted last."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.funds import FundsForm
from linli.funds.forms.posting import VERBS
from linli.funds.models import Order
from linli.funds.queries.balances import Stand, stands
from linli.funds.queries.books import entries, visible_funds, with_totals
from linli.funds.queries.priorities import goes_by
from linli.funds.rules import flows
from linli.funds.views.ways import (
    GROUPS,
    KEEPERS,
    READERS,
    fund_of,
    fund_trail,
    keeps,
    ways,
)
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words

ROWS, NEWEST = 25, 8


@require_safe
@staff_only(*READERS)
def console_list(request: HttpRequest) -> HttpResponse:
    form = FundsForm(request.GET)
    found = with_totals(form.found(visible_funds(acting(request)).select_related("unit", "area")))
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "address": reverse("funds:console_list"),
        "ways": ways(),
        "may_open": acting(request).role in KEEPERS,
    }
    return render(request, "funds/console_list.html", context)


@require_safe
@staff_only(*READERS)
def console_fund(request: HttpRequest, code: str) -> HttpResponse:
    fund = fund_of(request, code)
    all_stands = stands(fund)
    kept = keeps(acting(request), fund)
    context: dict[str, Any] = {
        "fund": fund,
        "groups": grouped(all_stands),
        "figures": _figures(all_stands),
        "verbs": _possible(all_stands) if kept else [],
        "entries": entries(fund, size=NEWEST).rows,
        "orders": fund.orders.filter(state=Order.ASKED).order_by("at")[:NEWEST],
        "matches": fund.matches.waiting().order_by("last_day")[:NEWEST],
        "closed": fund.closes.order_by("-until").first(),
        "criteria": goes_by(fund),
        "keeps": kept,
        "trail": fund_trail(fund),
    }
    return render(request, "funds/console_fund.html", context)


def grouped(found: list[Stand]) -> list[tuple[Words, list[Stand], int]]:
    """Return accounts by where their money is, with what stands on each group."""
    groups = [
        (words, [one for kind in kinds for one in found if one.account.kind == kind])
        for words, kinds in GROUPS
    ]
    return [(words, rows, sum(row.balance for row in rows)) for words, rows in groups if rows]


def _figures(found: list[Stand]) -> list[tuple[Words, int]]:
    def on(*kinds: str) -> int:
        return sum(one.balance for one in found if one.account.kind in kinds)

    return [
        (_("Ever came"), -on(*flows.OUTSIDE)),
        (_("On hand"), on(*flows.INSIDE)),
        (_("Paid"), on(flows.PAID)),
        (_("Given back"), on(flows.GIVEN_BACK)),
    ]


def _possible(found: list[Stand]) -> list[tuple[str, Words, Words]]:
    """Return the verbs for which this fund has accounts at both ends."""
    kinds = {one.account.kind for one in found if not one.account.closed_on}
    return [
        (verb, *words)
        for verb, words in VERBS.items()
        if any({out_of, into} <= kinds for out_of, into in flows.WAYS[verb])
    ]
