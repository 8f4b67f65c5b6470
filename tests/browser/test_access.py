"""Ways to a counter in the real browser: every look without a fault, and the way from lunch without anybody to what helps."""

import pytest

from linli.kernel.clock import now
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, some_of, views
from tests.town import atlas_access, services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")
ASKED = "?area=620200&language=ug&weekday=2&hour=12:30"


@pytest.fixture
def town():
    at = now()
    atlas_access.station("市民中心", (1, 1), at=at, languages=services.speaks("ug"))
    day = (services.schedule(),)
    atlas_access.station("东站综合便民服务点及文化活动中心", (1, 5), at=at, schedules=day)
    atlas_access.declared(at=at)
    atlas_access.brought(at=at)


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
@pytest.mark.usefixtures("town")
def test_stands_in_every_look(page, live_server, look, width):
    paths = {
        "map": ASKED.replace("12:30", "10:00"), "nobody": ASKED, "week": f"week/{ASKED}", "more": f"more/{ASKED}",
    }  # fmt: skip
    for name, path in paths.items():
        go(page, live_server, f"/atlas/access/{path}", look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"access-{name}-{look}-{width}")


@pytest.mark.usefixtures("town")
def test_leads_from_a_lunch_without_anybody_to_the_clerk_who_would_help(page, live_server):
    go(page, live_server, f"/atlas/access/{ASKED}", width=1366)
    assert page.locator(".spot--nobody").count() == 18
    page.locator(".notice a").last.click()
    page.locator(".effects tbody tr a").last.wait_for()
    page.locator("table.effects").first.locator("tbody tr td a").first.click()
    assert "more=clerk-" in page.url
    assert page.locator(".spot--changed").count() == 18
    page.locator(".spot--changed").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#square-1-1")
