"""Causes: several cases are said to have one, and when it is settled all of them hear."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from linli.cases.actions import causes as actions
from linli.cases.forms.handling import MergeForm, SettleForm
from linli.cases.models import Case, Cause
from linli.cases.queries.causes import OVERSEERS, causes_seen_by, open_causes
from linli.cases.queries.desk import case_at
from linli.cases.views import standing
from linli.cases.views.cause_news import news_of
from linli.cases.views.desk_frame import HANDLERS, deed, done, trail
from linli.cases.views.desk_page import show
from linli.cases.views.queue import MOST, back_to_queue
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

PAGE = 25


@require_safe
@staff_only(*HANDLERS, *OVERSEERS)
def causes(request: HttpRequest) -> HttpResponse:
    page = Paginator(causes_seen_by(acting(request)), PAGE).get_page(request.GET.get("page"))
    context = {"causes": page.object_list, "page": page, "trail": trail((_("Causes"), ""))}
    return render(request, "cases/console/causes.html", context)


@require_safe
@staff_only(*HANDLERS, *OVERSEERS)
def cause(request: HttpRequest, code: str) -> HttpResponse:
    return _cause(request, _own(request, code), SettleForm())


@require_POST
@staff_only(*HANDLERS)
def settle(request: HttpRequest, code: str) -> HttpResponse:
    found, form = _own(request, code), SettleForm(request.POST)
    if not form.is_valid():
        return _cause(request, found, form, status=422)
    try:
        told = actions.settle(by=acting(request), at=now(), cause=found, **form.cleaned_data)
    except Refused as refused:
        on_form(form, refused)
        return _cause(request, _own(request, code), form, status=refused.status)
    said = ngettext("Settled. %(n)d case hears it.", "Settled. %(n)d cases hear it.", told)
    messages.success(request, said % {"n": told})
    return redirect("cases:cause", code)


@require_POST
@staff_only(*HANDLERS)
def merge(request: HttpRequest) -> HttpResponse:
    """Ask for the cause of the chosen cases; with `sure`, merge them."""
    by, sure = acting(request), "sure" in request.POST
    found = [case_at(by.unit, code) for code in request.POST.getlist("case")[:MOST]]
    cases = [case for case in found if case]
    if not cases:
        messages.warning(request, _("Choose cases first: tick their boxes."))
        return redirect(back_to_queue(request))
    form = MergeForm(request.POST if sure else None, causes=open_causes(by.unit))
    if not sure or not form.is_valid():
        return _merge(request, form, cases, status=422 if sure else 200)
    try:
        made = actions.merge(by=by, at=now(), cases=cases, **form.cleaned_data)
    except Refused as refused:
        on_form(form, refused)
        return _merge(request, form, cases, status=refused.status)
    messages.success(request, _("Merged. Each keeps its own clock."))
    return redirect("cases:cause", made.code)


@deed
def merge_one(request: HttpRequest, case: Case) -> HttpResponse:
    by = acting(request)
    form = MergeForm(request.POST, causes=open_causes(by.unit))

    def do() -> str:
        actions.merge(by=by, at=now(), cases=[case], **form.cleaned_data)
        return _("Merged. Each keeps its own clock.")

    return done(request, case, ("merge_one", form), do, show)


def _own(request: HttpRequest, code: str) -> Cause:
    return get_object_or_404(causes_seen_by(acting(request)), code=code)


def _cause(
    request: HttpRequest, cause: Cause, form: SettleForm, *, status: int = 200
) -> HttpResponse:
    at, handles = now(), acting(request).role in HANDLERS
    cases = cause.cases.filter(unit__name=acting(request).unit).select_related(
        "topic", "area", "location"
    )
    rows = [
        {"code": case.code, "address": reverse("cases:desk", args=[case.code]),
         "state": standing.state_of(case), "clock": standing.clock_of(case, at)}
        for case in cases.order_by("asked_at")[:MOST]
    ]  # fmt: skip
    context: dict[str, Any] = {
        "cause": cause,
        "size": getattr(cause, "size", 0),
        "rows": rows,
        "handles": handles,
        "news": news_of(cause),
        "form": form if handles and cause.settled_at is None else None,
        "astray": form if cause.settled_at and form.is_bound else None,
        "trail": trail((_("Causes"), reverse("cases:causes")), (cause.title, "")),
    }
    return render(request, "cases/console/cause.html", context, status=status)


def _merge(
    request: HttpRequest, form: MergeForm, cases: list[Case], *, status: int
) -> HttpResponse:
    rows = [
        {
            "code": case.code,
            "topic": case.topic,
            "place": standing.place_of(case.area, case.location),
        }
        for case in cases
    ]
    context = {"form": form, "rows": rows, "trail": trail((_("Merge to one cause"), ""))}
    return render(request, "cases/console/merge.html", context, status=status)
