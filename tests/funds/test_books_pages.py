"""The console's books: opened, posted, asked and decided by two, reversed, closed, matched, and looked back at."""

from datetime import timedelta

import pytest
import time_machine

from linli.funds.actions import ledger, matching, orders
from linli.funds.models import Account, Close, Fund, Match, Order, Transaction
from linli.kernel.actors import Role
from tests.offers.console import desk, page, said, send
from tests.town import directory
from tests.town import funds as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LIST = "/console/funds/"
COUNTY = "嘉峪关市雄关区财政局"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def officer():
    return desk(town.officer())


@pytest.fixture
def second():
    return desk(town.officer("负责人"))


class Purse:
    """A fund with the accounts of a subsidy of which a county gives half."""

    def __init__(self, at, *, alone=10**12):
        self.fund = town.fund(at=at, alone=alone)
        for kind in ("budget", "appropriated", "allocated", "paid"):
            setattr(self, kind, town.account(self.fund, kind, at=at))
        county = directory.unit(COUNTY)
        self.matched = town.account(self.fund, "matched", at=at, name="区级配套", unit=county)

    def at(self, rest=""):
        return f"{LIST}{self.fund.code}/{rest}"

    def lines(self, *lines, day):
        """Return (out_of, into, amount) lines as the form sends them."""
        given = {"day": day, "lines": "3"}
        for number, (out_of, into, amount) in enumerate(lines, 1):
            given[f"out_of_{number}"] = getattr(self, out_of).code
            given[f"into_{number}"] = getattr(self, into).code
            given[f"amount_{number}"] = amount
        return given

    def agreed(self, at, *, ready=None, partner=None, **given):
        agreement = matching.Agreement(
            **{
                "words": "牛羊肉价格补贴配套", "into": self.allocated, "amount": 112_524_000,
                "ready": ready or self.appropriated, "partner": partner or self.matched,
                "last_day": at.date() + timedelta(days=9),
            } | given
        )  # fmt: skip
        return matching.agree(by=town.officer(), at=at, fund=self.fund, agreement=agreement)

    def agreed_apart(self, at, number):
        """Return an agreement between accounts of its own."""
        ready = town.account(self.fund, "appropriated", at=at, name=f"第{number}批")
        partner = town.account(self.fund, "matched", at=at, name=f"第{number}批")
        return self.agreed(at, ready=ready, partner=partner, words=f"第{number}批")


@pytest.fixture
def purse(noon):
    return Purse(noon)


def balance(account):
    return Account.objects.get(pk=account.pk).balance


def test_opens_a_fund_with_accounts_and_shows_it(officer, noon):
    keeper, area = directory.unit(town.KEEPER), directory.area()
    given = {"name": "援建资金", "unit": keeper.code, "area": area.code, "alone": "50,000"}
    assert send(officer, f"{LIST}new/", 422, **given | {"alone": "1.234"})
    send(officer, f"{LIST}new/", **given)

    fund = Fund.objects.get()
    assert (fund.alone_up_to, fund.unit) == (5_000_000, keeper)
    here = f"{LIST}{fund.code}/"
    send(officer, f"{here}accounts/new/", kind="budget", name="省级财政")
    answer = send(officer, f"{here}accounts/new/", 422, kind="budget", name="省级财政")
    assert "There is an account of this name." in said(answer)
    assert fund.accounts.get().kind == "budget"
    assert "not published" in page(officer, here)

    send(officer, f"{here}publish/")
    assert Fund.objects.get().published_at == noon


def test_lists_the_own_units_funds_and_all_to_who_plans_and_checks(
    officer, noon, django_assert_max_num_queries
):
    own = town.fund(at=noon)
    for number in range(4):
        ledger.open_fund(
            by=actor(), at=noon, name=f"另一项{number}", unit=directory.unit(COUNTY), area=own.area
        )

    def names(client, query=""):
        return [one.name for one in client.get(f"/en{LIST}{query}").context["page"]]

    assert names(officer) == [own.name]
    for role in (Role.PLANNER, Role.SUPERVISOR):
        assert len(names(desk(actor(role)))) == 5
    assert len(names(desk(actor()), "?words=另一项&state=draft")) == 4
    assert names(desk(actor()), "?state=published") == []
    with django_assert_max_num_queries(9):
        officer.get(f"/en{LIST}")


def test_posts_lines_that_rest_on_something(officer, purse):
    given = purse.lines(
        ("budget", "appropriated", "1,125,240.00"),
        ("budget", "appropriated", "１．５万"),
        day="2026-11-20",
    )
    shown = {"source": "甘财农〔2026〕5号", "quote": "下达补贴资金"}
    send(officer, purse.at("post/appropriate/"), **given | shown, words="上级下达")

    entry = Transaction.objects.get()
    assert (entry.verb, str(entry.day), entry.size) == ("appropriate", "2026-11-20", 2)
    assert balance(purse.appropriated) == 114_024_000
    assert entry.evidence.source == "甘财农〔2026〕5号"
    text = page(officer, purse.at(f"entries/{entry.code}/"))
    assert "1,140,240.00" in text
    assert "下达补贴资金" in text
    assert entry.code in page(officer, purse.at("entries/"))


def test_posts_once_what_is_sent_twice(officer, purse):
    here = purse.at("post/appropriate/")
    key = officer.get(f"/en{here}").context["once"]
    given = purse.lines(("budget", "appropriated", "5"), day="2026-11-20") | {"once": key}

    first, second = send(officer, here, **given), send(officer, here, **given)

    assert first["Location"] == second["Location"]
    assert balance(purse.appropriated) == 500
    send(officer, here, **given | {"once": officer.get(f"/en{here}").context["once"]})
    assert balance(purse.appropriated) == 1000


def test_says_what_is_wrong_with_a_posting_and_keeps_nothing(officer, purse):
    def wrong(**changed):
        given = purse.lines(("budget", "appropriated", "5"), day="2026-11-20") | changed
        return said(send(officer, purse.at("post/appropriate/"), 422, **given))

    assert "no more than two decimals" in wrong(amount_1="5.005")
    assert "This day is still to come." in wrong(day="2026-11-22")
    assert "leave the whole line empty" in wrong(amount_2="5")
    assert "Give the words, or a file." in wrong(source="某处")
    assert "Say who or what says so." in wrong(quote="下达")
    assert Transaction.objects.count() == Order.objects.count() == 0
    assert officer.get(f"/en{purse.at('post/lose/')}").status_code == 404


def test_gives_more_lines_and_keeps_what_was_typed(officer, purse):
    given = purse.lines(("budget", "appropriated", "5"), day="2026-11-20")
    answer = send(officer, purse.at("post/appropriate/"), 200, **given, more="1")

    form = answer.context["form"]
    assert len(form.rows) == 8
    assert form["amount_1"].value() == "5"
    assert Transaction.objects.count() == 0


class TestOrders:
    @pytest.fixture
    def purse(self, noon):
        return Purse(noon, alone=100)

    @pytest.fixture
    def order(self, purse, officer):
        given = purse.lines(("budget", "appropriated", "1.01"), day="2026-11-20")
        send(officer, purse.at("post/appropriate/"), **given)
        return Order.objects.get()

    def test_asks_above_the_limit_and_another_approves(self, officer, second, purse, order):
        here = f"{LIST}orders/{order.code}/"
        assert Transaction.objects.count() == 0
        assert "somebody else decides" in page(officer, here)
        send(officer, f"{here}approve/")
        assert Order.objects.get().state == Order.ASKED

        assert "yours to decide" in page(second, f"{LIST}orders/")
        send(second, f"{here}approve/")

        assert balance(purse.appropriated) == 101
        assert Transaction.objects.get().order == order
        assert order.code in page(officer, f"{LIST}orders/?shown=decided")
        assert order.code not in page(officer, f"{LIST}orders/")

    def test_refuses_with_a_reason(self, second, purse, order):
        here = f"{LIST}orders/{order.code}/"
        send(second, f"{here}refuse/", 422, reason="")
        send(second, f"{here}refuse/", reason="依据不足")

        assert "依据不足" in page(second, here)
        assert balance(purse.appropriated) == 0

    def test_is_nobody_elses(self, order):
        for who in (town.officer(unit=COUNTY), actor(Role.CLERK, unit=town.KEEPER)):
            status = 404 if who.role == Role.OFFICER else 403
            assert desk(who).get(f"{LIST}orders/{order.code}/").status_code == status


def test_reverses_an_entry_once(officer, purse, noon):
    entry = town.posted(purse.fund, "appropriate", (purse.budget, purse.appropriated, 7), at=noon)
    here = purse.at(f"entries/{entry.code}/")
    send(officer, here, 422, day="2026-11-21", words="")
    send(officer, here, day="2026-11-21", words="记错了")

    assert balance(purse.appropriated) == 0
    text = page(officer, here)
    assert Transaction.objects.get(verb="reverse").code in text
    assert "Reverse it" not in text
    send(officer, here, 422, day="2026-11-21", words="再一次")
    assert Transaction.objects.count() == 2


def test_closes_the_books_and_says_so(officer, purse):
    here = purse.at("close/")
    assert "still to come" in said(send(officer, here, 422, until="2026-11-22"))
    send(officer, here, until="2026-10-31")

    assert str(Close.objects.get().until) == "2026-10-31"
    assert "2026-10-31" in page(officer, here)
    given = purse.lines(("budget", "appropriated", "5"), day="2026-10-31")
    assert "closed" in said(send(officer, purse.at("post/appropriate/"), 422, **given))


def test_pages_through_a_statement_and_closes_an_empty_account(officer, purse, noon):
    for number in range(60):
        line = (purse.budget, purse.appropriated, 100)
        day = noon.date() - timedelta(days=number)
        town.posted(purse.fund, "appropriate", line, at=noon, day=day)
    here = f"/en{purse.at(f'accounts/{purse.appropriated.code}/')}"

    first = officer.get(here)
    assert [row.balance for row in first.context["statement"].rows] == list(range(6000, 1000, -100))
    second = officer.get(first.context["more"])
    assert [row.balance for row in second.context["statement"].rows] == list(range(1000, 0, -100))
    assert second.context["more"] == ""
    then = officer.get(f"{here}?day=2026-11-01")
    assert then.context["statement"].rows[0].balance == 4000
    assert officer.get(f"{here}?day=2020-01-01").status_code == 200

    send(officer, purse.at(f"accounts/{purse.appropriated.code}/close/"))
    assert Account.objects.get(pk=purse.appropriated.pk).closed_on is None
    send(officer, purse.at(f"accounts/{purse.paid.code}/close/"))
    assert Account.objects.get(pk=purse.paid.pk).closed_on == noon.date()


def test_says_what_stood_then_by_what_was_known_then(officer, purse, noon):
    line, before = (purse.budget, purse.appropriated, 100), noon - timedelta(days=5)
    town.posted(purse.fund, "appropriate", line, at=before)
    town.posted(purse.fund, "appropriate", line, at=noon, day=before.date())

    def stood(query):
        groups = officer.get(f"/en{purse.at('then/')}{query}").context["groups"]
        return {one.account.kind: one.balance for _w, rows, _s in groups for one in rows}[
            "appropriated"
        ]

    assert stood("") == 200
    assert stood("?day=2026-11-16&known_at=2026-11-17T00:00") == 100
    assert stood("?day=2026-11-15") == 0
    assert officer.get(f"{purse.at('then/')}?day=x").status_code == 422


class TestMatches:
    def test_is_agreed_by_a_form(self, officer, purse):
        given = {
            "words": "配套", "amount": "112.524万", "ready": purse.appropriated.code,
            "into": purse.allocated.code, "partner": purse.matched.code, "share_above": "1",
            "share_below": "2", "last_day": "2026-12-01", "needs_evidence": "on",
        }  # fmt: skip
        answer = send(officer, purse.at("match/"), 422, **given | {"last_day": "2026-11-01"})
        assert "This day has passed." in said(answer)
        send(officer, purse.at("match/"), **given)

        match = Match.objects.get()
        assert (match.amount, match.share_below, match.needs_evidence) == (112_524_000, 2, True)

    def test_shows_both_sides_what_is_missing_until_it_is_released(self, officer, purse, noon):
        match, county = purse.agreed(noon), desk(town.officer("区经办", unit=COUNTY))
        here = f"{LIST}matches/{match.code}/"
        for side in (officer, county):
            text = page(side, here)
            assert text.count("1,125,240.00 yuan are missing") == 2
            assert "has not shown" in text
            assert match.words in page(side, f"{LIST}matches/")
        send(officer, f"{here}release/")
        assert not hasattr(Match.objects.get(), "release")

        for verb, line in (
            ("appropriate", (purse.budget, purse.appropriated, 112_524_000)),
            ("match", (purse.budget, purse.matched, 112_524_000)),
        ):
            town.posted(purse.fund, verb, line, at=noon)
        send(county, f"{here}show/", 422, source="区财政局")
        send(county, f"{here}show/", source="区财政局", quote="到账通知")
        send(county, f"{here}release/")
        assert not hasattr(Match.objects.get(), "release")
        send(officer, f"{here}release/")

        assert balance(purse.allocated) == 112_524_000
        assert "到账通知" in page(county, here)
        assert match.words in page(officer, f"{LIST}matches/?shown=released")

    def test_is_agreed_anew_after_the_last_day(self, officer, purse, noon):
        match = purse.agreed(noon - timedelta(days=20))
        assert "The last day has passed" in page(officer, f"{LIST}matches/{match.code}/")
        given = {
            "words": "重新约定", "amount": "5", "into": purse.allocated.code, "share_above": "1",
            "share_below": "1", "last_day": "2026-12-01",
        }  # fmt: skip
        send(officer, f"{LIST}matches/{match.code}/anew/", 422, **given | {"amount": ""})
        send(officer, f"{LIST}matches/{match.code}/anew/", **given)

        newer = Match.objects.get(replaces=match)
        assert (newer.ready, newer.partner) == (purse.appropriated, purse.matched)
        text = page(officer, f"{LIST}matches/{match.code}/")
        assert newer.code in text
        assert "are missing" not in text
        assert [row.match for row in officer.get(f"/en{LIST}matches/").context["rows"]] == [newer]

    def test_is_no_third_units(self, purse, noon):
        match, third = purse.agreed(noon), desk(town.officer(unit="嘉峪关市教育局"))
        assert third.get(f"{LIST}matches/{match.code}/").status_code == 404
        assert third.get(purse.at()).status_code == 404

    def test_lists_with_a_bounded_number_of_queries(
        self, officer, purse, noon, django_assert_max_num_queries
    ):
        for number in range(6):
            purse.agreed_apart(noon, number)
        with django_assert_max_num_queries(12):
            assert len(officer.get(f"/en{LIST}matches/").context["rows"]) == 6


def test_shows_a_fund_with_a_bounded_number_of_queries(
    officer, purse, noon, django_assert_max_num_queries
):
    line = (purse.budget, purse.appropriated, 100)
    for number in range(6):
        town.posted(purse.fund, "appropriate", line, at=noon)
        posting = ledger.Posting(verb="appropriate", day=noon.date(), lines=[ledger.Line(*line)])
        orders.ask(by=town.officer(), at=noon, fund=purse.fund, posting=posting)
        purse.agreed_apart(noon, number)
    with django_assert_max_num_queries(13):
        assert officer.get(f"/en{purse.at()}").status_code == 200
