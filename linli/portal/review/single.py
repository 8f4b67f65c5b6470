"""Correct one item, or merge it with what is there: pages that also open in a drawer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.directory.queries import listed_units
from linli.flows import reading_to_ledger as flow
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.portal.review import words
from linli.portal.review.forms import FigureForm, MeasureForm
from linli.portal.review.rows import becomes_of
from linli.portal.review.views import DECIDES, trail
from linli.reports import actions
from linli.reports.models import Report
from linli.reports.queries.review import ReviewItem, review_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*DECIDES)
def correct(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Accept an item as corrected."""
    report, one = _open(code, item)
    before = becomes_of(one, flow.suggestions(report).get(item))
    form = _form(request, report, one, before)
    if request.method == "POST" and form.is_valid():
        choice = actions.Choice("accept", form.becomes(before))
        try:
            actions.decide(by=acting(request), at=now(), report=report, items={item: choice})
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Accepted as corrected."))
            return redirect(_back(request, report, item))
    return _shown(request, report, one, "correct", {"form": form}, wrong=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*DECIDES)
def merge(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Merge an item with a fact, a task or a measure that is there."""
    report, one = _open(code, item)
    refused = None
    if request.method == "POST":
        into = {item: request.POST.get("into", "")}
        try:
            flow.merge(by=acting(request), at=now(), report=report, into=into)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("Merged: nothing will be added twice."))
            return redirect(_back(request, report, item))
    asked = request.GET.get("words", "")[:100].replace("\0", "").strip()
    suggestion = flow.suggestions(report).get(item)
    found = suggestion.candidates if suggestion and not asked else ()
    found = found or flow.searched(report, one.item.kind, asked)
    context = {
        "found": [(each, words.BECOMES[each.kind]) for each in found],
        "asked": asked,
        "refused": refused,
    }
    return _shown(request, report, one, "merge", context, wrong=refused is not None)


def _open(code: str, item: str) -> tuple[Report, ReviewItem]:
    """Return an item that may still be decided; what is out of scope or taken has no such page."""
    report = get_object_or_404(Report, code=code)
    one = next((one for one in review_of(report).items if one.item.id == item), None)
    if one is None or one.state in {"out_of_scope", "taken"}:
        raise Http404
    return report, one


def _form(
    request: HttpRequest,
    report: Report,
    one: ReviewItem,
    before: Any,  # noqa: ANN401 - JSON
) -> FigureForm | MeasureForm:
    data = request.POST if request.method == "POST" else None
    if one.item.kind == "figure":
        return FigureForm(data, initial=dict(before))
    units = listed_units(area=report.area)
    return MeasureForm(data, initial=dict(before), units=units)


def _back(request: HttpRequest, report: Report, item: str) -> str:
    query = request.GET.copy()
    query.pop("words", None)
    asked = query.urlencode()
    address = reverse("portal:review", args=[report.code])
    return f"{address}{'?' if asked else ''}{asked}#i-{item}"


def _shown(
    request: HttpRequest,
    report: Report,
    one: ReviewItem,
    name: str,
    context: dict[str, Any],
    *,
    wrong: bool,
) -> HttpResponse:
    drawer = bool(request.htmx)  # type: ignore[attr-defined]
    template = f"portal/review_{name}_form.html" if drawer else f"portal/review_{name}.html"
    context |= {
        "report": report,
        "item": one.item,
        "back": _back(request, report, one.item.id),
        "query": request.GET.urlencode(),
        "trail": [*trail(report), (_("Review"), reverse("portal:review", args=[report.code]))],
    }
    return render(request, template, context, status=422 if wrong else 200)
