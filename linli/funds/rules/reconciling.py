"""What the bank answers beside what was asked: every line is paid, refused, or open; nothing is left out. Pure.

Reasons are kept coarse on purpose. A bank says why: the holder has died, a court has frozen the account. Whoever
holds the payment file could tell whose it is, so that we keep what somebody has to do about it, and no more.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from linli.funds.rules import payments

REFUSED, AMOUNT, PAYEE, SILENT = "refused", "amount", "payee", "silent"
UNKNOWN, TWICE, PAID_AFTER = "unknown", "twice", "paid_after"
KINDS: Final = (REFUSED, AMOUNT, PAYEE, SILENT, UNKNOWN, TWICE, PAID_AFTER)
REASONS: Final = ("no_account", "closed", "cannot_receive", "details", "limit", "bank", "other")

_RESULT = r"result|status|state|结果|結果|状态|狀態|处理结果|處理結果|交易状态|交易狀態"
_REASON = (
    r"reason( code)?|return code|原因|原因代码|原因代碼|退回原因|失败原因|失敗原因|返回码|返回碼"
)
KNOWN: Final = payments.KNOWN | {
    "result": re.compile(rf"\s*({_RESULT})\s*", re.IGNORECASE),
    "reason": re.compile(rf"\s*({_REASON})\s*", re.IGNORECASE),
}
_PAID = frozenset(
    ["paid", "ok", "success", "acsc", "accc", "成功", "已支付", "支付成功", "交易成功"]
)
_REFUSED = frozenset(
    [
        "refused",
        "rejected",
        "returned",
        "failed",
        "rjct",
        "失败",
        "失敗",
        "退回",
        "退票",
        "拒绝",
        "拒絕",
    ]
)
# Codes of ISO 20022 (external status reasons), and our own words, by what has to be done about them.
_CODES = {
    "no_account": "AC01 AC03 AC16 BE06",
    "closed": "AC04 AC07 AC17",
    "cannot_receive": "AC06 AC12 AC14 AG01 AG03 MD07 MS02 LEGL",
    "details": "BE01 BE04 BE05 BE22 RC01 RC04 RC07 AC15",
    "limit": "AM02 AM06 AM09 AM12 AM13 AM14 AM15",
    "bank": "AB01 AB05 AB08 AB10 AG10 ED05 MS03 TM01",
}
_FOLDED = {code: reason for reason, codes in _CODES.items() for code in codes.split()}


class Layout(NamedTuple):
    """In which column of the bank's file each field stands."""

    line: int
    payee: int
    amount: int
    result: int
    reason: int


class Answer(NamedTuple):
    """What the bank says of one line; amounts in fen; `fault` when it cannot be read."""

    line: int
    payee: str
    amount: int
    paid: bool
    reason: str
    fault: str = ""


class Asked(NamedTuple):
    """What was asked, by line: how much, and a mark of where it was to go, which only this process can compare."""

    amounts: "array[int]"
    marks: "array[int]"


class Found(NamedTuple):
    """One line that was not simply paid."""

    line: int
    kind: str
    asked: int | None
    said: int | None
    reason: str = ""


def layout_of(head: Sequence[str]) -> Layout | None:
    """Return where the fields stand in this head; None unless it is these five columns and no other."""
    places = payments.found(head, KNOWN)
    return None if places is None else Layout(*places)


def read_answer(cells: Sequence[str], layout: Layout) -> Answer:
    """Return what the bank says of one line."""
    if payments.has_more(cells, layout):
        return Answer(0, "", 0, paid=False, reason="", fault="more_cells")
    cells = payments.whole(cells, layout)
    number, amount = cells[layout.line].strip(), payments.fen(cells[layout.amount])
    result = cells[layout.result].strip().lower()
    fault = ""
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        fault = "no_line_number"
    elif amount <= 0:
        fault = "amount_wrong"
    elif result not in _PAID and result not in _REFUSED:
        fault = "result_unknown"
    if fault:
        return Answer(0, "", 0, paid=False, reason="", fault=fault)
    paid = result in _PAID
    why = "" if paid else reason_of(cells[layout.reason])
    return Answer(int(number), cells[layout.payee].strip(), amount, paid, why)


def reason_of(said: str) -> str:
    """Return what kind of reason this is, whatever the bank says about the holder."""
    plain = said.strip()
    return plain if plain in REASONS else _FOLDED.get(plain.upper(), "other")


class Reconciling:
    """One answer beside one batch. `before`: the lines whose refused money was sent back already."""

    def __init__(self, asked: Asked, before: Iterable[int] = ()) -> None:
        self.asked = asked
        self.before = bytearray(len(asked.amounts))
        for line in before:
            self.before[line - 1] = 1
        self.seen = bytearray(len(asked.amounts))
        self.paid_lines = self.paid_total = self.refused_lines = self.refused_total = 0
        self.open_lines = self.open_total = self.strange = self.back = 0
        self.reasons: dict[str, int] = {}

    def add(self, answer: Answer) -> Found | None:
        """Count one answer; return how its line differs from what was asked, if it does."""
        place = answer.line - 1
        if not 0 <= place < len(self.seen):
            return self._strange(answer, UNKNOWN, None)
        asked = self.asked.amounts[place]
        if self.seen[place]:
            return self._strange(answer, TWICE, asked)
        self.seen[place] = 1
        if kind := self._unlike(answer, place):
            return self._open(answer, kind, asked)
        if not answer.paid:
            return self._refused(answer, asked)
        self.paid_lines += 1
        self.paid_total += asked
        return None

    def silent(self) -> Iterator[Found]:
        """Count the lines of which the bank says nothing, and yield them."""
        place = self.seen.find(0)
        while place >= 0:
            asked = self.asked.amounts[place]
            self.open_lines += 1
            self.open_total += asked
            yield Found(place + 1, SILENT, asked, None)
            place = self.seen.find(0, place + 1)

    def _unlike(self, answer: Answer, place: int) -> str:
        """Return how the bank's word is unlike what was asked; a bank may hide accounts, or leave them out."""
        if answer.amount != self.asked.amounts[place]:
            return AMOUNT
        said = answer.payee
        if said and "*" not in said and hash(said) != self.asked.marks[place]:
            return PAYEE
        return PAID_AFTER if answer.paid and self.before[place] else ""

    def _refused(self, answer: Answer, asked: int) -> Found:
        self.refused_lines += 1
        self.refused_total += asked
        self.back += 0 if self.before[answer.line - 1] else asked
        self.reasons[answer.reason] = self.reasons.get(answer.reason, 0) + 1
        return Found(answer.line, REFUSED, asked, answer.amount, answer.reason)

    def _open(self, answer: Answer, kind: str, asked: int) -> Found:
        self.open_lines += 1
        self.open_total += asked
        return Found(answer.line, kind, asked, answer.amount, answer.reason)

    def _strange(self, answer: Answer, kind: str, asked: int | None) -> Found:
        self.strange += 1
        return Found(answer.line, kind, asked, answer.amount, answer.reason)
