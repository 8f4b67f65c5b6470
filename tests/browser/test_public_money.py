"""Public money in the real browser: a fund and its way at every width and look, and from a total to its entries."""

from datetime import date, timedelta

import pytest

from linli.funds.actions import matching, publishing
from linli.kernel.clock import now
from tests.browser.look import EVERY_LOOK, SIZES, broken, go, look_at, no_overflow, some_of
from tests.town import directory, money
from tests.town import funds as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HALF = 112_524_000
LOOKS = some_of(*EVERY_LOOK)


def subsidy():
    """The city's half is appropriated and in part allocated, the county's is late; donations; a payment noted late."""
    at = now()
    early = at - timedelta(days=40)
    fund = town.fund(at=early, purpose="稳定牛羊肉价格，保障节日供应；市、县两级各出一半。")
    of = {
        kind: town.account(fund, kind, at=early)
        for kind in ("budget", "gift", "appropriated", "received", "allocated", "committed", "paid", "given_back")
    }  # fmt: skip
    of["first"] = town.account(
        fund, "matched", at=early, name="甲县", unit=directory.unit("甲县财政局")
    )
    of["county"] = town.account(
        fund, "matched", at=early, name="乙县", unit=directory.unit("乙县财政局")
    )
    of["ready"] = town.account(fund, "appropriated", at=early, name="待配套")
    publishing.publish(by=town.officer(), at=early, fund=fund)

    def post(verb, out_of, into, fen, when=at, **given):
        town.posted(fund, verb, (of[out_of], of[into], fen), at=when, **given)

    post("appropriate", "budget", "appropriated", HALF, early)
    post("appropriate", "budget", "ready", HALF // 2, early)
    post("match", "budget", "first", HALF // 2, early)
    post("receive", "gift", "received", 3_000_00)
    post("allocate", "appropriated", "allocated", HALF - 900_000)
    post("commit", "allocated", "committed", 22_000_000)
    post(
        "disburse",
        "allocated",
        "paid",
        70_000_000,
        day=(early + timedelta(days=1)).date(),
        words="补记首批补贴",
    )
    post("disburse", "first", "paid", 30_000_000)
    post("return", "appropriated", "given_back", 400_000)
    agreement = matching.Agreement(
        words="乙县按 1:1 配套", ready=of["ready"], into=of["allocated"], partner=of["county"],
        amount=HALF // 2, last_day=date(2099, 12, 31),
    )  # fmt: skip
    matching.agree(by=town.officer(), at=at, fund=fund, agreement=agreement)
    return fund


@pytest.mark.parametrize("width", SIZES)
def test_shows_money_at_every_width(page, live_server, width):
    fund = subsidy()
    money.published_project(now(), money.published_fund(now(), name="结对帮扶资金"))
    page.set_viewport_size({"width": width, "height": SIZES[width]})

    for name, path in {
        "money": "/funds/",
        "money-fund": f"/funds/{fund.code}/",
        "money-total": f"/funds/{fund.code}/totals/paid/",
        "money-then": f"/funds/{fund.code}/then/",
        "money-place": "/funds/places/620200/",
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert no_overflow(page), name


@pytest.mark.parametrize("look", LOOKS)
def test_shows_the_way_of_money_in_every_look(page, live_server, look):
    fund = subsidy()

    go(page, live_server, f"/funds/{fund.code}/", look)
    look_at(page, f"money-fund-{look}")

    assert broken(page) == {}
    assert look == "mn-mong" or no_overflow(page)
    # Words in the picture overlap nowhere.
    boxes = page.locator(".flow__words").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(box => box.width)"
        ".map(box => [box.left, box.right, box.top])"
    )
    assert len(boxes) >= 3
    for number, (left, right, top) in enumerate(sorted(boxes)):
        assert all(
            abs(top - other) > 5 or right <= start or end <= left
            for start, end, other in sorted(boxes)[number + 1 :]
        )


def test_leads_from_a_total_to_its_entries_without_a_script(browser, live_server):
    fund = subsidy()
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/en/funds/{fund.code}/")
    assert page.locator("main .notice").inner_text().count("562,620.00 yuan") == 1

    page.locator(".totals tr", has_text="Committed").locator("a").click()
    assert page.locator(".total__figure").inner_text() == "220,000.00 yuan"
    assert page.locator("main tfoot td.number").inner_text() == "220,000.00"

    page.goto(f"{live_server.url}/en/funds/{fund.code}/then/")
    assert page.locator("tr", has_text="Paid").first.inner_text().split("\t")[3:] == ["+1,000,000.00", "+700,000.00"]  # fmt: skip
    page.close()
