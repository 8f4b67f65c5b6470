"""The release gate in the real browser: tried and declared, frozen by one, released by another, read on a phone."""

import pytest
from playwright.sync_api import expect

from linli.atlas.models import Product, Release
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.browser.look import broken, go, look_at, no_overflow, sign_in
from tests.town import atlas_keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked(page, name):
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"release-{name}")


def test_lets_a_table_pass(live_server, page, monkeypatch):
    atlas_keep.heard(monkeypatch)
    for name, role in (("planner", Role.PLANNER), ("supervisor", Role.SUPERVISOR)):
        Staff.objects.create(
            username=name, name=name, role=role, unit="统计局", password="long-enough-1"
        )
    sign_in(page, live_server, "planner")
    go(page, live_server, "/console/releases/new/", width=1366)
    page.fill("[name=name]", "各县听讲人数")
    page.fill("[name=code]", "talks-by-county")
    page.select_option("[name=scope]", atlas_keep.CITY)
    page.select_option("[name=level]", "county")
    page.select_option("[name=length]", "year")
    page.fill("[name=begins_on]", "2025-01-01")
    page.check(f"[name=figures][value='{atlas_keep.CODE}']")
    page.click("main button[name=try]")
    expect(page.locator("#trial")).to_be_visible()
    assert not Product.objects.exists()
    looked(page, "tried")
    page.click("main form .button:not([name])")
    page.click("main form[action$='/propose/'] .button")
    looked(page, "product")
    release = Release.objects.get(period_from="2025-01-01")
    go(page, live_server, f"/console/releases/{release.code}/", width=1366)
    page.click("main form[action$='/freeze/'] .button")
    expect(page.locator(".kept-back").first).to_be_visible()
    assert page.locator("main form[action$='/release/']").count() == 0
    looked(page, "frozen")
    page.context.clear_cookies()

    sign_in(page, live_server, "supervisor")
    go(page, live_server, "/console/releases/")
    looked(page, "desk")
    go(page, live_server, f"/console/releases/{release.code}/")
    page.click("main form[action$='/release/'] .button")
    looked(page, "released")
    page.context.clear_cookies()

    for width in (360, 1366):
        go(page, live_server, f"/releases/{release.code}/", width=width)
        looked(page, f"public-{width}")
    go(page, live_server, "/releases/")
    looked(page, "list")
    page.click("main tbody a")
    page.click("main td a >> nth=0")
    expect(page.locator(f"a[href$='/releases/{release.code}/']")).to_be_visible()
