"""What may be asked of the ledger, as it stands in the address of a page."""

from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q

from linli.directory.models.area import stem
from linli.plans.models import Share, Task, TaskQuerySet
from linli.plans.rules.lamp import Lamp

ORDERS = ("", "due", "-due", "lamp", "-lamp", "drift", "-drift", "unit", "title")
# By columns, not by models: a model would bring its own ordering, and with it more joins.
_TREE = (
    "measure__programme__area_id",
    "-measure__programme__starts_on",
    "measure__programme_id",
    "measure__position",
    "measure_id",
    "position",
    "pk",
)
_DATABASE = {
    "due": ("due_on", *_TREE),
    "-due": ("-due_on", *_TREE),
    "unit": ("lead__name", *_TREE),
    "title": ("title", *_TREE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which tasks to show, in which order. An empty field asks for everything.

    area: a code, all inside it included · programme, measure: codes · unit: a full name, in any part of a
    task · lamp: a Lamp · state: a state of Task · year: of the due day, present or first · words: all of
    them in title, measure or lead unit · order: one of ORDERS, "" is the order of the tree.
    """

    area: str = ""
    programme: str = ""
    measure: str = ""
    unit: str = ""
    lamp: str = ""
    state: str = ""
    year: int | None = None
    words: str = ""
    due_from: date | None = None
    due_until: date | None = None
    order: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """Return the filters of an address. What makes no sense is left out: old links keep working."""
        known: dict[str, Any] = {
            name: asked.get(name, "").strip()[:120]
            for name in ("area", "programme", "measure", "unit", "words")
        }
        known["lamp"] = _one_of(asked.get("lamp", ""), list(Lamp))
        known["state"] = _one_of(asked.get("state", ""), dict(Task.STATES))
        known["order"] = _one_of(asked.get("order", ""), ORDERS)
        year = asked.get("year", "")
        known["year"] = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
        known["due_from"] = _day(asked.get("due_from", ""))
        known["due_until"] = _day(asked.get("due_until", ""))
        return cls(**known)

    @property
    def query(self) -> str:
        """The part of an address after "?", without what asks for everything. `of` reads it back."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def but(self, **changes: Any) -> Self:
        """Return the same filters with some changed: what a link of the page asks for."""
        return replace(self, **changes)


def filtered_tasks(filters: Filters) -> TaskQuerySet:
    """Return the tasks that the filters ask for, in their order, the lamp left aside: it is no column."""
    tasks = Task.objects.filter(_where(filters))
    if filters.unit:
        # One row a task, however many parts the unit has in it.
        shares = Share.objects.filter(unit__name=filters.unit)
        tasks = tasks.filter(Q(lead__name=filters.unit) | Q(pk__in=shares.values("task")))
    for word in filters.words.split():
        tasks = tasks.filter(
            Q(title__icontains=word)
            | Q(measure__title__icontains=word)
            | Q(lead__name__icontains=word)
        )
    return tasks.order_by(*_DATABASE.get(filters.order, _TREE))


def _where(filters: Filters) -> Q:
    where = Q()
    if filters.area:
        where &= Q(measure__programme__area__code__startswith=stem(filters.area))
    if filters.programme:
        where &= Q(measure__programme__code=filters.programme)
    if filters.measure:
        where &= Q(measure__code=filters.measure)
    if filters.state:
        where &= Q(state=filters.state)
    if filters.year:
        where &= Q(due_on__year=filters.year) | Q(first_due_on__year=filters.year)
    if filters.due_from:
        where &= Q(due_on__gte=filters.due_from)
    if filters.due_until:
        where &= Q(due_on__lte=filters.due_until)
    return where


def _one_of(value: str, known: Container[str]) -> str:
    return value if value in known else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
