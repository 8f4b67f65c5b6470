"""The desk's side of facts: what can be known, and what contradicts what."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.facts import actions, queries
from linli.facts.forms import IndicatorFilterForm, IndicatorForm
from linli.facts.views.told import told
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

PER_PAGE = 25
MOST = 200  # contradictions on one page: who has more begins with these
_FIELDS = {"code_taken": "code", "official_only_needed": "official_only"}


@require_safe
@staff_only()
def console_list(request: HttpRequest) -> HttpResponse:
    filters = IndicatorFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    indicators = queries.listed_indicators(
        words=chosen.get("words", ""), kind=chosen.get("kind", "")
    )
    page = Paginator(indicators, PER_PAGE).get_page(request.GET.get("page"))
    known = queries.fact_counts(page)
    context = {
        "trail": trail(),
        "filters": filters,
        "page": page,
        "rows": [(indicator, known.get(indicator.pk)) for indicator in page],
        "may_define": acting(request).role == Role.PLANNER,
    }
    return render(request, "facts/console_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def define(request: HttpRequest) -> HttpResponse:
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicator = actions.define(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("“%s” can be known from now on.") % indicator.shown_name)
            return redirect("facts:console_list")
    context = {"form": form, "trail": trail(_("Define an indicator"))}
    status = 422 if form.errors else 200
    return render(request, "facts/console_define.html", context, status=status)


@require_safe
@staff_only()
def contradictions(request: HttpRequest) -> HttpResponse:
    found = queries.contradictions(most=MOST)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "trail": trail(_("Contradictions")),
        "page": page,
        "pairs": [(pair.first, [told(pair.first), told(pair.second)]) for pair in page],
        "all_shown": len(found) < MOST,
    }
    return render(request, "facts/console_contradictions.html", context)


def trail(*here: str) -> list[tuple[str, str]]:
    """Return the way to a page of the facts desk."""
    way = [(_("Desk"), reverse("portal:console"))]
    if not here:
        return [*way, (_("Facts"), "")]
    return [*way, (_("Facts"), reverse("facts:console_list")), *((words, "") for words in here)]
