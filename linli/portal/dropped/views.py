"""Silent drops: a page for everybody from published reports, one for supervision from all, and the letter to a unit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from linli.flows.drops_to_notices import ask_unit, task_of
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.portal.dropped.shown import DropFilter, clashes, rows, tally
from linli.reports.models import Report, ReportQuerySet
from linli.reports.queries.drops import TOLD, Drop, Pair, drop_of, drops, successive
from linli.reports.queries.standing import standing_reports
from linli.reports.views import words
from linli.ui.kept import kept_while

ROWS = 20
READERS = (Role.SUPERVISOR, Role.PLANNER)


class AskForm(forms.Form):
    """Until when the unit is to answer."""

    due_on = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
    )


@require_safe
@kept_while(standing_reports, "area", "unit", "outcome", "page")
def dropped(request: HttpRequest) -> HttpResponse:
    """Show what published reports dropped, changed or only said again, and what contradicts what."""
    context = _page(request, Report.objects.published(), public=True)
    context["trail"] = [(_("Home"), reverse("portal:home")), (_("Dropped promises"), "")]
    return render(request, "portal/dropped/public.html", context)


@require_safe
@staff_only(*READERS)
def console_dropped(request: HttpRequest) -> HttpResponse:
    """Show the same from all reports, with the way to ask the unit."""
    context = _page(request, Report.objects.all(), public=False)
    context["trail"] = [(_("Desk"), reverse("portal:console")), (_("Dropped promises"), "")]
    return render(request, "portal/dropped/console.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.SUPERVISOR)
def ask(request: HttpRequest, earlier: str, later: str, item: str) -> HttpResponse:
    """Ask the unit that leads the task of a promise."""
    drop = _drop(earlier, later, item)
    form = AskForm(request.POST if request.method == "POST" else None)
    here = reverse("portal:console_dropped")
    if form.is_valid():
        try:
            notice = ask_unit(
                by=acting(request), at=now(), drop=drop, due_on=form.cleaned_data["due_on"]
            )
        except Refused as refused:
            if refused.status == 403:
                raise
            on_form(form, refused, "due_on" if refused.code == "deadline_passed" else None)
        else:
            messages.success(request, _("%(unit)s was asked.") % {"unit": notice.unit})
            return redirect("plans:task", notice.task.code)
    (row,) = rows([drop], reading="reports:console_reading", compare="reports:console_compare")
    context = {
        "form": form,
        "row": row,
        "task": task_of(drop),
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Dropped promises"), here),
            (_("Ask the unit"), ""),
        ],
    }
    return render(request, "portal/dropped/ask.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, reports: ReportQuerySet, *, public: bool) -> dict[str, Any]:
    pairs = successive(reports)
    found = drops(pairs)
    form = DropFilter(request.GET, pairs=pairs, found=found)
    kept = form.kept(found)
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    side = "public" if public else "console"
    supervises = not public and acting(request).role == Role.SUPERVISOR
    return {
        "form": form,
        "page": page,
        "pairs": len(pairs),
        "rows": rows(
            page.object_list,
            reading=f"reports:{side}_reading",
            compare=f"reports:{side}_compare",
            ask="portal:dropped_ask" if supervises else "",
        ),
        "heads": [words.OUTCOMES[name] for name in TOLD],
        "units": tally(kept),
        "clashes": [] if page.number > 1 else clashes(public=public),
        "filtered": bool(form.changed_data),
        "address": request.path,
        "indicator_page": "facts:public_indicator" if public else "facts:console_indicator",
    }


def _drop(earlier: str, later: str, item: str) -> Drop:
    first, second = (
        get_object_or_404(Report.objects.defer("reading"), code=code) for code in (earlier, later)
    )
    if first.pk == second.pk or not first.area or first.area != second.area:
        raise Http404
    found = drop_of(Pair(first, second), item)
    if found is None:
        raise Http404
    return found
