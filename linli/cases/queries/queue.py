"""The queue of a unit: what waits for it, the most overdue first, in pages by key. Nothing sealed is read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Subquery

from linli.cases.models import Case, CaseQuerySet, HandOver
from linli.directory.models import Area, Unit
from linli.kernel.working_days import days_left

PAGE = 25
MOST_COUNTED = 1000
# What may be shown: with running clocks; those that wait for somebody else; proposed to us; we help; ended.
SHOWN = ("running", "waiting", "offered", "joint", "closed")
_COLUMNS = (
    "id", "code", "kind", "topic__code", "topic__name", "topic__sensitive", "area__name", "location__name",
    "unit__name", "channel", "state", "asked_at", "first_due_at", "due_at", "next_due_at", "paused_at",
    "closed_at", "bounces", "moves", "pauses", "reopened", "urged", "level", "cause__code",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """What to show of a queue; `after` is the last page's `next`. Empty shows all that runs."""

    shown: str = "running"
    topic: str = ""
    kind: str = ""
    area: str = ""  # a code: it and what lies within
    late: bool = False
    unassigned: bool = False
    urged: bool = False
    escalated: bool = False
    bounced: bool = False
    bounces: int = 0  # handed on in vain so often at least
    state: str = ""
    channel: str = ""
    paused: bool = False
    due_until: datetime | None = None  # the clock that runs out first, by then
    after: str = ""


class QueueRow(NamedTuple):
    """One case in a queue. `left`: working days until it is next due, negative when late, None when no
    clock runs.
    """

    id: int
    code: str
    kind: str
    topic: str
    topic_name: str
    sensitive: bool
    area: str
    location: str | None
    unit: str
    channel: str
    state: str
    asked_at: datetime
    first_due_at: datetime
    due_at: datetime
    next_due_at: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    bounces: int
    moves: int
    pauses: int
    reopened: int
    urged: int
    level: int
    cause: str | None
    left: int | None = None
    late: bool = False


class QueuePage(NamedTuple):
    """One page of a queue, and the key of the next; "" when this is the last."""

    rows: list[QueueRow]
    next: str


def queue(unit: str, filters: QueueFilters, at: datetime) -> QueuePage:
    """Return one page of what waits for a unit, by its full name. One query."""
    ordered, key = _ordered(_chosen(_shown(unit, filters), filters, at), filters)
    found = [_row(values, at) for values in ordered.values_list(*_COLUMNS)[: PAGE + 1]]
    page = found[:PAGE]
    return QueuePage(page, _key(page[-1], key) if len(found) > PAGE else "")


def queue_count(unit: str, filters: QueueFilters, at: datetime) -> int:
    """Count what `queue` would show, up to MOST_COUNTED, which means "or more". One query."""
    chosen = _chosen(_shown(unit, filters), replace(filters, after=""), at)
    return chosen.values("pk")[:MOST_COUNTED].count()


def desk_of_supervision(filters: QueueFilters, at: datetime) -> QueuePage:
    """Return one page of what has risen, of all units, the most overdue first. One query."""
    risen = Case.objects.filter(level__gt=0, next_due_at__isnull=False)
    ordered, key = _ordered(_chosen(risen, filters, at), filters)
    found = [_row(values, at) for values in ordered.values_list(*_COLUMNS)[: PAGE + 1]]
    page = found[:PAGE]
    return QueuePage(page, _key(page[-1], key) if len(found) > PAGE else "")


def _shown(unit: str, filters: QueueFilters) -> CaseQuerySet:
    # The unit's number first: with it, and not with its name, the index is in the order of the queue.
    ours = Case.objects.filter(unit=Subquery(Unit.objects.filter(name=unit).values("pk")[:1]))
    if filters.shown == "waiting":
        return ours.open().filter(next_due_at=None)
    if filters.shown == "closed":
        return ours.filter(closed_at__isnull=False)
    if filters.shown == "offered":
        offered = HandOver.objects.filter(to_unit__name=unit, state=HandOver.PROPOSED)
        return Case.objects.open().filter(pk__in=offered.values("case"))
    if filters.shown == "joint":
        return Case.objects.open().filter(joint_units__unit__name=unit, joint_units__done_at=None)
    return ours.filter(next_due_at__isnull=False)


def _chosen(cases: CaseQuerySet, filters: QueueFilters, at: datetime) -> CaseQuerySet:
    if filters.topic:
        cases = cases.filter(topic__code=filters.topic)
    if filters.kind:
        cases = cases.filter(kind=filters.kind)
    if filters.area:
        cases = cases.filter(area__in=Area.objects.within(filters.area))
    if filters.late:
        cases = cases.filter(next_due_at__lt=at)
    for wanted, condition in _marks(filters):
        if wanted:
            cases = cases.filter(condition)
    return cases


def _marks(filters: QueueFilters) -> Iterable[tuple[bool, Q]]:
    yield filters.unassigned, Q(state=Case.RECEIVED)
    yield filters.urged, Q(urged__gt=0)
    yield filters.escalated, Q(level__gt=0)
    yield filters.bounced, Q(bounces__gt=0)
    yield filters.bounces > 0, Q(bounces__gte=filters.bounces)
    yield bool(filters.state), Q(state=filters.state)
    yield bool(filters.channel), Q(channel=filters.channel)
    yield filters.paused, Q(paused_at__isnull=False)
    yield filters.due_until is not None, Q(next_due_at__lte=filters.due_until)


def _ordered(cases: CaseQuerySet, filters: QueueFilters) -> tuple[CaseQuerySet, str]:
    """Return the cases in their order, after the key of the last page."""
    column = {"closed": "closed_at", "waiting": "asked_at"}.get(filters.shown, "next_due_at")
    if filters.shown in {"offered", "joint"}:
        column = "due_at"
    down = filters.shown == "closed"
    if filters.after:
        moment, _space, pk = filters.after.partition(" ")
        try:
            key, last = datetime.fromisoformat(moment), int(pk)
        except ValueError:
            key, last = None, 0
        if key is not None and key.tzinfo is not None:
            side = "lt" if down else "gt"
            further = Q(**{f"{column}__{side}": key}) | Q(**{column: key, f"id__{side}": last})
            # The first condition says no more than the second, and lets the index begin there.
            cases = cases.filter(Q(**{f"{column}__{side}e": key}), further)
    sign = "-" if down else ""
    return cases.order_by(f"{sign}{column}", f"{sign}id"), column


def _key(row: QueueRow, column: str) -> str:
    return f"{getattr(row, column).isoformat()} {row.id}"


def _row(values: tuple[object, ...], at: datetime) -> QueueRow:
    row = QueueRow(*values)  # type: ignore[arg-type]
    if row.next_due_at is None:
        return row
    return row._replace(left=days_left(row.next_due_at, at), late=row.next_due_at < at)
