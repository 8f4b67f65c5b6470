"""The first line of a payment file, and of a bank's answer: these columns and no other.

A file that says more than where the money goes and how much is refused at the door, names of persons above all.
"""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext_lazy as _

from linli.funds.queries.payment_tables import Row, rows
from linli.funds.rules import payments, reconciling
from linli.kernel.refusals import Refused
from linli.kernel.traits import refuse_traits

_PAYMENTS = _(
    "A payment file has three columns: line, account (or merchant code), amount. A file that says anything else, "
    "such as names, is refused; nothing of it was kept."
)
_ANSWERS = _(
    "The bank's file has five columns: line, account, amount, result, reason. A file that says anything else, "
    "such as names, is refused; nothing of it was kept."
)


def payment_rows(file: IO[bytes]) -> tuple[payments.Layout, Iterator[Row]]:
    """Return where the fields of a payment file stand, and its lines below the head.

    Refuses: not_a_table; trait_of_a_person; other_columns.
    """
    lines = rows(file)
    head = _head(lines)
    layout = payments.layout_of(head)
    if layout is None:
        raise Refused("other_columns", _PAYMENTS)
    return layout, lines


def answer_rows(file: IO[bytes]) -> tuple[reconciling.Layout, Iterator[Row]]:
    """Return where the fields of a bank's answer stand, and its lines below the head.

    Refuses: as `payment_rows` does.
    """
    lines = rows(file)
    head = _head(lines)
    layout = reconciling.layout_of(head)
    if layout is None:
        raise Refused("other_columns", _ANSWERS)
    return layout, lines


def _head(lines: Iterator[Row]) -> Row:
    head = next(lines, None)
    if head is None:
        raise Refused("not_a_table", _("This is not a table that we can read: bring CSV or XLSX."))
    refuse_traits(head, head)
    return head
