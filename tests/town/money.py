"""A published fund in which everything has happened once, with a project of its own. Amounts in fen."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from linli.facts.rules import periods
from linli.funds.actions import ledger, publishing
from linli.funds.actions.aims import Target, name_aim
from linli.funds.actions.programmes import ProgrammeDraft, begin_programme, publish_programme
from linli.funds.actions.projects import (
    ProjectDraft,
    WorkDraft,
    add_work,
    plan_project,
    publish_project,
)
from linli.funds.rules import flows
from tests.town import directory, facts
from tests.town import funds as town

SUBSIDY = 112_524_000  # 112.524 ten-thousand yuan
BUTCHER = "惠民肉店"


def accounts(fund, *, at, **given):
    """One account of each kind, by its kind."""
    return {kind: town.account(fund, kind, at=at, **given) for kind in flows.KINDS}


def moved(fund, at, one):
    """Every verb once, and one reversal: what is left stands in every kind of account."""
    early = date(at.year - 1, 12, 31)

    def post(verb, out_of, into, fen, **given):
        return town.posted(fund, verb, (one[out_of], one[into], fen), at=at, **given)

    post("appropriate", "budget", "appropriated", SUBSIDY, day=early, words="上级补贴; 第一批: |")
    post("match", "budget", "matched", SUBSIDY, words="县级配套")
    post("receive", "social", "received", 48_36)
    post("receive", "gift", "received", 1_00)
    post("allocate", "appropriated", "allocated", SUBSIDY - 5)
    post("commit", "allocated", "committed", 30_000_01)
    town.posted(
        fund, "disburse", (one["committed"], one["paid"], 10_00),
        (one["allocated"], one["paid"], 20_00), at=at,
    )  # fmt: skip
    wrong = post("disburse", "matched", "paid", 7_77)
    ledger.reverse(by=town.officer(), at=at, entry=wrong, day=at.date(), words="付错了")
    post("return", "paid", "allocated", 3_00)
    post("return", "appropriated", "given_back", 4)
    ledger.close_books(by=town.officer(), at=at, fund=fund, until=early)


def published_fund(at, **given):
    """A published fund after all of it."""
    fund = town.fund(at=at, **{"alone": 10**12} | given)
    one = accounts(fund, at=at)
    moved(fund, at, one)
    return publishing.publish(by=town.officer(), at=at, fund=fund)


def published_project(at, fund):
    """A published project with its accounts in a fund, what it aims at, and one payment."""
    unit = directory.unit(town.KEEPER)
    by, area = town.officer(), directory.area()
    programme = begin_programme(
        by=by, at=at,
        draft=ProgrammeDraft(
            name="结对帮扶", kind="assistance", unit=unit, area=area, starts_on=at.date()
        ),
    )  # fmt: skip
    draft = ProjectDraft(
        programme=programme, name="牧草基地", unit=unit, giving=area, receiving=area,
        starts_on=date(at.year, 1, 1), promised_on=date(at.year + 1, 12, 31), amount=SUBSIDY,
    )  # fmt: skip
    project = plan_project(by=by, at=at, draft=draft)
    add_work(by=by, at=at, project=project, draft=WorkDraft(name="修渠", amount=100))
    rate = facts.indicator("poverty.rate", name="贫困发生率", unit="%", kind="rate")
    began = facts.fact(indicator=rate, value="22.88", period="2013", at=at)
    name_aim(
        by=by, at=at, project=project, indicator=rate, sense="fall", baseline=began,
        target=Target(value=Decimal(3), period=periods.of_iso("2020"), words="降到3%以下"),
    )  # fmt: skip
    facts.fact(indicator=rate, value="0.26", period="2020", at=at + timedelta(seconds=1))
    publish_programme(by=by, at=at, programme=programme)
    publish_project(by=by, at=at, project=project)
    own = SimpleNamespace(
        ready=town.account(fund, "allocated", at=at, name="牧草基地待付", of=project),
        paid=town.account(
            fund, "paid", at=at, name="牧草基地已付", of=project, unit=directory.unit(BUTCHER)
        ),
    )
    source = fund.accounts.get(kind="allocated", project=None)
    town.posted(fund, "allocate", (fund.accounts.get(kind="appropriated"), own.ready, 1), at=at)
    town.posted(fund, "disburse", (source, own.paid, 99_00), at=at)
    return project
