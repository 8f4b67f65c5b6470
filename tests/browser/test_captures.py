"""A file of events in the real browser: it waits, is worked off while one looks, and says what was wrong."""

import pytest
from playwright.sync_api import expect

from linli.kernel.actors import Role, system
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.trace.actions.capture_jobs import Sent, receive, work_off
from linli.trace.queries.keys import as_operator
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in
from tests.town import trace
from tests.trace.epcis import an_event, as_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page, name):
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert no_overflow(page), (name, width)
        look_at(page, f"capture-{name}-{width}")
    assert broken(page) == {}, name


def test_shows_a_file_being_worked_off(page, live_server):
    Staff.objects.create(
        username="looks",
        name="督查员",
        role=Role.SUPERVISOR,
        unit="督查室",
        password="long-enough-1",
    )
    one = trace.operator(at=now())
    told = Sent(as_bytes(an_event(), an_event(action="SELL")), "json", "proceed")
    files = [receive(by=as_operator(one), at=now(), operator=one, sent=told) for _ in range(2)]
    sign_in(page, live_server, "looks")
    go(page, live_server, f"/console/captures/{files[0].code}/")
    expect(page.locator("progress")).to_be_visible()
    sound(page, "waiting")
    work_off(by=system("captures"), at=now(), code=files[0].code)
    expect(page.locator("table tbody tr")).to_have_count(1)  # by itself: nobody looked again
    sound(page, "over")
    go(page, live_server, "/console/captures/")
    expect(page.locator("table tbody tr")).to_have_count(2)
    sound(page, "list")
