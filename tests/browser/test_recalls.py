"""A recall in the real browser: proposed and decided at two desks, answered on a shop's phone, hung up, drawn."""

import pytest
from playwright.sync_api import expect

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.trace.actions.keys import hand_phrase
from linli.trace.models import Recall, RecallCount
from tests.browser.look import UYGHUR_ELDER, broken, go, look_at, no_overflow, sign_in
from tests.town import recalls as town
from tests.town import trace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def goods():
    for name, role in (("officer", Role.OFFICER), ("planner", Role.PLANNER)):
        Staff.objects.create(
            username=name, name=name, role=role, unit=trace.KEEPER, password="long-enough-1"
        )
    return town.chain(now())


def looked(page, name):
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"recall-{name}")


def test_calls_a_lot_back(live_server, page, goods):
    sign_in(page, live_server, "officer")
    go(page, live_server, f"/console/lots/{goods.sausage.code}/chain/", width=1366)
    assert page.locator(".chain__box").count() == 2
    looked(page, "chain")
    go(page, live_server, f"/console/recalls/new/?lot={goods.beef.code}", width=1366)
    page.check("[name=grounds][value=laboratory]")
    page.check("[name=advice][value=return]")
    page.fill("[name=words]", "检出未标明的物种成分")
    page.click("main form .button")
    recall = Recall.objects.get()
    page.context.clear_cookies()

    sign_in(page, live_server, "planner")
    go(page, live_server, f"/console/recalls/{recall.code}/", width=1366)
    looked(page, "to-decide")
    page.click("main form button:not([formaction])")
    expect(page.locator(".figures")).to_be_visible()
    looked(page, "runs")
    page.context.clear_cookies()

    go(page, live_server, f"/food/recalls/{recall.code}/", UYGHUR_ELDER)
    looked(page, "public")
    go(page, live_server, f"/food/recalls/{recall.code}/notice/")
    assert page.locator(".sheets section").count() == 3
    looked(page, "notice")

    phrase = hand_phrase(by=trace.officer(), at=now(), operator=goods.maker.operator)
    go(page, live_server, f"/trade/recalls/{recall.code}/")
    page.fill("[name=code]", goods.maker.operator.code)
    page.fill("[name=passphrase]", phrase)
    page.click("main .button")
    looked(page, "told")
    page.click("form[action$='/seen/'] .button")
    page.fill(f"[name=lot{goods.sausage.pk}-left]", "12.5")
    with page.expect_navigation():
        page.click("main form:not([action]) .button")
    assert RecallCount.objects.get().quantity == 12.5
    looked(page, "counted")
