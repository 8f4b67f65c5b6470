"""Read what waits, in the background: a payment file, or what the bank answers beside it.

Nothing is held while a file goes by: how far it is is written now and then, what it says at the end, in one
transaction, and then the file goes for good. Whoever was stopped before is begun again, from the first line.
"""

import socket
from array import array
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q

from linli.funds.actions.waiting_files import KEPT, let_go
from linli.funds.models import BankReply, Batch, Difference, Order, WaitingFile
from linli.funds.queries.payment_heads import answer_rows, payment_rows
from linli.funds.queries.waiting_files import Pieces, opened
from linli.funds.rules.payments import DIFFERENCE_DAYS, MOST, Counting, read_line
from linli.funds.rules.reconciling import REFUSED, Asked, Found, Reconciling, read_answer
from linli.kernel.actors import Actor, allow, system
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone

TRIES: Final = 3
_OF_ANOTHER = timedelta(hours=1)  # so long another machine may be at one file
_CALENDAR = system("calendar")
_OFTEN = 20_000  # lines between two words about how far it is
_SLICE = 5_000  # differences in one transaction
# A bank may refuse a million lines: no instance is made of each.
_INSERT = (
    "INSERT INTO funds_difference (reply_id, line, kind, asked, said, reason)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
_COUNTS = (
    "paid_lines", "paid_total", "refused_lines", "refused_total", "open_lines", "open_total", "strange", "back",
    "reasons",
)  # fmt: skip


def read_next(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Read the file that has waited longest, if one does; return how many were read.

    Refuses: not_allowed for everybody but the system. What is wrong with a file (too_many_lines, gone, what
    reading it refuses) is written down with it.
    """
    allow(by)
    waiting = [*_waiting(Batch, at), *_waiting(BankReply, at)]
    for row in sorted(waiting, key=lambda one: one.at):
        if _claimed(row, at):
            _read(row, at)
            return 1
    return 0


def forget_waiting(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Let go of files that nobody came to read in time; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    late = WaitingFile.objects.filter(waits_since__lt=at - KEPT)
    count = 0
    rows: list[Batch | BankReply] = [
        *Batch.objects.filter(read_at=None, file__in=late),
        *BankReply.objects.filter(read_at=None, file__in=late),
    ]
    for row in rows:
        _end_wrong(row, at, "gone")
        count += 1
    return count


def forget_differences(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Forget the lines that did not come through, half a year after the answer was read; counts stay.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    old = BankReply.objects.filter(
        read_at__lt=at - timedelta(days=DIFFERENCE_DAYS), forgotten_on=None
    )
    count = 0
    for reply in old.order_by("pk"):
        with transaction.atomic():
            count += reply.differences.all().delete()[0]
            reply.forgotten_on = at.date()
            reply.save(update_fields=["forgotten_on"])
    return count


def _waiting(model: type[Batch] | type[BankReply], at: datetime) -> Iterable[Batch | BankReply]:
    free = Q(begun_at=None) | Q(machine=socket.gethostname()) | Q(begun_at__lt=at - _OF_ANOTHER)
    return model.objects.filter(free, read_at=None).order_by("at")[:1]


def _claimed(row: Batch | BankReply, at: datetime) -> bool:
    """Say whether this row is ours to read: of two machines one is the first."""
    free = type(row).objects.filter(pk=row.pk, tries=row.tries, read_at=None)
    row.tries += 1
    return bool(
        free.update(tries=F("tries") + 1, begun_at=at, machine=socket.gethostname(), percent=0)
    )


def _read(row: Batch | BankReply, at: datetime) -> None:
    if row.tries > TRIES:
        _end_wrong(row, at, "unreadable")
        return
    try:
        if isinstance(row, Batch):
            _read_batch(row, at)
        else:
            _read_reply(row, at)
    except Refused as refused:
        _end_wrong(row, at, refused.code)


def _read_batch(batch: Batch, at: datetime) -> None:
    file, counting = _opened(batch.file), Counting()
    layout, lines = payment_rows(file.stream)
    for cells in lines:
        counting.add(cells, layout)
        if counting.lines % _OFTEN == 0:
            _tell(batch, file.percent)
        if counting.lines > MOST:
            break
    counting.end()
    said = {
        name: getattr(counting, name) for name in ("lines", "total", "sizes", "wrong", "faults")
    }
    _end(batch, at, said)


def _read_reply(reply: BankReply, at: datetime) -> None:
    reply.differences.all().delete()  # of a try that was cut off
    beside = Reconciling(_asked(reply), _sent_back(reply))
    counting = Counting()
    _write(reply, _differences(reply, beside, counting))
    if counting.wrong:
        _end(reply, at, {"wrong": counting.wrong, "faults": counting.faults})
        return
    _write(reply, beside.silent())
    _end(reply, at, {name: getattr(beside, name) for name in _COUNTS})


def _asked(reply: BankReply) -> Asked:
    """Return what the payment file asked, line by line: sixteen bytes a line, while the answer is read."""
    asked, file = Asked(array("q"), array("q")), _opened(reply.paid_by)
    layout, lines = payment_rows(file.stream)
    for number, cells in enumerate(lines, 1):
        line = read_line(cells, layout, number)
        asked.amounts.append(line.amount)
        asked.marks.append(hash(line.payee))
        if number % _OFTEN == 0:
            _tell(reply, file.percent // 2)
    return asked


def _sent_back(reply: BankReply) -> Iterator[int]:
    """Return the lines whose refused money was posted back, or is about to be, by earlier answers."""
    earlier = BankReply.objects.filter(batch=reply.batch_id, order__isnull=False)
    counted = earlier.exclude(order__state=Order.REFUSED)
    found = Difference.objects.filter(reply__in=counted, kind=REFUSED)
    return found.order_by().values_list("line", flat=True).iterator()


def _differences(reply: BankReply, beside: Reconciling, counting: Counting) -> Iterator[Found]:
    file = _opened(reply.file)
    layout, lines = answer_rows(file.stream)
    for cells in lines:
        counting.lines += 1
        answer = read_answer(cells, layout)
        if answer.fault:
            counting.fault(counting.lines, answer.fault)
        elif difference := beside.add(answer):
            yield difference
        if counting.lines % _OFTEN == 0:
            _tell(reply, 50 + file.percent // 2)
        if counting.lines > 2 * MOST:
            raise Refused("too_many_lines", "")


def _write(reply: BankReply, found: Iterator[Found]) -> None:
    while part := [(reply.pk, *one) for one in islice(found, _SLICE)]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_INSERT, part)


def _opened(file: WaitingFile | None) -> Pieces:
    if file is None:
        raise Gone
    return opened(file)


def _tell(row: Batch | BankReply, percent: int) -> None:
    type(row).objects.filter(pk=row.pk).update(percent=percent)


def _end_wrong(row: Batch | BankReply, at: datetime, code: str) -> None:
    _end(row, at, {"wrong": 1, "faults": [(0, code)]})


@transaction.atomic
def _end(row: Batch | BankReply, at: datetime, said: dict[str, Any]) -> None:
    """Write down what a file says, once, and let it go."""
    kept = type(row).objects.select_for_update(no_key=True).filter(pk=row.pk, read_at=None).first()
    if kept is None:
        return
    if isinstance(kept, BankReply) and said.get("wrong"):
        kept.differences.all().delete()
    for name, value in (said | {"read_at": at, "percent": 100}).items():
        setattr(kept, name, value)
    files = [kept.file] if isinstance(kept, Batch) else [kept.file, kept.paid_by]
    kept.save(update_fields=[*said, "read_at", "percent"])
    let_go(by=_CALENDAR, at=at, files=files)
