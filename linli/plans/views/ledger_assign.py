"""Many tasks for one unit at once, with what the unit carries already in sight."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.plans import actions
from linli.plans.forms.ledger import AssignForm
from linli.plans.models import Task
from linli.plans.queries import load_conflicts, unit_load
from linli.plans.rules.load import MonthLoad
from linli.plans.views.ledger_frame import ledger_trail, way_back

MOST = 200  # boxes that one page could hold


@require_POST
@staff_only(Role.PLANNER)
def assign(request: HttpRequest) -> HttpResponse:
    codes = request.POST.getlist("task")[:MOST]
    tasks = list(Task.objects.filter(code__in=codes).select_related("lead", "measure__programme"))
    form = AssignForm(request.POST)
    if form.is_valid() and not tasks:
        form.add_error(None, _("Choose tasks first: tick their boxes."))
    if not form.is_valid():
        return _ask(request, form, tasks, status=422)
    unit = Unit.objects.get(code=form.cleaned_data["unit"])
    days = [(task.starts_on, task.due_on) for task in tasks]
    heavy = load_conflicts(unit, days, now(), without=tasks)
    if heavy and form.cleaned_data["sure"] != unit.code:
        return _ask(request, form, tasks, unit=unit, heavy=heavy)
    changed, refused = _assigned(request, tasks, unit)
    _tell(request, unit, changed, refused)
    return redirect(way_back(request))


@require_POST
@staff_only(Role.PLANNER)
def assign_undo(request: HttpRequest) -> HttpResponse:
    """Give back what was given away together a moment ago."""
    undone, left = actions.undo_assign(by=acting(request), at=now())
    words = ngettext("%(n)d task is with its unit again.", "%(n)d tasks are with their units again.", undone)  # fmt: skip
    messages.success(request, words % {"n": undone})
    if left:
        words = ngettext("%(n)d task was changed since and stays.", "%(n)d tasks were changed since and stay.", left)  # fmt: skip
        messages.warning(request, words % {"n": left})
    return redirect(way_back(request))


@require_safe
@staff_only(Role.PLANNER)
def load_of_unit(request: HttpRequest) -> HttpResponse:
    """Answer with what a unit carries by month: beside a select by script, or as a page."""
    code = request.GET.get("unit") or request.GET.get("lead", "")
    unit = Unit.objects.filter(code=code.replace("\0", "")).first()
    context = {
        "unit": unit,
        "load": unit_load(unit, now()) if unit else [],
        "trail": ledger_trail((_("Load of a unit"), "")),
        "back": way_back(request),
    }
    template = "_ledger_load" if request.htmx else "ledger_load"  # type: ignore[attr-defined]
    return render(request, f"plans/{template}.html", context)


def _ask(
    request: HttpRequest,
    form: AssignForm,
    tasks: list[Task],
    *,
    unit: Unit | None = None,
    heavy: Iterable[MonthLoad] = (),
    status: int = 200,
) -> HttpResponse:
    """Answer with what was chosen: to mend what is missing, or to confirm what is heavy."""
    context = {
        "form": form,
        "tasks": tasks,
        "unit": unit,
        "heavy": heavy,
        "months": ", ".join(f"{one.month:%Y-%m}" for one in heavy),
        "load": unit_load(unit, now()) if unit else [],
        "back": way_back(request),
        "trail": ledger_trail((_("Give to a unit"), "")),
    }
    return render(request, "plans/ledger_assign.html", context, status=status)


def _assigned(
    request: HttpRequest, tasks: list[Task], unit: Unit
) -> tuple[int, list[tuple[Task, Words]]]:
    """Return how many tasks changed, and those that may not with the reason: one does not stop the others."""
    by, at = acting(request), now()
    try:
        return actions.assign(by=by, at=at, tasks=tasks, lead=unit), []
    except Refused:
        changed, refused = 0, []
    for task in tasks:
        try:
            changed += actions.assign(by=by, at=at, tasks=[task], lead=unit)
        except Refused as reason:
            refused.append((task, reason.sentence))
    return changed, refused


def _tell(
    request: HttpRequest, unit: Unit, changed: int, refused: list[tuple[Task, Words]]
) -> None:
    words = ngettext("%(n)d task given to %(unit)s.", "%(n)d tasks given to %(unit)s.", changed)
    said = words % {"n": changed, "unit": unit.name}
    if not refused:
        messages.success(request, said)
        return
    reasons: dict[str, list[str]] = {}
    for task, sentence in refused:
        reasons.setdefault(str(sentence), []).append(task.title)
    told = [_("Not given: %(tasks)s. %(reason)s") % {"tasks": "、".join(titles), "reason": reason}
            for reason, titles in reasons.items()]  # fmt: skip
    messages.warning(request, " ".join([said, *told]))
