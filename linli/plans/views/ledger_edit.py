"""Inline edit: a small form in place of a row by script, or a page of its own without."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans import actions
from linli.plans.forms.ledger import RowForm
from linli.plans.models import Task
from linli.plans.queries import row_of
from linli.plans.views.ledger_frame import ledger_trail, may_edit, way_back
from linli.plans.views.rows import ALL, TREE, columns, shown_rows

# Which field of the form a refusal is about.
_FIELDS = {
    "no_title": "title",
    "days_out_of_order": "due_on",
    "unit_closed": "lead",
    "unit_twice": "lead",
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def edit_row(request: HttpRequest, code: str) -> HttpResponse:
    task = _task(code)
    if request.method != "POST":
        form = RowForm(task=task, first=request.GET.get("cell", ""))
        return _form(request, task, form, status=200)
    form = RowForm(request.POST, task=task)
    if not form.is_valid() or not _saved(request, task, form):
        return _form(request, task, form, status=422)
    if request.htmx:  # type: ignore[attr-defined]
        return _row(request, task)
    messages.success(request, _("Saved."))
    return redirect(f"{way_back(request)}#task-{code}")


@require_safe
@staff_only()
def row(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the row as it is: what takes the form's place when it is not sent."""
    return _row(request, _task(code))


def _saved(request: HttpRequest, task: Task, form: RowForm) -> bool:
    """Do what the form says; a refusal is put beside its field."""
    cells = form.cleaned_data
    lead = Unit.objects.filter(code=cells["lead"]).first()
    draft = replace(actions.TaskDraft.of(task), **cells | {"lead": lead})
    try:
        actions.edit_task(by=acting(request), at=now(), task=task, draft=draft)
    except Refused as refused:
        field = _FIELDS.get(refused.code)
        on_form(form, refused, field if field in form.fields else None)
        return False
    return True


def _task(code: str) -> Task:
    return get_object_or_404(Task.objects.select_related("lead"), code=code)


def _columns(request: HttpRequest) -> str:
    asked = request.GET.get("columns", "")
    return asked if asked in {ALL, TREE} else ""


def _form(request: HttpRequest, task: Task, form: RowForm, *, status: int) -> HttpResponse:
    which = _columns(request)
    context: dict[str, Any] = {
        "task": task,
        "form": form,
        "width": len(columns(which)) + 1,
        "edit_at": f"{reverse('plans:ledger_edit', args=[task.code])}?columns={which}",
        "row_at": f"{reverse('plans:ledger_row', args=[task.code])}?columns={which}",
        "move_at": f"{reverse('portal:console')}tasks/{task.code}/#move",
        "back": way_back(request),
        "trail": ledger_trail((task.title, "")),
    }
    template = "_ledger_row_form" if request.htmx else "ledger_row_form"  # type: ignore[attr-defined]
    return render(request, f"plans/{template}.html", context, status=status)


def _row(request: HttpRequest, task: Task) -> HttpResponse:
    editable = may_edit(request)
    shown = shown_rows([row_of(task, now())], _columns(request), editable=editable)
    context = {
        "row": shown[0]._replace(returns=True),
        "may_edit": editable,
    }
    return render(request, "plans/_ledger_row.html", context)
