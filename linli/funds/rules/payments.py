"""What a payment file says, line by line: a number, where the money goes, how much. Pure.

Where it goes is a code: an account at the bank, a merchant's number, a unit's. A name does not fit into it, and
a file that pays to the numbers of identity cards is no file of ours.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from linli.funds.rules.amounts import NotAnAmount, fen_of

# One payment alone is an order of the ledger: its amount would be the total, and its account could be guessed
# from the file's SHA-256.
FEWEST: Final = 2
MOST: Final = 1_000_000
MOST_FAULTS: Final = 100  # of so many lines it is said what is wrong; the others are counted
WAITING_DAYS: Final = 2  # a file that nobody reads
DIFFERENCE_DAYS: Final = 180
# Up to so many yuan a line, and above.
SIZES: Final = (100, 1_000, 10_000, 100_000)
NO_SIZES: Final = (0,) * (len(SIZES) + 1)
LINE, PAYEE, AMOUNT = "line", "payee", "amount"

_HEADS = {
    LINE: r"line( number)?|no\.?|number|序号|序號|行号|行號|编号|編號",
    PAYEE: r"account( number)?|payee code|merchant( code)?|unit code"
    r"|(收款)?(账号|帳號|账户|帳戶)|(商户|商戶)(号|號|编号|編號|代码|代碼)|(单位|單位)(编号|編號|代码|代碼)",
    AMOUNT: r"amount( in yuan)?( ?\(yuan\))?|(实发|實發|支付|付款)?金[额額]( ?[(（]元[)）])?",
}
KNOWN: Final = {
    field: re.compile(rf"\s*({said})\s*", re.IGNORECASE) for field, said in _HEADS.items()
}
_PAYEE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})[0-9A-Za-z][0-9A-Za-z-]{3,33}", re.ASCII)
_PLAIN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?", re.ASCII)
_IDENTITY = re.compile(
    r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]",
    re.ASCII,
)
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
_BY_CHANCE = 200  # one account in fifteen thousand looks like an identity number: one in so many is no chance


class Layout(NamedTuple):
    """In which column each field stands."""

    line: int
    payee: int
    amount: int


class Line(NamedTuple):
    """One payment: to which code, how much in fen; `fault` says what is wrong with it, if anything is."""

    payee: str
    amount: int
    fault: str = ""


def layout_of(head: Sequence[str]) -> Layout | None:
    """Return where the fields stand in this head; None unless it is these three columns and no other."""
    places = found(head, KNOWN)
    return None if places is None else Layout(*places)


def found(head: Sequence[str], known: dict[str, re.Pattern[str]]) -> list[int] | None:
    """Return for each field its column's number; None unless the head has each of them once, and no other."""
    named = [(number, name) for number, name in enumerate(head) if name.strip()]
    places = [
        [number for number, name in named if pattern.fullmatch(name)] for pattern in known.values()
    ]
    if len(named) != len(known) or any(len(place) != 1 for place in places):
        return None
    return [place[0] for place in places]


def read_line(cells: Sequence[str], layout: Layout, expected: int) -> Line:
    """Return what a line says; lines are numbered one by one, so that a missing or doubled one is seen."""
    if has_more(cells, layout):
        return Line("", 0, "more_cells")
    cells = whole(cells, layout)
    number, payee = cells[layout.line].strip(), cells[layout.payee].strip()
    amount = fen(cells[layout.amount])
    if number != str(expected):
        return Line(payee, 0, "out_of_order")
    if not _PAYEE.fullmatch(payee):
        return Line(payee, 0, "payee_is_no_code")
    return Line(payee, amount) if amount > 0 else Line(payee, 0, "amount_wrong")


def has_more(cells: Sequence[str], layout: Sequence[int]) -> bool:
    """Say whether a line has something beside the columns that are read."""
    return len(cells) > len(layout) and sum(map(bool, cells)) > len(layout)


def whole(cells: Sequence[str], layout: Sequence[int]) -> Sequence[str]:
    """Return a line in full length: programs leave empty cells at its end out."""
    missing = max(layout) + 1 - len(cells)
    return cells if missing <= 0 else [*cells, *[""] * missing]


def fen(written: str) -> int:
    """Return the fen that are written, 0 for what is no amount."""
    plain = _PLAIN.fullmatch(written)
    if plain is not None:
        return int(plain[1]) * 100 + int((plain[2] or "").ljust(2, "0"))
    try:
        return fen_of(written)
    except NotAnAmount:
        return 0


def is_identity_number(payee: str) -> bool:
    """Say whether this reads as the number of an identity card, its check character included (GB 11643)."""
    if len(payee) != 18 or not _IDENTITY.fullmatch(payee):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(payee, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == payee[-1].upper()


def lists_persons(identities: int, lines: int) -> bool:
    """Say whether so many identity numbers among so many lines are more than chance."""
    return identities * _BY_CHANCE > lines


class Counting:
    """What is kept of a payment file while its lines go by: totals and counts, and nothing of any line."""

    def __init__(self) -> None:
        self.lines = self.total = self.wrong = self.identities = 0
        self.sizes = list(NO_SIZES)
        self.faults: list[tuple[int, str]] = []

    def add(self, cells: Sequence[str], layout: Layout) -> Line:
        """Count one line, and return it."""
        self.lines += 1
        line = read_line(cells, layout, self.lines)
        if line.fault:
            self.fault(self.lines, line.fault)
            return line
        self.total += line.amount
        self.sizes[size_of(line.amount)] += 1
        if len(line.payee) == 18:
            self.identities += is_identity_number(line.payee)
        return line

    def fault(self, number: int, code: str) -> None:
        """Count what is wrong; of the first it is kept where."""
        self.wrong += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((number, code))

    def end(self) -> None:
        """Say what is wrong with the file as a whole, as of line 0."""
        if lists_persons(self.identities, self.lines):
            self.fault(0, "identity_numbers")
        if self.lines < FEWEST:
            self.fault(0, "too_few_lines")
        if self.lines > MOST:
            self.fault(0, "too_many_lines")


def size_of(amount: int) -> int:
    """Return in which of the counts by size an amount falls."""
    return sum(amount > 100 * most for most in SIZES)
