"""Candidates on the console: a unit applies, its way, who checks it, its leave."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import advancing, assessing, rounds
from linli.assessments.forms.schemes import ApplyForm, LeaveForm, TaskForm
from linli.assessments.models import Assessment, Candidacy
from linli.assessments.queries.advancing import last_day
from linli.assessments.queries.round_lists import keeps, oversees, stays
from linli.assessments.queries.stage_words import LAMPS, STAGES, level_name
from linli.assessments.rules.stages import SELF, SITE, WAY
from linli.assessments.views.rounds import round_of, round_trail
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted, told
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words


@require_http_methods(DO)
@staff_only(*KEEPERS)
def round_apply(request: HttpRequest, code: str) -> HttpResponse:
    """Let a unit apply."""
    by, found = acting(request), round_of(request, code)
    form = ApplyForm(posted(request), by=by, scheme=found.scheme)
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            made = rounds.apply(by=by, at=now(), round=found, unit=unit, wanted=form.wanted())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Applied. The self check may begin at once."))
            return redirect("assessments:console_candidacy", made.code)
    title, back = _("Take part"), reverse("assessments:console_round", args=[code])
    named = {"title": title, "button": _("Apply"), "back": back}
    return form_page(request, form, **named, trail=round_trail(found, (title, "")))


@require_safe
@staff_only(*READERS)
def console_candidacy(request: HttpRequest, code: str) -> HttpResponse:
    """Show one candidate: where it stands since when, its way, and who has to do what."""
    by, one = acting(request), candidacy_of(code)
    held, today = one.round, localdate(now())
    tasks = one.assessments.select_related("unit", "first").order_by("kind", "id")
    if not oversees(by, held):
        tasks = tasks.filter(unit__name=by.unit)
    mine = may_act(by, one)
    way = stays(list(one.steps.order_by("id")), today)
    context = {
        "one": one,
        "round": held,
        "lamp": LAMPS[one.stage],
        "level": level_name(held.scheme.levels, one.level),
        "way": [(stay, STAGES[stay.step.to]) for stay in way],
        "tasks": [(task, task_lamp(task)) for task in tasks],
        "keeps": keeps(by, held.scheme) and held.closed_at is None,
        "mine": mine,
        "leaves": mine and one.stage in WAY,
        "checks_itself": mine and SELF in held.weights and one.stage in ("apply", SELF)
        and not any(task.kind == SELF and not task.dropped_at for task in tasks),
        "trail": round_trail(held, (one.subject.name, "")),
    }  # fmt: skip
    return render(request, "assessments/candidacy_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def candidacy_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Take the own unit out of a round."""
    by, one = acting(request), candidacy_of(code)
    if not may_act(by, one):
        raise Http404
    form = LeaveForm(posted(request))
    here = reverse("assessments:console_candidacy", args=[code])
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            advancing.leave(by=by, at=now(), candidacy=one, reason=reason)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("It takes part no more."))
            return redirect(here)
    title = _("Leave the round")
    named = {"title": title, "button": title, "back": here, "lead": one.subject.name}
    return form_page(request, form, **named, trail=candidacy_trail(one, (title, "")))


@require_POST
@staff_only(*KEEPERS)
def candidacy_self(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit its self check."""
    by, one = acting(request), candidacy_of(code)
    if not may_act(by, one):
        raise Http404
    try:
        task = advancing.begin_self_check(by=by, at=now(), candidacy=one)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect("assessments:console_candidacy", code)
    if task.unit.name == by.unit:
        return redirect("assessments:task", task.code)
    messages.success(request, _("The unit was asked to check itself."))
    return redirect("assessments:console_candidacy", code)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def candidacy_task(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a unit to check a candidate."""
    by, one = acting(request), candidacy_of(code)
    if not keeps(by, one.round.scheme):
        raise Http404
    kind = one.stage if one.stage in one.round.weights else SITE
    form = TaskForm(posted(request), initial={"kind": kind, "due_on": last_day(one.round, kind)})
    here = reverse("assessments:console_candidacy", args=[code])
    if form.is_valid():
        try:
            assessing.give(by=by, at=now(), of=one, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The unit was asked."))
            return redirect(here)
    title = _("Ask a unit to check")
    named = {"title": title, "button": title, "back": here, "lead": one.subject.name}
    return form_page(request, form, **named, trail=candidacy_trail(one, (title, "")))


@require_POST
@staff_only(*KEEPERS)
def task_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Take a task back."""
    rows = Assessment.objects.select_related("candidacy__round__scheme__unit")
    task = get_object_or_404(rows, code=code, candidacy__isnull=False)
    by, one = acting(request), task.candidacy
    if one is None or not keeps(by, one.round.scheme):
        raise Http404
    return told(
        request,
        lambda: assessing.drop(by=by, at=now(), assessment=task),
        _("Taken back. What was handed in stays, and counts no more."),
        reverse("assessments:console_candidacy", args=[one.code]),
    )


def candidacy_of(code: str) -> Candidacy:
    """Return the candidate that an address names."""
    rows = Candidacy.objects.select_related(
        "subject__unit", "subject__area", "category", "round__scheme__unit", "round__edition"
    )
    return get_object_or_404(rows, code=code)


def may_act(by: Actor, one: Candidacy) -> bool:
    """Say whether somebody acts for this candidate: its own officers, or a planner in its place."""
    unit = one.subject.unit.name if one.subject.unit else ""
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == unit)


def candidacy_trail(one: Candidacy, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through a candidate."""
    here = reverse("assessments:console_candidacy", args=[one.code])
    return round_trail(one.round, (one.subject.name, here), *steps)


def task_lamp(task: Assessment) -> tuple[str, Words]:
    """Return how a task stands, with its lamp."""
    if task.dropped_at:
        return "plain", pgettext("task", "taken back")
    if task.done_at:
        return "done", _("handed in")
    if task.due_on and task.due_on < localdate(now()):
        return "late", pgettext("task", "late")
    return "note", _("to be done")
