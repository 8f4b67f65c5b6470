"""One-yuan donations: a collection that is over, every yuan of it used, and one that goes on."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from linli.demo import people
from linli.demo.funds_books import WAN, YUAN, Books, morning
from linli.demo.units import JIAYUGUAN, QILIHE, unit_name
from linli.funds.actions import gifts, orders
from linli.funds.models import Collection
from linli.funds.models.gift import BOX, COUNTER, TRANSFER

_STUDENTS, _EACH = 164, 2_000  # as the report says: 328,000 yuan
_DOORS = (BOX, COUNTER, BOX, TRANSFER)


def collect(*, today: date) -> None:
    """Open the collections that are missing, with what came in and what became of it."""
    _students()
    _neighbours(today)


def _students() -> None:
    day = date(2018, 1, 3)
    books = Books.opened(
        "“一元钱”爱心捐款", unit_name(QILIHE, "民政局"), day, alone=5 * WAN,
        purpose="接受社会捐款，资助困难家庭学生。",
    )  # fmt: skip
    if books is None:
        return
    made = _opened(
        books, "“一元钱”爱心捐款活动", day, "资助困难家庭学生，人均2000元。每人捐一元也是支持。"
    )
    books.publish(day)
    books.count(day, "funds.donations", made.account)
    school = books.account("allocated", "困难家庭学生资助", day)
    paid = books.account("paid", "学校代发", day)
    whole = _STUDENTS * _EACH
    for number, (when, share) in enumerate(_takings(day, date(2018, 6, 29), whole)):
        _taken(books, made, when, _DOORS[number % 4], share)
    gifts.close_collection(by=books.by, at=morning(date(2018, 6, 30)), collection=made)
    books.move("allocate", date(2018, 7, 2), "资助学生164名", (made.account, school, whole * YUAN))
    books.move("disburse", date(2018, 7, 6), "资助学生164名", (school, paid, whole * YUAN))


def _neighbours(today: date) -> None:
    """Let the demo's own officer keep one: receipts of today, a total that waits for a second person."""
    day = today - timedelta(days=150)
    books = Books.opened(
        "“一元钱”就业互助金(示例)", unit_name(JIAYUGUAN, "人力资源和社会保障局"), day, alone=5_000 * YUAN,
        purpose="接受社会捐款，用于零工驿站的热水、工具和雨具。（示例）",
    )  # fmt: skip
    if books is None:
        return
    made = _opened(books, "“一元钱”暖心驿站", day, "给零工驿站添热水、工具和雨具。（示例）")
    books.publish(day)
    books.count(day, "funds.donations", made.account)
    station = books.account("allocated", "零工驿站", day)
    for number, (when, share) in enumerate(_takings(day, today - timedelta(days=2), 21_600)):
        _taken(books, made, when, _DOORS[number % 4], share)
    big = gifts.Total(day=today - timedelta(days=1), door=TRANSFER, gifts=46, amount=6_880 * YUAN)
    gifts.take(by=books.by, at=morning(today - timedelta(days=1)), collection=made, total=big)
    for amount in (1, 5, 20):
        gifts.acknowledge(
            by=books.by, at=morning(today), collection=made, amount=amount * YUAN, door=COUNTER
        )
    gifts.give_on(
        by=books.by, at=morning(today - timedelta(days=20)), collection=made, into=station,
        amount=4_800 * YUAN, words="雨具和热水设备",
    )  # fmt: skip


def _opened(books: Books, title: str, day: date, purpose: str) -> Collection:
    draft = gifts.CollectionDraft(
        title=title, purpose=purpose, begins_on=day,
        ways="社区服务站柜台和捐款箱；也可转账，用途注明活动名称。不登记姓名，需要凭证的给一个编号。",
    )  # fmt: skip
    made = gifts.open_collection(by=books.by, at=morning(day), fund=books.fund, draft=draft)
    return gifts.publish_collection(by=books.by, at=morning(day), collection=made)


def _taken(books: Books, made: Collection, day: date, door: str, yuan: int) -> None:
    """Take a day's total in; most people give between one and five yuan."""
    count = max(1, yuan * 10 // (15 + 25 * (door == TRANSFER)))
    total = gifts.Total(day=day, door=door, gifts=count, amount=yuan * YUAN)
    taking = gifts.take(by=books.by, at=morning(day), collection=made, total=total)
    if taking.order is not None:
        orders.approve(by=people.second(made.fund.unit.name), at=morning(day), order=taking.order)


def _takings(first: date, last: date, whole: int) -> Iterator[tuple[date, int]]:
    """Yield days and yuan, one every sixth day, that come to the whole."""
    days = [first + timedelta(days=6 * step) for step in range((last - first).days // 6 + 1)]
    weights = [20 + hashlib.sha256(f"{day}".encode()).digest()[0] for day in days]
    left = whole
    for day, weight in zip(days[:-1], weights, strict=False):
        share = whole * weight // sum(weights)
        left -= share
        yield day, share
    yield days[-1], left
