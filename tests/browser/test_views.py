"""The atlas in the real browser: a map, a section, two places; every look, by keyboard, without a script, on paper."""

import pytest

from tests.browser.look import LOOKS, SIZES, broken, go, look_at, no_overflow
from tests.town import atlas_keep as keep
from tests.town import atlas_views as built

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOK = "/atlas/?indicator=education.schools"
PAIR = "/atlas/compare/?a=990201&b=990202"


@pytest.fixture
def told(monkeypatch):
    """Schools of four counties over three years, one hole; and counts of people, some kept back."""
    keep.heard(monkeypatch)
    keep.released()
    for year in (2022, 2023):
        built.said(built.SCHOOLS, period=str(year))
    built.said({**built.SCHOOLS, built.CITY: 89})
    built.said({"990201": "61.2", "990203": "70.5"}, indicator=built.schools("education.share", name="入学率", unit="%", kind="rate"))  # fmt: skip


@pytest.mark.parametrize("width", SIZES)
def test_shows_figures_at_every_width(page, live_server, told, width):
    page.set_viewport_size({"width": width, "height": SIZES[width]})

    for name, path in {
        "atlas": "/atlas/",
        "atlas-map": LOOK,
        "atlas-over-time": f"{LOOK}&view=chart",
        "atlas-section": "/atlas/education/",
        "atlas-kept-back": f"/atlas/?indicator={keep.CODE}.released",
        "atlas-compare": PAIR,
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert no_overflow(page), name
    assert page.locator(".pairs__bars").count() == 1


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access_in_any_look(page, live_server, told, look):
    for path in (LOOK, f"/atlas/?indicator={keep.CODE}.released", "/atlas/education/", PAIR):
        go(page, live_server, path, look)
        assert broken(page) == {}
        assert no_overflow(page)


def test_leads_from_a_square_to_its_row_by_keyboard_and_over_the_years(browser, live_server, told):
    """Without a script: squares, years and ways of showing are links."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto(live_server.url + LOOK)

    page.locator("a.tile").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#p-990201")
    assert page.locator("tr:target th").inner_text() == "东县"
    page.locator(".years a", has_text="2022").click()
    assert page.locator(".years a[aria-current]").inner_text() == "2022"
    assert page.locator("a.tile").count() == 4
    page.locator(".tabs a").nth(2).click()
    assert "period=2022" in page.url
    assert page.locator("a.tile").count() == 0
    assert page.locator(".cells tbody tr").count() == 4


def test_prints_the_map_and_the_table_without_the_ways(page, live_server, told):
    page.goto(live_server.url + LOOK)
    page.emulate_media(media="print")

    assert page.locator(".tilemap").is_visible()
    assert page.locator(".cells").is_visible()
    assert not page.locator(".tabs").is_visible()
    assert not page.locator(".years").is_visible()
