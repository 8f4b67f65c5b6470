"""What would become of every row of a budget: accounts to open, money to post or to ask a second person for."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from linli.directory.models import Unit
from linli.funds.models import Account, Fund, Order, OrderLine, Transfer
from linli.funds.queries.tables import Fate, Judged, Run, judged, rows_of, units_named
from linli.funds.rules.budget_rows import COMES, LAYOUT, read_row
from linli.funds.rules.tables import Read
from linli.kernel.sheets import Sheet


class Move(NamedTuple):
    """One amount of a budget: by which verb, on which day, said how, out of and into which account by name."""

    verb: str
    day: date
    words: str
    source: str
    account: str
    amount: int


class Together(NamedTuple):
    """What rows of one budget have in common that make one transaction or one order."""

    verb: str
    day: date
    words: str


def dry_run(sheet: Sheet, fund: Fund, today: date) -> Run:
    """Return what would become of a budget. Nothing is written."""
    reads = rows_of(sheet, LAYOUT, read_row)
    looking = _Looking(fund, reads, today)
    rows = judged(reads, looking.at)
    asked = {
        _together(move)
        for row in rows
        if row.fate == Fate.NEW and (move := move_of(row.read)) and move.amount > fund.alone_up_to
    }
    return Run([_asked(row, asked) for row in rows])


def move_of(read: Read) -> Move | None:
    """Return what a row moves; nothing for one that opens accounts alone."""
    given = read.values
    day, amount = given.get("day"), given.get("amount")
    if not isinstance(day, date) or not isinstance(amount, int):
        return None
    verb, _kind = COMES[str(given["nature"])]
    return Move(
        verb, day, str(given.get("words", "")), str(given["source"]),
        str(given["account"]), amount,
    )  # fmt: skip


def together(rows: Iterable[Judged]) -> dict[Together, list[Judged]]:
    """Return the rows that move money, those of one verb, day and words together."""
    groups: dict[Together, list[Judged]] = {}
    for row in rows:
        if move := move_of(row.read):
            groups.setdefault(_together(move), []).append(row)
    return groups


def _together(move: Move) -> Together:
    return Together(move.verb, move.day, move.words)


def _asked(row: Judged, asked: set[Together]) -> Judged:
    move = move_of(row.read) if row.fate == Fate.NEW else None
    if move is None or _together(move) not in asked:
        return row
    return Judged(row.read, Fate.ASKED, row.wrongs, row.found)


class _Looking:
    """One look over a budget: the fund's accounts, units by name, and what was moved or asked for already."""

    def __init__(self, fund: Fund, reads: Sequence[Read], today: date) -> None:
        self.today = today
        self.closed_until = max((one.until for one in fund.closes.all()), default=date.min)
        self.accounts = {(one.kind, one.name): one for one in fund.accounts.select_related("unit")}
        self.units = units_named()
        days = {day for one in reads if isinstance(day := one.values.get("day"), date)}
        self.moved = _moved(fund, days) | _waiting(fund, days)
        self.lines: dict[Move | tuple[str, str], int] = {}
        self.given: dict[tuple[str, str], Unit | None] = {}

    def at(self, read: Read) -> Judged:
        """Return the fate of one row. The same row a second time is an error: nobody can tell one payment from two."""
        unit = self.units.get(str(read.values.get("unit", "")))
        wrongs = self._wrongs(read, unit) | dict(read.wrongs)
        if wrongs:
            return Judged(read, Fate.WRONG, wrongs, {})
        move, into = move_of(read), _into(read)
        if (first := self.lines.setdefault(move or into, read.line)) != read.line:
            return Judged(read, Fate.WRONG, {"account": "twice"}, {"first": first})
        self.given.setdefault(into, unit)
        known = move in self.moved if move else self._stand(read)
        return Judged(read, Fate.KNOWN if known else Fate.NEW, {}, {"unit": unit})

    def _wrongs(self, read: Read, unit: Unit | None) -> dict[str, str]:
        wrongs = dict[str, str]()
        if "unit" in read.values and unit is None:
            wrongs["unit"] = "unknown_unit"
        day = read.values.get("day")
        if isinstance(day, date) and day > self.today:
            wrongs["day"] = "day_to_come"
        elif isinstance(day, date) and day <= self.closed_until:
            wrongs["day"] = "books_closed"
        for field, key in (("source", _source(read)), ("account", _into(read))):
            if (account := self.accounts.get(key)) and account.closed_on:
                wrongs[field] = "account_closed"
        if unit and self._unit_of(_into(read)) not in {None, unit}:
            wrongs.setdefault("unit", "other_unit")
        return wrongs

    def _unit_of(self, key: tuple[str, str]) -> Unit | None:
        account = self.accounts.get(key)
        return account.unit if account else self.given.get(key)

    def _stand(self, read: Read) -> bool:
        return _source(read) in self.accounts and _into(read) in self.accounts


def _source(read: Read) -> tuple[str, str]:
    return str(read.values["nature"]), str(read.values.get("source", ""))


def _into(read: Read) -> tuple[str, str]:
    return COMES[str(read.values["nature"])][1], str(read.values.get("account", ""))


def _moved(fund: Fund, days: set[date]) -> set[Move]:
    """Return what stands in the books of these days, without what was reversed."""
    rows = Transfer.objects.filter(
        transaction__fund=fund, transaction__day__in=days, transaction__reversed_by=None
    )
    of = ("transaction__verb", "transaction__day", "transaction__words")
    return {Move(*row) for row in rows.values_list(*of, "out_of__name", "into__name", "amount")}


def _waiting(fund: Fund, days: set[date]) -> set[Move]:
    rows = OrderLine.objects.filter(
        Q(order__state=Order.ASKED), order__fund=fund, order__day__in=days
    )
    of = ("order__verb", "order__day", "order__words")
    return {Move(*row) for row in rows.values_list(*of, "out_of__name", "into__name", "amount")}


def accounts_of(fund: Fund) -> dict[tuple[str, str], Account]:
    """Return a fund's accounts by kind and name."""
    return {(one.kind, one.name): one for one in fund.accounts.all()}


def ends_of(read: Read) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return by kind and name out of which account a row takes, and into which it puts."""
    return _source(read), _into(read)
