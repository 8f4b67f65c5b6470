"""A payment file of the demo, to who trains: read, approved by a second person, answered by the bank."""

import io
from collections.abc import Iterable
from datetime import date, timedelta

from linli.demo import people
from linli.demo.funds_books import Books, morning
from linli.funds.actions import batch_reading, batches, orders
from linli.funds.models import Account, Batch

# Invented accounts of those who train, and yuan: 48,600.00 in all.
_PAYEES = tuple(
    (f"M-{number + 1:04d}-{number * 37 % 97:02d}", f"{yuan}.00")
    for number, yuan in enumerate((6_300, 5_400, 4_950, 4_500, 4_500, 4_050, 4_050, 3_600, 3_600, 2_700, 2_700, 2_250))
)  # fmt: skip
_CLOSED = 7  # the line whose account is closed, as the bank says


def pay_by_file(books: Books, out_of: Account, into: Account, day: date) -> None:
    """Pay a settlement by a file; the bank pays all lines but one."""
    by, at = books.by, morning(day)
    draft = batches.BatchDraft(out_of=out_of, into=into, words="首期结算", file=_payments())
    brought = batches.bring(by=by, at=at, fund=books.fund, draft=draft)
    batch_reading.read_next(at=at)
    batch = Batch.objects.get(pk=brought.pk)
    order = batches.ask(by=by, at=at, batch=batch)
    orders.approve(by=people.second(books.fund.unit.name), at=at, order=order)
    later = morning(day + timedelta(days=2))
    answer = batches.ReplyDraft(file=_answers(), paid_by=_payments())
    batches.answer(by=by, at=later, batch=batch, draft=answer)
    batch_reading.read_next(at=later)


def _payments() -> io.BytesIO:
    return _file("序号,账号,金额", ((payee, yuan) for payee, yuan in _PAYEES))


def _answers() -> io.BytesIO:
    told = (
        (
            payee,
            yuan,
            "失败" if number == _CLOSED else "成功",
            "账户已销户" if number == _CLOSED else "",
        )
        for number, (payee, yuan) in enumerate(_PAYEES, 1)
    )
    return _file("序号,账号,金额,结果,原因", told)


def _file(head: str, rows: Iterable[tuple[str, ...]]) -> io.BytesIO:
    lines = [head, *(",".join((f"{number}", *row)) for number, row in enumerate(rows, 1))]
    return io.BytesIO("\n".join(lines).encode())
