"""Who may do what on a task, and the forms for it, empty or filled with what is likely."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.forms import Form

from linli.kernel.actors import Actor, Role
from linli.plans.forms import deeds
from linli.plans.models import Milestone, Notice, Task
from linli.plans.queries.task_page import TaskPage
from linli.plans.rules.letters import About, letter

ANSWER_IN = timedelta(days=10)  # what a letter gives a unit, unless the supervisor says otherwise
_NEEDS = {
    "report": "report", "move": "ask", "review": "review", "decision": "decide",
    "notice": "notice", "drop": "edit", "milestone": "edit",
}  # fmt: skip


def allowed(by: Actor, page: TaskPage) -> dict[str, bool]:
    """Return what this actor may do on this task now; the actions hold the same rules."""
    task = page.task
    open_ = task.state not in {Task.ACCEPTED, Task.DROPPED}
    promised = task.promised_at is not None
    leads = task.lead is not None and task.lead.name == by.unit
    own = leads or by.unit in {unit.name for unit in page.responsible}
    planner, officer = by.role == Role.PLANNER, by.role == Role.OFFICER and own
    checks = by.role == Role.SUPERVISOR and not own and open_
    asks = planner or (officer and leads)
    return {
        "report": officer and promised and task.state in {Task.OPEN, Task.SENT_BACK},
        "ask": open_ and promised and asks and page.asked is None,
        "review": checks and page.waiting is not None,
        "decide": checks and page.asked is not None,
        "notice": checks and promised and bool(page.units),
        "edit": planner and open_,
        "reach": open_ and (planner or officer),
    }


def forms_of(page: TaskPage, may: Mapping[str, bool], today: date) -> dict[str, Form]:
    """Return the forms of the acts that are open to this actor."""
    task = page.task
    made: dict[str, Form] = {}
    if may["edit"]:
        made |= {"milestone": deeds.MilestoneForm(), "drop": deeds.ReasonForm()}
    if may["report"]:
        made["report"] = deeds.ProgressForm(task=task, year=(task.due_on or today).year)
    if may["ask"]:
        made["move"] = deeds.MoveForm(task=task)
    if may["review"] and page.waiting:
        made["review"] = deeds.ReviewForm(initial={"progress": page.waiting.pk})
    if may["decide"] and page.asked:
        made["decision"] = deeds.MoveDecisionForm(initial={"move": page.asked.pk})
    if may["notice"]:
        made["notice"] = deeds.NoticeForm(among=page.units, initial=drafted(page, {}, today))
    return made


def astray(wrong: Mapping[str, Form], may: Mapping[str, bool]) -> list[Form]:
    """Return the forms with something wrong that have no place on the page any more."""
    return [form for name, form in wrong.items() if not may[_NEEDS.get(name, "reach")]]


def steps_of(
    page: TaskPage, wrong: Mapping[str, Form], may: Mapping[str, bool], today: date
) -> list[dict[str, Any]]:
    """Return the milestones, those still ahead with the form that notes them."""
    return [
        {
            "milestone": one,
            "late": one.reached_on is None and one.due_on < today,
            "form": _reached(one, wrong, today) if may["reach"] and not one.reached_on else None,
        }
        for one in page.milestones
    ]


def letter_to(by: Actor, page: TaskPage) -> Notice | None:
    """Return the letter that waits for an answer of this actor's unit."""
    letters = [one for one in page.notices if one.unit.name == by.unit]
    return next((one for one in letters if getattr(one, "answered_at", None) is None), None)


def drafted(page: TaskPage, asked: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return a letter as the template of its kind says it: to the unit, of the kind and day asked for."""
    task = page.task
    late = task.due_on is not None and task.due_on < today
    kind = asked.get("kind") or ("warn" if late else "remind")
    unit = asked.get("unit") or page.units[0]
    due_on = asked.get("due_on") or today + ANSWER_IN
    about = About(unit.name, task.title, task.code, task.due_on, due_on)
    return {"kind": kind, "unit": unit.code, "due_on": due_on, "words": letter(kind, about)}


def _reached(milestone: Milestone, wrong: Mapping[str, Form], today: date) -> Form:
    sent = wrong.get(f"reached-{milestone.pk}")
    return sent or deeds.ReachedForm(key=milestone.pk, today=today)
