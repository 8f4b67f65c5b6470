"""The books in the real browser: no page runs over, all can be used by everybody, and money moves without a script."""

import pytest

from linli.funds.models import Account
from linli.kernel.models import Staff
from tests.browser.look import broken, go, look_at, no_overflow, sign_in
from tests.funds.test_books_pages import LIST, Purse
from tests.town import funds as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def purse(noon):
    Staff.objects.create(
        username="money", name="经办人", role="officer", unit=town.KEEPER, password="long-enough-1"
    )
    return Purse(noon)


def test_shows_the_books_whole(page, live_server, purse, noon):
    line = (purse.budget, purse.appropriated, 112_524_000)
    entry = town.posted(purse.fund, "appropriate", line, at=noon, words="上级下达专项资金")
    match = purse.agreed(noon)
    sign_in(page, live_server, "money")
    for name, path, look, width in (
        ("fund", purse.at(), "zh-hans", 1366),
        ("fund", purse.at(), "elder", 360),
        ("account", purse.at(f"accounts/{purse.appropriated.code}/"), "zh-hans", 360),
        ("post", purse.at("post/appropriate/"), "zh-hans", 360),
        ("entry", purse.at(f"entries/{entry.code}/"), "ug", 360),
        ("match", f"{LIST}matches/{match.code}/", "zh-hans", 360),
    ):
        go(page, live_server, path, look, width)
        look_at(page, f"books-{name}-{look}-{width}")
        assert no_overflow(page), (name, look)
        assert broken(page) == {}, (name, look)


def test_moves_money_without_a_script(browser, live_server, purse):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "money")
    page.goto(f"{live_server.url}{purse.at('post/appropriate/')}")
    page.fill("[name=amount_1]", "112.524万元")
    page.click("[name=more]")
    page.click("main form .row button")

    assert purse.fund.name in page.content()
    assert Account.objects.get(pk=purse.appropriated.pk).balance == 112_524_000
    context.close()
