"""Bring a payment file, ask a second person for it, bring what the bank answers, and ask for what goes back.

A batch has no yes of its own: its order has. `orders.approve` lets the money of the whole file move, in one
transaction, when another person than the one who asked says so; there is no other way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.funds.actions import ledger, orders, waiting_files
from linli.funds.actions.keeping import own
from linli.funds.models import Account, BankReply, Batch, Fund, Order, Transaction
from linli.funds.queries.payment_heads import answer_rows, payment_rows
from linli.funds.queries.waiting_files import digest_of
from linli.funds.rules import flows
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDraft:
    """One payment file: out of which account, into which one of what is paid, what for."""

    out_of: Account
    into: Account
    words: str
    file: IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """What the bank answers, and the payment file once more: nothing of it was kept to compare with."""

    file: IO[bytes]
    paid_by: IO[bytes]


def bring(*, by: Actor, at: datetime, fund: Fund, draft: BatchDraft) -> Batch:
    """Take a payment file in, to be read in the background; it waits sealed.

    Refuses: not_allowed; not_own_unit; no_words; other_fund; wrong_accounts; account_closed; file_too_large;
    what `payment_rows` refuses; known_file when it was asked for already.
    """
    own(by=by, at=at, unit=fund.unit)
    if not draft.words.strip():
        raise Refused("no_words", _("Say what it is for."))
    _check_accounts(fund, draft)
    digest = digest_of(draft.file)
    payment_rows(draft.file)
    _check_unknown(digest)
    sealed = waiting_files.seal_pieces(by=by, at=at, file=draft.file, digest=digest)
    with transaction.atomic():
        return Batch.objects.create(
            code=new_code(), fund=fund, out_of=draft.out_of, into=draft.into,
            words=draft.words.strip(), digest=digest, file=waiting_files.hold(by=by, at=at, sealed=sealed),
            **signed(by, at),
        )  # fmt: skip


@transaction.atomic
def ask(*, by: Actor, at: datetime, batch: Batch) -> Order:
    """Ask a second person to let the money of a file move.

    Refuses: not_allowed; not_own_unit; others_file unless whoever brought it asks; not_read; lines_have_errors;
    already_asked; known_file; what `orders.ask` refuses.
    """
    kept = _held(by, at, batch)
    if kept.by_name != by.name:
        raise Refused("others_file", _("Whoever brought the file asks for it."))
    if kept.read_at is None:
        raise Refused("not_read", _("The file is still being read."), status=409)
    if kept.wrong:
        raise Refused("lines_have_errors", _("Lines of this file have errors. Bring it anew."))
    if kept.order_id:
        raise Refused("already_asked", _("This was asked for already."), status=409)
    _check_unknown(kept.digest)
    same = Batch.objects.filter(digest=kept.digest, void=False)
    same.filter(order__state=Order.REFUSED).update(void=True)
    return _ordered(by, at, kept, ledger.Line(kept.out_of, kept.into, kept.total), flows.DISBURSE)


def answer(*, by: Actor, at: datetime, batch: Batch, draft: ReplyDraft) -> BankReply:
    """Take the bank's answer in, to be compared with the payment file in the background.

    Refuses: not_allowed; not_own_unit; not_paid; too_late when the differences of an earlier answer were
    forgotten; another_file when the payment file is not the one that was approved; known_file for the same
    answer again; still_reading an earlier one; file_too_large; what `answer_rows` refuses.
    """
    own(by=by, at=at, unit=batch.fund.unit)
    _check_answerable(batch)
    if digest_of(draft.paid_by) != batch.digest:
        raise Refused("another_file", _("This is not the payment file that was approved."))
    digest = digest_of(draft.file)
    answer_rows(draft.file)
    again = batch.replies.filter(digest=digest, wrong=0).exclude(order__state=Order.REFUSED)
    if again.exists():
        raise Refused("known_file", _("This answer was brought already."), status=409)
    sealed = [
        waiting_files.seal_pieces(by=by, at=at, file=file, digest=known)
        for file, known in ((draft.file, digest), (draft.paid_by, batch.digest))
    ]
    with transaction.atomic():
        kept = _held(by, at, batch)
        _check_answerable(kept)
        file, paid_by = (waiting_files.hold(by=by, at=at, sealed=one) for one in sealed)
        return BankReply.objects.create(
            batch=kept, number=kept.replies.count() + 1, digest=digest, file=file, paid_by=paid_by,
            **signed(by, at),
        )  # fmt: skip


@transaction.atomic
def ask_back(*, by: Actor, at: datetime, reply: BankReply) -> Order:
    """Ask a second person to post back what the bank has newly refused, to where it came from.

    Refuses: not_allowed; not_own_unit; not_newest; not_read; nothing_back; strange_answers when the answer
    contradicts itself; already_asked; what `orders.ask` refuses.
    """
    batch = _held(by, at, reply.batch)
    kept = batch.replies.get(pk=reply.pk)
    if kept.number != batch.replies.count():
        raise Refused("not_newest", _("A newer answer of the bank stands."), status=409)
    if kept.read_at is None:
        raise Refused("not_read", _("The file is still being read."), status=409)
    if kept.order_id:
        raise Refused("already_asked", _("This was asked for already."), status=409)
    if not kept.back:
        raise Refused("nothing_back", _("Nothing has come back."))
    if kept.strange:
        sentence = _("The answer contradicts itself. Ask the bank for another one.")
        raise Refused("strange_answers", sentence)
    return _ordered(by, at, kept, ledger.Line(batch.into, batch.out_of, kept.back), flows.RETURN)


def _ordered(by: Actor, at: datetime, of: Batch | BankReply, line: ledger.Line, verb: str) -> Order:
    batch = of if isinstance(of, Batch) else of.batch
    posting = ledger.Posting(
        verb=verb, day=localdate(at), lines=[line], words=f"{batch.code} {batch.words}"
    )
    order = orders.ask(by=by, at=at, fund=batch.fund, posting=posting)
    of.order = order
    try:
        with transaction.atomic():
            of.save(update_fields=["order"])
    except IntegrityError as error:
        raise _known() from error
    return order


def _check_accounts(fund: Fund, draft: BatchDraft) -> None:
    accounts = (draft.out_of, draft.into)
    if {one.fund_id for one in accounts} != {fund.pk}:
        raise Refused("other_fund", _("These accounts are another fund's."), status=404)
    if not flows.may_flow(flows.DISBURSE, draft.out_of.kind, draft.into.kind):
        raise Refused("wrong_accounts", _("Nothing is paid between these accounts."))
    if any(one.closed_on for one in accounts):
        raise Refused("account_closed", _("This account is closed."))


def _check_unknown(digest: str) -> None:
    asked = Batch.objects.filter(digest=digest, void=False, order__isnull=False)
    if asked.exclude(order__state=Order.REFUSED).exists():
        raise _known()


def _check_answerable(batch: Batch) -> None:
    paid = Transaction.objects.filter(order__batch=batch, reversed_by=None)
    if not paid.exists():
        raise Refused("not_paid", _("Nothing was paid by this file."), status=409)
    _check_each(batch.replies.all())


def _check_each(replies: Iterable[BankReply]) -> None:
    for reply in replies:
        if reply.read_at is None:
            raise Refused("still_reading", _("An earlier answer is still being read."), status=409)
        if reply.forgotten_on:
            raise Refused("too_late", _("The differences of this batch were deleted."), status=409)


def _held(by: Actor, at: datetime, batch: Batch) -> Batch:
    """Return the batch as it stands, held."""
    kept = Batch.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "fund__unit", "out_of", "into"
    ).get(pk=batch.pk)  # fmt: skip
    own(by=by, at=at, unit=kept.fund.unit)
    return kept


def _known() -> Refused:
    return Refused("known_file", _("This file was asked for already."), status=409)
