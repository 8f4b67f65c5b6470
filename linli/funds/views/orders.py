"""Orders: what waits for a second person, one order with what it would move, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.funds.actions import orders
from linli.funds.forms.posting import RefuseForm
from linli.funds.models import Order
from linli.funds.queries.batches import batch_by
from linli.funds.queries.books import visible_orders, waits_for_second
from linli.funds.views.ways import DO, KEEPERS, READERS, posted, told, trail, ways
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 25
_LAMPS = {Order.ASKED: "soon", Order.APPROVED: "done", Order.REFUSED: "plain"}
_SHOWN: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("To be decided")),
    ("decided", gettext_lazy("Decided")),
)


@require_safe
@staff_only(*READERS)
def console_orders(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    decided = request.GET.get("shown") == "decided"
    known = visible_orders(by).select_related("fund").prefetch_related("lines")
    found = (
        known.exclude(state=Order.ASKED).order_by("-decided_at", "-pk")
        if decided
        else known.filter(state=Order.ASKED)
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    may_decide = set(waits_for_second(by).filter(pk__in=[one.pk for one in page]).values_list("pk"))
    here = reverse("funds:console_orders")
    context = {
        "page": page,
        "rows": [
            (one, _LAMPS[one.state], sum(line.amount for line in one.lines.all()), (one.pk,) in may_decide)
            for one in page
        ],
        "decided": decided,
        "shown": [(words, f"{here}?shown={name}" if name else here, name == ("decided" if decided else "")) for name, words in _SHOWN],
        "ways": ways(),
    }  # fmt: skip
    return render(request, "funds/console_orders.html", context)


@require_safe
@staff_only(*READERS)
def console_order(request: HttpRequest, code: str) -> HttpResponse:
    return _order_page(request, _order(request, code))


@require_POST
@staff_only(*KEEPERS)
def approve(request: HttpRequest, code: str) -> HttpResponse:
    order = _order(request, code)
    return told(
        request,
        lambda: orders.approve(by=acting(request), at=now(), order=order),
        _("Approved, and moved."),
        reverse("funds:console_order", args=[code]),
    )


@require_http_methods(DO)
@staff_only(*KEEPERS)
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    order = _order(request, code)
    form = RefuseForm(posted(request))
    if form.is_valid():
        try:
            orders.refuse(by=acting(request), at=now(), order=order, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Refused: nothing has moved."))
            return redirect("funds:console_order", code)
    return _order_page(request, order, form)


def _order(request: HttpRequest, code: str) -> Order:
    known = visible_orders(acting(request)).select_related("fund__unit", "evidence", "transaction")
    return get_object_or_404(known, code=code)


def _order_page(request: HttpRequest, order: Order, form: RefuseForm | None = None) -> HttpResponse:
    by = acting(request)
    lines = list(order.lines.select_related("out_of", "into"))
    steps: list[tuple[Words, str]] = [
        (_("Orders for money"), reverse("funds:console_orders")),
        (_("Order %s") % order.code, ""),
    ]
    context: dict[str, Any] = {
        "order": order,
        "lamp": _LAMPS[order.state],
        "lines": lines,
        "total": sum(line.amount for line in lines),
        "entry": getattr(order, "transaction", None),
        "batch": batch_by(order),
        "may_decide": waits_for_second(by).filter(pk=order.pk).exists(),
        "own": order.state == Order.ASKED and order.by_name == by.name,
        "form": form or RefuseForm(),
        "trail": trail(*steps),
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "funds/console_order.html", context, status=status)
