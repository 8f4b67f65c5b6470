"""What the pages of batches say: how far one is, what is wrong with a line, how the bank's word differs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.funds.models import Difference
from linli.funds.rules.payments import SIZES
from linli.kernel.text import Words

STANDS: dict[str, tuple[str, Words]] = {
    "reading": ("soon", _("being read")),
    "wrong": ("late", _("cannot be paid")),
    "checked": ("soon", _("read, not asked for yet")),
    "asked": ("soon", _("waits for a second person")),
    "refused": ("plain", _("refused")),
    "undone": ("plain", _("taken back as a whole")),
    "paid": ("soon", _("with the bank")),
    "answering": ("soon", _("the answer is being read")),
    "unread": ("late", _("the answer cannot be read")),
    "differs": ("late", _("differences")),
    "back": ("soon", _("refused money to be posted back")),
    "settled": ("done", _("reconciled")),
}
SHOWN: dict[str, Words] = {
    "": _("All"),
    "reading": _("Being read"),
    "asked": _("Waiting for a second person"),
    "bank": _("With the bank"),
    "answered": _("Answered"),
}
FAULTS: dict[str, Words] = {
    "more_cells": _("there is something beside the named columns"),
    "out_of_order": _("lines are numbered 1, 2, 3 … without a gap"),
    "payee_is_no_code": _("the account is no code of 4 to 34 letters and digits"),
    "amount_wrong": _("the amount is none, or not above zero"),
    "no_line_number": _("the number of the line is missing"),
    "result_unknown": _("the result is neither paid nor refused"),
    "identity_numbers": _("the file pays to numbers of identity cards: it lists persons"),
    "too_few_lines": _("a batch has two lines or more; one payment alone is an order"),
    "too_many_lines": _("a batch has at most 1,000,000 lines"),
    "not_a_table": _("the file is damaged, or no table"),
    "other_columns": _("the file has other columns"),
    "trait_of_a_person": _("a column describes persons"),
    "file_too_large": _("the file is too large"),
    "gone": _("nobody read the file in two days, and it was deleted"),
    "unreadable": _("reading failed three times"),
}
KINDS: dict[str, Words] = dict(Difference.NAMES)
REASONS: dict[str, Words] = dict(Difference.WHY)


def faults(row: Any) -> list[tuple[int, Words]]:  # noqa: ANN401 - a batch or an answer
    """Return the lines with an error; 0 is the file as a whole."""
    return [(number, FAULTS.get(code, code)) for number, code in row.faults]


def sizes(counts: list[int]) -> list[tuple[str, str, int]]:
    """Return how many lines pay how much: from above, up to, count; "" is without end."""
    ends = [f"{most:,}" for most in SIZES]
    return list(zip(["", *ends], [*ends, ""], counts, strict=False))
