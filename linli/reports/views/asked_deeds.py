"""What is done with a form: its cells given a meaning, figures typed in once, sent, refused, laid aside."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.reports.actions import answering
from linli.reports.actions import asked as actions
from linli.reports.forms.asked import SendForm, WordsForm
from linli.reports.forms.asked_mapping import MappingForm, Names
from linli.reports.forms.asked_telling import MOST, TellForm
from linli.reports.models import FormAsked
from linli.reports.queries import forms_asked as queries
from linli.reports.queries.asked import newest_saying, sayings_of, standings
from linli.reports.rules.grid import of_json
from linli.reports.schemas import asked as schemas
from linli.reports.views.asked_console import (
    FILL,
    asked_or_404,
    form_page,
    host_of,
    may_fill,
    trail,
)
from linli.reports.views.asked_grid import grid


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*FILL)
def map_sheet(request: HttpRequest, code: str, sheet: int) -> HttpResponse:
    form = own_form(request, code)
    sheets = of_json(form.grid)
    if sheet >= len(sheets):
        raise Http404
    # The mark before the sayings: what is said in between is seen as a conflict, never overlooked.
    seen = newest_saying(form.layout)
    said = sayings_of(form.layout)
    names = Names(queries.indicator_names(), queries.areas_near(form.unit), form.own_period)
    given = (request.POST,) if request.method == "POST" else ()
    typed = MappingForm(*given, number=sheet, sheet=sheets[sheet], said=said, seen=seen, names=names)  # fmt: skip
    if request.method == "POST" and typed.is_valid():
        try:
            changed = actions.say(
                by=acting(request), at=now(), form=form, seen=typed.cleaned_data["seen"],
                given=typed.given,
            )  # fmt: skip
        except Refused as refused:
            on_form(typed, refused)
            return _mapping(request, form, typed, refused.status)
        messages.success(request, _("Kept: %(count)s.") % {"count": changed})
        return redirect("reports:form_asked", code)
    return _mapping(request, form, typed, 422 if typed.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*FILL)
def tell_cells(request: HttpRequest, code: str) -> HttpResponse:
    form = own_form(request, code)
    cells = [] if hasattr(form, "answer") else [one for one in standings(form) if one.typed_here]
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    typed = TellForm(*given, cells=cells)
    status = 200
    if request.method == "POST" and typed.is_valid():
        try:
            facts = answering.tell(
                by=acting(request), at=now(), form=form, figures=typed.figures, backing=typed.backing()
            )  # fmt: skip
        except Refused as refused:
            on_form(typed, refused)
            status = refused.status
        else:
            said = _("%(count)s figures are known now; no form asks for them again.")
            messages.success(request, said % {"count": len(facts)})
            return redirect("reports:form_asked", code)
    context = {
        "form": form,
        "typed": typed,
        "cells": [typed[name] for name in typed.cells],
        "more": max(len(cells) - MOST, 0),
        "trail": trail(form.title),
    }
    status = 422 if typed.errors and status == 200 else status
    return render(request, "reports/asked_tell.html", context, status=status)


@require_POST
@staff_only(*FILL)
def send_form(request: HttpRequest, code: str) -> HttpResponse:
    def deed(form: FormAsked, words: str) -> None:
        answering.send(
            by=acting(request), at=now(), form=form, words=words,
            annex=schemas.annex_of(form, host_of(request)), annex_title=schemas.annex_title(),
        )  # fmt: skip

    return _ended(request, code, "send", SendForm(request.POST, prefix="send"), deed)


@require_POST
@staff_only(*FILL)
def refuse_form(request: HttpRequest, code: str) -> HttpResponse:
    def deed(form: FormAsked, words: str) -> None:
        answering.refuse_form(by=acting(request), at=now(), form=form, words=words)

    return _ended(request, code, "refuse", WordsForm(request.POST, prefix="refuse"), deed)


@require_POST
@staff_only(*FILL)
def lay_form_aside(request: HttpRequest, code: str) -> HttpResponse:
    def deed(form: FormAsked, words: str) -> None:
        actions.lay_aside(by=acting(request), at=now(), form=form, words=words)

    return _ended(request, code, "aside", WordsForm(request.POST, prefix="aside"), deed)


def _ended(
    request: HttpRequest, code: str, name: str, typed: WordsForm,
    deed: Callable[[FormAsked, str], None],
) -> HttpResponse:  # fmt: skip
    form = own_form(request, code)
    if not typed.is_valid():
        return form_page(request, form, status=422, **{name: typed})
    try:
        deed(form, typed.cleaned_data["words"])
    except Refused as refused:
        on_form(typed, refused, "words" if refused.code == "no_reason" else None)
        return form_page(request, form, status=refused.status, **{name: typed})
    return redirect("reports:form_asked", code)


def own_form(request: HttpRequest, code: str) -> FormAsked:
    """Return the form, for whoever may fill it; others are told no."""
    form = asked_or_404(code)
    if not may_fill(acting(request), form):
        raise PermissionDenied
    return form


def _mapping(
    request: HttpRequest, form: FormAsked, typed: MappingForm, status: int
) -> HttpResponse:
    lines = {} if hasattr(form, "answer") else {one.cell.name: schemas.of_standing(one) for one in standings(form)}  # fmt: skip
    context = {
        "form": form,
        "typed": typed,
        "grid": grid(typed.number, typed.sheet, lines),
        "sheets": [(number, one["name"]) for number, one in enumerate(form.grid)],
        "trail": trail(form.title),
    }
    return render(request, "reports/asked_map.html", context, status=status)
