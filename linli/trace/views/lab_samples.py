"""Samples on the console: the list, a new one, one of them with its custody, tests and reports, its labels."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel import idempotency
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import once
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import samples as actions
from linli.trace.forms.lab_samples import SampleForm, SamplesForm
from linli.trace.models import Handing, Sample
from linli.trace.queries.lab_standing import breaks_of, known, standings_of
from linli.trace.queries.samples import reports_of, samples_seen
from linli.trace.rules.laboratory.labels import Label, label_of
from linli.trace.rules.laboratory.publishing import why_not
from linli.trace.views.lab_deeds import deeds_open
from linli.trace.views.lab_words import (
    BREAKS,
    NOT_PUBLIC,
    REASONS,
    SAMPLE_STATES,
    result_told,
    standing_told,
)
from linli.trace.views.ways import DO, KEEPERS, READERS, form_page, posted, trail
from linli.ui.private import private

ROWS = 40
_EXTRACTS = (("1", False), ("2", False), ("3", False), ("1", True), ("2", True))


@private
@require_safe
@staff_only(*READERS)
def samples(request: HttpRequest) -> HttpResponse:
    """List samples."""
    by, form = acting(request), SamplesForm(request.GET)
    page = Paginator(form.found(samples_seen(by)), ROWS).get_page(request.GET.get("page"))
    said = standings_of(page.object_list)
    rows = [
        (one, SAMPLE_STATES[one.state], [standing_told(s) for s in said.get(one.pk, {}).values()])
        for one in page.object_list
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "filtered": form.asks,
        "keeps": by.role in KEEPERS,
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "trace/samples.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
@once
def sample_new(request: HttpRequest) -> HttpResponse:
    """Order a sample for a reason."""
    by = acting(request)
    form = SampleForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.order_sample(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Ordered. Nobody outside is told before it is taken."))
            return redirect("trace:sample", made.code)
    title = _("Order a sample")
    named = {"title": title, "button": title, "back": reverse("trace:samples")}
    key = idempotency.new_key()
    return form_page(request, form, **named, once=key, trail=_trail((title, "")))


@private
@require_safe
@staff_only(*READERS)
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """Show one sample."""
    found, by, at = sample_of(request, code), acting(request), now()
    reports = reports_of(found)
    standings = standings_of([found]).get(found.pk, {})
    findings = found.findings.select_related("run__laboratory").order_by("run_id", "id")
    context: dict[str, Any] = {
        "sample": found,
        "lamp": (SAMPLE_STATES[found.state], found.get_state_display()),
        "standings": [(target, *standing_told(one)) for target, one in standings.items()],
        "findings": [
            (one, result_told(one.result), [REASONS[why] for why in one.reasons])
            for one in findings
        ],
        "parts": [(words, *_chain(found, part)) for part, words in Handing.PARTS],
        "reports": [
            (
                one,
                result_told(one.result),
                [NOT_PUBLIC[why] for why in why_not(known(one), at)]
                if not one.published_at and one is reports[0]
                else [],
            )
            for one in reports
        ],
        "appraisals": found.appraisals.all(),
        "deeds": deeds_open(found, reports, by),
        "trail": _trail((found.code, "")),
    }
    return render(request, "trace/sample.html", context)


@private
@require_safe
@staff_only(*READERS)
def sample_labels(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is written on the tubes of a sample, to print."""
    found = sample_of(request, code)
    labels = [label_of(Label(found.code, extract, counter)) for extract, counter in _EXTRACTS]
    here = (found.code, reverse("trace:sample", args=[found.code]))
    context = {"sample": found, "labels": labels, "trail": _trail(here, (_("Labels"), ""))}
    return render(request, "trace/sample_labels.html", context)


def sample_of(request: HttpRequest, code: str) -> Sample:
    """Return a sample that whoever asks may see."""
    found = samples_seen(acting(request)).prefetch_related("handings")
    return get_object_or_404(found, code=code)


def _chain(
    found: Sample, part: str
) -> tuple[list[tuple[Handing, str, str]], list[tuple[int, Words]]]:
    """Return the handings of a part with the names of the posts, and where its chain breaks."""
    handings = [one for one in found.handings.all() if one.part == part]
    codes = {code for one in handings for code in (one.giver, one.taker)}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    told = [(one, names[one.giver], names[one.taker]) for one in handings]
    return told, [(one.place + 1, BREAKS[one.code]) for one in breaks_of(found, part)]


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:samples") if steps else ""
    return trail((_("Samples"), here), *steps)
