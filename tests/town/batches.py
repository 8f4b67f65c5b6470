"""Payment batches for tests: a fund with money, payment files and banks' answers as they are brought."""

import io

from linli.funds.actions import batch_reading, batches, orders
from linli.funds.models import BankReply, Batch
from tests.town import funds

READY = 10_000_000  # fen
LINES = (("6222000011112222333", "1200.00"), ("M-0042-77", "86.5"), ("620100199001011", "3.05"))
TOTAL = 128_955


class Purse:
    """A fund with money that may be paid, and where it is booked as paid."""

    def __init__(self, at, **given):
        self.fund = funds.fund(at=at, **given)
        budget, ready = (
            funds.account(self.fund, kind, at=at) for kind in ("budget", "appropriated")
        )
        self.out_of = funds.account(self.fund, "allocated", at=at)
        self.into = funds.account(self.fund, "paid", at=at)
        funds.posted(self.fund, "appropriate", (budget, ready, READY), at=at)
        funds.posted(self.fund, "allocate", (ready, self.out_of, READY), at=at)


def second():
    return funds.officer("复核人")


def payments(lines=LINES, head="序号,账号,金额"):
    said = [f"{number},{payee},{amount}" for number, (payee, amount) in enumerate(lines, 1)]
    return io.BytesIO("\n".join([head, *said]).encode())


def answers(*rows, head="序号,账号,金额,结果,原因"):
    """Return a bank's file of (line, amount, result, reason), or with the account after the line."""
    said = [row if len(row) == 5 else (row[0], "", *row[1:]) for row in rows]
    return io.BytesIO("\n".join([head, *(",".join(map(str, row)) for row in said)]).encode())


def brought(purse, *, at, file=None, by=None, words="牛羊肉价格补贴第一批"):
    draft = batches.BatchDraft(
        out_of=purse.out_of, into=purse.into, words=words, file=file or payments()
    )
    return batches.bring(by=by or funds.officer(), at=at, fund=purse.fund, draft=draft)


def read(of, at):
    """Read what waits, and return the batch or the answer as it then is."""
    batch_reading.read_next(at=at)
    return type(of).objects.get(pk=of.pk)


def asked(purse, *, at, **given):
    batch = read(brought(purse, at=at, **given), at)
    batches.ask(by=funds.officer(), at=at, batch=batch)
    return Batch.objects.get(pk=batch.pk)


def paid(purse, *, at, **given):
    batch = asked(purse, at=at, **given)
    orders.approve(by=second(), at=at, order=batch.order)
    return Batch.objects.get(pk=batch.pk)


def answered(batch, file, *, at, paid_by=None):
    draft = batches.ReplyDraft(file=file, paid_by=paid_by or payments())
    return read(batches.answer(by=funds.officer(), at=at, batch=batch, draft=draft), at)


def found(reply):
    return list(
        BankReply.objects.get(pk=reply.pk)
        .differences.order_by("line", "kind")
        .values_list("line", "kind", "asked", "said", "reason")
    )
