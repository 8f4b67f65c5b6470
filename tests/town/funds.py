"""Funds for tests: a fund with its accounts, and money in it. Amounts in fen."""

from linli.funds.actions import ledger
from linli.kernel.actors import Role
from tests.town import directory
from tests.town.staff import actor

KEEPER = "嘉峪关市财政局"


def officer(name="经办人", unit=KEEPER):
    return actor(Role.OFFICER, name=name, unit=unit)


def fund(*, at, alone=10**12, by=None, **overrides):
    given = {
        "name": "牛羊肉价格补贴",
        "unit": directory.unit(KEEPER),
        "area": directory.area(),
        "alone": alone,
    } | overrides
    return ledger.open_fund(by=by or officer(), at=at, **given)


def account(fund, kind, *, at, name="", by=None, **given):
    return ledger.open_account(
        by=by or officer(), at=at, fund=fund, kind=kind, name=name or kind, **given
    )


def posted(fund, verb, *lines, at, by=None, **given):
    """Post (out_of, into, amount) lines today."""
    posting = ledger.Posting(
        verb=verb,
        day=given.pop("day", at.date()),
        lines=[ledger.Line(*one) for one in lines],
        **given,
    )
    return ledger.post(by=by or officer(), at=at, fund=fund, posting=posting)
