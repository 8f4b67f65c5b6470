"""What of the books whom concerns, and the lists of it: funds, entries, orders, matched money."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.funds.models import Fund, Match, Order, Transaction, Transfer
from linli.funds.models.match import MatchQuerySet
from linli.funds.queries.statements import Key
from linli.funds.rules import flows
from linli.kernel.actors import Actor, Role

PAGE = 25


class Entries(NamedTuple):
    """One page of a fund's entries, newest day first, and the key of the next."""

    rows: Sequence[Transaction]
    next: Key | None


def visible_funds(by: Actor) -> QuerySet[Fund]:
    """Return the funds whose books this member of staff may open: an officer's unit's, or all."""
    if by.role in {Role.PLANNER, Role.SUPERVISOR}:
        return Fund.objects.all()
    if by.role == Role.OFFICER:
        return Fund.objects.filter(unit__name=by.unit)
    return Fund.objects.none()


def visible_orders(by: Actor) -> QuerySet[Order]:
    """Return the orders of those funds."""
    return Order.objects.filter(fund__in=visible_funds(by))


def visible_matches(by: Actor) -> MatchQuerySet:
    """Return the agreements of those funds; to an officer also those where the own unit is the partner."""
    of_funds = Q(fund__in=visible_funds(by))
    if by.role == Role.OFFICER:
        return Match.objects.filter(of_funds | Q(partner__unit__name=by.unit))
    return Match.objects.filter(of_funds)


def with_totals(funds: QuerySet[Fund]) -> QuerySet[Fund]:
    """Add to each fund, in fen, what ever came, what stands, what was paid, and how many orders wait."""
    waiting = Order.objects.order_by().filter(fund=OuterRef("pk"), state=Order.ASKED)
    return funds.order_by("name", "pk").annotate(
        came=-_of_kinds(flows.OUTSIDE),
        stands=_of_kinds(flows.INSIDE),
        paid=_of_kinds((flows.PAID,)),
        waiting=Coalesce(Subquery(waiting.values("fund").annotate(n=Count("pk")).values("n")), 0),
    )


def waits_for_second(by: Actor) -> QuerySet[Order]:
    """Return the orders that this member of staff may decide: asked, and by somebody else."""
    if by.role not in {Role.OFFICER, Role.PLANNER}:
        return Order.objects.none()
    return visible_orders(by).filter(state=Order.ASKED).exclude(by_name=by.name)


def entries(fund: Fund, *, below: Key | None = None, size: int = PAGE) -> Entries:
    """Return one page of what was posted, with how much each entry moved (`moves`)."""
    shown = fund.transactions.select_related("reverses", "reversed_by")
    if below:
        # The first condition says no more than the second, and lets the index begin there.
        further = Q(day__lt=below.day) | Q(day=below.day, pk__lt=below.pk)
        shown = shown.filter(Q(day__lte=below.day), further)
    moved = Transfer.objects.order_by().filter(transaction=OuterRef("pk"))
    fen = moved.values("transaction").annotate(fen=Sum("amount")).values("fen")
    shown = shown.annotate(moves=Subquery(fen, output_field=BigIntegerField()))
    rows = list(shown.order_by("-day", "-pk")[: size + 1])
    more = len(rows) > size
    last = rows[size - 1] if more else None
    return Entries(rows[:size], Key(last.day, last.pk) if last else None)


def known_since(fund: Fund) -> datetime | None:
    """Return the moment at which the first entry of a fund was recorded."""
    return fund.transactions.order_by("at").values_list("at", flat=True).first()


def _of_kinds(kinds: tuple[str, ...]) -> Coalesce:
    return Coalesce(Sum("accounts__balance", filter=Q(accounts__kind__in=kinds)), 0)
