"""What the matrix asks of the books: a fund of the officer's unit, orders, and money that another unit matches."""

from datetime import timedelta

from linli.funds.actions import ledger, matching, orders
from tests.town import plans
from tests.town.staff import actor

__all__ = ["SENT", "build"]
_AMOUNT = 500_00


def build(has, *, at):
    """Return the parts of addresses. One yuan at most is moved by one person alone."""
    by = plans.officer()
    has.books = fund = ledger.open_fund(
        by=by, at=at, name="补贴资金", unit=has.lead, area=has.area, alone=100
    )
    has.of_fund = {
        kind: ledger.open_account(by=by, at=at, fund=fund, kind=kind, name=kind)
        for kind in ("budget", "appropriated", "allocated", "paid")
    }
    has.matched = ledger.open_account(
        by=by, at=at, fund=fund, kind="matched", name="配套", unit=has.other
    )
    has.posted = ledger.post(by=by, at=at, fund=fund, posting=_posting(has, at, 100))
    asked = [
        orders.ask(by=who, at=at, fund=fund, posting=_posting(has, at, _AMOUNT))
        for who in (actor(name="提交人"), by)
    ]
    late = at - timedelta(days=30)
    waits, ready, passed = (
        _agreed(has, at, _AMOUNT), _agreed(has, at, 0), _agreed(has, late, _AMOUNT)
    )  # fmt: skip
    named = {"code": fund.code}
    return {
        "own fund": named,
        "own appropriation": named | {"verb": "appropriate"},
        "own entry": named | {"entry": has.posted.code},
        "own account": named | {"account": has.of_fund["paid"].code},
        "order of the unit": {"code": asked[0].code},
        "order of the officer": {"code": asked[1].code},
        "match with the other": {"code": waits.code},
        "match that is ready": {"code": ready.code},
        "match too late": {"code": passed.code},
    }


def _posting(has, at, amount):
    lines = [ledger.Line(has.of_fund["budget"], has.of_fund["appropriated"], amount)]
    return ledger.Posting(verb="appropriate", day=at.date(), lines=lines)


def _agreed(has, at, needs):
    """Return an agreement between accounts of its own; all is there when the partner needs to give nothing more."""
    by, fund = plans.officer(), has.books
    ready, partner = (
        ledger.open_account(
            by=by, at=at, fund=fund, kind=kind, name=f"{kind} {needs} {at}", unit=has.other
        )
        for kind in ("appropriated", "matched")
    )
    agreement = matching.Agreement(
        words="配套", ready=ready, into=has.of_fund["allocated"], partner=partner,
        amount=needs or 1, last_day=at.date() + timedelta(days=20), needs_evidence=bool(needs),
    )  # fmt: skip
    for verb, into in (("appropriate", ready), ("match", partner)):
        lines = [ledger.Line(has.of_fund["budget"], into, 1)]
        posting = ledger.Posting(verb=verb, day=at.date(), lines=lines)
        ledger.post(by=by, at=at, fund=fund, posting=posting)
    return matching.agree(by=by, at=at, fund=fund, agreement=agreement)


def _line(has):
    return {
        "day": "2026-11-20", "lines": "1", "out_of_1": has.of_fund["budget"].code,
        "into_1": has.of_fund["appropriated"].code, "amount_1": "0.50",
    }  # fmt: skip


SENT = {
    ("funds:console_new", "valid"): lambda has: {
        "name": "另一项资金", "unit": has.lead.code, "area": has.area.code, "alone": "0",
    },
    ("funds:account_new", "valid"): lambda has: {"kind": "gift", "name": "捐赠"},
    ("funds:close_books", "valid"): lambda has: {"until": "2026-10-31"},
    ("funds:console_post", "valid"): _line,
    ("funds:console_entry", "valid"): lambda has: {"day": "2026-11-22", "words": "记错了"},
    ("funds:order_refuse", "valid"): lambda has: {"reason": "依据不足"},
    ("funds:match_agree", "valid"): lambda has: {
        "words": "再配套", "amount": "1", "ready": has.of_fund["appropriated"].code,
        "into": has.of_fund["allocated"].code, "partner": has.matched.code, "share_above": "1",
        "share_below": "1", "last_day": "2026-12-31",
    },
    ("funds:match_anew", "valid"): lambda has: {
        "words": "再约定", "amount": "1", "into": has.of_fund["allocated"].code,
        "share_above": "1", "share_below": "1", "last_day": "2026-12-31",
    },
    ("funds:match_show", "valid"): lambda has: {"source": "区财政局", "quote": "到账通知"},
}  # fmt: skip
