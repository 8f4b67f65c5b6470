"""The desk in the real browser: go anywhere by keyboard, with keys off and without script; the bar over a list; a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from linli.kernel import desk_news
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Marker, Staff
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of
from tests.town import plans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "desk": "/console/",
    "news": "/console/news/",
    "mail": "/console/news/mail/",
    "go": "/console/go/",
    "views": "/console/views/",
    "list": "/console/programmes/?words=%E5%88%9B",
}


@pytest.fixture
def town(db):
    at, today = now(), now().date()
    measure = plans.measure(at=at - timedelta(days=40))
    for title, days in (("举办社区服务人员培训班十二期，并于年底前完成全部结业考核与证书发放", -3), ("组织招聘会", 2), ("编印指南", 9)):  # fmt: skip
        due_on = today + timedelta(days=days)
        task = plans.promised_task(at=at, measure=measure, title=title, due_on=due_on)
    person = Staff.objects.create(
        username="planner", name="甲", role=Role.PLANNER, unit=plans.LEAD, password="long-enough-1"
    )
    news = desk_news.News("deadline", "x", "Due today: %(what)s", {"what": task.title}, "/console/")
    desk_news.tell(at=at, staff=[person], news=[news])
    return task


@pytest.fixture
def desk(page, live_server, town):
    sign_in(page, live_server, "planner")
    return page


@pytest.mark.parametrize("look", some_of("zh-hans", "en", "ug", "elder", "dark"))
def test_breaks_no_rule_of_access(desk, live_server, look):
    faults = {}
    for name, path in PAGES.items():
        for width, height in SIZES.items():
            go(desk, live_server, path, look, width, height)
            look_at(desk, f"workbench-{name}-{look}-{width}")
            if not no_overflow(desk):
                faults[name, width] = "too wide"
            if found := broken(desk):
                faults[name, width, "axe"] = found

    assert faults == {}


def test_goes_anywhere_by_keyboard(desk, live_server, town):
    desk.goto(f"{live_server.url}/en/console/")

    desk.keyboard.press("Control+k")
    field = desk.locator("#palette-words")
    expect(field).to_be_focused()
    field.fill("timeline")
    option = desk.locator("#palette-found [role=option]")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    look_at(desk, "workbench-palette")
    assert broken(desk) == {}
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/ledger/timeline/")
    desk.keyboard.press("?")
    desk.locator("#palette-words").fill(town.code)
    expect(desk.locator("#palette-found [role=option]")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/tasks/{town.code}/")
    desk.keyboard.press("Control+k")
    desk.keyboard.press("Escape")
    expect(desk.locator("#palette")).to_be_hidden()


def test_leaves_the_keys_alone_when_they_are_off(desk, live_server):
    desk.goto(f"{live_server.url}/console/")
    desk.locator("button[name=keys]").click()
    desk.wait_for_load_state()

    desk.keyboard.press("Control+k")
    desk.keyboard.press("?")
    expect(desk.locator("#palette")).to_be_hidden()
    desk.locator("[data-palette]").click()
    expect(desk.locator("#palette")).to_be_visible()


def test_does_the_same_without_script(browser, live_server, town):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "planner")
    page.goto(f"{live_server.url}/console/news/")

    page.locator("button[value=seen]").click()
    undo = page.locator("button[value=undo]")
    expect(undo).to_be_visible()
    assert Marker.objects.get().place == "news"
    undo.click()
    expect(undo).to_have_count(0)
    assert not Marker.objects.exists()
    page.locator("[data-palette]").click()
    page.fill("#go-words", town.code)
    page.locator("form.search button").click()
    page.wait_for_url(f"**/tasks/{town.code}/")
    context.close()
