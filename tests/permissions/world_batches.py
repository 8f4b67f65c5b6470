"""What the matrix asks of payment batches: one that is read, two that wait for a yes, one paid, one answered."""

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.funds.actions import batch_reading, batches, ledger, orders
from linli.funds.models import BankReply, Batch
from tests.town import batches as town
from tests.town import plans
from tests.town.staff import actor

__all__ = ["SENT", "build"]
LINE = "M-0042-77"


def build(has, *, at):
    """Return the parts of addresses. Each batch is of a file of its own."""
    by, another = plans.officer(), actor(name="提交人")
    fund = ledger.open_fund(
        by=by, at=at, name="批量支付资金", unit=has.lead, area=has.area, alone=10**9
    )
    kinds = ("budget", "appropriated", "allocated", "paid")
    made = {
        kind: ledger.open_account(by=by, at=at, fund=fund, kind=kind, name=kind) for kind in kinds
    }
    has.paid_from, has.paid_into = made["allocated"], made["paid"]
    for verb, out_of, into in (("appropriate", *kinds[:2]), ("allocate", *kinds[1:3])):
        line = ledger.Line(made[out_of], made[into], 10**6)
        ledger.post(
            by=by, at=at, fund=fund,
            posting=ledger.Posting(verb=verb, day=at.date(), lines=[line]),
        )  # fmt: skip
    read, waits, own, paid, answered = (
        _read(has, fund, number, who, at) for number, who in enumerate([by, another, by, another, another], 1)
    )  # fmt: skip
    for batch in (waits, own, paid, answered):
        batches.ask(by=by if batch is own else another, at=at, batch=batch)
    for batch in (paid, answered):
        orders.approve(by=by, at=at, order=Batch.objects.get(pk=batch.pk).order)
    draft = batches.ReplyDraft(file=_answer(5), paid_by=_file(5))
    batches.answer(by=by, at=at, batch=answered, draft=draft)
    batch_reading.read_next(at=at)
    reply = BankReply.objects.get(batch=answered)
    return {
        "read batch": {"code": read.code},
        "batch to approve": _approval(waits),
        "batch of the officer": _approval(own),
        "paid batch": {"code": paid.code},
        "answer of the bank": {"code": answered.code, "number": reply.number},
    }


def _file(number):
    return town.payments([(LINE, number), (LINE, 1)])


def _answer(number):
    return town.answers((1, number, "成功", ""), (2, 1, "退回", "AC04"))


def _read(has, fund, number, who, at):
    draft = batches.BatchDraft(
        out_of=has.paid_from, into=has.paid_into, words=f"第{number}批", file=_file(number)
    )
    return town.read(batches.bring(by=who, at=at, fund=fund, draft=draft), at)


def _approval(batch):
    return {"code": batch.code, "order": Batch.objects.get(pk=batch.pk).order.code}


def _upload(name, file):
    return SimpleUploadedFile(f"{name}.csv", file.getvalue())


SENT = {
    ("funds:batch_new", "valid"): lambda has: {
        "words": "新的一批", "out_of": has.paid_from.code, "into": has.paid_into.code,
        "file": _upload("batch", _file(9)),
    },
    ("funds:batch_answer", "valid"): lambda has: {
        "file": _upload("answer", _answer(4)), "paid_by": _upload("batch", _file(4)),
    },
}  # fmt: skip
