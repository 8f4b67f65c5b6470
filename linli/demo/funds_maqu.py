"""Paired assistance to Maqu County: 6.5 million yuan in 2018, 8 million in 2019, and the centre built of it."""

from datetime import date
from decimal import Decimal

from linli.demo.funds_books import WAN, Books, morning
from linli.demo.funds_lines import begun, built, receiver
from linli.demo.units import JIAYUGUAN, unit_name
from linli.funds.actions import projects, sending
from linli.funds.models import Account, Programme, Project

_GIVEN = ((date(2018, 3, 20), 650 * WAN), (date(2019, 3, 18), 800 * WAN))
_WHOLE = sum(amount for _, amount in _GIVEN)


def assist() -> None:
    """Open the fund that is missing, and let the centre of 7,000.3 square metres be built and paid."""
    day = date(2018, 2, 8)
    books = Books.opened(
        "对口支援玛曲县资金", unit_name(JIAYUGUAN, "财政局"), day, alone=50 * WAN,
        purpose="嘉峪关市对口支援甘南州玛曲县的财政资金，用于建设高原慢性病康复中心。",
    )  # fmt: skip
    if books is None:
        return
    line = begun(books, "对口支援甘南州玛曲县", "assistance", (day, date(2020, 12, 31)))
    budget = books.account("budget", "市级财政", day, of=line)
    ready = books.account("appropriated", "对口支援预算", day, of=line)
    books.publish(day)
    books.count(day, "funds.paired_assistance", ready)
    made = _centre(books, line, day)
    accounts = tuple(
        books.account(kind, made.name, day, of=made) for kind in ("allocated", "committed", "paid")
    )
    for first, amount in _GIVEN:
        books.move("appropriate", first, f"{first.year}年对口支援预算", (budget, ready, amount))
        _spend(books, (ready, *accounts), first.year, amount)
    sent = sending.SentDraft(
        role="health", count=5, from_on=date(2019, 3, 1), until_on=date(2019, 12, 31), project=made
    )
    sending.send(by=books.by, at=morning(date(2019, 3, 1)), programme=line, draft=sent)


def _centre(books: Books, line: Programme, day: date) -> Project:
    there = receiver("玛曲县卫生健康局(示例)", "623025", day, JIAYUGUAN)
    draft = projects.ProjectDraft(
        programme=line, name="高原慢性病康复中心", unit=books.fund.unit, receiver=there,
        giving=books.fund.area, receiving=there.area, amount=_WHOLE,
        starts_on=date(2018, 5, 10), promised_on=date(2019, 10, 31),
    )  # fmt: skip
    size = Decimal("7000.3")
    work = projects.WorkDraft(name="康复中心主体", quantity=size, measure="平方米", amount=_WHOLE)
    made = built(books, draft, work)
    contract = sending.ContractDraft(
        words="康复中心主体工程", signed_on=draft.starts_on, amount=_WHOLE, work=made.works.get()
    )
    sending.sign_contract(by=books.by, at=morning(draft.starts_on), project=made, draft=contract)
    return made


def _spend(books: Books, accounts: tuple[Account, ...], year: int, amount: int) -> None:
    """Allocate a year's money, bind it by the contract, pay it."""
    ready, allocated, committed, paid = accounts
    for verb, day, words, out_of, into in (
        ("allocate", date(year, 4, 10), "康复中心建设", ready, allocated),
        ("commit", date(year, 5, 10), "施工合同", allocated, committed),
        ("disburse", date(year, 11, 20), "工程进度款", committed, paid),
    ):
        books.move(verb, day, words, (out_of, into, amount))
