"""A promise of courses with an offer that delivers it and an account that pays: as one unit keeps both."""

from datetime import timedelta
from types import SimpleNamespace

from linli.funds.models import Fund
from tests.town import funds, offers, plans

PRICE = 35_000_00  # fen that were paid for the course


def promise(*, at, **given):
    """A promised task of the labour bureau that counts courses: 2 of them."""
    counted = plans.indicator("courses.held", name="培训期数", unit="期", definition="办完的期数")
    said = {"title": "全年办培训班2期", "target": 2, "indicator": counted} | given
    return plans.promised_task(at=at, **said)


def course(*, at, sessions=2, capacity=35):
    """A published course of which so many sessions have ended by `at`."""
    early = at - timedelta(days=40)
    made = offers.offer(at=early)
    for _number in range(sessions):
        offers.session(capacity, at=early, of=made)
    return made


def paid_account(*, at, amount=PRICE, published=True):
    """The account of a fund from which a course was paid."""
    fund = funds.fund(at=at, name="就业培训补助")
    one = {
        kind: funds.account(fund, kind, at=at)
        for kind in ("budget", "appropriated", "allocated", "paid")
    }
    for verb, out_of, into in (
        ("appropriate", "budget", "appropriated"),
        ("allocate", "appropriated", "allocated"),
        ("disburse", "allocated", "paid"),
    ):
        funds.posted(fund, verb, (one[out_of], one[into], amount), at=at)
    if published:
        Fund.objects.filter(pk=fund.pk).update(published_at=at)
    one["paid"].refresh_from_db()
    return one["paid"]


def whole(*, at):
    return SimpleNamespace(task=promise(at=at), offer=course(at=at), account=paid_account(at=at))
