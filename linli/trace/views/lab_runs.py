"""Runs of the laboratory on the console: the list, a file brought with what is wrong in which row, one of them."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions.lab_runs import RunDraft, record_run
from linli.trace.forms.lab_runs import RunForm
from linli.trace.models import Run
from linli.trace.queries.instrument_files import RunRead, read_run
from linli.trace.queries.lab_runs import runs_seen
from linli.trace.rules.laboratory.files import RowFault, Unreadable
from linli.trace.views.lab_words import (
    COLUMNS,
    FAULTS,
    REASONS,
    ROLES,
    UNREADABLE,
    WHYS,
    result_told,
)
from linli.trace.views.ways import DO, READERS, posted, trail
from linli.ui.private import private

ROWS, SHOWN = 40, 100


@private
@require_safe
@staff_only(*READERS)
def runs(request: HttpRequest) -> HttpResponse:
    """List runs."""
    by = acting(request)
    page = Paginator(runs_seen(by), ROWS).get_page(request.GET.get("page"))
    brings = by.role == Role.OFFICER
    context = {"page": page, "rows": page.object_list, "brings": brings, "trail": _trail()}
    return render(request, "trace/runs.html", context)


@private
@require_http_methods(DO)
@staff_only(Role.OFFICER)
def run_new(request: HttpRequest) -> HttpResponse:
    """Bring a run; nothing of it is kept while one row is wrong."""
    by = acting(request)
    form, faults = RunForm(posted(request), request.FILES or None, by=by), list[RowFault]()
    if form.is_valid() and form.laboratory is not None:
        try:
            made, faults = _brought(by, now(), form, form.laboratory)
        except Unreadable as wrong:
            form.add_error(None, str(UNREADABLE[wrong.code]))
        except Refused as refused:
            on_form(form, refused)
        else:
            if made is not None:
                messages.success(request, _("Kept and judged by its method."))
                return redirect("trace:run", made.code)
    context = {
        "form": form,
        "faults": [(one, COLUMNS[one.column], FAULTS[one.code]) for one in faults[:SHOWN]],
        "left_out": max(len(faults) - SHOWN, 0),
        "trail": _trail((_("Bring a run"), "")),
    }
    return render(request, "trace/run_new.html", context, status=422 if form.is_bound else 200)


@private
@require_safe
@staff_only(*READERS)
def run(request: HttpRequest, code: str) -> HttpResponse:
    """Show one run: its controls, what it says of each sample, all its wells."""
    found = get_object_or_404(runs_seen(acting(request)), code=code)
    findings = found.findings.select_related("sample").order_by("id")
    context = {
        "run": found,
        "failures": [(ROLES[one["role"]], one, WHYS[one["why"]]) for one in found.failures],
        "findings": [
            (one, result_told(one.result), [REASONS[why] for why in one.reasons])
            for one in findings
        ],
        "wells": [
            (one, ROLES[one.role], "—" if one.ct is None else f"{one.ct.normalize():f}")
            for one in found.wells.all()
        ],
        "trail": _trail((found.code, "")),
    }
    return render(request, "trace/run.html", context)


def _brought(
    by: Actor, at: datetime, form: RunForm, laboratory: Unit
) -> tuple[Run | None, list[RowFault]]:
    """Read and keep what a form brought; None with what is wrong where a row is."""
    given = form.cleaned_data
    data = given["file"].read() if given["file"] else given["typed"].encode()
    read: RunRead = read_run(
        data,
        given["method"],
        typed=not given["file"],
        part=given["part"],
        judged=given["judged"],
    )
    if read.faults:
        return None, read.faults
    draft = RunDraft(
        method=given["method"],
        laboratory=laboratory,
        run_at=given["run_at"],
        wells=read.wells,
        source=read.source,
        instrument=given["instrument"] or read.brought.instrument,
        file=data if given["file"] else b"",
        part=given["part"],
    )
    return record_run(by=by, at=at, draft=draft), []


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:runs") if steps else ""
    samples = (_("Samples"), reverse("trace:samples"))
    return trail(samples, (_("Runs of the laboratory"), here), *steps)
