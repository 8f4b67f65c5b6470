"""The organizer's console in the real browser: every page in every look; the door without a network, merged after."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import expect

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.offers.models import Attendance
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import offers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")
AT = "/console/offers/"


@pytest.fixture
def session():
    """Return a session that meets within the hour, with three bookings of two, and who works with it."""
    Staff.objects.create(
        username="door",
        name="经办人",
        role=Role.OFFICER,
        unit=offers.LABOUR,
        password="long-enough-1",
    )
    at, begins = now(), now() + timedelta(hours=1)
    meets = [(begins, begins + timedelta(hours=2))]
    made = offers.session(at=at, meetings=meets, booking_until=begins, room="302")
    for _n in range(3):
        offers.booked(made, at=at, size=2)
    return made


def counted():
    return dict(Attendance.objects.values_list("booking__code", "came"))


def cut_off(page):
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")


def all_came(page, code):
    page.click(f"[data-code='{code}'] button")


def test_keeps_marks_without_a_network_and_sends_them_after(page, live_server, session):
    sign_in(page, live_server, "door")
    go(page, live_server, f"{AT}sessions/{session.code}/door/1/")
    one, two, _third = session.bookings.values_list("code", flat=True)

    cut_off(page)
    all_came(page, one)
    page.fill("#id_code", two.lower().replace("-", ""))
    page.click("[data-one] button")
    expect(page.locator("[data-came]")).to_have_text("3")
    assert "2" in page.inner_text(".door__state")
    assert counted() == {}

    page.context.set_offline(False)
    expect(page.locator(".door__state[data-state=sent]")).to_be_visible()
    assert counted() == {one: 2, two: 1}
    assert page.evaluate("localStorage.length") == 0


def test_merges_two_devices_that_saw_the_same_people(page, browser, live_server, session):
    other = browser.new_context().new_page()
    code = session.bookings.values_list("code", flat=True)[0]
    for device, came in ((page, 2), (other, 1)):
        sign_in(device, live_server, "door")
        go(device, live_server, f"{AT}sessions/{session.code}/door/1/")
        cut_off(device)
        device.fill("#id_code", code)
        device.fill("#id_came", str(came))
        device.click("[data-one] button")
    for device in (page, other):
        device.context.set_offline(False)
        expect(device.locator(".door__state[data-state=sent]")).to_be_visible()
    other.context.close()

    assert counted() == {code: 2}


def test_finds_the_queue_again_when_the_page_is_opened_anew(page, live_server, session):
    sign_in(page, live_server, "door")
    door = f"{AT}sessions/{session.code}/door/1/"
    go(page, live_server, door)
    code = session.bookings.values_list("code", flat=True)[0]
    cut_off(page)
    all_came(page, code)
    assert page.evaluate("localStorage.length") == 1
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    go(again, live_server, door)
    expect(again.locator(".door__state[data-state=sent]")).to_be_visible()

    assert counted() == {code: 2}


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_pages_hold_in_every_look(page, live_server, session, look, width):
    sign_in(page, live_server, "door")
    at = f"{AT}sessions/{session.code}/"
    week = localtime(session.starts_at).strftime("%G-W%V")
    pages = {
        "list": AT, "offer": f"{AT}{session.offer.code}/", "plan": f"{AT}{session.offer.code}/sessions/new/",
        "session": at, "week": f"{AT}week/?week={week}", "door": f"{at}door/1/", "roster": f"{at}roster/",
        "counter": f"{AT}counter/", "counter-book": f"{AT}counter/{session.code}/", "outcomes": f"{at}outcomes/",
        "scanned": f"{AT}in/{session.bookings.first().code}/",
    }  # fmt: skip
    for name, address in pages.items():
        path, _, query = address.partition("?")
        go(page, live_server, path, look, width, SIZES[width])
        if query:
            page.goto(f"{page.url.split('?')[0]}?{query}")
        assert no_overflow(page), name
        assert broken(page) == {}, name
        look_at(page, f"offers-{name}-{look}-{width}")
