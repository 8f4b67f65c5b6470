"""The promises in the real browser: every lamp, every look, no script, print; from the lamp to its proof."""

from datetime import date, timedelta

import pytest

from linli.kernel.clock import now
from linli.plans import actions
from tests.browser.look import LOOKS, SIZES, broken, go, look_at, no_overflow
from tests.plans.test_public_promises import SENTENCE, moved, span
from tests.town import directory
from tests.town import plans as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def promises():
    """One promise for each lamp, in two places; return the one with the longest story."""
    at = now() - timedelta(days=200)
    today = now().date()
    programme = town.programme(
        at=at, title="民族团结进步创建工作方案", starts_on=at.date(), ends_on=date(2099, 12, 31)
    )
    measure = town.measure(at=at, programme=programme)
    town.task(at=at, measure=measure, title="办好年度宣传月活动", due_on=today + timedelta(days=90))
    town.task(at=at, measure=measure, title="社区服务站全部开放", due_on=today - timedelta(days=40))
    later = today + timedelta(days=400)
    town.task(at=at, measure=measure, title="建成体育活动中心", starts_on=later, due_on=later)
    soon = today + timedelta(days=20)
    town.task(at=at, measure=measure, title="印发志愿服务管理办法", due_on=soon)
    story = town.task(
        at=at,
        measure=measure,
        title="全年培训600人次",
        evidence=span(at=at),
        due_on=today - timedelta(days=30),
        responsible=(directory.unit(town.OTHER),),
    )
    given_up = town.task(at=at, measure=measure, title="开通第二条专线")
    actions.publish_programme(by=town.planner(), at=at, programme=programme)
    story.refresh_from_db()
    town.sent_back(at=at + timedelta(days=100), task=story)
    moved(story, at=at + timedelta(days=120), due_on=today + timedelta(days=35))
    town.accepted(
        at=at + timedelta(days=150), task=story, words="六百人次培训全部结束，附证书清单。"
    )
    actions.drop_task(by=town.planner(), at=at, task=given_up, reason="客流不足，并入现有线路")
    lanzhou = directory.area("620100", name="兰州市")
    other = town.programme(at=at, title="兰州方案", area=lanzhou, starts_on=at.date())
    measure = town.measure(at=at, programme=other, title="完善服务中心")
    town.promised_task(at=at, measure=measure, title="建成五个服务中心", due_on=soon)
    story.refresh_from_db()
    return story


@pytest.mark.parametrize("width", SIZES)
def test_shows_promises_at_every_width(page, live_server, width):
    story = promises()
    page.set_viewport_size({"width": width, "height": SIZES[width]})

    for name, path in {
        "promises": "/promises/",
        "promises-place": "/promises/620200/",
        "promises-none": "/promises/?words=没有这样的承诺",
        "promise": f"/promises/tasks/{story.code}/",
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert no_overflow(page), name


def test_gives_every_lamp_its_own_shape(page, live_server):
    promises()
    page.goto(f"{live_server.url}/promises/")

    shapes = page.evaluate(
        """() => [...document.querySelectorAll('.standing .lamp')].map(lamp => {
            const drawn = getComputedStyle(lamp, '::before');
            return [drawn.borderRadius, drawn.transform, drawn.backgroundImage,
                    drawn.backgroundColor !== 'rgba(0, 0, 0, 0)'].join();
        })"""
    )

    assert len(shapes) == len(set(shapes)) == 5


def test_filters_by_a_lamp_and_back(page, live_server):
    promises()
    page.goto(f"{live_server.url}/promises/")
    assert page.locator(".promise").count() == 7

    page.locator(".standing__lamp--late").click()

    page.wait_for_url("**lamp=red*")
    assert page.locator(".promise").count() == 1
    page.locator(".standing__lamp[aria-current]").click()
    page.wait_for_url("**/promises/")
    assert page.locator(".promise").count() == 7


def test_leads_from_the_lamp_to_the_sentence_and_the_proof(page, live_server):
    story = promises()
    page.goto(f"{live_server.url}/promises/?lamp=green")
    page.locator(".promise h2 a").click()
    page.wait_for_url(f"**/promises/tasks/{story.code}/")

    assert page.locator(".verdict .lamp--done").is_visible()
    assert page.locator(".promise__quote").inner_text() == SENTENCE
    assert page.locator(".timeline > li").count() == 6
    assert "certificates.txt" in page.locator("main").inner_text()


def test_offers_a_feed_and_a_calendar(page, live_server):
    story = promises()
    page.goto(f"{live_server.url}/promises/tasks/{story.code}/")

    for kind in ("atom", "ics"):
        address = page.locator(f".follow .button[href$='.{kind}']").get_attribute("href")
        assert page.request.get(live_server.url + address).ok


def test_filters_without_script(browser, live_server):
    promises()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/promises/")

    page.select_option("select[name=area]", "620100")
    page.locator(".filters button").click()

    page.wait_for_url("**area=620100*")
    assert page.locator(".promise").count() == 1
    context.close()


def test_prints_the_promises(page, live_server):
    promises()
    page.goto(f"{live_server.url}/promises/")

    page.emulate_media(media="print")

    assert page.locator(".promise").first.is_visible()
    assert not page.locator(".filters").is_visible()
    assert len(page.pdf()) > 10_000
    look_at(page, "promises-print")


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access(page, live_server, look):
    story = promises()

    for path in ("/promises/", f"/promises/tasks/{story.code}/"):
        go(page, live_server, path, look)

        assert (path, broken(page)) == (path, {})
        look_at(page, f"look-promise{'s' if path == '/promises/' else ''}-{look}")
