"""What is done on the page of a task: report, review, move, letters, milestones, an end. Each a small form."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import milestones, moves, notices, progress, tasks
from linli.plans.forms import deeds
from linli.plans.models import Milestone, Move, Notice, Progress, Review, Task
from linli.plans.queries.task_page import task_page, whole_tasks
from linli.plans.views.task_context import show
from linli.plans.views.task_forms import drafted
from linli.plans.views.ways import Sent


@require_POST
@staff_only(Role.OFFICER)
def report(request: HttpRequest, code: str) -> HttpResponse:
    task = _task(code)
    year = (task.due_on or localdate(now())).year
    form = deeds.ProgressForm(request.POST, request.FILES, task=task, year=year)

    def do() -> str:
        by = acting(request)
        progress.report_progress(by=by, at=now(), task=task, draft=form.draft())
        return _("Reported. It waits for review now.")

    return _done(request, task, ("report", form), do)


@require_POST
@staff_only(Role.SUPERVISOR)
def review(request: HttpRequest, code: str) -> HttpResponse:
    task, form = _task(code), deeds.ReviewForm(request.POST)

    def do() -> str:
        found = get_object_or_404(Progress, pk=form.cleaned_data["progress"], task=task)
        verdict = request.POST.get("verdict", "")
        reason = form.cleaned_data["reason"]
        progress.review_progress(
            by=acting(request), at=now(), progress=found, verdict=verdict, reason=reason
        )
        accepted = verdict == Review.ACCEPTED
        return _("Accepted on its evidence.") if accepted else _("Sent back with your reason.")

    return _done(request, task, ("review", form), do)


@require_POST
@staff_only(Role.PLANNER, Role.OFFICER)
def ask_move(request: HttpRequest, code: str) -> HttpResponse:
    task = _task(code)
    form = deeds.MoveForm(request.POST, task=task)

    def do() -> str:
        said = form.cleaned_data
        moves.ask_move(
            by=acting(request),
            at=now(),
            task=task,
            due_on=said["due_on"],
            target=said.get("target"),
            reason=said["reason"],
        )
        return _("Asked. A supervisor decides.")

    return _done(request, task, ("move", form), do)


@require_POST
@staff_only(Role.SUPERVISOR)
def decide_move(request: HttpRequest, code: str) -> HttpResponse:
    task, form = _task(code), deeds.MoveDecisionForm(request.POST)

    def do() -> str:
        move = get_object_or_404(Move, pk=form.cleaned_data["move"], task=task)
        approved = request.POST.get("answer") == "approve"
        said = form.cleaned_data["words"]
        moves.decide_move(by=acting(request), at=now(), move=move, approved=approved, words=said)
        return _("Moved. The first promise stays beside it.") if approved else _("Refused.")

    return _done(request, task, ("decision", form), do)


@require_POST
@staff_only(Role.SUPERVISOR)
def send_notice(request: HttpRequest, code: str) -> HttpResponse:
    task = _task(code)
    page = task_page(task, localdate(now()))
    form = deeds.NoticeForm(request.POST, among=page.units)

    def do() -> str:
        notices.send_notice(by=acting(request), at=now(), task=task, **form.cleaned_data)
        return _("The letter is on record. Print it from the list of what was done.")

    return _done(request, task, ("notice", form), do)


@require_POST
@staff_only(Role.SUPERVISOR)
def draft_notice(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the letter as the template of its kind says it, in the form on the task's page."""
    today = localdate(now())
    page = task_page(_task(code), today)
    if not page.units:
        raise Http404
    asked = deeds.NoticeForm(request.POST, among=page.units).asked()
    form = deeds.NoticeForm(among=page.units, initial=drafted(page, asked, today))
    if not request.headers.get("HX-Request"):
        return show(request, page.task, Sent({"notice": form}))
    return render(request, "plans/_notice_form.html", {"form": form, "task": page.task})


@require_safe
@staff_only()
def notice(request: HttpRequest, code: str, key: int) -> HttpResponse:
    found = Notice.objects.select_related("unit", "task")
    notice = get_object_or_404(found, pk=key, task__code=code)
    # The template's letters begin with their title; what a supervisor wrote from scratch may have none.
    title, _gap, body = notice.words.replace("\r\n", "\n").partition("\n\n")
    context = {
        "notice": notice,
        "task": notice.task,
        "title": title if body else "",
        "body": body or title,
    }
    return render(request, "plans/notice.html", context)


@require_POST
@staff_only(Role.PLANNER)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    task, form = _task(code), deeds.ReasonForm(request.POST)

    def do() -> str:
        reason = form.cleaned_data["reason"]
        tasks.drop_task(by=acting(request), at=now(), task=task, reason=reason)
        return _("Given up. It stays in the ledger with its reason.")

    return _done(request, task, ("drop", form), do)


@require_POST
@staff_only(Role.PLANNER)
def add_milestone(request: HttpRequest, code: str) -> HttpResponse:
    task, form = _task(code), deeds.MilestoneForm(request.POST)

    def do() -> str:
        milestones.add_milestone(by=acting(request), at=now(), task=task, **form.cleaned_data)
        return _("Milestone added.")

    return _done(request, task, ("milestone", form), do)


@require_POST
@staff_only(Role.PLANNER, Role.OFFICER)
def reach_milestone(request: HttpRequest, code: str, key: int) -> HttpResponse:
    task = _task(code)
    milestone = get_object_or_404(Milestone, pk=key, task=task)
    form = deeds.ReachedForm(request.POST, key=key, today=localdate(now()))

    def do() -> str:
        day = form.cleaned_data["reached_on"]
        milestones.reach_milestone(
            by=acting(request), at=now(), milestone=milestone, reached_on=day
        )
        return _("Noted.")

    return _done(request, task, (f"reached-{key}", form), do)


def _task(code: str) -> Task:
    return get_object_or_404(whole_tasks(), code=code)


def _done(
    request: HttpRequest, task: Task, named: tuple[str, forms.Form], do: Callable[[], str]
) -> HttpResponse:
    """Do it and go back to the page; or show the page with what is wrong on the form."""
    name, form = named
    status = 422
    if form.is_valid():
        try:
            messages.success(request, do())
        except Refused as refused:
            on_form(form, refused)
            status = refused.status
        else:
            return redirect("plans:task", task.code)
    task.refresh_from_db()
    return show(request, task, Sent({name: form}, status))
