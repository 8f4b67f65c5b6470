"""Donations: open a collection, take in a day's total, give its money on. Nobody who gave is written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.funds.actions import ledger, orders
from linli.funds.actions.keeping import own
from linli.funds.models import Account, Collection, Fund, Order, Receipt, Taking, Transaction
from linli.funds.models.gift import DOORS
from linli.funds.queries.gifts import receipts_to_book
from linli.funds.rules import flows
from linli.funds.rules.gifts import RECEIPT_DAYS
from linli.kernel.actors import Actor, allow, system
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

RECEIPT_YEARS = 3  # a receipt tells for so long what became of a gift
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionDraft:
    """What is asked of everybody: for what, since when, and how one gives."""

    title: str
    purpose: str
    begins_on: date
    ways: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What came in through one door on one day: how many gifts, how much in fen."""

    day: date
    door: str
    gifts: int
    amount: int


@transaction.atomic
def open_collection(*, by: Actor, at: datetime, fund: Fund, draft: CollectionDraft) -> Collection:
    """Open a collection, with an account that gifts come from and one that they come into.

    Refuses: not_allowed; not_own_unit; no_name; name_taken when the fund has accounts of this name; no_words.
    """
    own(by=by, at=at, unit=fund.unit)
    title, purpose = draft.title.strip(), draft.purpose.strip()
    if not purpose:
        raise Refused("no_words", _("Say what it is for."))
    source, account = (
        ledger.open_account(by=by, at=at, fund=fund, kind=kind, name=title, unit=fund.unit)
        for kind in (flows.GIFT, flows.RECEIVED)
    )
    return Collection.objects.create(
        code=new_code(), fund=fund, title=title, purpose=purpose, ways=draft.ways.strip(),
        source=source, account=account, begins_on=draft.begins_on, **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def publish_collection(*, by: Actor, at: datetime, collection: Collection) -> Collection:
    """Show a collection to everybody, with its totals and what became of them.

    Refuses: not_allowed; not_own_unit; already_published.
    """
    kept = _held(by, at, collection)
    if kept.published_at is not None:
        raise Refused("already_published", _("This is published already."), status=409)
    kept.published_at = at
    kept.save(update_fields=["published_at"])
    return kept


@transaction.atomic
def close_collection(*, by: Actor, at: datetime, collection: Collection) -> Collection:
    """Collect no more from today on; what was given stays to be used.

    Refuses: not_allowed; not_own_unit; collection_closed.
    """
    kept = _open(by, at, collection)
    kept.closed_on = max(localdate(at), kept.begins_on)
    kept.save(update_fields=["closed_on"])
    return kept


@transaction.atomic
def take(*, by: Actor, at: datetime, collection: Collection, total: Total) -> Taking:
    """Take a day's total in: into the books at once, or by an order when it is above what one person may move.

    Receipts of that day and door stand in it from then on.
    Refuses: not_allowed; not_own_unit; collection_closed before its first and after its last day; unknown_door; no_gifts;
    amount_wrong when a gift would be below one fen; less_than_receipts; and all that `ledger.post` and `orders.ask` refuse.
    """
    kept = _held(by, at, collection)
    _check_day(kept, total.day)
    if total.gifts < 1:
        raise Refused("no_gifts", _("Say how many gifts it was."))
    if total.amount < total.gifts:
        raise Refused("amount_wrong", _("Give an amount above zero."))
    receipts = receipts_to_book(kept, total.day, _known(total.door))
    said = [one.amount for one in receipts]
    if total.amount < sum(said) or total.gifts < len(said):
        raise Refused(
            "less_than_receipts", _("Receipts of this day say more than that. Count again.")
        )
    booked = _moved(by, at, kept.fund, _posting(kept, total))
    taking = Taking.objects.create(
        collection=kept, day=total.day, door=total.door, gifts=total.gifts, amount=total.amount,
        entry=booked if isinstance(booked, Transaction) else None,
        order=booked if isinstance(booked, Order) else None, **signed(by, at),
    )  # fmt: skip
    Receipt.objects.filter(pk__in=[one.pk for one in receipts]).update(taking=taking)
    return taking


@transaction.atomic
def acknowledge(
    *, by: Actor, at: datetime, collection: Collection, amount: int, door: str
) -> Receipt:
    """Write a receipt for one gift of today: an amount under a code, and no name.

    Refuses: not_allowed; not_own_unit; collection_closed; unknown_door; amount_wrong.
    """
    kept = _held(by, at, collection)
    _check_day(kept, localdate(at))
    if amount < 1:
        raise Refused("amount_wrong", _("Give an amount above zero."))
    return Receipt.objects.create(
        code=new_code(), collection=kept, day=localdate(at), door=_known(door), amount=amount,
        by_name=by.name, by_unit=by.unit,
    )  # fmt: skip


@transaction.atomic
def give_on(
    *, by: Actor, at: datetime, collection: Collection, into: Account, amount: int, words: str
) -> Transaction | Order:
    """Allocate what was given to what it is for: at once, or by an order above what one person may move.

    Refuses: not_allowed; not_own_unit; no_words; and all that `ledger.post` and `orders.ask` refuse.
    """
    kept = _held(by, at, collection)
    if not (words := words.strip()):
        raise Refused("no_words", _("Say what it is for."))
    posting = ledger.Posting(
        verb=flows.ALLOCATE, day=localdate(at), words=words,
        lines=[ledger.Line(kept.account, into, amount)],
    )  # fmt: skip
    return _moved(by, at, kept.fund, posting)


def purge_receipts(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Remove the receipts of gifts given more than RECEIPT_DAYS ago; return how many. Totals stay for ever.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    last = localdate(at) - timedelta(days=RECEIPT_DAYS)
    with transaction.atomic():
        return Receipt.objects.filter(day__lt=last).delete()[0]


def _posting(collection: Collection, total: Total) -> ledger.Posting:
    line = ledger.Line(collection.source, collection.account, total.amount)
    return ledger.Posting(verb=flows.RECEIVE, day=total.day, lines=[line], words=collection.title)


def _moved(by: Actor, at: datetime, fund: Fund, posting: ledger.Posting) -> Transaction | Order:
    alone = all(line.amount <= fund.alone_up_to for line in posting.lines)
    move = ledger.post if alone else orders.ask
    return move(by=by, at=at, fund=fund, posting=posting)


def _open(by: Actor, at: datetime, collection: Collection) -> Collection:
    kept = _held(by, at, collection)
    if kept.closed_on is not None:
        raise _closed()
    return kept


def _held(by: Actor, at: datetime, collection: Collection) -> Collection:
    """Return the collection as it stands, held: one at a time sees which receipts are to be booked."""
    kept = (
        Collection.objects.select_for_update(no_key=True, of=("self",))
        .select_related("fund__unit", "source", "account")
        .get(pk=collection.pk)
    )
    own(by=by, at=at, unit=kept.fund.unit)
    return kept


def _check_day(collection: Collection, day: date) -> None:
    last = collection.closed_on
    if day < collection.begins_on or (last is not None and day > last):
        raise _closed()


def _known(door: str) -> str:
    if door not in dict(DOORS):
        raise Refused("unknown_door", _("Say how it came."))
    return door


def _closed() -> Refused:
    return Refused("collection_closed", _("Nothing is collected on this day."), status=409)
