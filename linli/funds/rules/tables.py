"""Tables that people bring: which column says what, and how amounts, days and names in it are read. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.funds.rules import amounts

LONGEST = 120
AMOUNT, IN_WAN = "amount", "amount_wan"
_TOTALS = {"合计", "合計", "总计", "總計", "总合计", "total", "sum"}
_PARTS = {"小计", "小計", "subtotal"}

Value = tuple[object, str]  # what a text means, else a code of what is wrong with it


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of a table: each with the names that a column of it may bear; those that every row needs."""

    fields: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]

    @property
    def shown(self) -> dict[str, str]:
        """The fields of the template with the names that it gives them."""
        return {field: names[0] for field, names in self.fields.items() if field != IN_WAN}


@dataclass(frozen=True, slots=True)
class Read:
    """One row as it was read: values of what could be understood, and a code of what is wrong, by field."""

    line: int
    cells: Mapping[str, str]
    values: Mapping[str, object]
    wrongs: Mapping[str, str]
    adds_up: str = ""  # "all" of the rows above, or a "part" of them; "" for a row of its own


def adds_up(row: Sequence[str]) -> str:
    """Say whether a row of a table only adds up the others: "all" of them, a "part" of them, or not ("")."""
    first = _plain(next((cell for cell in row if cell.strip()), "")).rstrip("：:")
    return "all" if first in _TOTALS else "part" if first in _PARTS else ""


def read_total(line: int, cells: Mapping[str, str], which: str) -> Read:
    """Return a row that adds up others: its amount alone is read."""
    in_wan = bool(cells.get(IN_WAN, "").strip())
    said = cells.get(IN_WAN if in_wan else AMOUNT, "").strip()
    fen, wrong = amount(said, in_wan=in_wan) if said else (None, "")
    values = {} if fen is None else {AMOUNT: fen}
    return Read(line, dict(cells), values, {AMOUNT: wrong} if wrong else {}, which)


def columns_of(header: Sequence[str], layout: Layout) -> dict[str, int]:
    """Return which column says what; a field that no column names is left out."""
    plain = [_plain(name) for name in header]
    return {
        field: plain.index(found)
        for field, names in layout.fields.items()
        if (found := next((one for one in map(_plain, names) if one in plain), None)) is not None
    }


def read(
    line: int, cells: Mapping[str, str], layout: Layout, value_of: Callable[[str, str], Value]
) -> Read:
    """Return one row. `value_of` gives a field's value, or a code of what is wrong with its text.

    An amount stands in a column of yuan or in one of ten thousands of yuan, never in both.
    """
    said = {field: cells.get(field, "").strip() for field in layout.fields}
    values: dict[str, object] = {}
    wrongs = {field: "missing" for field in layout.needed if not said[field]}
    if said[AMOUNT] and said[IN_WAN]:
        wrongs[AMOUNT] = "two_amounts"
    for field, text in said.items():
        name = AMOUNT if field == IN_WAN else field
        if not text or name in wrongs:
            continue
        value, wrong = value_of(field, text)
        if wrong:
            wrongs[name] = wrong
        else:
            values[name] = value
    return Read(line, dict(cells), values, wrongs)


def amount(said: str, *, in_wan: bool = False) -> tuple[int | None, str]:
    """Return the fen of a cell in yuan, or in ten thousands of yuan where its column says so."""
    try:
        fen = amounts.fen_of(f"{said}万" if in_wan and not said.endswith(("万", "元")) else said)
    except amounts.NotAnAmount as wrong:
        return None, wrong.code
    return (fen, "") if fen else (None, "not_above_zero")


def day(said: str) -> tuple[date | None, str]:
    """Return the day of a cell: 2026-12-31, 2026/12/31, 2026年12月31日."""
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", said)
    try:
        return (date(*map(int, found.groups())), "") if found else (None, "not_a_day")
    except ValueError:
        return None, "not_a_day"


def words(said: str, longest: int = LONGEST) -> tuple[str | None, str]:
    """Return the text of a cell in one line."""
    plain = " ".join(said.split())
    return (plain, "") if len(plain) <= longest else (None, "too_long")


def _plain(name: str) -> str:
    return re.sub(r"\s", "", name).strip("*＊").replace("(", "（").replace(")", "）").lower()
