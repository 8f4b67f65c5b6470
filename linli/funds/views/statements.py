"""What was posted: an account's statement, a fund's entries, one entry and its reversal, balances as of then."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.funds.actions import ledger
from linli.funds.forms.funds import StatementForm, ThenForm
from linli.funds.forms.posting import ReverseForm
from linli.funds.models import Transaction
from linli.funds.queries.balances import stands_then
from linli.funds.queries.books import entries
from linli.funds.queries.statements import Key, statement
from linli.funds.rules import flows
from linli.funds.views.funds import grouped
from linli.funds.views.ways import DO, READERS, fund_of, fund_trail, keeps, posted
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_safe
@staff_only(*READERS)
def console_account(request: HttpRequest, code: str, account: str) -> HttpResponse:
    fund = fund_of(request, code)
    found = get_object_or_404(
        fund.accounts.select_related("unit", "programme", "project"), code=account
    )
    form = StatementForm(request.GET)
    given, below = form.cleaned_data, Key.read(request.GET.get("below", ""))
    until, known_at = given.get("day"), given.get("known_at")
    page = statement(found, until=until, known_at=known_at, below=below)
    context = {
        "fund": fund,
        "account": found,
        "statement": page,
        "form": form,
        "filtered": bool(until or known_at),
        "first": _further(request, None) if below else "",
        "more": _further(request, page.next) if page.next else "",
        "may_close": keeps(acting(request), fund)
        and not found.closed_on
        and (found.kind not in flows.INSIDE or not found.balance),
        "trail": fund_trail(fund, (found.name, "")),
    }
    return render(request, "funds/console_account.html", context)


@require_safe
@staff_only(*READERS)
def console_entries(request: HttpRequest, code: str) -> HttpResponse:
    fund = fund_of(request, code)
    below = Key.read(request.GET.get("below", ""))
    page = entries(fund, below=below)
    context = {
        "fund": fund,
        "entries": page.rows,
        "first": _further(request, None) if below else "",
        "more": _further(request, page.next) if page.next else "",
        "trail": fund_trail(fund, (_("Entries"), "")),
    }
    return render(request, "funds/console_entries.html", context)


@require_http_methods(DO)
@staff_only(*READERS, post=(Role.OFFICER, Role.PLANNER))
def console_entry(request: HttpRequest, code: str, entry: str) -> HttpResponse:
    fund = fund_of(request, code)
    known = Transaction.objects.select_related(
        "evidence", "reverses", "reversed_by", "order", "match"
    )
    found = get_object_or_404(known, fund=fund, code=entry)
    form = ReverseForm(posted(request), initial={"day": localdate(now())})
    if form.is_valid():
        try:
            back = ledger.reverse(by=acting(request), at=now(), entry=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Reversed to the fen. Both entries stay."))
            return redirect("funds:console_entry", code, back.code)
    transfers = list(found.transfers.select_related("out_of", "into").order_by("number"))
    whole = found.verb != flows.REVERSE and not hasattr(found, "reversed_by")
    context = {
        "fund": fund,
        "entry": found,
        "transfers": transfers,
        "total": sum(one.amount for one in transfers),
        "form": form if whole and keeps(acting(request), fund) else None,
        "trail": fund_trail(fund, (_("Entry %s") % found.code, "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "funds/console_entry.html", context, status=status)


@require_safe
@staff_only(*READERS)
def console_then(request: HttpRequest, code: str) -> HttpResponse:
    fund, at = fund_of(request, code), now()
    asked = request.GET or None
    form = ThenForm(asked, initial={"day": localdate(at)})
    day, known_at = localdate(at), at
    if form.is_valid():
        day, known_at = form.cleaned_data["day"], form.known(at)
    found = stands_then(fund, day=day, known_at=known_at)
    context = {
        "fund": fund,
        "form": form,
        "day": day,
        "known_at": known_at,
        "groups": grouped(found),
        "address": reverse("funds:console_then", args=[code]),
        "trail": fund_trail(fund, (_("As of a day"), "")),
    }
    return render(request, "funds/console_then.html", context, status=422 if form.errors else 200)


def _further(request: HttpRequest, key: Key | None) -> str:
    """Return this page's address, from a key on or from the beginning."""
    asked = {name: value for name, value in request.GET.dict().items() if value and name != "below"}
    if key:
        asked["below"] = str(key)
    return f"{request.path}?{urlencode(asked)}" if asked else request.path
