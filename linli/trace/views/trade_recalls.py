"""Recalls at the workplace of a business: what it was told, that it knows, what became of its goods; its own call."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions import recall_answers, recalls
from linli.trace.forms.recalls import CountForm, OwnRecallForm
from linli.trace.models import Recall, RecallTold
from linli.trace.queries.recall_lists import had_lots, own_lots
from linli.trace.queries.recall_marks import said_of
from linli.trace.queries.recalls import recalls_told
from linli.trace.rules.shop.amounts import shown
from linli.trace.views.recall_words import STATES, called, told_lamp
from linli.trace.views.trade_desk import Desk
from linli.trace.views.ways import DO, posted

ROWS = 20
_LOTS = 200  # of which one is chosen
_ASKED = 40  # lots of which is asked what became of them


@require_safe
def trade_recalls(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the recalls that a business was told of."""
    page = Paginator(recalls_told(desk.operator), ROWS).get_page(request.GET.get("page"))
    told = {
        one.recall_id: one
        for one in RecallTold.objects.filter(operator=desk.operator, recall__in=page.object_list)
    }
    context = {
        "desk": desk,
        "rows": [
            (one, called(one.lot), STATES[one.state], told_lamp(told[one.pk]))
            for one in page.object_list
        ],
        "page": page,
        "trail": desk.trail((_("Recalls"), "")),
    }
    return render(request, "trace/trade_recalls.html", context)


@require_http_methods(DO)
def trade_recall(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show one recall with what the business had, and ask what became of it."""
    told = _told(desk, code)
    lots, others = had_lots(told)
    said = said_of(told)
    forms = [
        CountForm(
            posted(request),
            lot=lot,
            initial={k: shown(q) for (pk, k), q in said.items() if pk == lot.pk},
        )
        for lot in lots[:_ASKED]
    ]
    valid = [one.is_valid() for one in forms]
    if valid and all(valid):
        counts = {key: value for one in forms for key, value in one.counts().items()}
        try:
            recall_answers.count(by=desk.by, at=now(), told=told, counts=counts)
        except Refused as refused:
            messages.error(request, str(refused.sentence))
        else:
            messages.success(request, _("Kept. Come back whenever something changes."))
        return redirect(f"{desk.base}recalls/{code}/")
    context = {
        "desk": desk,
        "recall": told.recall,
        "lot": told.recall.lot,
        "called": called(told.recall.lot),
        "told": told,
        "lamp": told_lamp(told),
        "runs": told.recall.state == Recall.RUNNING,
        "forms": forms,
        "others": others,
        "trail": desk.trail((_("Recalls"), "recalls/"), (called(told.recall.lot), "")),
    }
    return render(
        request, "trace/trade_recall.html", context, status=422 if posted(request) else 200
    )


@require_POST
def trade_recall_seen(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Say that the business knows of a recall and has put the goods apart."""
    try:
        recall_answers.acknowledge(by=desk.by, at=now(), told=_told(desk, code))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Thank you. Now say how much of it is left."))
    return redirect(f"{desk.base}recalls/{code}/")


@require_http_methods(DO)
def trade_recall_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Call a lot of one's own back."""
    form = OwnRecallForm(posted(request), lots=own_lots(desk.operator)[:_LOTS])
    if form.is_valid():
        try:
            made = recalls.call_own(by=desk.by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("It is called back. Whoever had it is being told."))
            return redirect(f"{desk.base}recalls/{made.code}/")
    trail = desk.trail((_("Recalls"), "recalls/"), (_("Call a lot back"), ""))
    context = {"desk": desk, "form": form, "trail": trail}
    status = 422 if form.is_bound else 200
    return render(request, "trace/trade_recall_new.html", context, status=status)


def _told(desk: Desk, code: str) -> RecallTold:
    rows = RecallTold.objects.select_related("recall__lot__product__operator__unit")
    return get_object_or_404(rows, operator=desk.operator, recall__code=code)
