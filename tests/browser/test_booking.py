"""Booking in the real browser, without scripts: from the list to the slip, back with it, and cancelled."""

from datetime import timedelta

import pytest

from linli.kernel.clock import now
from linli.kernel.limits import forget_all
from linli.offers.models import Booking, Lesson, Session
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, some_of
from tests.town import directory
from tests.town import offers as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")


@pytest.fixture
def session():
    forget_all()
    at = now()
    made = town.offer(
        at=at, description="七天学会和面、溜条、拉面，结业由用人单位接收。", cost=0,
        conditions="年满十六周岁。请穿平底鞋，围裙由中心提供。",
    )  # fmt: skip
    for number, title in enumerate(("认识面粉与和面", "溜条", "拉面成形", "汤与臊子"), 1):
        Lesson.objects.create(offer=made, number=number, title=title)
    first = town.session(
        capacity=12, at=at, of=made, languages=("zh", "ug"), interpreter=True,
        floor_station=2, floors_until=at + timedelta(days=5),
    )  # fmt: skip
    for door, size in (("web", 2), ("web", 1), ("web", 2), ("station", 1)):
        town.booked(first, size=size, door=door, at=at)
    full = town.session(
        capacity=1, at=at, of=town.offer(at=at, kind="event", title="秋季招聘会政策咨询")
    )
    town.booked(full, at=at)
    town.booked(full, wait=True, at=at)
    return first


@pytest.fixture
def plain(browser):
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def on(page):
    """Press the one button of the question, and wait for the page that follows."""
    with page.expect_navigation(wait_until="load"):
        page.click("main form[method=post] button.button")


def booked(page, session, seen=lambda name: None):
    """Answer the three questions; return the code and the passphrase."""
    seen("people")
    page.fill("[name=size]", "2")
    on(page)
    seen("left")
    page.fill("[name=name]", "大王")
    page.fill("[name=note]", "需要维吾尔语翻译")
    on(page)
    seen("check")
    on(page)
    seen("receipt")
    return page.text_content(".claim"), page.text_content(".claim--long")


def test_books_and_cancels_without_scripts(plain, live_server, session):
    plain.goto(f"{live_server.url}/en/offers/")
    plain.click("text=拉面师培训班")
    plain.click(".session__go a")
    plain.click("main a.button:not(.button--second)")

    code, passphrase = booked(plain, session)

    made = Booking.objects.get(code=code)
    assert (made.size, made.door, Session.objects.get(pk=session.pk).taken) == (2, "web", 8)
    with plain.expect_navigation(wait_until="load"):
        plain.click("main form button.button--second")  # forget it on this device
    plain.goto(f"{live_server.url}/en/bookings/")
    plain.fill("[name=code]", code.lower().replace("-", " "))
    plain.fill("[name=passphrase]", passphrase.replace(" ", ""))
    on(plain)
    plain.click("main a.button--quiet")
    on(plain)
    assert plain.text_content(".stand__lamp") == "cancelled"
    assert Session.objects.get(pk=session.pk).taken == 6


@pytest.mark.parametrize("look", LOOKS)
def test_stays_whole_in_every_look(page, live_server, session, look):
    for width, height in SIZES.items():

        def seen(name, width=width):
            assert no_overflow(page), (name, look, width)
            look_at(page, f"offers-{name}-{look}-{width}")
            if width == 360:
                assert broken(page) == {}, (name, look)

        offer = session.offer.code
        for name, path in (("list", "/offers/"), ("offer", f"/offers/{offer}/"), ("session", f"/offers/sessions/{session.code}/")):  # fmt: skip
            go(page, live_server, path, look, width, height)
            seen(name)
        go(page, live_server, f"/offers/sessions/{session.code}/book/", look, width, height)
        code, passphrase = booked(page, session, seen)
        go(page, live_server, "/bookings/", look, width, height)
        seen("enter")
        page.fill("[name=code]", code)
        page.fill("[name=passphrase]", passphrase)
        on(page)
        seen("booking")
        page.click("main a.button--quiet")
        seen("cancel")


def test_shows_an_empty_list(page, live_server):
    directory.area()
    for width, height in SIZES.items():
        go(page, live_server, "/offers/", "zh-hans", width, height)
        assert no_overflow(page)
        look_at(page, f"offers-empty-{width}")
    assert page.locator(".empty").count() == 1
