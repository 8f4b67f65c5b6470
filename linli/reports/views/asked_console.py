"""Forms on the desk: the list, a form brought, what the system answers to it, the filled file and where it comes from."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel import files
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.sheets import XLSX
from linli.reports.actions import asked as actions
from linli.reports.forms.asked import BringFormForm, FormsFilter, SendForm, WordsForm
from linli.reports.models import FormAnswer, FormAsked
from linli.reports.queries import forms_asked as queries
from linli.reports.queries.asked import answered_before, count, filled, standings
from linli.reports.rules.grid import of_json
from linli.reports.schemas import asked as schemas
from linli.reports.views.asked_grid import grids

PER_PAGE = 25
LOOK = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
FILL = (Role.PLANNER, Role.OFFICER)
_SHOWN = 200  # cells that need somebody, listed under the grid


@require_safe
@staff_only(*LOOK)
def forms_list(request: HttpRequest) -> HttpResponse:
    filters = FormsFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    by = acting(request)
    own = Unit.objects.filter(name=by.unit).first() if by.role == Role.OFFICER else None
    forms = queries.listed_forms(state=chosen.get("state", ""), unit=own)
    context = {
        "filters": filters,
        "page": Paginator(forms, PER_PAGE).get_page(request.GET.get("page")),
        "tally": queries.tally(),
        "own": own,
        "today": localdate(now()),
        "may_bring": by.role in FILL,
    }
    return render(request, "reports/asked_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*FILL)
def bring_form(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    own = by.unit if by.role == Role.OFFICER else ""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringFormForm(*given, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            brought = actions.bring_form(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, None if refused.code == "brought_before" else "file")
        else:
            return redirect("reports:form_asked", brought.code)
    context = {"form": form, "trail": trail(_("Bring a form"))}
    return render(request, "reports/asked_bring.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only(*LOOK)
def form_asked(request: HttpRequest, code: str) -> HttpResponse:
    return form_page(request, asked_or_404(code))


@require_safe
@staff_only(*LOOK)
def filled_form(request: HttpRequest, code: str) -> HttpResponse:
    form = asked_or_404(code)
    answer = getattr(form, "answer", None)
    if answer and answer.digest:
        data = files.fetch(answer.digest)
    else:
        found = standings(form)
        annex = schemas.annex_of(form, host_of(request))(found)
        data = filled(form, found, annex, schemas.annex_title())
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{form.code}.xlsx"'
    return response


@require_safe
@staff_only(*LOOK)
def form_cells(request: HttpRequest, code: str) -> JsonResponse:
    form = asked_or_404(code)
    return cells_json(form, lines_of(form), host_of(request))


def form_page(
    request: HttpRequest, form: FormAsked, *, status: int = 200, **typed: WordsForm
) -> HttpResponse:
    """Show a form with what is known of its cells; typed: a deed's form as it came back."""
    found = [] if hasattr(form, "answer") else standings(form)
    lines = lines_of(form) if hasattr(form, "answer") else [schemas.of_standing(one) for one in found]  # fmt: skip
    context: dict[str, Any] = {
        "form": form,
        "trail": trail(form.title),
        "late": form.is_late(localdate(now())),
        "counts": count(found),
        "grids": grids(of_json(form.grid), lines),
        "lines": lines,
        "attend": _attend(form, found, lines),
        "to_type": sum(one.typed_here for one in found),
        "to_choose": sum(one.to_choose for one in found),
        "before": answered_before(found),
        "may_fill": may_fill(acting(request), form),
        "send": SendForm(prefix="send"),
        "refuse": WordsForm(prefix="refuse"),
        "aside": WordsForm(prefix="aside"),
    }
    return render(request, "reports/asked_form.html", context | typed, status=status)


def asked_or_404(code: str) -> FormAsked:
    """Return the form of this code with all that its pages need."""
    forms = FormAsked.objects.select_related("unit__area", "layout", "answer")
    return get_object_or_404(forms, code=code)


def lines_of(form: FormAsked) -> list[schemas.Line]:
    """Return the cells of a form: as they were answered, else as they stand."""
    answer: FormAnswer | None = getattr(form, "answer", None)
    if answer:
        return [schemas.of_answer(one) for one in queries.later(answer)]
    return [schemas.of_standing(one) for one in standings(form)]


def cells_json(form: FormAsked, lines: list[schemas.Line], host: str) -> JsonResponse:
    """Return where every cell of a form comes from, as data."""
    told = {
        "form": form.code,
        "title": form.title,
        "asker": form.asker,
        "ground": form.ground,
        "unit": form.unit.name,
        "period": form.own_period,
        "cells": [schemas.in_json(form, line, host) for line in lines],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def host_of(request: HttpRequest) -> str:
    """Return the beginning of our addresses."""
    return f"{request.scheme}://{request.get_host()}"


def may_fill(by: Actor, form: FormAsked) -> bool:
    """Say whether the page offers deeds to whoever looks."""
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == form.unit.name)


def trail(last: str) -> list[tuple[str, str]]:
    """Return the way to a page of forms."""
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Forms to fill"), reverse("reports:forms_asked")),
        (last, ""),
    ]


def _attend(form: FormAsked, found: list[Any], lines: list[schemas.Line]) -> list[Any]:
    """Return the cells at which somebody should look: empty, contradicted, changed since they were sent."""
    if found:
        wanted = [line for one, line in zip(found, lines, strict=True) if one.contradicts or not line.written]  # fmt: skip
    else:
        wanted = [line for line in lines if line.now or not line.written]
    return [(*schemas.place_in(form, line.cell), line) for line in wanted[:_SHOWN]]
