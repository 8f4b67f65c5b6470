"""A report is begun, written, moved to the newer template, published by somebody else, and read by everybody: in the browser."""

import pytest

from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.reports.actions import templates
from linli.reports.models import Written
from tests.browser.look import broken, go, look_at, no_overflow, sign_in
from tests.town import directory
from tests.town import writing as town
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSAGE = "办班送到社区。"


@pytest.fixture
def desk(page, live_server, noon):
    """Return how somebody sits down at the desk: an officer of the unit, or a planner."""
    directory.unit(town.UNIT)
    town.two_years()
    town.template()
    for role in (Role.OFFICER, Role.PLANNER):
        made = account(role, username=str(role))
        Staff.objects.filter(pk=made.pk).update(unit=town.UNIT, name=f"{role}甲")

    def sit(role):
        page.context.clear_cookies()
        sign_in(page, live_server, str(role))

    return sit


def begin(page, live_server):
    page.goto(f"{live_server.url}/console/writing/")
    page.locator('main a[href$="/console/writing/new/"]').first.click()
    page.locator("select[name=template]").select_option(index=1)
    page.locator("input[name=title]").fill("2025年工作汇报")
    page.locator("input[name=area]").fill("620200")
    page.locator("input[name=period]").fill("2025")
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/console/writing/*-*/")


def test_goes_from_the_desk_to_everybody(page, live_server, desk):
    desk(Role.OFFICER)
    begin(page, live_server)
    report = Written.objects.get()
    assert "460" in page.locator("article.paper").inner_text()
    page.locator('main a[href$="/edit/"]').first.click()
    page.locator("textarea[name=passage_1]").fill(PASSAGE)
    page.locator("main form[method=post] button").first.click()
    assert PASSAGE in page.locator("article.paper").inner_text()

    # The template goes on: the passage keeps its place, and nothing is lost.
    kept = report.version.template
    templates.change_template(
        by=town.officer(), at=town.AT, template=kept, base=1,
        draft=town.draft(f"## 概况\n\n{town.TEXT}"),
    )  # fmt: skip
    page.reload()
    page.locator('main a[href$="/move/"]').click()
    assert broken(page) == {}
    look_at(page, "writing-move")
    page.locator("main form[method=post] button").first.click()
    assert PASSAGE in page.locator("article.paper").inner_text()

    desk(Role.PLANNER)
    page.goto(f"{live_server.url}/console/writing/{report.code}/")
    page.locator('form[action$="/publish/"] button').click()

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/written/")
    page.get_by_text("2025年工作汇报").first.click()
    page.wait_for_url(f"**/written/{report.code}/")
    assert PASSAGE in page.locator("article.paper").inner_text()
    page.locator("article.paper a", has_text="460人次").first.click()
    page.wait_for_url("**/c/**")


@pytest.mark.parametrize(("look", "width"), [("zh-hans", 360), ("ug", 1366)])
def test_fits_a_telephone_and_the_other_direction(page, live_server, noon, look, width):
    town.two_years()
    report = town.report()
    for path in ("/written/", f"/written/{report.code}/"):
        go(page, live_server, path, look, width)

        assert no_overflow(page), path
        assert broken(page) == {}
