"""Public pages of money: what everybody sees, where each total leads, what is missing, what was said then."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from linli.funds.actions import matching, priorities, publishing
from linli.funds.models import Fund, Transaction
from linli.ui.kept import pages
from tests.town import attested, directory, facts, money
from tests.town import funds as town

COUNTY = "嘉峪关市某县财政局"
HALF = 112_524_000


@pytest.fixture
def client():
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def at(noon, time_machine):
    time_machine.move_to(noon, tick=False)
    return noon


@pytest.fixture
def fund(db, at):
    return money.published_fund(at)


def got(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def test_lists_published_funds_with_their_totals(client, fund, at):
    town.fund(at=at, name="暗处的资金")

    page = text(got(client, "/en/funds/"))

    assert "牛羊肉价格补贴" in page
    assert "暗处" not in page
    assert "Money in all 225.052936 ten-thousand yuan Paid 0.0027 ten-thousand yuan" in page


def test_narrows_the_list_by_place_unit_and_words(client, fund, at):
    other = directory.area("620100", name="兰州市")
    elsewhere = town.fund(at=at, name="扶持资金", area=other)
    town.account(elsewhere, "budget", at=at)
    publishing.publish(by=town.officer(), at=at, fund=elsewhere)

    assert "扶持资金" not in text(got(client, "/en/funds/?area=620200"))
    assert "扶持资金" in text(got(client, "/en/funds/?area=620100"))
    assert "扶持资金" in text(got(client, f"/en/funds/?unit={fund.unit.code}"))
    typed = client.get("/en/funds/?words=补贴")
    assert "扶持资金" not in text(typed.content.decode())
    assert typed["Cache-Control"] == "private, no-store"
    assert "No fund fits" in text(got(client, "/en/funds/?words=没有"))


def test_says_so_when_nothing_is_published(client, db):
    assert "No fund is published yet" in text(got(client, "/en/funds/"))


def test_shows_a_fund_with_the_way_of_its_money(client, fund):
    page = got(client, f"/en/funds/{fund.code}/")

    assert page.count('class="flow__part') == 12
    assert "Execution rate" in page
    for code in ("given", "appropriated", "partner", "allocated", "matched", "paid", "unspent"):
        assert f"/en/funds/{fund.code}/totals/{code}/?day=2026-11-21&amp;known=" in page


@pytest.mark.parametrize("page", ["", "totals/paid/", "totals/paid.json", "then/"])
def test_hides_a_fund_that_is_not_published(client, db, at, page):
    hidden = town.fund(at=at)

    got(client, f"/en/funds/{hidden.code}/{page}", status=404)


def test_leads_from_every_total_to_entries_that_add_up_to_it(client, fund):
    page = got(client, f"/en/funds/{fund.code}/")
    table = page.partition('<table class="totals"')[2].partition("</table>")[0]
    links = re.findall(r'href="([^"]+)"><bdi dir="ltr">([\d,.]+)</bdi>', table)
    assert len(links) >= 10

    for address, amount in links:
        told = client.get(address.replace("&amp;", "&").replace("/?", ".json?")).json()
        assert f"{told['fen'] / 100:,.2f}" == amount
        assert sum(one["amount"] for one in told["behind"]) == told["fen"]
        assert f"{amount} yuan" in text(got(client, address.replace("&amp;", "&")))


def test_leads_from_a_sum_of_funds_to_what_each_adds(client, fund, at):
    second = money.published_fund(at, name="第二笔", area=directory.area("620100", name="兰州市"))
    page = got(client, "/en/funds/?area=620200")
    one = re.search(r'href="([^"]+/totals/paid/[^"]+)"', page)[1].replace("&amp;", "&")
    every = re.search(r'href="([^"]+/totals/paid/[^"]+)"', got(client, "/en/funds/"))[1]

    assert "27.00 yuan" in text(got(client, one))
    assert second.name not in got(client, one)
    told = got(client, every.replace("&amp;", "&"))
    assert "54.00 yuan" in text(told)
    for each in (fund, second):
        assert f'href="/en/funds/{each.code}/totals/paid/?day=2026-11-21&amp;known=' in told
    assert "/totals/" not in got(client, "/en/funds/?words=补贴")


def test_says_the_same_for_ever_at_the_same_address(client, fund, at, time_machine):
    """Posted later, or for an earlier day: what was said stays what was said."""
    then = f"/en/funds/{fund.code}/totals/paid/?day=2026-11-21&known=2026-11-21T04:00:00Z"
    was = text(got(client, then))
    assert "27.00 yuan" in was
    assert "11 entries in the books" in was

    later = at + timedelta(hours=1)
    time_machine.move_to(later, tick=False)
    of = {one.kind: one for one in fund.accounts.all()}
    town.posted(fund, "disburse", (of["allocated"], of["paid"], 100_00), at=later)

    assert text(got(client, then)) == was
    assert "127.00 yuan" in text(got(client, f"/en/funds/{fund.code}/totals/paid/"))


def test_knows_what_was_recorded_a_moment_ago(client, fund, at, time_machine):
    time_machine.move_to(at + timedelta(milliseconds=700), tick=False)
    of = {one.kind: one for one in fund.accounts.all()}
    just = at + timedelta(milliseconds=600)
    town.posted(fund, "disburse", (of["allocated"], of["paid"], 100_00), at=just)

    address = re.search(r'href="([^"]+totals/paid/[^"]+)"', got(client, f"/en/funds/{fund.code}/"))

    assert "127.00 yuan" in text(got(client, address[1].replace("&amp;", "&")))


@pytest.mark.parametrize(
    "asked",
    ["day=x", "day=2026-02-31", "day=2026-11-22", "known=x", "known=2026-11-21", "known=2026-11-21T04:00:00",
     "known=2026-11-21T04:00:01Z", "day=2026-11-21&known=2026-13-21T04:00:00Z",
     "known=0001-01-01T00:00:00%2B14:00"],
)  # fmt: skip
def test_knows_no_moment_that_is_none_or_still_to_come(client, fund, asked):
    got(client, f"/en/funds/{fund.code}/totals/paid/?{asked}", status=404)


def test_asks_whoever_sums_one_past_moment_after_another_to_wait(client, fund, at):
    address = f"/funds/{fund.code}/totals/paid/"
    asked = [f"{at - timedelta(minutes=one):%Y-%m-%dT%H:%M:%SZ}" for one in range(121)]

    answers = [client.get(address, {"known": known}).status_code for known in asked]

    assert answers == [200] * 120 + [429]
    assert client.get(address).status_code == 200


def test_knows_no_other_totals(client, fund):
    got(client, "/en/funds/totals/stolen/", status=404)
    got(client, f"/en/funds/{fund.code}/totals/stolen/", status=404)


@pytest.fixture
def subsidy(db, at):
    """The city's half stands ready, the county's is late."""
    fund = town.fund(at=at)
    of = {
        kind: town.account(fund, kind, at=at)
        for kind in ("budget", "appropriated", "allocated", "paid")
    }
    of["county"] = town.account(fund, "matched", at=at, unit=directory.unit(COUNTY))
    town.posted(fund, "appropriate", (of["budget"], of["appropriated"], HALF), at=at)
    agreement = matching.Agreement(
        words="县级配套", ready=of["appropriated"], into=of["allocated"], partner=of["county"],
        amount=HALF, last_day=date(2026, 12, 31),
    )  # fmt: skip
    match = matching.agree(by=town.officer(), at=at, fund=fund, agreement=agreement)
    publishing.publish(by=town.officer(), at=at, fund=fund)
    return fund, of, match


def test_says_plainly_what_matched_money_misses(client, subsidy, at):
    fund, of, match = subsidy
    page = text(got(client, f"/en/funds/{fund.code}/"))
    assert f"{COUNTY} : the partner's part has not come · 1,125,240.00 yuan missing" in page
    assert "what the part rests on has not been shown" in page
    assert "matched money is waiting" in text(got(client, "/en/funds/"))

    town.posted(fund, "match", (of["budget"], of["county"], HALF), at=at)
    page = text(got(client, f"/en/funds/{fund.code}/"))
    assert "the partner's part has not come" not in page
    assert "has given 1,125,240.00 of 1,125,240.00 yuan" in page

    matching.show(by=town.officer(), at=at, match=match, evidence=facts.file(at=at))
    matching.release(by=town.officer(), at=at, match=match)
    page = text(got(client, f"/en/funds/{fund.code}/"))
    assert "waiting" not in page
    assert "released" in page
    assert "Money in all 225.048 ten-thousand yuan" in page


def test_compares_what_was_said_on_two_days(client, fund, at, time_machine):
    then = at.date()
    later = at + timedelta(days=2)
    time_machine.move_to(later, tick=False)
    of = {one.kind: one for one in fund.accounts.all()}
    town.posted(fund, "disburse", (of["allocated"], of["paid"], 100_00), at=later)
    town.posted(
        fund, "disburse", (of["allocated"], of["paid"], 5_00), at=later, day=then, words="补记"
    )
    address = f"/en/funds/{fund.code}/then/?then=2026-11-21&now=2026-11-23"

    page = got(client, address)

    assert "Paid 27.00 132.00 +105.00 +5.00" in text(page)
    assert "Appropriated 1,125,240.00 1,125,240.00 – –" in text(page)
    assert "What was said then was not the whole." in page
    assert page.count("tag--soon") == 1
    assert "补记" in page
    said = re.search(r'href="([^"]+totals/paid/[^"]+)"><bdi dir="ltr">27.00', page)[1]
    assert "27.00 yuan" in text(got(client, said.replace("&amp;", "&")))
    assert "paid for 2026-11-21" in text(got(client, f"{address}&of=paid"))
    assert "paid for 2026-11-21" not in text(got(client, f"{address}&of=appropriated"))


def test_says_so_when_nothing_changed(client, fund, time_machine, at):
    time_machine.move_to(at + timedelta(days=9), tick=False)

    page = text(got(client, f"/en/funds/{fund.code}/then/?then=2026-11-21&now=2026-11-23"))

    assert "No figure has changed between these days." in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("then=2026-11-21&now=2026-11-20", "This day is not before the other."),
        ("now=2026-11-22", "This day is still to come."),
        ("then=x", "Enter a valid date."),
    ],
)
def test_refuses_days_that_cannot_be_compared(client, fund, asked, said):
    assert said in text(got(client, f"/en/funds/{fund.code}/then/?{asked}", status=422))


def test_shows_money_and_projects_of_a_place(client, fund, at):
    money.published_project(at, fund)

    page = text(got(client, "/en/funds/places/620200/"))

    assert "Money in all 225.052936 ten-thousand yuan" in page
    assert "Projects that it receives 1" in page
    assert "牧草基地" in page
    assert "牧草基地" in text(got(client, f"/en/funds/{fund.code}/"))
    assert "No fund for this place is published" in text(
        got(client, f"/en/funds/places/{directory.area('620100', name='兰州市').code}/")
    )
    got(client, "/en/funds/places/999999/", status=404)


def test_shows_a_page_again_from_memory_until_something_moves(
    client, fund, at, django_assert_num_queries
):
    address = f"/en/funds/{fund.code}/"
    first = client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address).content == first.content
    assert first["Cache-Control"].startswith("public, max-age=")

    of = {one.kind: one for one in fund.accounts.all()}
    town.posted(fund, "disburse", (of["allocated"], of["paid"], 1), at=at)

    assert "27.01" in got(client, address)


@pytest.mark.parametrize(
    ("address", "most"),
    [("/en/funds/", 9), ("/en/funds/{code}/", 16), ("/en/funds/{code}/totals/paid/", 7),
     ("/en/funds/{code}/then/", 10), ("/en/funds/places/620200/", 15)],
)  # fmt: skip
def test_asks_the_database_a_bounded_number_of_times(
    client, fund, at, django_assert_max_num_queries, address, most
):
    project = money.published_project(at, fund)
    for number in range(3):
        more = town.fund(at=at, name=f"资金{number}")
        town.account(more, "budget", at=at)
        publishing.publish(by=town.officer(), at=at, fund=more)
        town.account(fund, "allocated", at=at, name=f"待付{number}", of=project)

    with django_assert_max_num_queries(most):
        got(client, address.format(code=fund.code))


def test_names_nobody_of_the_staff(client, fund, at):
    for page in ("", "totals/paid/", "then/"):
        assert "经办人" not in got(client, f"/en/funds/{fund.code}/{page}")
    assert Transaction.objects.filter(by_name="经办人").exists()
    assert Fund.objects.get().by_name == "经办人"


def test_says_by_which_rule_money_goes_while_it_does(client, fund, at):
    draft = priorities.PriorityDraft(
        name="重点县区", indicator=attested.official(), threshold=15, source="实施意见",
        unit=fund.unit, words="占比达到15%的列为重点。",
    )  # fmt: skip
    rule = priorities.say_rule(by=town.officer(), at=at, draft=draft)
    rule = priorities.publish_rule(by=town.officer(), at=at, priority=rule)
    named = priorities.name_criterion(by=town.officer(), at=at, priority=rule, of=fund)
    link = f'href="/en/funds/priorities/{rule.code}/"'
    assert link in got(client, f"/en/funds/{fund.code}/")

    pages.forget()
    priorities.end_criterion(by=town.officer(), at=at, criterion=named)
    assert link not in got(client, f"/en/funds/{fund.code}/")
