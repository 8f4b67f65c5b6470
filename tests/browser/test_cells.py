"""Cells and boards in the real browser: built at one desk, published at another, read, hung on a wall, quoted for ever."""

import pytest
from playwright.sync_api import expect

from linli.atlas.models import Board, CellCitation
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.browser.look import UYGHUR_ELDER, broken, go, look_at, no_overflow, sign_in
from tests.town import atlas_cells as town
from tests.town import directory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def areas():
    for name, role in (("officer", Role.OFFICER), ("planner", Role.PLANNER)):
        Staff.objects.create(
            username=name, name=name, role=role, unit=town.UNIT, password="long-enough-1"
        )
    found = town.places()
    directory.unit(town.UNIT)
    for year, held in ((2022, 9), (2023, 10), (2024, 12)):
        town.stated(town.courses(), found[town.ONE], str(year), held)
        town.stated(town.residents(), found[town.ONE], str(year), 60_000)
    town.stated(town.courses(), found[town.TWO], "2024", 7)
    town.rate()
    return found


def looked(page, name):
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"cells-{name}")


def add(page, what, kind, area):
    page.click("a[href$='/tiles/new/']")
    page.select_option("[name=what]", what)
    page.check(f"[name=kind][value={kind}]")
    page.fill("[name=area]", area)
    page.click("main form button")


def test_hangs_a_board_and_quotes_a_cell(live_server, page, areas):
    sign_in(page, live_server, "officer")
    go(page, live_server, "/console/boards/new/", width=1366)
    for name in ("title", "title_hant", "title_en"):
        page.fill(f"[name={name}]", "大厅")
    page.click("main form button")
    add(page, "indicator:training.courses", "figure", "甲县")
    add(page, "rate:training.per_ten_thousand", "map", town.CITY)
    add(page, "indicator:training.courses", "trend", town.ONE)
    page.locator(".boards__one").nth(2).locator("form[action$='/up/'] button").click()
    expect(page.locator(".boards__one").nth(1).locator(".boardpart--trend")).to_be_visible()
    looked(page, "draft")
    page.context.clear_cookies()

    board = Board.objects.get()
    sign_in(page, live_server, "planner")
    go(page, live_server, f"/console/boards/{board.code}/", width=1366)
    page.click("form[action$='/publish/'] button")
    expect(page.locator(".boards__state .tag--done")).to_be_visible()
    page.context.clear_cookies()

    go(page, live_server, f"/boards/{board.code}/", UYGHUR_ELDER)
    looked(page, "board-phone")
    go(page, live_server, f"/boards/{board.code}/wall/", width=1366)
    assert page.locator(".boardpart").count() == 3
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 17, 16)"
    looked(page, "wall")

    go(page, live_server, "/atlas/rates/training.per_ten_thousand/", width=1366)
    looked(page, "rate")
    page.locator(f"#p-{town.ONE} td:last-child a").click()
    looked(page, "cell")
    page.click("form[action$='/cite/'] button")
    cited = CellCitation.objects.get()
    expect(page).to_have_url(f"{live_server.url}/atlas/cell/{cited.code}")
    expect(page.locator(".onecell__again .tag--done")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    looked(page, "cited-phone")
