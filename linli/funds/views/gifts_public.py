"""Donations, for everybody: collections with their totals and use, and what became of one's own gift."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.gifts import CodeForm
from linli.funds.models import Receipt
from linli.funds.queries import gifts as queries
from linli.funds.queries.project_money import version_of
from linli.funds.rules.gifts import LEAST
from linli.funds.views.totals_public import moment_asked
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.limits import allow_knock, source_of
from linli.ui.private import private

_SHOWN = 100
_BURST, _PER_HOUR = 20, 60  # receipts looked up from one address


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """Show what is collected for, and how much came of it."""
    found = queries.standings(queries.published_collections()[:_SHOWN])
    context = {
        "rows": [_row(one) for one in found],
        "given": sum(one.given for one in found),
        "trail": _trail(),
    }
    return render(request, "funds/gifts_public_list.html", context)


@require_safe
def collection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one collection: what it is for, how much was given, what became of it."""
    found = get_object_or_404(queries.published_collections(), code=code)
    standing = queries.standings([found])[0]
    spans = queries.spans_told(found)
    context = {
        "row": _row(standing),
        "collection": found,
        "uses": queries.uses(found),
        "spans": spans,
        "most": max((one.amount for one in spans), default=0),
        "least": LEAST,
        "trail": _trail((found.title, "")),
    }
    return render(request, "funds/gifts_public.html", context)


@require_safe
def collection_money(request: HttpRequest, code: str) -> HttpResponse:
    """Show the balances behind the amounts at a permanent address: of which day, as known when, of which books."""
    found = get_object_or_404(queries.published_collections(), code=code)
    moment = moment_asked(request, now())
    stands = queries.stands_of(found, day=moment.day, known_at=moment.known_at)
    context = {
        "collection": found,
        "stands": stands,
        "given": -sum(one.balance for one in stands if one.account.pk == found.source_id),
        "left": sum(one.balance for one in stands if one.account.pk == found.account_id),
        "version": version_of(stands, day=moment.day, known_at=moment.known_at),
        "moment": moment,
        "address": request.build_absolute_uri(f"{request.path}?{moment.query}"),
        "trail": _trail(
            (found.title, reverse("funds:gift_collection", args=[code])),
            (_("Where these figures come from"), ""),
        ),
    }
    return render(request, "funds/gifts_money.html", context)


@private
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Say what became of a gift, to whoever has the code of its receipt."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    found = None
    if form.is_valid():
        allow_knock("gift receipt", source_of(request), at=now(), burst=_BURST, per_hour=_PER_HOUR)
        code = read_code(form.cleaned_data["code"])
        told = Receipt.objects.select_related("collection__fund", "collection__account", "taking")
        found = told.filter(code=code, collection__published_at__isnull=False).first()
        if found is None:
            form.add_error("code", _("No receipt has this code. Look at it once more."))
    context = {
        "form": form,
        "receipt": found,
        "stands": queries.standing_of(found.taking) if found and found.taking else "",
        "uses": queries.uses(found.collection) if found else [],
        "trail": _trail((_("Your receipt"), "")),
    }
    return render(request, "funds/gifts_receipt.html", context, status=422 if form.errors else 200)


def _row(standing: queries.Standing) -> dict[str, object]:
    return {
        "standing": standing,
        "collection": standing.collection,
        "percent": 100 * standing.used // standing.given if standing.given else 0,
        "enough": standing.gifts >= LEAST,
    }


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    here = reverse("funds:gifts") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Donations"), here), *steps]
