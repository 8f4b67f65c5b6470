"""Post to the ledger: money moves by a verb on a day, in as many transfers as it takes, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.models import Evidence
from linli.funds.actions import moving
from linli.funds.actions.keeping import own
from linli.funds.models import (
    Account,
    BankReply,
    Close,
    Fund,
    Match,
    Order,
    Programme,
    Project,
    Transaction,
)
from linli.funds.queries.holding import hold_books
from linli.funds.rules import flows
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


class Line(NamedTuple):
    """One amount in fen, out of one account into another."""

    out_of: Account
    into: Account
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What is moved: by which verb, on which day, in which lines, said how, resting on what."""

    verb: str
    day: date
    lines: Sequence[Line]
    words: str = ""
    evidence: Evidence | None = None


@transaction.atomic
def open_fund(
    *, by: Actor, at: datetime, name: str, unit: Unit, area: Area, purpose: str = "", alone: int = 0
) -> Fund:
    """Open a fund that a unit keeps. `alone`: fen in one transfer that one person may move.

    Refuses: not_allowed; not_own_unit for an officer of another unit; no_name; amount_wrong.
    """
    own(by=by, at=at, unit=unit)
    if not name.strip():
        raise Refused("no_name", _("Give it a name."))
    if alone < 0:
        raise _no_amount()
    return Fund.objects.create(
        code=new_code(), name=name.strip(), purpose=purpose, unit=unit, area=area,
        alone_up_to=alone, **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def open_account(
    *,
    by: Actor,
    at: datetime,
    fund: Fund,
    kind: str,
    name: str,
    unit: Unit | None = None,
    of: Programme | Project | None = None,
) -> Account:
    """Open an account of a fund; `of`: the programme line or project whose money stands on it.

    Refuses: not_allowed; not_own_unit; unknown_kind; no_name; name_taken by an account of this kind.
    """
    own(by=by, at=at, unit=fund.unit)
    if kind not in flows.KINDS:
        raise Refused("unknown_kind", _("Choose what kind of account it is."))
    if not (name := name.strip()):
        raise Refused("no_name", _("Give it a name."))
    if fund.accounts.filter(kind=kind, name=name).exists():
        raise Refused("name_taken", _("There is an account of this name."), status=409)
    project = of if isinstance(of, Project) else None
    programme = of.programme if isinstance(of, Project) else of
    return Account.objects.create(
        code=new_code(), fund=fund, kind=kind, name=name, unit=unit, programme=programme,
        project=project,
    )  # fmt: skip


def post(*, by: Actor, at: datetime, fund: Fund, posting: Posting) -> Transaction:
    """Move money that one person may move.

    Refuses: not_allowed; not_own_unit; all that `checked` refuses; needs_second_person when one line is of more
    than one person may move; not_enough when an account would fall below zero; something_missing for matched money.
    """
    own(by=by, at=at, unit=fund.unit)
    _check_alone(at, fund, posting)
    return moved(by=by, at=at, fund=fund, posting=posting)


def post_many(
    *, by: Actor, at: datetime, fund: Fund, postings: Sequence[Posting]
) -> list[Transaction]:
    """Move money many times that one person may move, all of it or none.

    Refuses: as `post`.
    """
    own(by=by, at=at, unit=fund.unit)
    for posting in postings:
        _check_alone(at, fund, posting)
    entries = [(_entry(fund, posting), posting.lines) for posting in postings]
    return moving.write_many(by=by, at=at, fund=fund, entries=entries)


@transaction.atomic
def reverse(*, by: Actor, at: datetime, entry: Transaction, day: date, words: str) -> Transaction:
    """Move back, to the fen, what a transaction moved. Both stay.

    Refuses: not_allowed; not_own_unit; no_reason; is_reversal for what reverses itself; already_reversed;
    bank_answered for what a payment file moved, once the bank has answered; day_to_come; books_closed; not_enough when the money has gone on.
    """
    own(by=by, at=at, unit=entry.fund.unit)
    if not (words := words.strip()):
        raise Refused("no_reason", _("Say why."))
    if entry.verb == flows.REVERSE:
        raise Refused("is_reversal", _("A reversal is not reversed: post anew."))
    if Transaction.objects.filter(reverses=entry).exists():
        raise Refused("already_reversed", _("This was reversed already."), status=409)
    if BankReply.objects.filter(Q(batch__order__transaction=entry) | Q(order__transaction=entry)):
        sentence = _("The bank has answered: what it refused goes back by the batch.")
        raise Refused("bank_answered", sentence, status=409)
    lines = [
        Line(one.into, one.out_of, one.amount)
        for one in entry.transfers.select_related("into", "out_of").order_by("number")
    ]
    posting = Posting(verb=flows.REVERSE, day=day, lines=lines, words=words)
    _check_day(at, day)
    return moved(by=by, at=at, fund=entry.fund, posting=posting, reverses=entry)


@transaction.atomic
def close_books(*, by: Actor, at: datetime, fund: Fund, until: date) -> Close:
    """Close a fund's books: nothing is posted any more for days until `until`.

    Refuses: not_allowed; not_own_unit; day_to_come; books_closed until then already.
    """
    own(by=by, at=at, unit=fund.unit)
    hold_books(fund)
    _check_day(at, until)
    _check_open(fund, until)
    return Close.objects.create(fund=fund, until=until, **signed(by, at))


def checked(*, by: Actor, at: datetime, fund: Fund, posting: Posting) -> None:
    """Check what somebody wants to move, before anything is written.

    Refuses: unknown_verb; no_lines; amount_wrong; same_account; other_fund; against_the_flow; account_closed;
    day_to_come; books_closed.
    """
    _check(at, fund, posting)
    _check_open(fund, posting.day)


def moved(
    *,
    by: Actor,
    at: datetime,
    fund: Fund,
    posting: Posting,
    **of: Order | Match | Transaction,
) -> Transaction:
    """Write a transaction with its transfers, for the deed that has checked it.

    `of` names what it comes from: an order, a match, the entry that it reverses.
    Refuses: not_enough when an account would fall below zero, and what else `moving.write` refuses.
    """
    return moving.write(by=by, at=at, entry=_entry(fund, posting, **of), lines=posting.lines)


def _entry(fund: Fund, posting: Posting, **of: Order | Match | Transaction) -> Transaction:
    return Transaction(
        fund=fund, verb=posting.verb, day=posting.day, words=posting.words,
        size=len(posting.lines), evidence=posting.evidence, **of,
    )  # fmt: skip


def _check_alone(at: datetime, fund: Fund, posting: Posting) -> None:
    """Check what one person moves; whether the books are open the database says itself."""
    _check(at, fund, posting)
    if any(line.amount > fund.alone_up_to for line in posting.lines):
        raise Refused(
            "needs_second_person",
            _("A second person decides about so much money: ask for an order."),
        )


def _check(at: datetime, fund: Fund, posting: Posting) -> None:
    if posting.verb not in flows.WAYS:
        raise Refused("unknown_verb", _("Choose what is done with the money."))
    if not posting.lines:
        raise Refused("no_lines", _("Say what is moved."))
    _check_day(at, posting.day)
    for line in posting.lines:
        _check_line(fund, posting.verb, line)


def _check_line(fund: Fund, verb: str, line: Line) -> None:
    if line.amount <= 0:
        raise _no_amount()
    if line.out_of == line.into:
        raise Refused("same_account", _("Money moves between two accounts."))
    if {line.out_of.fund_id, line.into.fund_id} != {fund.pk}:
        raise Refused("other_fund", _("These accounts are another fund's."), status=404)
    if line.out_of.closed_on or line.into.closed_on:
        raise Refused("account_closed", _("This account is closed."))
    if not flows.may_flow(verb, line.out_of.kind, line.into.kind):
        raise Refused("against_the_flow", _("Money does not flow this way."))


def _check_day(at: datetime, day: date) -> None:
    if day > localdate(at):
        raise Refused("day_to_come", _("This day is still to come."))


def _check_open(fund: Fund, day: date) -> None:
    if fund.closes.filter(until__gte=day).exists():
        raise Refused("books_closed", _("The books are closed for this day."))


def _no_amount() -> Refused:
    return Refused("amount_wrong", _("Give an amount above zero."))
