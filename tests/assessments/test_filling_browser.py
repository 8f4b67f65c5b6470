"""A sheet and a round in the real browser: nothing runs over, all can be used by everybody, by hand and by key."""

import pytest

from linli.assessments.actions import advancing
from linli.assessments.models import Draft
from linli.kernel.models import Staff
from tests.browser.look import broken, go, look_at, no_overflow, sign_in
from tests.town import assessments as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_fills_in_a_sheet_on_a_small_screen(page, live_server, noon):
    held = town.opened(at=noon)
    one = town.candidate("甲社区", at=noon, of=held)
    task = advancing.begin_self_check(by=town.officer("甲社区"), at=noon, candidacy=one)
    Staff.objects.create(
        username="asked", name="经办人", role="officer", unit="甲社区", password="long-enough-1"
    )
    sign_in(page, live_server, "asked")
    for path, look, width in (
        (f"/console/assessments/{task.code}/", "zh-hans", 360),
        (f"/console/candidates/{one.code}/", "zh-hans", 360),
        (f"/schemes/rounds/{held.code}/", "ug elder", 360),
    ):
        go(page, live_server, path, look, width)
        look_at(page, f"rounds-{look}-{width}-{path.split('/')[-3]}")
        assert no_overflow(page), path
        assert broken(page) == {}, path

    page.goto(f"{live_server.url}/console/assessments/{task.code}/")
    page.locator("[name=v_a][value=yes]").focus()
    page.keyboard.press("Space")
    page.fill("[name=v_b]", "12")
    page.locator(".fill__end .button").first.press("Enter")

    page.wait_for_url("**/hand-in/")
    assert Draft.objects.get().answers == {"a": {"v": "yes"}, "b": {"v": "12"}}
