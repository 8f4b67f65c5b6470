"""What the matrix asks of donations: a collection on show, one that is not, a receipt of today, what is counted as what."""

from linli.facts.models import Indicator
from linli.funds.actions import gifts, publishing, tallies
from linli.kernel.actors import Role
from tests.town import facts, funds, plans
from tests.town import gifts as town
from tests.town.staff import actor


def build(has, *, at, hidden):
    """Return the parts of addresses. `at`: now, for a slip is shown on its day alone."""
    by = actor(Role.OFFICER, name="经办人", unit=plans.LEAD)
    has.gift_fund = funds.fund(at=at, by=by, name="爱心捐款", unit=has.lead)
    opened = gifts.CollectionDraft(title="一元钱", purpose="助学。", begins_on=at.date())
    kept = gifts.CollectionDraft(title=hidden, purpose=hidden, begins_on=at.date())
    shown, unshown = (
        gifts.open_collection(by=by, at=at, fund=has.gift_fund, draft=one) for one in (opened, kept)
    )
    gifts.publish_collection(by=by, at=at, collection=shown)
    has.gift_school, has.gift_books = (
        funds.account(has.gift_fund, "allocated", at=at, by=by, name=name)
        for name in ("助学", "图书角")
    )
    town.taken(shown, 20, 20_000, at=at, by=by)
    receipt = gifts.acknowledge(by=by, at=at, collection=shown, amount=100, door="counter")
    publishing.publish(by=by, at=at, fund=has.gift_fund)
    money = facts.indicator("funds.gifts", at=at, kind="money", unit="CNY")
    tally = tallies.count_as(by=by, at=at, account=has.gift_school, indicator=money)
    has.indicator_of_money = Indicator.objects.get(pk=money.pk)
    return {
        "collection": {"code": shown.code},
        "kept collection": {"code": unshown.code},
        "slip": {"code": shown.code, "receipt": receipt.code},
        "fund with claims": {"code": has.gift_fund.code},
        "tally": {"code": has.gift_fund.code, "number": tally.pk},
    }


SENT = {
    ("funds:collection_new", "valid"): lambda has: {
        "fund": has.gift_fund.code, "title": "再一元", "purpose": "助学。", "begins_on": "2026-11-01",
    },
    ("funds:gift_take", "valid"): lambda has: {
        "day": "2026-11-22", "door": "box", "gifts": "3", "amount": "3.00",
    },
    ("funds:gift_acknowledge", "valid"): lambda has: {"amount": "1", "door": "counter"},
    ("funds:gift_give_on", "valid"): lambda has: {
        "into": has.gift_school.code, "amount": "1", "words": "助学",
    },
    ("funds:claims", "valid"): lambda has: {
        "account": has.gift_books.code, "indicator": has.indicator_of_money.code,
    },
}  # fmt: skip
