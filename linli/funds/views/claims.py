"""What reports say of a fund's money, and what it rests on: which account is counted as what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.facts.models import Fact
from linli.facts.schemas import telling
from linli.funds.actions import tallies as actions
from linli.funds.forms.claims import TallyForm
from linli.funds.models import Tally
from linli.funds.queries.tallies import claims_on
from linli.funds.views.ways import DO, KEEPERS, READERS, fund_of, fund_trail, posted
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

_LAMPS = {Fact.CLAIMED: "soon", Fact.EVIDENCED: "done", Fact.CONFIRMED: "done"}


@require_http_methods(DO)
@staff_only(*READERS, post=KEEPERS)
def claims(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is claimed of the money and how far it is proven; count an account as an indicator."""
    by = acting(request)
    fund = fund_of(request, code)
    form = TallyForm(posted(request), fund=fund)
    if form.is_valid():
        try:
            actions.count_as(by=by, at=now(), **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("funds:claims", code)
    counted = Tally.objects.filter(account__fund=fund).select_related("account", "indicator")
    context = {
        "fund": fund,
        "form": form,
        "tallies": counted,
        "claims": [_told(one) for one in claims_on(fund, {one.indicator for one in counted})],
        "keeps": by.role in KEEPERS,
        "trail": fund_trail(fund, (_("What reports say"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "funds/claims.html", context, status=status)


@require_POST
@staff_only(*KEEPERS)
def tally_end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Count an account as this indicator no more."""
    by = acting(request)
    tally = get_object_or_404(Tally, pk=number, account__fund=fund_of(request, code))
    actions.count_no_more(by=by, at=now(), tally=tally)
    return redirect("funds:claims", code)


def _told(fact: Fact) -> dict[str, object]:
    return {
        "fact": fact,
        "figure": telling.figure(fact),
        "period": telling.period(fact.period_from, fact.period_until),
        "lamp": _LAMPS.get(fact.status, "plain"),
        "words": telling.STATUSES[fact.status],
    }
