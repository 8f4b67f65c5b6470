"""Public money, for everybody: the list of funds, and one fund from the first yuan to the last."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.public import FundFilterForm
from linli.funds.models import Fund
from linli.funds.queries import published_funds as queries
from linli.funds.queries.standing import standing_funds
from linli.funds.queries.totals import plain_totals, stood, whole_totals
from linli.funds.rules import amounts
from linli.funds.schemas.total_words import SHORT
from linli.funds.views import money_told
from linli.funds.views.flow_picture import picture
from linli.funds.views.money_told import Moment, percent
from linli.funds.views.project_words import LAMPS
from linli.kernel.clock import now
from linli.ui.kept import kept_while

PER_PAGE, MOST_PROJECTS = 18, 12


@require_safe
@kept_while(standing_funds, "area", "unit", "page")
def funds(request: HttpRequest) -> HttpResponse:
    """Show the published funds, each with how much of its money is paid."""
    form = FundFilterForm(request.GET)
    asked = form.asked
    found = queries.funds_on_show(asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = money_told.sums(whole_totals(found), asked, now()) | {
        "form": form,
        "page": page,
        "cards": cards(page.object_list),
        "narrowed": asked != queries.Asked(),
        "places": [] if asked.area else queries.places_of_funds(),
        "trail": trail(),
    }
    return render(request, "funds/public_list.html", context)


@require_safe
@kept_while(standing_funds)
def fund(request: HttpRequest, code: str) -> HttpResponse:
    """Show one fund: what it is for, the way of its money, what is missing, its projects, its files."""
    at, found = now(), on_show(code)
    matches = [money_told.agreed(one) for one in queries.agreements(found, localdate(at))]
    shares = queries.shares(found, localdate(at), MOST_PROJECTS + 1)
    context = _money(found, at) | {
        "fund": found,
        "matches": matches,
        "missing": any(one["missing"] for one in matches),
        "shares": [(one, LAMPS[one.project.state]) for one in shares[:MOST_PROJECTS]],
        "more_projects": len(shares) > MOST_PROJECTS,
        "collections": found.collections.published(),
        "priorities": queries.priorities_of(found),
        "trail": trail((found.name, "")),
    }
    return render(request, "funds/public_fund.html", context)


def on_show(code: str) -> Fund:
    """Return the published fund that an address names."""
    found = queries.fund_on_show(code)
    if found is None:
        raise Http404
    return found


def cards(listed: Iterable[Fund]) -> list[dict[str, Any]]:
    """Return funds as lists show them. Two queries."""
    found = list(listed)
    totals, waiting = plain_totals(found), queries.waiting_matches(found)
    return [
        {
            "fund": one,
            "totals": totals[one.pk],
            "percent": percent(totals[one.pk]),
            "waiting": waiting.get(one.pk, 0),
        }
        for one in found
    ]


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way here, from the start page."""
    here = reverse("funds:list") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Public money"), here), *steps]


def _money(fund: Fund, at: datetime) -> dict[str, Any]:
    """Return the way of a fund's money: a picture, the same as a table, the sums first."""
    where, moment = stood(fund), Moment.of(at)
    totals = where.totals
    in_wan = totals["given"] >= 100 * amounts.FEN_IN_WAN
    drawn = picture(where, SHORT, amounts.wan if in_wan else amounts.yuan)
    return {
        "moment": moment,
        "top": [money_told.row(fund, totals, code, moment) for code in money_told.TOP],
        "percent": percent(totals),
        "picture": drawn,
        "in_wan": in_wan,
        "groups": money_told.groups(fund, totals, moment, drawn.numbers if drawn else {}),
        "given": money_told.row(fund, totals, "given", moment),
        "unspent": money_told.row(fund, totals, "unspent", moment),
    }
