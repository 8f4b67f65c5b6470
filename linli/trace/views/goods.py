"""Products and lots of an operator, and labels to print."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions.goods import end_product, enter_product
from linli.trace.forms.trading import LabelsForm, ProductForm
from linli.trace.models import Lot
from linli.trace.queries.book_words import KIND_STATES, left_words, line_words
from linli.trace.queries.lots import lots_of
from linli.trace.queries.recalls import standing
from linli.trace.queries.shop_book import left_of, lines_of, opened
from linli.trace.rules.codes import lot_codes
from linli.trace.views.labels import square
from linli.trace.views.trade_desk import Desk
from linli.trace.views.ways import DO, posted

PER_PAGE = 25


class LotRow(NamedTuple):
    """One lot as a list shows it."""

    lot: Lot
    printed: str
    left: str


@require_http_methods(DO)
def products(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the products, and take a new one."""
    form = ProductForm(posted(request))
    if form.is_valid():
        try:
            enter_product(by=desk.by, at=now(), operator=desk.operator, draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect(f"{desk.base}products/")
    context = {
        "desk": desk,
        "form": form,
        "products": desk.operator.products.order_by("ended_on", "name"),
        "trail": desk.trail((_("Products"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "trace/trade_products.html", context, status=status)


@require_POST
def product_end(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Say that a product is not made any more."""
    at, product = now(), get_object_or_404(desk.operator.products, code=code)
    end_product(by=desk.by, at=at, product=product, on=localdate(at))
    return redirect(f"{desk.base}products/")


@require_safe
def lots(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the lots that an operator made or took in, with what is left by its book."""
    page = Paginator(lots_of(desk.operator), PER_PAGE).get_page(request.GET.get("page"))
    ids = [one.pk for one in page]
    left, begun = left_of(desk.operator, ids), opened(desk.operator, ids)
    context = {
        "desk": desk,
        "page": page,
        "rows": [_row(one, left_words(left.get(one.pk), opened=one.pk in begun)) for one in page],
        "today": localdate(now()),
        "trail": desk.trail((_("Lots"), "")),
    }
    return render(request, "trace/trade_lots.html", context)


@require_safe
def lot(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show one lot: what it is, what is left, what became of it by this operator's book."""
    found = _lot(desk, code)
    left = left_of(desk.operator, [found.pk]).get(found.pk)
    begun = bool(opened(desk.operator, [found.pk]))
    rows = lines_of(desk.operator).filter(lot=found)[:100]
    context = {
        "desk": desk,
        "row": _row(found, left_words(left, opened=begun)),
        "recall": standing([found.pk])[found.pk],
        "lines": [(one, KIND_STATES[one.kind], line_words(one)) for one in rows],
        "form": LabelsForm(),
        "trail": desk.trail((_("Lots"), "lots/"), (lot_codes.printed(found.code), "")),
    }
    return render(request, "trace/trade_lot.html", context)


@require_safe
def labels(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show labels to print: the square leads to what everybody may know of the lot."""
    found = _lot(desk, code)
    form = LabelsForm(request.GET or {"n": 12})
    many = form.cleaned_data["n"] if form.is_valid() else 0
    address = request.build_absolute_uri(reverse("goods:lookup", args=[found.code]))
    context: dict[str, Any] = {
        "desk": desk,
        "form": form,
        "row": _row(found, ""),
        "square": square(address),
        "labels": range(many),
        "trail": desk.trail(
            (_("Lots"), "lots/"),
            (lot_codes.printed(found.code), f"lots/{found.code}/"),
            (_("Labels"), ""),
        ),
    }
    return render(request, "trace/trade_labels.html", context, status=422 if form.errors else 200)


def _lot(desk: Desk, code: str) -> Lot:
    found = lots_of(desk.operator).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _row(one: Lot, left: str) -> LotRow:
    return LotRow(one, lot_codes.printed(one.code), left)
