"""Tells staff by the clock: days three days ahead, the day before and on the day; letters, decisions, reviews.

Each is told to those whose unit it is, once a cause. Of cases the number alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from linli.assessments.models import Assessment
from linli.assessments.queries.round_lists import FILLED_IN
from linli.cases.models import Case
from linli.funds.models import Order
from linli.funds.queries.books import waits_for_second
from linli.kernel.actors import Role
from linli.kernel.desk_news import News, tell
from linli.kernel.models import Staff
from linli.plans.models import Notice, Review, Share, Task
from linli.portal.workbench.days import cases_by_day
from linli.reports.models import FormAsked
from linli.trace.models import Application

WARNED = (3, 1, 0)  # days before a day
LATELY = timedelta(days=2)  # what is older is on the desk, and no news
_AHEAD = {
    3: gettext_noop("Due in three days: %(what)s"),
    1: gettext_noop("Due tomorrow: %(what)s"),
    0: gettext_noop("Due today: %(what)s"),
}
_CASES = {
    1: gettext_noop("Cases of your unit that are due tomorrow: %(n)s"),
    0: gettext_noop("Cases of your unit that are due today: %(n)s"),
}
_LETTER = gettext_noop("A letter from supervision: %(what)s")
_SECOND = gettext_noop("Money waits for a second person: %(what)s")
_ACCEPTED = gettext_noop("Accepted: %(what)s")
_SENT_BACK = gettext_noop("Sent back: %(what)s")
# By a unit's name and the roles there: what is told to them.
Told = dict[tuple[str, tuple[Role, ...]], list[News]]
_WORK = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
_HANDLE = (Role.OFFICER, Role.CLERK)


def tell_news(at: datetime) -> int:
    """Tell every unit what is new for it, and who may decide about money what waits; return how much."""
    told: Told = defaultdict(list)
    with translation.override(None):  # addresses without a language
        for unit, roles, news in (*_days(at), *_of_lately(at)):
            told[unit, roles].append(news)
        new = sum(
            tell(at=at, staff=_staff(roles).filter(unit=unit), news=news)
            for (unit, roles), news in told.items()
        )
        return new + _tell_second_persons(at)


def _staff(roles: Iterable[Role]) -> QuerySet[Staff]:
    return Staff.objects.filter(is_active=True, role__in=list(roles)).order_by("pk")


def _days(at: datetime) -> Iterator[tuple[str, tuple[Role, ...], News]]:
    today = localdate(at)
    ahead = {today + timedelta(days=n): n for n in WARNED}
    for task in _due_tasks(ahead):
        for unit in _owners(task):
            yield unit, _WORK, _due(ahead, task.due_on, task.title, "plans:task", task.code)
    checks = Assessment.objects.filter(
        kind__in=FILLED_IN, dropped_at=None, done_at=None, due_on__in=ahead
    )
    for asked in checks.select_related("unit", "subject"):
        news = _due(ahead, asked.due_on, asked.subject.name, "assessments:task", asked.code)
        yield asked.unit.name, _WORK, news
    permits = Application.objects.filter(due_on__in=ahead)
    for one in permits.select_related("premises__operator__unit"):
        news = _due(ahead, one.due_on, one.premises.name, "trace:application", one.code)
        yield one.premises.operator.unit.name, (Role.OFFICER,), news
    for form in (
        FormAsked.objects.open().filter(due_on__in=ahead).select_related("unit").defer("grid")
    ):
        news = _due(ahead, form.due_on, form.title, "reports:form_asked", form.code)
        yield form.unit.name, (Role.PLANNER, Role.OFFICER), news
    yield from _cases(today)


def _due_tasks(ahead: dict[date, int]) -> Iterable[Task]:
    promised = Task.objects.filter(promised_at__isnull=False, due_on__in=ahead)
    waiting = promised.exclude(state__in=[Task.ACCEPTED, Task.DROPPED])
    return waiting.select_related("lead").prefetch_related("shares__unit")


def _owners(task: Task) -> set[str]:
    shared = {one.unit.name for one in task.shares.all() if one.part == Share.RESPONSIBLE}
    return shared | ({task.lead.name} if task.lead else set())


def _cases(today: date) -> Iterator[tuple[str, tuple[Role, ...], News]]:
    last = today + timedelta(days=2)
    running = Case.objects.filter(next_due_at__isnull=False, next_due_at__date__lt=last)
    for unit in running.order_by().values_list("unit__name", flat=True).distinct():
        by_day = cases_by_day(unit)
        for days, words in _CASES.items():
            if number := by_day.get(on := today + timedelta(days=days)):
                once = f"cases {unit[:60]} {on} {days}"
                yield unit, _HANDLE, News("deadline", once, words, {"n": number}, reverse("cases:queue"))  # fmt: skip


def _of_lately(at: datetime) -> Iterator[tuple[str, tuple[Role, ...], News]]:
    letters = Notice.objects.filter(at__gt=at - LATELY, at__lte=at).select_related("task", "unit")
    for letter in letters:
        address = reverse("plans:task", args=[letter.task.code])
        once, given = f"letter {letter.pk}", {"what": letter.task.title}
        yield letter.unit.name, _WORK, News("letter", once, _LETTER, given, address)
    reviews = Review.objects.filter(at__gt=at - LATELY, at__lte=at)
    joined = reviews.select_related("progress__task__lead")
    for one in joined.prefetch_related("progress__task__shares__unit"):
        task = one.progress.task
        words = _ACCEPTED if one.verdict == Review.ACCEPTED else _SENT_BACK
        address = reverse("plans:task", args=[task.code])
        news = News("review", f"review {one.pk}", words, {"what": task.title}, address)
        yield from ((unit, (Role.OFFICER,), news) for unit in _owners(task))


def _tell_second_persons(at: datetime) -> int:
    waiting = Order.objects.filter(state=Order.ASKED, at__gt=at - LATELY, at__lte=at)
    if not waiting.exists():
        return 0
    new = 0
    for staff in _staff(_WORK):
        orders = waits_for_second(staff.actor).filter(pk__in=waiting.order_by().values("pk"))
        news = [
            News(
                "decision", f"order {order.code}", _SECOND, {"what": order.fund.name},
                reverse("funds:console_order", args=[order.code]),
            )
            for order in orders.select_related("fund")
        ]  # fmt: skip
        new += tell(at=at, staff=[staff], news=news) if news else 0
    return new


def _due(ahead: dict[date, int], on: date | None, what: str, name: str, code: str) -> News:
    assert on  # noqa: S101 - asked for above
    days = ahead[on]
    once = f"{name} {code} {on} {days}"
    return News("deadline", once, _AHEAD[days], {"what": what}, reverse(name, args=[code]))
