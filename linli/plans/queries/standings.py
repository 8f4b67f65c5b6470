"""The standing of many tasks at once: one query over tasks, one over the facts that could matter.

For each task the database looks up the one current fact that serves its target best (proven before claimed,
then the earliest). It only narrows: whether the fact meets the target is asked again of the rule, on the
interval itself, so no lamp is lit by a query.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    DateField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Cast, Coalesce

from linli.facts.models import Fact
from linli.plans.models import Milestone, Programme, Task
from linli.plans.rules.lamp import (
    AT_LEAST,
    AT_MOST,
    COLOURS,
    Known,
    Lamp,
    Reason,
    Standing,
    why,
    window,
)

# As text from the database, each value turned only once: ten thousand tasks share some hundred days.
_DAYS = ("starts_on", "due_on", "first_due_on", "accepted_on", "late_milestone")


@lru_cache(4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(4096)
def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


_NO_DAYS = (date.min, date.max)


class YearStart(Func):
    """1 January of a day's year. Faster on SQLite than Django's truncation, which calls Python each time."""

    output_field = DateField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # noqa: ANN401 - Django's own
        """Take the digits of the year."""
        template = "substr(%(expressions)s, 1, 4) || '-01-01'"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # noqa: ANN401 - Django's own
        """Make the day anew."""
        template = "make_date(extract(year from %(expressions)s)::int, 1, 1)"
        return self.as_sql(compiler, connection, template=template, **extra)


class Lit(NamedTuple):
    """One task with its lamp, and where it hangs in the tree."""

    task: int
    measure: int
    programme: int
    first_due_on: date | None
    due_on: date | None
    why: Reason
    lamp: Lamp


def lit(tasks: QuerySet[Task], today: date) -> list[Lit]:
    """Return tasks with their lamps, in the order of the query.

    Two queries, however many tasks; a third one where some have no due day, but their programme's end.
    """
    rows = list(
        _narrowed(tasks, today).values_list(
            "pk", "measure_id", "measure__programme_id", "state", "target_sense", "proof_id", "fact",
            Cast("target", TextField()), *(Cast(day, TextField()) for day in _DAYS),
        )
    )  # fmt: skip
    facts = _facts({row[6] for row in rows if row[6] is not None})
    programmes = _programmes({row[2] for row in rows if row[9] is row[10] is None})
    return [_lit(row, facts, programmes, today) for row in rows]


def _narrowed(tasks: QuerySet[Task], today: date) -> QuerySet[Task]:
    """Add to each task the day of a late milestone and its best fact, where they can matter."""
    promised_due = Coalesce("first_due_on", "due_on")
    late = Milestone.objects.filter(task=OuterRef("pk"), reached_on=None, due_on__lt=today)
    ahead = Q(state=Task.OPEN) & (Q(due_on=None) | Q(due_on__gte=today))
    measured = Q(target__isnull=False) & ~Q(state=Task.DROPPED)
    return tasks.alias(
        since=Coalesce("starts_on", YearStart(promised_due), "measure__programme__starts_on"),
        until=Coalesce(promised_due, "measure__programme__ends_on"),
    ).annotate(
        late_milestone=Case(
            When(ahead, then=Subquery(late.order_by("due_on").values("due_on")[:1]))
        ),
        fact=Case(
            When(measured & Q(target_sense=AT_LEAST), then=_best(low__gte=OuterRef("target"))),
            When(
                measured & Q(target_sense=AT_MOST),
                then=_best(
                    high__lte=OuterRef("target"),
                    period_until__gt=OuterRef("until"),
                    period_until__lte=today + timedelta(days=1),
                ),
            ),
        ),
    )


def _best(**meets: Any) -> Subquery:
    """Return the key of the outer task's best fact that meets its target: proven first, then earliest."""
    claimed_last = Case(When(status=Fact.CLAIMED, then=1), default=0, output_field=IntegerField())
    facts = Fact.objects.current().filter(
        indicator=OuterRef("indicator_id"),
        area=OuterRef("measure__programme__area_id"),
        period_from__gte=OuterRef("since"),
        **meets,
    )
    return Subquery(facts.order_by(claimed_last, "period_from", "pk").values("pk")[:1])


def _facts(keys: set[int]) -> dict[int, Known]:
    found = Fact.objects.filter(pk__in=keys).order_by()
    ends = (Cast(end, TextField()) for end in ("low", "high"))
    return {
        key: Known(status, _amount(low), _amount(high), start, until)
        for key, status, start, until, low, high in found.values_list(
            "pk", "status", "period_from", "period_until", *ends
        )
    }


def _programmes(keys: set[int]) -> dict[int, tuple[date, date]]:
    """Return the days of programmes by key."""
    found = Programme.objects.filter(pk__in=keys).order_by()
    return {
        key: (begins, ends) for key, begins, ends in found.values_list("pk", "starts_on", "ends_on")
    }


def _lit(
    row: tuple[Any, ...],
    facts: dict[int, Known],
    programmes: dict[int, tuple[date, date]],
    today: date,
) -> Lit:
    (
        task, measure, programme, state, sense, proof, fact, target,
        starts_on, due_on, first_due_on, accepted_on, late_milestone,
    ) = row  # fmt: skip
    due_on, first_due_on = _day(due_on), _day(first_due_on)
    # A task with a due day needs no day of its programme.
    since, until = window(
        _day(starts_on), first_due_on or due_on, programmes.get(programme, _NO_DAYS)
    )
    known = (facts[fact],) if fact in facts else ()
    standing = Standing(
        state, due_on, since, until, _amount(target), sense, _day(accepted_on),
        proof is not None, _day(late_milestone), known,
    )  # fmt: skip
    reason = why(standing, today)
    return Lit(task, measure, programme, first_due_on, due_on, reason, COLOURS[reason])
