"""One total at its permanent address: which query, which day, as known when, and the entries behind it by verb."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.public import FundFilterForm
from linli.funds.models import Fund
from linli.funds.queries.published_funds import funds_on_show
from linli.funds.queries.standing import standing_funds
from linli.funds.queries.totals import Behind, behind, behind_sum, version_of
from linli.funds.rules import amounts
from linli.funds.rules.totals import TOTALS
from linli.funds.schemas.total_words import KINDS, MEANINGS, TITLES, VERBS, asked
from linli.funds.views.funds_public import on_show, trail
from linli.funds.views.money_told import Moment, address_of, sum_address
from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.ui.kept import kept_while


@require_safe
@kept_while(standing_funds, "day", "known")
def total(request: HttpRequest, code: str, total: str) -> HttpResponse:
    """Show what is behind one total: the query in words, the books that answered, their entries by verb."""
    fund, at = _fund(code, total), now()
    moment = moment_asked(request, at)
    found = behind(fund, TOTALS[total], day=moment.day, known_at=moment.known_at)
    amount = sum(one.amount for one in found)
    address = f"{request.scheme}://{request.get_host()}{address_of(fund, total, moment)}"
    context = _said(fund, total, moment) | {
        "amount": amount,
        "rows": [_row(one) for one in found],
        "version": version_of(fund, day=moment.day, known_at=moment.known_at),
        "address": address,
        "quote_line": _quoted(fund, total, amount, moment, address),
        "data": f"{reverse('funds:total_data', args=[code, total])}?{moment.query}",
        "newest": reverse("funds:total", args=[code, total]) if request.GET else "",
        "trail": trail((fund.name, reverse("funds:fund", args=[code])), (str(TITLES[total]), "")),
    }
    return render(request, "funds/public_total.html", context)


@require_safe
@kept_while(standing_funds, "day", "known")
def total_data(request: HttpRequest, code: str, total: str) -> HttpResponse:
    """The same as data."""
    fund, moment = _fund(code, total), moment_asked(request, now())
    found = behind(fund, TOTALS[total], day=moment.day, known_at=moment.known_at)
    version = version_of(fund, day=moment.day, known_at=moment.known_at)
    data = {
        "fund": fund.code,
        "total": total,
        "fen": sum(one.amount for one in found),
        "yuan": amounts.yuan(sum(one.amount for one in found)).replace(",", ""),
        "out_of": TOTALS[total].out_of,
        "into": TOTALS[total].into,
        "day": moment.day,
        "known_at": moment.known_at,
        "entries": version.entries,
        "last": version.last.code if version.last else None,
        "behind": [one._asdict() for one in found],
        "ledger": request.build_absolute_uri(f"{reverse('funds:fund', args=[code])}ledger.zip"),
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
@kept_while(standing_funds, "area", "unit", "day", "known")
def total_of_all(request: HttpRequest, total: str) -> HttpResponse:
    """Show what is behind a total of several funds: what each of them adds, and the query behind that."""
    if total not in TOTALS:
        raise Http404
    moment = moment_asked(request, now())
    form = FundFilterForm({name: request.GET.get(name, "") for name in ("area", "unit")})
    found = funds_on_show(form.asked).filter(published_at__lte=moment.known_at)
    sums = behind_sum(found, TOTALS[total], day=moment.day, known_at=moment.known_at)
    context = {
        "title": TITLES[total],
        "meaning": MEANINGS[total],
        "moment": moment,
        "amount": sum(sums.values()),
        "rows": [(one, sums.get(one.pk, 0), address_of(one, total, moment)) for one in found],
        "form": form,
        "address": request.build_absolute_uri(sum_address(total, form.asked, moment)),
        "trail": trail((str(TITLES[total]), "")),
    }
    return render(request, "funds/public_sum.html", context)


def _fund(code: str, total: str) -> Fund:
    if total not in TOTALS:
        raise Http404
    return on_show(code)


def moment_asked(request: HttpRequest, at: datetime) -> Moment:
    """Return the moment that an address names, else the present; 404 for what is none, or is still to come.

    Refuses: too_many, of somebody who asks for one past moment after another: each is summed anew.
    """
    present = Moment.of(at)
    day, known = request.GET.get("day", ""), request.GET.get("known", "")
    if day or known:
        allow_knock("past moments", source_of(request), at=at, burst=120, per_hour=1200)
    try:
        of: date | None = parse_date(day) if day else present.day
        at_last = parse_datetime(known) if known else present.known_at
        if of is None or at_last is None or not is_aware(at_last):
            raise Http404
        moment = Moment(of, at_last.astimezone(UTC))
    except (ValueError, OverflowError) as wrong:
        raise Http404 from wrong
    if moment.day > present.day or moment.known_at > present.known_at:
        raise Http404
    return moment


def _said(fund: Fund, total: str, moment: Moment) -> dict[str, Any]:
    return {
        "fund": fund,
        "code": total,
        "title": TITLES[total],
        "meaning": MEANINGS[total],
        "query": asked(total),
        "moment": moment,
    }


def _row(one: Behind) -> dict[str, Any]:
    return {
        "verb": VERBS[one.verb],
        "out_of": KINDS[one.out_of],
        "into": KINDS[one.into],
        "transfers": one.transfers,
        "amount": one.amount,
    }


def _quoted(fund: Fund, total: str, amount: int, moment: Moment, address: str) -> str:
    said = _(
        "%(fund)s: %(total)s, %(amount)s yuan at the end of %(day)s. Linli %(code)s. %(address)s"
    )
    return said % {
        "fund": fund.name,
        "total": TITLES[total],
        "amount": amounts.yuan(amount),
        "day": moment.day.isoformat(),
        "code": fund.code,
        "address": address,
    }
