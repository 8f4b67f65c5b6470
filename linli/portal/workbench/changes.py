"""What others did with the things of one's unit since one looked last: read from the records that each engine keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.cases.models import Step as CaseStep
from linli.funds.models import Order
from linli.funds.queries.books import visible_funds
from linli.kernel.actors import Actor, Role
from linli.plans.models import MoveDecision, Notice, Review, Task
from linli.plans.models import Step as PlanStep
from linli.reports.models import Step as ReportStep
from linli.trace.models import ApplicationStep
from linli.trace.queries.applications import applications_seen

AT_FIRST = timedelta(days=14)  # how far back one looks who never set a mark
AT_MOST = timedelta(days=60)
MOST = 15  # of one kind
_HANDLERS = (Role.OFFICER, Role.CLERK)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done by somebody else: when, in a sentence of ours, about what, where it stands."""

    at: datetime
    words: str
    about: str
    address: str


def changes(by: Actor, since: datetime | None, at: datetime) -> list[Change]:
    """Return what was done since then, the newest first. Seven queries at most."""
    begin = max(since or at - AT_FIRST, at - AT_MOST)
    found = [one for one in _found(by, begin) if one.at <= at]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _found(by: Actor, since: datetime) -> Iterator[Change]:
    if by.role == Role.ADMINISTRATOR:
        return
    yield from _promises(by, since)
    yield from _assigned(by, since)
    if by.role in _HANDLERS:
        yield from _cases(by, since)
    if by.role in (Role.PLANNER, Role.OFFICER):
        yield from _orders(by, since)
        yield from _permits(by, since)
    if by.role in (Role.PLANNER, Role.SUPERVISOR):
        yield from _reports(by, since)


def _promises(by: Actor, since: datetime) -> Iterator[Change]:
    own = Task.objects.owned_by(Actor("", Role.OFFICER, by.unit)).order_by().values("pk")
    reviews = Review.objects.filter(at__gt=since, progress__task__in=own).exclude(by_name=by.name)
    for one in reviews.select_related("progress__task").order_by("-at")[:MOST]:
        words = _("Accepted") if one.verdict == Review.ACCEPTED else _("Sent back")
        yield _of_task(one.at, words, one.progress.task)
    decided = MoveDecision.objects.filter(at__gt=since, move__task__in=own).exclude(by_name=by.name)
    for answer in decided.select_related("move__task").order_by("-at")[:MOST]:
        words = _("The move was approved") if answer.approved else _("The move was refused")
        yield _of_task(answer.at, words, answer.move.task)
    letters = Notice.objects.filter(at__gt=since, unit__name=by.unit).exclude(by_name=by.name)
    for letter in letters.select_related("task").order_by("-at")[:MOST]:
        yield _of_task(letter.at, _("A letter from supervision came"), letter.task)


def _assigned(by: Actor, since: datetime) -> Iterator[Change]:
    steps = PlanStep.objects.filter(at__gt=since, verb="assigned", becomes__lead=by.unit)
    given = steps.exclude(by_name=by.name).order_by("-at")[:MOST]
    moments = {step.subject: step.at for step in reversed(given)}
    for task in Task.objects.filter(code__in=moments):
        yield _of_task(moments[task.code], _("Given to your unit"), task)


def _cases(by: Actor, since: datetime) -> Iterator[Change]:
    """Count what came to the unit: which cases they are stands in the queue."""
    steps = CaseStep.objects.filter(
        at__gt=since, verb="handed_on", to_unit=by.unit, case__unit__name=by.unit
    ).exclude(by_unit=by.unit)
    came = steps.order_by().aggregate(n=Count("case", distinct=True), last=Max("at"))
    if came["n"]:
        words = ngettext("%(n)d case came to your unit", "%(n)d cases came to your unit", came["n"])
        yield Change(came["last"], words % {"n": came["n"]}, "", reverse("cases:queue"))


def _orders(by: Actor, since: datetime) -> Iterator[Change]:
    asked = Order.objects.filter(decided_at__gt=since, fund__in=visible_funds(by), by_unit=by.unit)
    decided = asked.exclude(second_name=by.name).select_related("fund").order_by("-decided_at")
    for order in decided[:MOST]:
        words = _("Money: approved") if order.state == Order.APPROVED else _("Money: refused")
        address = reverse("funds:console_order", args=[order.code])
        assert order.decided_at  # noqa: S101 - asked for above
        yield Change(order.decided_at, words, order.fund.name, address)


def _permits(by: Actor, since: datetime) -> Iterator[Change]:
    steps = ApplicationStep.objects.filter(
        at__gt=since, application__in=applications_seen(by).filter(premises__operator__unit__name=by.unit).order_by().values("pk"),
    ).exclude(by_name=by.name)  # fmt: skip
    for step in steps.select_related("application__premises").order_by("-at")[:MOST]:
        address = reverse("trace:application", args=[step.application.code])
        yield Change(step.at, step.get_to_display(), step.application.premises.name, address)


def _reports(by: Actor, since: datetime) -> Iterator[Change]:
    steps = ReportStep.objects.filter(at__gt=since).exclude(by_name=by.name)
    for step in steps.select_related("report").order_by("-at")[:MOST]:
        address = reverse("reports:console_reading", args=[step.report.code])
        yield Change(step.at, str(step.get_verb_display()), step.report.title, address)


def _of_task(at: datetime, words: str, task: Task) -> Change:
    return Change(at, words, task.title, reverse("plans:task", args=[task.code]))
