"""What the page of a task shows: how it stands and why, what is known of its target, what was done."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.facts.models import Fact
from linli.facts.queries.released import sayable, value_said
from linli.facts.rules.periods import Period
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting
from linli.plans.models import Move, Task
from linli.plans.queries.task_page import TaskPage, task_page
from linli.plans.rules.drift import drift
from linli.plans.rules.lamp import AT_LEAST, PROOF, Known, Standing, meets, window
from linli.plans.views import words
from linli.plans.views.ledger_words import LAMPS
from linli.plans.views.ledger_words import STATES as SHAPES
from linli.plans.views.rows import number
from linli.plans.views.task_forms import allowed, astray, forms_of, letter_to, steps_of
from linli.plans.views.timeline import timeline
from linli.plans.views.ways import Sent, trail


def show(request: HttpRequest, task: Task, sent: Sent | None = None) -> HttpResponse:
    """Answer with the page of a task."""
    sent = sent or Sent()
    by, today = acting(request), localdate(now())
    page = task_page(task, today)
    may = allowed(by, page)
    context = _standing_context(page, today) | {
        "may": may,
        "acts": any(may.values()) or page.waiting or page.asked,
        "forms": forms_of(page, may, today) | dict(sent.wrong),
        "wrong": set(sent.wrong),
        "astray": astray(sent.wrong, may),
        "milestones": steps_of(page, sent.wrong, may, today),
        "letter": letter_to(by, page),
        "timeline": timeline(page),
        "may_open": _open_to(by, page),
        "trail": _trail(task),
    }
    return render(request, "plans/task.html", context, status=sent.status)


def _standing_context(page: TaskPage, today: date) -> dict[str, Any]:
    task, standing = page.task, _standing(page.task)
    return {
        "page": page,
        "task": task,
        "shape": SHAPES[page.lit.lamp],
        "colour": LAMPS[page.lit.lamp],
        "why": words.WHY[page.lit.why],
        "state": words.STATES[task.state],
        "facts": [_fact(fact, standing, today) for fact in page.facts],
        "best": _best(page, standing),
        "sign": words.SIGNS[task.target_sense],
        "target": "" if task.target is None else number(task.target),
        "first_target": "—" if task.first_target is None else number(task.first_target),
        "asked_targets": _targets(page.asked) if page.asked else (),
        "sent_back": page.sent_back,
        "drift": _drift(task),
        "left": _left(task, today),
    }


def _standing(task: Task) -> Standing:
    """Return the target of a task and the window in which a figure counts, without its facts."""
    programme = task.measure.programme
    days = (programme.starts_on, programme.ends_on)
    since, until = window(task.starts_on, task.first_due_on or task.due_on, days)
    return Standing(task.state, task.due_on, since, until, task.target, task.target_sense)


def _fact(fact: Fact, standing: Standing, today: date) -> dict[str, Any]:
    known = Known(fact.status, fact.low, fact.high, fact.period_from, fact.period_until)
    return {
        "fact": fact,
        "value": "" if (value := value_said(fact)) is None else number(value),
        "period": words.period(Period(fact.period_from, fact.period_until)),
        "state": words.FACTS[fact.status],
        "reached": meets(standing, known, today),
        "proven": fact.status in PROOF,
    }


def _best(page: TaskPage, standing: Standing) -> dict[str, Any] | None:
    """Return the bar of a target to be reached: the highest proven value of the task's own time."""
    target = standing.target
    if not target or target < 0 or standing.sense != AT_LEAST:
        return None
    values = [
        fact.low
        for fact in page.facts
        if fact.status in PROOF
        and fact.low is not None
        and fact.period_from >= standing.since
        and sayable(fact)
    ]
    if not values:
        return None
    share = int(100 * max(values) / target)
    return {"value": number(max(values)), "share": min(100, max(0, share))}


def _targets(move: Move) -> tuple[str, str]:
    was, wanted = move.was_target, move.now_target
    return ("—" if was is None else number(was)), ("—" if wanted is None else number(wanted))


def _drift(task: Task) -> str:
    days = drift(task.first_due_on, task.due_on)
    return words.moved(days) if days else ""


def _left(task: Task, today: date) -> str:
    if task.due_on is None or task.state in {Task.ACCEPTED, Task.DROPPED}:
        return ""
    return words.left((task.due_on - today).days)


def _open_to(by: Actor, page: TaskPage) -> set[str]:
    """Return the causes whose page this reader may open: the own unit's, or all for who oversees."""
    oversees = by.role in {Role.PLANNER, Role.SUPERVISOR}
    handles = by.role in {Role.OFFICER, Role.CLERK}
    return {one.about for one in page.grounds if oversees or (handles and one.unit == by.unit)}


def _trail(task: Task) -> list[tuple[str, str]]:
    programme = task.measure.programme
    return trail(
        (_("Work programmes"), reverse("plans:programmes")),
        (programme.title, reverse("plans:programme", args=[programme.code])),
    )
