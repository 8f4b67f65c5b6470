"""Write to the ledger what was checked, in as few statements as there can be.

What the database forbids is not asked beforehand: it refuses, and here its refusal is put into words.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.funds.models import Account, Fund, Transaction
from linli.funds.queries.holding import share_books
from linli.funds.rules import flows
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.prepared import add_row
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.text import Words

Lines = Sequence[tuple[Account, Account, int]]

_POST: Final = f"SELECT funds_post({', '.join(['%s'] * 16)})"  # migration 0001
_ADD: Final = """
    INSERT INTO funds_transfer (transaction_id, number, day, out_of_id, into_id, amount)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
_ADD_MANY: Final = """
    INSERT INTO funds_transfer (transaction_id, number, day, out_of_id, into_id, amount)
    SELECT * FROM unnest(%s::bigint[], %s::int[], %s::date[], %s::bigint[], %s::bigint[], %s::bigint[])
"""
_SOME: Final = 20_000  # transfers that are written by one statement
_SAID: Final[dict[str, tuple[str, Words, int]]] = {
    "account_is_never_overdrawn": ("not_enough", _("There is not so much money here."), 409),
    "account_outside_only_gives": ("not_enough", _("There is not so much money here."), 409),
    "these books are closed": ("books_closed", _("The books are closed for this day."), 422),
    "a closed account moves": ("account_closed", _("This account is closed."), 422),
    "above what one person": (
        "needs_second_person",
        _("A second person decides about so much money: ask for an order."),
        422,
    ),
    "matched money is released": (
        "something_missing",
        _("What stands there is kept for matched money, and something is missing still."),
        409,
    ),
    "reverses_id": ("already_reversed", _("This was reversed already."), 409),
}  # fmt: skip
_CODE_TAKEN = ("funds_transaction_code_", "funds_transaction.code")


def write(*, by: Actor, at: datetime, entry: Transaction, lines: Lines) -> Transaction:
    """Write one new transaction with its transfers; all of them or none.

    Refuses: not_enough; books_closed; account_closed; needs_second_person; something_missing; already_reversed.
    """
    _sign(entry, by, at)
    added = _added_at_once if connection.vendor == "postgresql" else _added
    while True:
        entry.code = new_code()
        try:
            with _refusals():
                added(entry, lines)
        except IntegrityError as error:
            if not any(name in _told(error) for name in _CODE_TAKEN):
                raise
        else:
            return entry


@transaction.atomic
def write_many(
    *, by: Actor, at: datetime, fund: Fund, entries: Sequence[tuple[Transaction, Lines]]
) -> list[Transaction]:
    """Write many new transactions of one fund with their transfers; all of them or none.

    Refuses: as `write`.
    """
    for (entry, _lines), code in zip(entries, _fresh_codes(len(entries)), strict=True):
        _sign(entry, by, at)
        entry.code = code
    with _refusals():
        _hold(fund, entries)
        made = Transaction.objects.bulk_create([entry for entry, _lines in entries])
        _add(
            [
                (entry.pk, number, entry.day, giver.pk, taker.pk, amount)
                for entry, lines in entries
                for number, giver, taker, amount in _in_order(entry.verb, lines)
            ]
        )
    return made


def _sign(entry: Transaction, by: Actor, at: datetime) -> None:
    for name, value in signed(by, at).items():
        setattr(entry, name, value)


def _added_at_once(entry: Transaction, lines: Lines) -> None:
    values: list[str | int | date | None] = [
        entry.fund_id, entry.verb, entry.day, entry.words, entry.code,
        entry.by_name, str(entry.by_role), entry.by_unit, entry.at,
        entry.evidence_id, entry.reverses_id, entry.order_id, entry.match_id,
        _array(giver.pk for giver, _, _ in lines), _array(taker.pk for _, taker, _ in lines),
        _array(amount for _, _, amount in lines),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_POST, values)
        entry.pk = cursor.fetchone()[0]
    entry._state.adding, entry._state.db = False, connection.alias  # noqa: SLF001


def _added(entry: Transaction, lines: Lines) -> None:
    add_row(entry)
    _add(
        [
            (entry.pk, number, entry.day, giver.pk, taker.pk, amount)
            for number, giver, taker, amount in _in_order(entry.verb, lines)
        ]
    )


def _add(rows: Sequence[tuple[int, int, date, int, int, int]]) -> None:
    """Write transfers: transaction, number, day, out of, into, amount."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for start in range(0, len(rows), _SOME):
                columns = zip(*rows[start : start + _SOME], strict=True)
                cursor.execute(_ADD_MANY, [_array(column) for column in columns])
        else:
            days = {row[2]: connection.ops.adapt_datefield_value(row[2]) for row in rows}
            cursor.executemany(_ADD, [(*row[:2], days[row[2]], *row[3:]) for row in rows])


def _array(column: Iterable[int | date]) -> str:
    """Write a column as PostgreSQL reads it: a list is looked through twice by the driver."""
    return f"{{{','.join(map(str, column))}}}"


def _in_order(verb: str, lines: Lines) -> list[tuple[int, Account, Account, int]]:
    """Return the numbered lines as money runs down: what an account gives has come by then."""
    numbered = [(number, *line) for number, line in enumerate(lines, 1)]
    numbered.sort(key=lambda one: flows.DOWN[one[1].kind], reverse=verb == flows.REVERSE)
    return numbered


def _hold(fund: Fund, entries: Sequence[tuple[Transaction, Lines]]) -> None:
    """Hold the accounts before several statements move them, in one order for everybody."""
    if connection.vendor != "postgresql":
        return
    held = {one.pk for _entry, lines in entries for line in lines for one in line[:2]}
    share_books(fund)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM funds_account WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
            [list(held)],
        )


def _fresh_codes(count: int) -> list[str]:
    codes = set[str]()
    while len(codes) < count:
        more = {new_code() for _ in range(count - len(codes))}
        codes |= more - set(
            Transaction.objects.filter(code__in=more).values_list("code", flat=True)
        )
    return list(codes)


@contextmanager
def _refusals() -> Iterator[None]:
    """Put the database's refusals into words. One statement alone is atomic by itself."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    try:
        with nullcontext() if alone else transaction.atomic():
            yield
    except IntegrityError as error:
        for words, (code, sentence, status) in _SAID.items():
            if words in _told(error):
                raise Refused(code, sentence, status=status) from None
        raise


def _told(error: IntegrityError) -> str:
    """Return the database's sentence; PostgreSQL says below it in which statement."""
    return str(error).partition("\n")[0]
