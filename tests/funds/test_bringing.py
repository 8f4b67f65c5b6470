"""Tables that are brought: read as people write them, taken in whole or not at all, twice without harm."""

from datetime import date, timedelta

import pytest

from linli.funds.actions import bringing, ledger, orders
from linli.funds.models import Account, Order, Project, Transaction
from linli.funds.queries import budget_import, project_import
from linli.funds.queries.tables import Fate
from linli.funds.rules import budget_rows, project_rows, tables
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet, write_xlsx
from tests.town import attested as town
from tests.town import directory
from tests.town import funds as purse
from tests.town.races import at_once
from tests.town.staff import actor

HEAD = "资金来源,账户,使用单位,金额（元）,日期,摘要"
GOOD = f"""2026年预算安排表
{HEAD}
市级预算,牛羊肉补贴,{purse.KEEPER},"1,125,240.00",2026-03-01,市财〔2026〕12号
县级预算,牛羊肉补贴,{purse.KEEPER},112.524万,2026年3月1日,市财〔2026〕12号
市级预算,示范社区,,,,
"""


def table(text, **given):
    return bringing.Table(text.encode(), **given)


def wrongs(run):
    return [(row.read.line, row.wrongs) for row in run.rows if row.wrongs]


@pytest.mark.parametrize(
    ("cells", "values", "wrong"),
    [
        ({"amount_wan": "112.524"}, {"amount": 112_524_000}, {}),
        ({"amount": "１００"}, {"amount": 10_000}, {}),
        ({"nature": "社会资金"}, {"nature": "social"}, {}),
        ({"nature": "彩票"}, {}, {"nature": "unknown_nature"}),
        ({"amount": "1.005"}, {}, {"amount": "too_fine"}),
        ({"amount": "0"}, {}, {"amount": "not_above_zero"}),
        ({"amount": "约100"}, {}, {"amount": "unreadable"}),
        ({"amount": "1", "amount_wan": "1"}, {}, {"amount": "two_amounts"}),
        ({"amount": "1", "day": ""}, {}, {"day": "missing"}),
        ({"day": "2026-02-30"}, {}, {"day": "not_a_day"}),
        ({"source": ""}, {}, {"source": "missing"}),
        ({"words": "字" * 241}, {}, {"words": "too_long"}),
    ],
)
def test_reads_a_row_of_a_budget(cells, values, wrong):
    plain = {"source": "市级预算", "account": "补贴", "day": "2026/3/1"}
    read = budget_rows.read_row(2, plain | cells)

    assert dict(read.wrongs) == wrong
    assert values.items() <= dict(read.values).items()


def test_finds_columns_by_what_people_call_them():
    header = ["序号", "资金来源 *", "预算科目", "金额(万元)"]
    found = tables.columns_of(header, budget_rows.LAYOUT)

    assert found == {"source": 1, "account": 2, "amount_wan": 3}


@pytest.fixture
def fund(db, noon):
    return purse.fund(at=noon, alone=112_524_000)


def bring(fund, text=GOOD, *, at, by=None, **given):
    return bringing.bring_budget(
        by=by or purse.officer(), at=at, fund=fund, table=table(text, **given)
    )


def look(fund, text, at):
    return budget_import.dry_run(read_sheet(text.encode()), fund, at.date())


def test_opens_accounts_and_posts_what_one_person_may(fund, noon):
    assert bring(fund, at=noon) == (3, 0)

    assert {(one.kind, one.name, one.balance) for one in Account.objects.all()} == {
        ("budget", "市级预算", -112_524_000), ("budget", "县级预算", -112_524_000),
        ("appropriated", "牛羊肉补贴", 225_048_000), ("appropriated", "示范社区", 0),
    }  # fmt: skip
    entry = Transaction.objects.get()
    assert (entry.verb, entry.day, entry.size, entry.words) == (
        "appropriate", date(2026, 3, 1), 2, "市财〔2026〕12号",
    )  # fmt: skip

    assert bring(fund, at=noon) == (0, 0)
    assert Transaction.objects.count() == 1


def test_asks_a_second_person_above_the_limit(fund, noon):
    text = GOOD.replace("112.524万", "112.5241万")
    run = look(fund, text, noon)
    assert [row.fate for row in run.rows] == [Fate.ASKED, Fate.ASKED, Fate.NEW]

    assert bring(fund, text, at=noon, checksum=run.checksum) == (1, 2)
    order = Order.objects.get()
    assert (order.lines.count(), order.state, Transaction.objects.count()) == (2, Order.ASKED, 0)
    assert bring(fund, text, at=noon) == (0, 0)

    orders.approve(by=purse.officer(name="复核人"), at=noon, order=order)
    assert Account.objects.get(name="牛羊肉补贴").balance == 225_048_100
    assert bring(fund, text, at=noon) == (0, 0)


def test_brings_anew_what_was_reversed(fund, noon):
    bring(fund, at=noon)
    ledger.reverse(
        by=purse.officer(), at=noon, entry=Transaction.objects.get(), day=noon.date(), words="录错"
    )

    assert bring(fund, at=noon) == (2, 0)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("市级预算,补贴,不存在的单位,1,2026-03-01,", {"unit": "unknown_unit"}),
        ("市级预算,补贴,,1,2026-12-01,", {"day": "day_to_come"}),
        ("市级预算,补贴,,1,2025-12-31,", {"day": "books_closed"}),
        ("旧账户,补贴,,1,2026-03-01,", {"source": "account_closed"}),
        ("市级预算,牛羊肉补贴,嘉峪关市商务局,1,2026-03-01,", {"unit": "other_unit"}),
        (f"市级预算,牛羊肉补贴,{purse.KEEPER},1125240,2026-03-01,市财〔2026〕12号", {"account": "twice"}),
    ],
)  # fmt: skip
def test_takes_nothing_in_while_a_row_is_wrong(fund, noon, row, wrong):
    directory.unit("嘉峪关市商务局")
    ledger.close_books(by=purse.officer(), at=noon, fund=fund, until=date(2025, 12, 31))
    old = purse.account(fund, "budget", at=noon, name="旧账户")
    Account.objects.filter(pk=old.pk).update(closed_on=noon.date())
    text = f"{GOOD}{row}\n"

    assert wrongs(look(fund, text, noon)) == [(6, wrong)]
    with pytest.raises(Refused, match="rows_have_errors"):
        bring(fund, text, at=noon)
    assert (Account.objects.count(), Transaction.objects.count()) == (1, 0)


def test_leaves_totals_out_and_holds_rows_against_them(fund, noon):
    right = GOOD + '小计,,,1,,\n合 计,,,"2,250,480.00",,\n'
    assert [row.fate for row in look(fund, right, noon).rows][-2:] == [Fate.TOTAL, Fate.TOTAL]
    assert bring(fund, right, at=noon) == (3, 0)
    wrong = GOOD + "合计,,,2250481,,\n"
    assert wrongs(look(fund, wrong, noon)) == [(6, {"amount": "total_wrong"})]
    unread = wrong.replace("112.524万", "约112万")
    assert wrongs(look(fund, unread, noon)) == [(4, {"amount": "unreadable"})]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD.replace("资金来源", "备注") + "\na,b,,1,2026-03-01,\n", "no_columns"),
        (f"{HEAD}\n", "no_rows"),
        (f"{HEAD}\n" + "a,b,,,,\n" * 2001, "too_many_rows"),
        (f"{HEAD},身份证号\na,b,,,,,1\n", "trait_of_a_person"),
    ],
)
def test_refuses_what_is_no_budget(fund, noon, text, code):
    with pytest.raises(Refused) as caught:
        bring(fund, text, at=noon)
    assert (caught.value.code, Account.objects.count()) == (code, 0)


def test_takes_in_only_what_was_looked_at(fund, noon):
    seen = look(fund, GOOD, noon).checksum
    bring(fund, at=noon)
    for by, code in (
        (purse.officer(), "changed_meanwhile"),
        (purse.officer(unit="别的单位"), "not_own_unit"),
        (actor(Role.SUPERVISOR), "not_allowed"),
    ):
        with pytest.raises(Refused) as caught:
            bring(fund, at=noon, by=by, checksum=seen)
        assert caught.value.code == code
    assert Transaction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_is_taken_in_once_by_many_at_once(noon):
    fund = purse.fund(at=noon)

    assert at_once(3, lambda _: bring(fund, at=noon)) == []
    assert (Transaction.objects.count(), Account.objects.count()) == (1, 4)


@pytest.mark.django_db(transaction=True)
def test_would_be_taken_in_by_each_if_all_looked_first(noon, monkeypatch):
    """The control of the test above: rows judged before the fund is held."""
    fund = purse.fund(at=noon)
    early = look(fund, GOOD, noon)
    monkeypatch.setattr(budget_import, "dry_run", lambda *_: early)

    assert at_once(3, lambda _: bring(fund, at=noon)) == []
    assert Transaction.objects.count() == 3


def test_takes_nothing_in_when_it_breaks_off_half_way(fund, noon, monkeypatch):
    posted = []

    def spoiled(**given):
        posted.append(given)
        raise Refused("not_enough", "")

    monkeypatch.setattr(ledger, "post", spoiled)
    with pytest.raises(Refused):
        bring(fund, at=noon)

    assert (len(posted), Account.objects.count()) == (1, 0)


PROJECTS = f"""项目名称,支援单位,受援单位,支援地,受援地,资金（万元）,开工日期,完成期限,建设内容
县城供水改造,,{town.RECEIVER},金牛区,石渠县,100,2016-04-01,2027-10-31,管网12公里
乡村道路,{town.GIVER},,510106,513332,,2016/4/1,2027/10/31,
"""


@pytest.fixture
def line(db, noon):
    _here, there = town.places()
    directory.unit(town.RECEIVER, area=there)
    return town.programme(at=noon)


def bring_projects(line, text=PROJECTS, *, at, by=None):
    unit = directory.unit(town.GIVER)
    return bringing.bring_projects(
        by=by or town.giver(), at=at, programme=line, unit=unit, table=table(text)
    )


def test_plans_the_projects_of_a_table(line, noon):
    assert bring_projects(line, at=noon) == (2, 0)

    one = Project.objects.get(name="县城供水改造")
    assert (one.unit.name, one.receiver.name, one.amount) == (
        town.GIVER,
        town.RECEIVER,
        100_000_000,
    )
    assert (one.giving.name, one.receiving.name, one.purpose) == ("金牛区", "石渠县", "管网12公里")
    assert (one.starts_on, one.promised_on) == (date(2016, 4, 1), date(2027, 10, 31))
    assert (one.published_at, bring_projects(line, at=noon)) == (None, (0, 0))


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("路,,没有的单位,金牛区,石渠县,1,2016-04-01,2017-04-01,", {"receiver": "unknown_unit"}),
        ("路,,,金牛区,天府国,1,2016-04-01,2017-04-01,", {"receiving": "unknown_area"}),
        (f"路,,{town.GIVER},金牛区,石渠县,1,2016-04-01,2017-04-01,", {"receiver": "same_unit"}),
        (f"路,{town.RECEIVER},,金牛区,石渠县,1,2016-04-01,2017-04-01,", {"unit": "not_own_unit"}),
        ("路,,,金牛区,石渠县,1,2016-04-01,2015-04-01,", {"promised_on": "ends_first"}),
        ("乡村道路,,,金牛区,石渠县,1,2016-04-01,2017-04-01,", {"name": "twice"}),
        ("路,,,金牛区,石渠县,1,2016-04-01,2017-04-01,按籍贯安排", {"purpose": "trait"}),
    ],
)
def test_plans_nothing_while_a_row_is_wrong(line, noon, row, wrong):
    text = f"{PROJECTS}{row}\n"
    run = project_import.dry_run(
        read_sheet(text.encode()), line, directory.unit(town.GIVER), alone=True
    )

    assert wrongs(run) == [(4, wrong)]
    with pytest.raises(Refused, match="rows_have_errors"):
        bring_projects(line, text, at=noon)
    assert not Project.objects.exists()


def test_reads_its_own_template(line, noon):
    from linli.funds.views.brought import KINDS

    here = directory.area("623025", name="玛曲县", level="county", parent=None)
    directory.area("620200", name="嘉峪关市")
    for code, rows in (("budget", budget_rows), ("projects", project_rows)):
        kind = KINDS[code]
        data = write_xlsx([*kind.layout.shown.values()], kind.examples, title=kind.sheet)
        sheet = read_sheet(data)
        assert set(tables.columns_of(sheet.columns, rows.LAYOUT)) == set(kind.layout.shown)
    run = project_import.dry_run(sheet, line, directory.unit(town.GIVER), alone=True)
    assert [row.fate for row in run.rows] == [Fate.NEW]
    assert run.rows[0].found["receiving"] == here
    with pytest.raises(Refused):
        bring_projects(line, at=noon + timedelta(1), by=actor(Role.CLERK))
