"""One task on the console: its page, entering and editing it, the load of a unit, the files it rests on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import tasks as actions
from linli.plans.actions.drafts import TaskDraft
from linli.plans.forms.tasks import TaskForm
from linli.plans.models import Measure, Programme, Task
from linli.plans.queries import load_conflicts, unit_load
from linli.plans.queries.task_page import backing_file, whole_tasks
from linli.plans.rules.load import MonthLoad
from linli.plans.views.task_context import show
from linli.plans.views.ways import posted, trail


@require_safe
@staff_only()
def task(request: HttpRequest, code: str) -> HttpResponse:
    return show(request, get_object_or_404(whole_tasks(), code=code))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def new_task(request: HttpRequest, code: str) -> HttpResponse:
    measure = get_object_or_404(Measure.objects.select_related("programme__area"), code=code)
    form = TaskForm(posted(request), area=measure.programme.area)
    page = _Page(measure.programme, measure, None)
    if not form.is_valid() or (heavy := _heavy(form, None)):
        return _form(request, form, page, heavy if form.is_valid() else [])
    try:
        made = actions.add_task(by=acting(request), at=now(), measure=measure, draft=form.draft())
    except Refused as refused:
        on_form(form, refused)
        return _form(request, form, page)
    messages.success(request, _("The task stands in the ledger."))
    return redirect("plans:task", made.code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def edit_task(request: HttpRequest, code: str) -> HttpResponse:
    task = get_object_or_404(whole_tasks(), code=code)
    programme = task.measure.programme
    form = TaskForm(
        posted(request),
        area=programme.area,
        draft=TaskDraft.of(task),
        promised=task.promised_at is not None,
    )
    page = _Page(programme, task.measure, task)
    if not form.is_valid() or (heavy := _heavy(form, task)):
        return _form(request, form, page, heavy if form.is_valid() else [])
    try:
        actions.edit_task(by=acting(request), at=now(), task=task, draft=form.draft())
    except Refused as refused:
        on_form(form, refused)
        return _form(request, form, page)
    messages.success(request, _("Changed. What it was stays on record."))
    return redirect("plans:task", code)


@require_safe
@staff_only()
def task_file(request: HttpRequest, code: str, key: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.select_related("measure"), code=code)
    evidence = backing_file(task, key)
    if evidence is None:
        raise Http404
    # As a download and as plain bytes: what somebody sent never runs under our name.
    response = HttpResponse(files.fetch(evidence.digest), content_type="application/octet-stream")
    named = content_disposition_header(as_attachment=True, filename=evidence.file_name)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a task is entered or edited."""

    programme: Programme
    measure: Measure
    task: Task | None


def _heavy(form: TaskForm, task: Task | None) -> list[MonthLoad]:
    """Return the months in which this task would be too much for its new lead, until that was accepted."""
    given = form.cleaned_data
    lead: Unit | None = given["lead"]
    if lead is None or given["sure"] == lead.code or (task and task.lead == lead):
        return []
    draft = form.draft()
    days = [(draft.starts_on, draft.due_on)]
    return load_conflicts(lead, days, now(), without=[task] if task else [])


def _form(
    request: HttpRequest, form: TaskForm, page: _Page, heavy: list[MonthLoad] | None = None
) -> HttpResponse:
    programme = page.programme
    steps = [
        (_("Work programmes"), reverse("plans:programmes")),
        (programme.title, reverse("plans:programme", args=[programme.code])),
    ]
    if page.task:
        steps.append((page.task.title, reverse("plans:task", args=[page.task.code])))
    # With a script the load shows as soon as a unit is chosen; without one it comes with the answer.
    form.fields["lead"].widget.attrs |= {
        "hx-get": reverse("plans:ledger_load"), "hx-target": "#load", "hx-trigger": "change",
    }  # fmt: skip
    lead = Unit.objects.filter(code=form["lead"].value() or "").first()
    context: dict[str, Any] = {
        "lead": lead,
        "load": unit_load(lead, now()) if lead else [],
        "form": form,
        "measure": page.measure,
        "programme": programme,
        "task": page.task,
        "heavy": heavy,
        "trail": trail(*steps),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/task_edit.html", context, status=status)
