"""What the bank answers: its file brought, the differences by line, and what goes back."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.funds.actions import batches
from linli.funds.forms.batches import AnswerForm
from linli.funds.models import Difference
from linli.funds.queries.batches import differences
from linli.funds.rules.amounts import yuan
from linli.funds.views import batch_words
from linli.funds.views.batches import batch_of, batch_trail
from linli.funds.views.ways import DO, KEEPERS, READERS, keeps, posted, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.sheets import Cell, write_csv

ROWS = 50


@require_http_methods(DO)
@staff_only(*KEEPERS)
def batch_answer(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_of(request, code)
    form = AnswerForm(posted(request), request.FILES or None)
    if form.is_valid():
        try:
            batches.answer(by=acting(request), at=now(), batch=batch, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "paid_by" if refused.code == "another_file" else "file")
        else:
            messages.success(request, _("Brought. The file is being read."))
            return redirect("funds:console_batch", code)
    context = {
        "form": form,
        "batch": batch,
        "trail": batch_trail(batch, (_("What the bank answers"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "funds/batches_answer.html", context, status=status)


@never_cache
@require_safe
@staff_only(*READERS)
def batch_differences(request: HttpRequest, code: str, number: int) -> HttpResponse:
    by, batch = acting(request), batch_of(request, code)
    reply = get_object_or_404(batch.replies, number=number)
    kind = request.GET.get("kind", "")
    kind = kind if kind in batch_words.KINDS else ""
    page = Paginator(differences(reply, kind), ROWS).get_page(request.GET.get("page"))
    here = reverse("funds:batch_differences", args=[code, number])
    context = {
        "batch": batch,
        "reply": reply,
        "page": page,
        "kind": kind,
        "shown": [
            (words, f"{here}?kind={name}" if name else here, name == kind)
            for name, words in ({"": _("All")} | batch_words.KINDS).items()
        ],
        "reasons": [(batch_words.REASONS[name], count) for name, count in reply.reasons.items()],
        "faults": batch_words.faults(reply),
        "keeps": keeps(by, batch.fund),
        "trail": batch_trail(batch, (_("Answer %(number)s") % {"number": number}, "")),
    }
    return render(request, "funds/batches_differences.html", context)


@never_cache
@require_safe
@staff_only(*READERS)
def differences_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    reply = get_object_or_404(batch_of(request, code).replies, number=number)
    columns = [_("Line"), _("What"), _("Asked, yuan"), _("The bank says, yuan"), _("Reason")]
    table = write_csv(columns, _rows(differences(reply).iterator()))
    # The mark at the beginning lets spreadsheet programs read Chinese.
    response = HttpResponse("\ufeff" + table, content_type="text/csv; charset=utf-8")
    name = f"{code}-{number}-differences.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@staff_only(*KEEPERS)
def batch_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    reply = get_object_or_404(batch_of(request, code).replies, number=number)
    return told(
        request,
        lambda: batches.ask_back(by=acting(request), at=now(), reply=reply),
        _("Asked. Somebody else decides."),
        reverse("funds:console_batch", args=[code]),
    )


def _rows(found: Iterator[Difference]) -> Iterator[list[Cell]]:
    for one in found:
        amounts = [
            yuan(fen).replace(",", "") if fen is not None else "" for fen in (one.asked, one.said)
        ]
        yield [
            one.line,
            str(batch_words.KINDS[one.kind]),
            *amounts,
            str(batch_words.REASONS.get(one.reason, "")),
        ]
