"""The planner's side of the directory: which units there are, under which names."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory import actions, queries
from linli.directory.forms import UnitFilterForm, UnitForm, filled
from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

PER_PAGE = 50
VERBS = {
    "opened": gettext_lazy("Added"),
    "amended": gettext_lazy("Amended"),
    "closed": gettext_lazy("Closed"),
}


@require_safe
@staff_only()
def unit_list(request: HttpRequest) -> HttpResponse:
    filters = UnitFilterForm(request.GET)
    chosen: dict[str, Any] = filters.cleaned_data if filters.is_valid() else {}
    units = queries.listed_units(
        area=chosen["area"].code if chosen.get("area") else "",
        words=chosen.get("words", ""),
        closed=bool(chosen.get("closed")),
    )
    context = {
        "filters": filters,
        "trail": _trail(_("Units"))[::2],
        "page": Paginator(units, PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": acting(request).role == Role.PLANNER,
    }
    return render(request, "directory/unit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def unit_new(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = actions.open_unit(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "name")
        else:
            return redirect("directory:unit", unit.code)
    status = 422 if form.is_bound else 200
    context = {"form": form, "trail": _trail(_("A new unit"))}
    return render(request, "directory/unit_new.html", context, status=status)


@require_safe
@staff_only()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    unit = _unit(code)
    return _page(request, unit, UnitForm(initial=filled(unit)), status=200)


@require_POST
@staff_only(Role.PLANNER)
def unit_amend(request: HttpRequest, code: str) -> HttpResponse:
    unit, form = _unit(code), UnitForm(request.POST)
    if form.is_valid():
        try:
            actions.amend_unit(by=acting(request), at=now(), unit=unit, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "above" if refused.code == "above_itself" else "name")
        else:
            return redirect("directory:unit", code)
    return _page(request, _unit(code), form, status=422)


@require_POST
@staff_only(Role.PLANNER)
def unit_close(request: HttpRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(Unit, code=code)
    at = now()
    actions.close_unit(by=acting(request), at=at, unit=unit, on=localdate(at))
    messages.success(request, _("This unit is closed; what it did stays."))
    return redirect("directory:unit", code)


def _unit(code: str) -> Unit:
    return get_object_or_404(Unit.objects.select_related("area", "above"), code=code)


def _page(request: HttpRequest, unit: Unit, form: UnitForm, *, status: int) -> HttpResponse:
    context = {
        "unit": unit,
        "form": form,
        "may_edit": acting(request).role == Role.PLANNER,
        "below": unit.below.working(),
        "steps": [(VERBS.get(step.verb, step.verb), step) for step in unit.steps.all()],
        "trail": _trail(unit.name),
    }
    return render(request, "directory/unit.html", context, status=status)


def _trail(here: str) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Units"), reverse("directory:unit_list")),
        (here, ""),
    ]
