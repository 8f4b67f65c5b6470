"""Payment batches on the console: the list, a file that is brought, one batch with how far it is, its deeds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.funds.actions import batches, orders
from linli.funds.forms.batches import BatchForm
from linli.funds.models import Batch, Order
from linli.funds.queries.batches import SHOWN, newest, stands, visible_batches
from linli.funds.queries.books import visible_funds, waits_for_second
from linli.funds.views import batch_words
from linli.funds.views.ways import DO, KEEPERS, READERS, keeps, posted, told, trail, ways
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 25
_BEFORE = {"checked", "asked"}  # nothing is paid yet
_FIELDS = {"no_words": "words", "wrong_accounts": "into", "account_closed": "out_of"}


@require_safe
@staff_only(*READERS)
def console_batches(request: HttpRequest) -> HttpResponse:
    by, here = acting(request), reverse("funds:console_batches")
    shown = request.GET.get("shown", "")
    found = visible_batches(by).filter(SHOWN.get(shown, SHOWN[""])).distinct()
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, *batch_words.STANDS[stands(one)]) for one in page],
        "narrowed": bool(shown),
        "shown": [
            (words, f"{here}?shown={name}" if name else here, name == shown)
            for name, words in batch_words.SHOWN.items()
        ],
        "may_bring": by.role in KEEPERS,
        "ways": ways(),
        "trail": trail((_("Payment batches"), "")),
    }
    return render(request, "funds/batches_list.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def batch_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = BatchForm(posted(request), request.FILES or None, funds=visible_funds(by))
    if form.is_valid():
        draft = form.draft()
        try:
            batch = batches.bring(by=by, at=now(), fund=draft.out_of.fund, draft=draft)
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code, "file"))
        else:
            messages.success(request, _("Brought. The file is being read."))
            return redirect("funds:console_batch", batch.code)
    context = {"form": form, "trail": _trail((_("Bring a payment file"), ""))}
    status = 422 if form.is_bound else 200
    return render(request, "funds/batches_new.html", context, status=status)


@never_cache
@require_safe
@staff_only(*READERS)
def console_batch(request: HttpRequest, code: str) -> HttpResponse:
    by, batch = acting(request), batch_of(request, code)
    context = _told(batch) | {
        "trail": _trail((batch.code, "")),
        "keeps": keeps(by, batch.fund),
        "own": by.name == batch.by_name,
        "decides": set(waits_for_second(by).filter(pk__in=_orders(batch)).values_list("code", flat=True)),
        "short": not batch.wrong and batch.out_of.balance < batch.total and stands(batch) in _BEFORE,
        "sizes": batch_words.sizes(batch.sizes),
        "faults": batch_words.faults(batch),
    }  # fmt: skip
    return render(request, "funds/batches_batch.html", context)


@never_cache
@require_safe
@staff_only(*READERS)
def batch_progress(request: HttpRequest, code: str) -> HttpResponse:
    """Say how far the reading is; whoever looks on is sent to the page as soon as it is done."""
    batch = batch_of(request, code)
    context = _told(batch)
    response = render(request, "funds/_batches_progress.html", context)
    if context["reading"] is None:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@staff_only(*KEEPERS)
def batch_ask(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_of(request, code)
    return told(
        request,
        lambda: batches.ask(by=acting(request), at=now(), batch=batch),
        _("Asked. Somebody else decides."),
        reverse("funds:console_batch", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def batch_approve(request: HttpRequest, code: str, order: str) -> HttpResponse:
    batch = batch_of(request, code)
    found = get_object_or_404(Order, code=order, pk__in=_orders(batch))
    return told(
        request,
        lambda: orders.approve(by=acting(request), at=now(), order=found),
        _("Approved, and moved."),
        reverse("funds:console_batch", args=[code]),
    )


def batch_of(request: HttpRequest, code: str) -> Batch:
    """Return the batch that an address names, if its fund's books are open to whoever asks."""
    return get_object_or_404(visible_batches(acting(request)), code=code)


def batch_trail(batch: Batch, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through a batch."""
    return _trail((batch.code, reverse("funds:console_batch", args=[batch.code])), *steps)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    return trail((_("Payment batches"), reverse("funds:console_batches")), *steps)


def _told(batch: Batch) -> dict[str, Any]:
    reply, word = newest(batch), stands(batch)
    waiting = batch if batch.read_at is None else reply
    return {
        "batch": batch,
        "reply": reply,
        "word": word,
        "stands": batch_words.STANDS[word],
        "reading": waiting if waiting is not None and waiting.read_at is None else None,
    }


def _orders(batch: Batch) -> list[int]:
    """Return the orders of a batch: its own, and those of what goes back."""
    replies = batch.answers  # type: ignore[attr-defined]
    return [one.order_id for one in (batch, *replies) if one.order_id]
