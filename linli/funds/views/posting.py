"""Move money: by a verb, in lines; above the fund's limit the same form asks a second person."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.facts import actions as facts
from linli.facts.models import Evidence
from linli.funds.actions import ledger, orders
from linli.funds.forms.posting import LINES, MORE, VERBS, PostingForm
from linli.funds.forms.rests import RestsOnForm
from linli.funds.models import Fund, Order, Transaction
from linli.funds.views.ways import DO, KEEPERS, fund_of, fund_trail
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import act_once, new_key
from linli.kernel.refusals import Refused, on_form


@require_http_methods(DO)
@staff_only(*KEEPERS)
def console_post(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    fund = fund_of(request, code)
    if verb not in VERBS:
        raise Http404
    form = _form(request, fund, verb)
    if form.is_valid():
        return act_once(request, lambda: _deed(request, fund, form))
    return _page(request, fund, form)


def evidence_of(request: HttpRequest, form: RestsOnForm) -> Evidence | None:
    """Cite what was given; None when nothing was."""
    given, by, at = form.cleaned_data, acting(request), now()
    if not form.rests_on_something:
        return None
    if file := given["file"]:
        return facts.cite_file(
            by=by, at=at, source=given["source"], data=file.read(), name=file.name
        )
    return facts.cite_statement(
        by=by, at=at, source=given["source"], words=given["quote"], address=given["address"]
    )


def _form(request: HttpRequest, fund: Fund, verb: str) -> PostingForm:
    """Return the form as it was sent; with more lines, and unjudged, when more were asked for."""
    sent = request.POST
    count = int(sent["lines"]) if sent.get("lines", "").isdecimal() else LINES
    first: dict[str, Any] = {"day": localdate(now())}
    if request.method != "POST":
        return PostingForm(initial=first, fund=fund, verb=verb)
    if "more" in sent:
        typed = {name: value for name, value in sent.items() if name != "lines"}
        return PostingForm(initial=first | typed, fund=fund, verb=verb, lines=count + MORE)
    return PostingForm(sent, request.FILES, fund=fund, verb=verb, lines=count)


def _deed(request: HttpRequest, fund: Fund, form: PostingForm) -> HttpResponse:
    try:
        return _told(request, fund, _post(request, fund, form))
    except Refused as refused:
        on_form(form, refused)
    return _page(request, fund, form)


def _page(request: HttpRequest, fund: Fund, form: PostingForm) -> HttpResponse:
    title, about = VERBS[form.verb]
    context = {
        "fund": fund,
        "form": form,
        "about": about,
        "title": title,
        "once": new_key(),
        "trail": fund_trail(fund, (title, "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "funds/console_post.html", context, status=status)


@transaction.atomic
def _post(request: HttpRequest, fund: Fund, form: PostingForm) -> Transaction | Order:
    by, at, posting = acting(request), now(), form.posting()
    # Before a file is kept: what cannot be leaves nothing behind.
    ledger.checked(by=by, at=at, fund=fund, posting=posting)
    posting = replace(posting, evidence=evidence_of(request, form))
    if any(line.amount > fund.alone_up_to for line in posting.lines):
        return orders.ask(by=by, at=at, fund=fund, posting=posting)
    return ledger.post(by=by, at=at, fund=fund, posting=posting)


def _told(request: HttpRequest, fund: Fund, done: Transaction | Order) -> HttpResponse:
    if isinstance(done, Order):
        messages.success(request, _("Asked: nothing has moved. A second person decides."))
        return redirect("funds:console_order", done.code)
    messages.success(request, _("Posted as %s.") % done.code)
    return redirect("funds:console_entry", fund.code, done.code)
