"""The food look-up on a telephone: one screen, in every language, without script; a concern leads to the cases' form."""

import pytest
import time_machine

from linli.trace.actions import permits
from linli.ui.kept import pages
from tests.browser.look import broken, look_at, no_overflow
from tests.town import asking, trace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lot():
    pages.forget()
    with time_machine.travel(asking.AT, tick=True):
        asking.town()
        place = trace.premises(at=asking.AT)
        trace.permit(place, at=asking.AT)
        yield trace.lot(trace.product(place.operator, at=asking.AT), place, at=asking.AT)


def test_tells_a_lot_on_one_screen_and_takes_a_concern(page, live_server, lot):
    page.set_viewport_size({"width": 360, "height": 740})
    for asked in ("lang=zh-hant", "lang=ug&mode=elder"):
        page.goto(f"{live_server.url}/q/{lot.code}?{asked}")
        assert no_overflow(page)
        assert broken(page) == {}
        look_at(page, f"look-up-{asked}")
    permits.suspend(
        by=trace.officer(), at=asking.AT, permit=lot.premises.permits.get(), reason="检查不合格"
    )
    page.goto(f"{live_server.url}/q/?lang=en")
    page.get_by_label("Code on the label").fill(lot.code)
    page.get_by_role("button", name="Look it up").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Permit suspended"
    assert page.context.cookies() == []
    page.get_by_role("link", name="Report a concern").click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/en/ask/")
