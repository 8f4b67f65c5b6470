"""Who may read which events: a business those of its goods one step up and down, a unit those of its businesses."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.kernel.actors import Actor, Role
from linli.trace.models import Event, EventThing, NamedQuery, Operator, ThingTold
from linli.trace.queries.keys import as_operator


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks: the program of an operator, or a member of staff."""

    by: Actor
    operator: Operator | None = None

    @property
    def whole(self) -> bool:
        """Whether everything may be read: by those who check all units."""
        return self.by.role == Role.SUPERVISOR


def of_operator(operator: Operator) -> Scope:
    """Return what a business may read."""
    return Scope(as_operator(operator), operator)


def of_staff(by: Actor) -> Scope | None:
    """Return what a member of staff may read: all, those of the own unit's businesses, or nothing."""
    return Scope(by) if by.role in {Role.SUPERVISOR, Role.OFFICER, Role.PLANNER} else None


def visible(events: QuerySet[Event], scope: Scope) -> QuerySet[Event]:
    """Return those of the events that may be read.

    A business reads what it told, and what others told of a thing of which it told too: who brought it, and what
    became of it next. Never what lies a step further off.
    """
    if scope.whole:
        return events
    if scope.operator is None:
        return events.filter(operator__unit__name=scope.by.unit)
    told = ThingTold.objects.filter(operator=scope.operator, thing=OuterRef("thing"))
    names_such = EventThing.objects.filter(Exists(told), event=OuterRef("pk"))
    return events.filter(Q(operator=scope.operator) | Exists(names_such))


def named_queries(scope: Scope) -> QuerySet[NamedQuery]:
    """Return the named queries of who asks: a business has its own, the staff of a unit share theirs."""
    if scope.operator is not None:
        return NamedQuery.objects.filter(operator=scope.operator)
    return NamedQuery.objects.filter(operator=None, by_unit=scope.by.unit)
