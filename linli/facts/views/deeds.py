"""Single facts on the desk: an indicator with all that is known, a new fact, one fact's story and deeds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.directory.models import Area
from linli.facts import actions, queries
from linli.facts.forms import DeedForm, RecordForm, SaidForm
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.views.console import trail
from linli.facts.views.told import told
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only()
def console_indicator(request: HttpRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, code=code)
    form = RecordForm(request.POST or None, request.FILES or None, initial=_ours(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                fact = _record(request, indicator, form)
        except Refused as refused:
            on_form(form, refused)
            status = refused.status
        else:
            messages.success(request, _("Recorded under %s.") % fact.code)
            return redirect("facts:console_fact", fact.code)
    area = Area.objects.filter(code=request.GET.get("area", "")).first()
    facts = queries.series(indicator, area=area).select_related("indicator")
    page = Paginator(facts, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "indicator": indicator, "form": form, "area": area, "page": page,
        "rows": [told(fact) for fact in page], "trail": trail(indicator.shown_name),
        "may_record": acting(request).role != Role.SUPERVISOR,
    }  # fmt: skip
    return render(request, "facts/console_indicator.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only()
def console_fact(request: HttpRequest, code: str) -> HttpResponse:
    fact = queries.cited(code, hidden=True)
    if fact is None:
        raise Http404
    form = DeedForm(request.POST or None, request.FILES or None, initial=_ours(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                new = _do(request, fact, form)
        except Refused as refused:
            on_form(form, refused)
            status = refused.status
        else:
            messages.success(request, _("Done. What was said before stays on record."))
            return redirect("facts:console_fact", new.code)
    story = queries.vintages(fact)
    context = {
        "fact": fact, "now": told(fact), "newest": story[-1], "form": form,
        "story": [told(one) for one in reversed(story)], "trail": trail(fact.indicator.shown_name),
        "final": story[-1] != fact or fact.status == Fact.WITHDRAWN,
    }  # fmt: skip
    return render(request, "facts/console_fact.html", context, status=status)


def _ours(request: HttpRequest) -> dict[str, Any]:
    """Return what a form may take for granted: an officer speaks for the own unit."""
    return {"source": acting(request).unit} if acting(request).role == Role.OFFICER else {}


def _evidence(request: HttpRequest, form: SaidForm) -> Evidence:
    given, by, at = form.cleaned_data, acting(request), now()
    if file := given["file"]:
        return actions.cite_file(
            by=by, at=at, source=given["source"], data=file.read(), name=file.name
        )
    return actions.cite_statement(
        by=by, at=at, source=given["source"], words=given["words"], address=given["address"]
    )


def _record(request: HttpRequest, indicator: Indicator, form: RecordForm) -> Fact:
    given, by, at = form.cleaned_data, acting(request), now()
    # Before a file is kept: who may not say this leaves nothing behind.
    actions.may_claim(by=by, at=at, status=given["status"], source=given["source"])
    return actions.record(
        by=by, at=at, indicator=indicator, area=given["area"],
        period=given["period"], statement=given["value"], status=given["status"],
        evidence=_evidence(request, form),
    )  # fmt: skip


def _do(request: HttpRequest, fact: Fact, form: DeedForm) -> Fact:
    given, by, at = form.cleaned_data, acting(request), now()
    if given["deed"] == "raise":
        actions.may_raise(by=by, at=at, fact=fact)
    else:
        actions.may_claim(by=by, at=at, status=fact.status, source=fact.evidence.source)
    evidence, reason, status = _evidence(request, form), given["reason"], given["status"]
    if given["deed"] == "withdraw":
        return actions.withdraw(by=by, at=at, fact=fact, evidence=evidence, reason=reason)
    if given["deed"] == "raise":
        return actions.raise_status(
            by=by, at=at, fact=fact, status=status, evidence=evidence, reason=reason
        )
    return actions.correct(
        by=by, at=at, fact=fact, statement=given["value"], status=status, evidence=evidence,
        reason=reason,
    )  # fmt: skip
