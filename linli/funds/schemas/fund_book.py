"""A fund's books as a workbook: what stands on which kind of account, the accounts, and the newest transfers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import IO, Any, Final

from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.writer.excel import save_workbook

from linli.funds.models import Account, Fund, Transaction
from linli.funds.queries import outward
from linli.funds.queries.balances import trial_balance
from linli.funds.rules.flows import KINDS
from linli.funds.schemas.fund_tables import Cell, in_yuan

Sheet = Any  # openpyxl has no types

MOST: Final = 10_000  # rows; the data package has all
_MONEY: Final = "#,##0.00"
_WIDE: Final = 22


def write_book(out: IO[bytes], fund: Fund, at: datetime) -> None:
    """Write the workbook in the reader's language, a row at a time."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.language = fund.name, get_language()
    accounts = outward.accounts_of(fund)
    day = localtime(at).strftime("%Y-%m-%d %H:%M")
    _sheet(
        book, _("Balances"), [fund.name, _("Yuan"), _("As of %(day)s") % {"day": day}], _kinds(fund)
    )
    heads = [_("Code"), _("Kind"), _("Name"), _("Unit"), _("Project"), _("Balance"), _("Closed on")]
    _sheet(book, _("Accounts of the fund"), heads, _accounts(accounts))
    heads = [
        _("Day"), _("Transaction"), _("What was done"), pgettext("money", "Words"), _("Out of"), _("Into"), _("Amount"),
        _("Reverses"), _("Code"), _("Code"),
    ]  # fmt: skip
    _sheet(book, _("Transfers"), heads, _transfers(fund, accounts))
    save_workbook(book, out)


def _kinds(fund: Fund) -> Iterable[list[Cell]]:
    names, stands = dict(Account.NAMES), trial_balance(fund)
    return [[str(names[kind]), in_yuan(stands[kind])] for kind in KINDS if kind in stands]


def _accounts(accounts: Mapping[int, Account]) -> Iterable[list[Cell]]:
    for one in accounts.values():
        unit, project = (
            (one.unit.name if one.unit else ""),
            (one.project.name if one.project else ""),
        )
        kind = one.get_kind_display()
        yield [one.code, kind, one.name, unit, project, in_yuan(one.balance), one.closed_on]


def _transfers(fund: Fund, accounts: Mapping[int, Account]) -> Iterable[list[Cell]]:
    verbs = dict(Transaction.NAMES)
    for one in islice(outward.moved_in(fund, newest_first=True), MOST):
        out_of, into = accounts[one.out_of], accounts[one.into]
        verb, amount = str(verbs[one.verb]), in_yuan(one.amount)
        yield [
            one.day, one.code, verb, one.words, out_of.name, into.name, amount, one.reverses,
            out_of.code, into.code,
        ]  # fmt: skip


def _sheet(book: Workbook, title: str, heads: list[str], rows: Iterable[list[Cell]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGHIJ"[: len(heads)]:
        sheet.column_dimensions[letter].width = _WIDE
    sheet.append([_cell(sheet, one, bold=True) for one in heads])
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])


def _cell(sheet: Sheet, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell. Typed by someone, opened by somebody else: text stays text, never a formula."""
    cell = WriteOnlyCell(sheet, value=value)
    if cell.data_type == "f":
        cell.data_type = "s"
    if cell.data_type == "n" and value is not None:
        cell.number_format = _MONEY
    if bold:
        cell.font = Font(bold=True)
    return cell
