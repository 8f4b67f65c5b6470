"""The page of a reading in the real browser: both outside inputs, phone and desktop, with and without script."""

import re

import pytest

from linli.kernel.actors import Role
from tests.browser.look import LOOKS, SIZES, broken, go, look_at, no_overflow, sign_in, some_of
from tests.town import reports as town
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_reads_both_outside_inputs_through_the_page(page, live_server, shared):
    account(Role.PLANNER, username="planner")
    sign_in(page, live_server, "planner")

    for name, figures, title in (
        ("jiayuguan", {"800万元": "8,000,000", "151个": "151"}, "谱写新时代民族团结新篇章"),
        ("jinniu", {"3.03億元": "303,000,000", "0.26%": "0.26"}, "以鑄牢中華民族共同體意識為主線"),
    ):
        page.goto(f"{live_server.url}/console/reports/")
        if not page.locator("input[type=file]").is_visible():
            page.locator("main details summary").first.click()
        page.set_input_files("input[type=file]", shared / "inputs" / f"{name}.txt")
        page.locator("form[enctype] button").click()

        assert title in page.locator("h1").inner_text()
        for surface, value in figures.items():
            row = page.locator("#figures tr", has_text=surface).first
            assert value in row.inner_text()
        marked = page.locator(".doc-main").all_inner_texts()
        assert len(marked) == {"jiayuguan": 8, "jinniu": 13}[name]
        assert page.locator("#out-of-scope li").count() >= 1
        look_at(page, f"reading-{name}")


def test_moves_between_text_and_list(page, live_server, noon):
    report = town.published(at=noon)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{live_server.url}/reports/{report.code}/")

    page.locator("#s-f1").hover()
    assert "is-lit" in page.locator("#i-f1").get_attribute("class")

    first = page.locator("a.mark").first
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.id")
    assert second == page.locator("a.mark").nth(1).get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#i-" + second.removeprefix("s-"))


def test_fits_every_width_and_language(page, live_server, noon):
    report = town.published(at=noon)
    for prefix in ("", "/zh-hant", "/en", "/ug"):
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})

            page.goto(f"{live_server.url}{prefix}/reports/{report.code}/")

            assert no_overflow(page), (prefix, width)
            look_at(page, f"public-reading{prefix.replace('/', '-')}-{width}")


def test_works_without_script(browser, live_server, noon):
    report = town.published(at=noon)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/reports/{report.code}/")

    page.locator("#i-f1 a").click()

    page.wait_for_url("**/#s-f1")
    assert re.search(r"12", page.locator("#s-f1").inner_text())
    context.close()


def test_prints_both_sides(page, live_server, noon):
    report = town.published(at=noon)
    page.goto(f"{live_server.url}/reports/{report.code}/")

    page.emulate_media(media="print")

    assert page.locator("#source").is_visible()
    assert page.locator("#figures").is_visible()
    assert len(page.pdf()) > 10_000


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access(page, live_server, noon, look):
    report = town.published(at=noon)

    for path in ("/reports/", f"/reports/{report.code}/"):
        go(page, live_server, path, look)

        assert (path, broken(page)) == (path, {})


@pytest.mark.parametrize("look", some_of("zh-hans", "ug", "elder"))
def test_breaks_no_rule_of_access_in_the_console(page, live_server, noon, look):
    report = town.published(at=noon)
    account(Role.PLANNER, username="planner")
    sign_in(page, live_server, "planner")

    go(page, live_server, f"/console/reports/{report.code}/", look, width=1366, height=768)

    assert broken(page) == {}


def test_shows_an_empty_list_and_a_refusal_as_pages_of_ours(page, live_server):
    account(Role.PLANNER, username="planner")
    sign_in(page, live_server, "planner")
    page.goto(f"{live_server.url}/console/reports/")
    assert page.locator(".empty").is_visible()
    look_at(page, "console-empty")

    page.goto(f"{live_server.url}/reports/")
    assert page.locator(".empty").is_visible()
    look_at(page, "public-empty")
