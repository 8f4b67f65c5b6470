"""What is done with a collection: open it, take a day's total in, write a receipt, give its money on."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.views.qr import drawn
from linli.funds.actions import gifts as actions
from linli.funds.forms.gifts import CollectionForm, GiveOnForm, ReceiptForm, TotalForm
from linli.funds.models import Collection, Order, Receipt
from linli.funds.queries.books import visible_funds
from linli.funds.views.gifts import kept_collection, trail
from linli.funds.views.ways import DO, KEEPERS, form_page, posted
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_http_methods(DO)
@staff_only(*KEEPERS)
def collection_new(request: HttpRequest) -> HttpResponse:
    """Open a collection."""
    by = acting(request)
    form = CollectionForm(posted(request), funds=visible_funds(by))
    if form.is_valid():
        try:
            made = actions.open_collection(
                by=by, at=now(), fund=form.cleaned_data["fund"], draft=form.draft()
            )
        except Refused as refused:
            on_form(form, refused, "title" if refused.code in {"no_name", "name_taken"} else None)
        else:
            return redirect("funds:console_collection", made.code)
    return _form_page(request, form, title=_("A new collection"), button=_("Open the collection"))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take in a day's total."""
    by, at = acting(request), now()
    found = kept_collection(by, code)
    form = TotalForm(posted(request), initial={"day": localdate(at)})
    if form.is_valid():
        try:
            taken = actions.take(by=by, at=at, collection=found, total=form.total())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _said(waits=taken.order is not None))
            return redirect("funds:console_collection", code)
    return _form_page(request, form, found, title=_("A day's total"), button=_("Take the total in"))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """Write a receipt for one gift of today."""
    by, at = acting(request), now()
    found = kept_collection(by, code)
    form = ReceiptForm(posted(request))
    if form.is_valid():
        try:
            made = actions.acknowledge(by=by, at=at, collection=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("funds:gift_slip", code, made.code)
    lead = _("The receipt says amount and day under a code. Nobody's name is asked for or kept.")
    return _form_page(
        request, form, found, title=_("A receipt"), button=_("Write the receipt"), lead=lead
    )


@require_safe
@staff_only(*KEEPERS)
def slip(request: HttpRequest, code: str, receipt: str) -> HttpResponse:
    """Show the slip of a receipt of today, to be printed and handed over; later it is the giver's alone."""
    by = acting(request)
    found = kept_collection(by, code)
    made = get_object_or_404(Receipt, collection=found, code=receipt, day=localdate(now()))
    address = request.build_absolute_uri(reverse("funds:gift_receipt"))
    context = {
        "collection": found,
        "receipt": made,
        "address": address,
        "square": drawn(f"{address}?code={made.code}"),
        "trail": trail(
            (found.title, reverse("funds:console_collection", args=[code])), (_("A receipt"), "")
        ),
    }
    return render(request, "funds/gifts_slip.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def give_on(request: HttpRequest, code: str) -> HttpResponse:
    """Allocate what was given."""
    by, at = acting(request), now()
    found = kept_collection(by, code)
    form = GiveOnForm(posted(request), collection=found)
    if form.is_valid():
        try:
            made = actions.give_on(by=by, at=at, collection=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused, "amount" if refused.code == "not_enough" else None)
        else:
            messages.success(request, _said(waits=isinstance(made, Order)))
            return redirect("funds:console_collection", code)
    return _form_page(request, form, found, title=_("Give it on"), button=_("Allocate"))


def _said(*, waits: bool) -> str:
    if waits:
        return _("It is above what one person may move: a second person decides.")
    return _("It stands in the books.")


def _form_page(
    request: HttpRequest, form: Form, found: Collection | None = None, **named: str
) -> HttpResponse:
    """Show a form on a page of its own, below its collection."""
    back, steps = reverse("funds:console_collections"), []
    if found is not None:
        back = reverse("funds:console_collection", args=[found.code])
        steps = [(found.title, back)]
    way = trail(*steps, (named["title"], ""))
    return form_page(request, form, back=back, trail=way, **named)
