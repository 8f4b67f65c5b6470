"""From a promise that the next report does not answer to a letter: the unit that leads its task is asked.

Only what stands in the ledger can be asked about: there it has a unit, and the answer has a place.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions.notices import send_notice
from linli.plans.models import Notice, Task
from linli.reports.models import Taken
from linli.reports.queries.drops import Drop

_CLOSED = (Task.ACCEPTED, Task.DROPPED)


def ask_unit(*, by: Actor, at: datetime, drop: Drop, due_on: date) -> Notice:
    """Remind the unit that leads the task of a promise, with what both reports say.

    Refuses: not_allowed unless a supervisor asks; not_in_ledger when no open task came of the promise;
    no_lead when nobody leads it; own_task, not_promised and deadline_passed as letters are refused.
    """
    allow(by, Role.SUPERVISOR)
    task = task_of(drop)
    if task is None:
        raise Refused(
            "not_in_ledger",
            gettext_lazy("No open task came of this promise: take it into the ledger first."),
        )
    if task.lead is None:
        raise Refused("no_lead", gettext_lazy("Nobody leads this task yet."))
    return send_notice(
        by=by,
        at=at,
        task=task,
        unit=task.lead,
        kind="remind",
        due_on=due_on,
        words=_words(drop, task),
    )


def task_of(drop: Drop) -> Task | None:
    """Return the task that a promise became: its own, or the first open one of its measure. Two queries."""
    promise = drop.fate.earlier
    taken = Taken.objects.filter(
        report=drop.pair.earlier, item=promise.id if promise else "", kind__in=["task", "measure"]
    ).first()
    if taken is None:
        return None
    of = {"code": taken.code} if taken.kind == "task" else {"measure__code": taken.code}
    tasks = Task.objects.filter(**of).exclude(state__in=_CLOSED).select_related("lead")
    return tasks.order_by("position", "pk").first()


def _words(drop: Drop, task: Task) -> str:
    """Return the letter in the language of the office."""
    promise, answer = drop.fate.earlier, drop.fate.later
    with translation.override(settings.LANGUAGE_CODE):
        said = answer.words if answer else _("(nothing like it is said)")
        return _(
            "%(unit)s: “%(earlier)s” promised: %(promise)s\n“%(later)s” says: %(said)s\n"
            "Please say how the task “%(task)s” (%(code)s) stands."
        ) % {
            "unit": task.lead,
            "earlier": drop.pair.earlier.title,
            "promise": promise.words if promise else "",
            "later": drop.pair.later.title,
            "said": said,
            "task": task.title,
            "code": task.code,
        }
