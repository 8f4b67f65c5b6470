"""The price subsidy: two equal halves, the county late, its condition shown, then released; another still waits."""

from datetime import date, timedelta
from fractions import Fraction

from linli.demo import people
from linli.demo.funds_batches import pay_by_file
from linli.demo.funds_books import WAN, YUAN, Books, morning
from linli.demo.units import JIAYUGUAN, LANZHOU, QILIHE, unit_name
from linli.directory.models import Unit
from linli.facts.actions import cite_statement
from linli.funds.actions import matching
from linli.funds.models import Account, Match

_HALF = 1_125_240 * YUAN
_THIS_YEAR = 960_000 * YUAN


def pay(*, today: date) -> None:
    """Open the funds that are missing, with everything that happened to them."""
    _lanzhou(today)
    _training(today)


def _lanzhou(today: date) -> None:
    """Pay the halves of 2016, and agree on those of this year, for which the county is late."""
    day = date(2016, 2, 22)
    purpose = "对市场供应的牛羊肉给予价格补贴，市与县区各承担一半；县区配套到账并出示凭证后，市级部分方可拨付。"
    books = Books.opened(
        "牛羊肉价格补贴资金", unit_name(LANZHOU, "财政局"), day, purpose=purpose, alone=10 * WAN
    )
    if books is None:
        return
    county = Unit.objects.get(name=unit_name(QILIHE, "财政局"))
    budget = books.account("budget", "市级一般公共预算", day)
    theirs = books.account("budget", "县区一般公共预算", day, unit=county)
    city = books.account("allocated", "市级补贴", day)
    matched = books.account("matched", "县区配套", day, unit=county)
    paid = books.account("paid", "代发银行", day)
    ready = books.account("appropriated", "2016年市级预算", day)
    books.publish(day)
    books.count(day, "funds.price_subsidy_city", city)
    books.count(day, "funds.price_subsidy_county", matched)
    books.count(day, "funds.price_subsidy", city, matched)
    books.move("appropriate", date(2016, 3, 10), "2016年价格补贴市级预算", (budget, ready, _HALF))
    terms = ("2016年牛羊肉价格补贴，市与县区各半", date(2016, 3, 15), date(2016, 12, 20))
    match = _agreed(books, (ready, city, matched), _HALF, terms)
    late = date(2016, 9, 28)  # promised for June
    books.move("match", late, "县区配套到账", (theirs, matched, _HALF))
    _shown(match, late, "县区配套资金1125240.00元已全部到账，附国库支付回单。", county)
    matching.release(by=books.by, at=morning(date(2016, 9, 30)), match=match)
    books.move(
        "disburse",
        date(2016, 10, 12),
        "按市场供应量拨付",
        (city, paid, _HALF),
        (matched, paid, _HALF),
    )
    _this_year(books, (budget, theirs, city, matched), today)


def _this_year(books: Books, accounts: tuple[Account, ...], today: date) -> None:
    """Let the county have posted a third of its half so far, and shown nothing."""
    budget, theirs, city, matched = accounts
    first = today - timedelta(days=75)
    ready = books.account("appropriated", f"{today.year}年市级预算", first)
    # What lies matched from before was paid: the partner's account of this year begins at nothing.
    partner = books.account("matched", f"{today.year}年县区配套", first, unit=matched.unit)
    books.move("appropriate", first, f"{today.year}年价格补贴市级预算", (budget, ready, _THIS_YEAR))
    terms = (f"{today.year}年牛羊肉价格补贴，市与县区各半", first, today + timedelta(days=40))
    _agreed(books, (ready, city, partner), _THIS_YEAR, terms)
    some = today - timedelta(days=12)
    books.move("match", some, "县区配套首笔到账", (theirs, partner, _THIS_YEAR // 3))


def _training(today: date) -> None:
    """Give the demo's own officer money to work with: a match that waits, and an order for a second person."""
    first = today - timedelta(days=120)
    books = Books.opened(
        "订单式技能培训补助资金(示例)", unit_name(JIAYUGUAN, "人力资源和社会保障局"), first,
        purpose="用人单位下订单、承训机构办班、就业后结算的技能培训补助。（示例）", alone=5 * WAN,
    )  # fmt: skip
    if books is None:
        return
    partner = Unit.objects.get(name=unit_name(JIAYUGUAN, "妇女联合会"))
    budget = books.account("budget", "市级就业补助资金", first)
    theirs = books.account("budget", "妇联培训经费", first, unit=partner)
    ready = books.account("appropriated", "待配套补助", first)
    classes = books.account("allocated", "织绣订单班", first)
    matched = books.account("matched", "妇联配套", first, unit=partner)
    noodles = books.account("appropriated", "拉面师订单班预算", first)
    course = books.account("allocated", "拉面师订单班", first)
    paid = books.account("paid", "承训机构", first)
    books.publish(first)
    books.move("appropriate", first, "本年培训补助预算", (budget, ready, 36 * WAN), (budget, noodles, 24 * WAN))  # fmt: skip
    agreed = first + timedelta(days=10)
    terms = ("织绣订单班，妇联按二分之一配套", agreed, today + timedelta(days=60))
    _agreed(books, (ready, classes, matched), 36 * WAN, terms, Fraction(1, 2))
    books.move("match", today - timedelta(days=30), "妇联首笔配套", (theirs, matched, 10 * WAN))
    books.move("allocate", agreed, "拉面师订单班开班", (noodles, course, 24 * WAN))
    pay_by_file(books, course, paid, today - timedelta(days=20))
    books.ask("disburse", today - timedelta(days=2), "第二期结算", (course, paid, 9_720_000))


def _agreed(
    books: Books,
    accounts: tuple[Account, Account, Account],
    amount: int,
    terms: tuple[str, date, date],
    share: Fraction = Fraction(1),
) -> Match:
    """Agree, in which words, on which day, until which day."""
    (ready, into, partner), (words, day, last_day) = accounts, terms
    agreement = matching.Agreement(
        words=words, ready=ready, into=into, partner=partner,
        amount=amount, last_day=last_day, share=share,
    )  # fmt: skip
    return matching.agree(by=books.by, at=morning(day), fund=books.fund, agreement=agreement)


def _shown(match: Match, day: date, words: str, unit: Unit) -> None:
    by = people.officer(unit.name)
    evidence = cite_statement(by=by, at=morning(day), source=unit.name, words=words)
    matching.show(by=by, at=morning(day), match=match, evidence=evidence)
