"""Results at the workplace of an operator: those of which it was told, and its reply to each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions.lab_hearings import reply_to_result
from linli.trace.forms.lab_samples import HearingForm
from linli.trace.models import Operator, Report
from linli.trace.queries.keys import as_operator
from linli.trace.queries.lab_hearings import open_to_reply, told_to
from linli.trace.queries.lab_results import sentences
from linli.trace.queries.lab_standing import counter_by
from linli.trace.views.lab_words import result_told
from linli.trace.views.trading import for_operator
from linli.trace.views.ways import DO, posted


@require_safe
@for_operator
def trade_results(request: HttpRequest, operator: Operator) -> HttpResponse:
    """List the results of which the operator was told."""
    at = now()
    rows = [
        (one, result_told(one.result), open_to_reply(one, at)) for one in told_to(operator)[:200]
    ]
    return render(request, "trace/trade_results.html", {"rows": rows, "trail": _trail()})


@require_http_methods(DO)
@for_operator
def trade_result(request: HttpRequest, operator: Operator, code: str) -> HttpResponse:
    """Show one result, and take the reply to it."""
    report = get_object_or_404(told_to(operator).filter(sample__code=code)[:1])
    form = HearingForm(posted(request))
    if report.sample.counter_state not in ("sealed", "sent"):
        del form.fields["counter"]
    if form.is_valid():
        by = as_operator(operator)
        try:
            reply_to_result(by=by, at=now(), report=report, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Your reply stands beside the result."))
            return redirect("trace:trade_result", code)
    return _page(request, report, form)


def _page(request: HttpRequest, report: Report, form: HearingForm) -> HttpResponse:
    context = {
        "report": report,
        "sample": report.sample,
        "lamp": result_told(report.result),
        "counter_by": counter_by(report.hearing.counter_asked_at)
        if report.hearing.counter_asked_at
        else None,
        "words": sentences(report, get_language() or "en"),
        "open": open_to_reply(report, now()),
        "form": form,
        "trail": _trail((report.sample.material, "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "trace/trade_result.html", context, status=status)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:trade_results") if steps else ""
    return [(_("Workplace"), reverse("trace:trade")), (_("Laboratory results"), here), *steps]
