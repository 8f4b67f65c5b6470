"""What one does to a fund by a form or a button: open it and its accounts, close books and accounts, publish."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.funds.actions import accounts, ledger, publishing
from linli.funds.forms.funds import AccountForm, CloseForm, FundForm
from linli.funds.models import Fund
from linli.funds.views.ways import (
    DO,
    KEEPERS,
    form_page,
    fund_of,
    fund_trail,
    posted,
    told,
    trail,
)
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import new_key, once
from linli.kernel.refusals import Refused, on_form

CLOSES = 25


@require_http_methods(DO)
@staff_only(*KEEPERS)
@once
def console_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = FundForm(posted(request), by=by)
    if form.is_valid():
        try:
            fund = ledger.open_fund(by=by, at=now(), **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Opened. Now open its accounts."))
            return redirect("funds:console_fund", fund.code)
    title = _("Open a fund")
    back = reverse("funds:console_list")
    named = {"title": title, "button": title, "back": back, "once": new_key()}
    return form_page(request, form, trail=trail((title, "")), **named)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def account_new(request: HttpRequest, code: str) -> HttpResponse:
    fund = fund_of(request, code)
    form = AccountForm(posted(request))
    if form.is_valid():
        try:
            account = ledger.open_account(
                by=acting(request), at=now(), fund=fund, **form.cleaned_data
            )
        except Refused as refused:
            on_form(form, refused, "name" if refused.code == "name_taken" else None)
        else:
            messages.success(request, _("“%s” is open.") % account.name)
            return redirect("funds:console_fund", code)
    title = pgettext("of money", "Open an account")
    return _fund_form(request, form, fund, title=title, button=title)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def close_books(request: HttpRequest, code: str) -> HttpResponse:
    fund = fund_of(request, code)
    form = CloseForm(posted(request))
    if form.is_valid():
        try:
            ledger.close_books(
                by=acting(request), at=now(), fund=fund, until=form.cleaned_data["until"]
            )
        except Refused as refused:
            on_form(form, refused, "until")
        else:
            messages.success(request, _("Closed: nothing is posted any more for these days."))
            return redirect("funds:console_fund", code)
    lead = _(
        "Nothing can be posted any more for days until this one, by nobody. Books are not opened again."
    )
    closes = fund.closes.order_by("-until")[:CLOSES]
    named = {"title": _("Close the books"), "button": _("Close them")}
    return _fund_form(request, form, fund, lead=lead, closes=closes, **named)


@require_POST
@staff_only(*KEEPERS)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    fund = fund_of(request, code)
    return told(
        request,
        lambda: publishing.publish(by=acting(request), at=now(), fund=fund),
        _("Published: everybody sees it now."),
        reverse("funds:console_fund", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def account_close(request: HttpRequest, code: str, account: str) -> HttpResponse:
    fund = fund_of(request, code)
    found = get_object_or_404(fund.accounts, code=account)
    return told(
        request,
        lambda: accounts.close_account(by=acting(request), at=now(), account=found),
        _("Closed: no money moves over it any more."),
        reverse("funds:console_account", args=[code, account]),
    )


def _fund_form(request: HttpRequest, form: Form, fund: Fund, **named: Any) -> HttpResponse:
    back = reverse("funds:console_fund", args=[fund.code])
    trail = fund_trail(fund, (named["title"], ""))
    return form_page(request, form, fund=fund, back=back, trail=trail, **named)
