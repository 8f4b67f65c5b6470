"""Collections as they stand: what was given, in how many gifts, and what became of it. Amounts are the ledger's."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from linli.funds.models import Account, Collection, Order, Receipt, Taking, Transfer
from linli.funds.queries.balances import Stand, stands_then
from linli.funds.queries.incomings import given_on
from linli.funds.rules import flows
from linli.funds.rules.gifts import Span, told_spans
from linli.kernel.actors import Actor, Role

# A total that stands in the books.
_BOOKED = Q(entry__isnull=False, entry__reversed_by=None) | Q(
    order__transaction__isnull=False, order__transaction__reversed_by=None
)
# One that came to nothing: taken back, or refused by the second person.
_DEAD = (
    Q(entry__reversed_by__isnull=False)
    | Q(order__transaction__reversed_by__isnull=False)
    | Q(order__state=Order.REFUSED)
)


class Standing(NamedTuple):
    """One collection: what was given, what is left and what was given back, in fen; in how many gifts."""

    collection: Collection
    given: int
    left: int
    back: int
    gifts: int

    @property
    def used(self) -> int:
        """What was allocated to what it is for."""
        return self.given - self.left - self.back


class Use(NamedTuple):
    """What of a collection went into one account."""

    account: Account
    amount: int


def visible_collections(by: Actor) -> QuerySet[Collection]:
    """Return the collections that this member of staff works with: an officer the own unit's."""
    found = Collection.objects.select_related("fund__unit", "fund__area", "account", "source")
    return found.filter(fund__unit__name=by.unit) if by.role == Role.OFFICER else found


def published_collections() -> QuerySet[Collection]:
    """Return the collections that everybody sees."""
    return Collection.objects.published().select_related(
        "fund__unit", "fund__area", "account", "source"
    )


def standings(collections: Iterable[Collection]) -> list[Standing]:
    """Return how each of these stands, as the balances of its two accounts tell: four queries, however many."""
    wanted = list(collections)
    back = _given_back([row.account_id for row in wanted])
    booked = Taking.objects.filter(_BOOKED, collection__in=wanted).order_by()
    gifts = dict(booked.values_list("collection").annotate(Sum("gifts")))
    return [
        Standing(
            collection=row,
            given=-row.source.balance,
            left=row.account.balance,
            back=back.get(row.account_id, 0),
            gifts=gifts.get(row.pk, 0),
        )
        for row in wanted
    ]


def stands_of(collection: Collection, *, day: date, known_at: datetime) -> list[Stand]:
    """Return the two accounts of a collection, each with its balance at the end of a day, as known at a moment."""
    own = {collection.source_id, collection.account_id}
    then = stands_then(collection.fund, day=day, known_at=known_at)
    return [one for one in then if one.account.pk in own]


def uses(collection: Collection) -> list[Use]:
    """Return what became of the gifts: how much went into which account, the largest first."""
    return [Use(*one) for one in given_on(collection.account).items()]


def spans_told(collection: Collection) -> list[Span]:
    """Return when it was given, in spans that may be told."""
    booked = Taking.objects.filter(_BOOKED, collection=collection).order_by()
    months = booked.annotate(month=TruncMonth("day")).values_list("month")
    sums = months.annotate(Sum("gifts"), Sum("amount"))
    return told_spans(Span(month, month, gifts, amount) for month, gifts, amount in sums)


def receipts_to_book(collection: Collection, day: date, door: str) -> list[Receipt]:
    """Return the receipts of a day and door that stand in no total, or in one that came to nothing."""
    of_day = Receipt.objects.filter(collection=collection, day=day, door=door)
    dead = Taking.objects.filter(_DEAD, collection=collection, day=day, door=door)
    return list(of_day.filter(Q(taking=None) | Q(taking__in=dead)))


def takings_with_books(collection: Collection) -> QuerySet[Taking]:
    """Return the days' totals, the newest first, with what booked them."""
    return collection.takings.select_related(
        "entry__reversed_by", "order__transaction__reversed_by"
    )


def unbooked_receipts(collection: Collection) -> QuerySet[Receipt]:
    """Return the receipts whose gifts stand in no books yet."""
    dead = Taking.objects.filter(_DEAD, collection=collection)
    return collection.receipts.filter(Q(taking=None) | Q(taking__in=dead)).order_by("day", "id")


def standing_of(taking: Taking) -> str:
    """Return how a total stands: booked, waits, refused, reversed."""
    entry = taking.entry
    if taking.order is not None:
        if taking.order.state != Order.APPROVED:
            return "waits" if taking.order.state == Order.ASKED else "refused"
        entry = taking.order.transaction
    return "reversed" if entry is not None and hasattr(entry, "reversed_by") else "booked"


def _given_back(accounts: list[int]) -> dict[int, int]:
    """Return what of these accounts was given back to where it came from, less what was reversed."""
    out = Transfer.objects.filter(out_of__in=accounts, into__kind=flows.GIVEN_BACK).order_by()
    undone = Transfer.objects.filter(into__in=accounts, out_of__kind=flows.GIVEN_BACK).order_by()
    gone = dict(out.values_list("out_of").annotate(Sum("amount")))
    again = dict(undone.values_list("into").annotate(Sum("amount")))
    return {pk: fen - again.get(pk, 0) for pk, fen in gone.items()}
