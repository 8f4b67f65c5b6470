"""In the real browser: switches without scripts, keys and dialogs with them, paper."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = """size => [...document.querySelectorAll('button, .input, .button, .choice, nav a, summary')]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < size - 0.5)
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def plain(browser):
    """A page in a browser without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_switches_type_without_scripts(plain, live_server):
    plain.goto(f"{live_server.url}/privacy/")

    plain.get_by_role("button", name="大字版").click()

    assert plain.url == f"{live_server.url}/privacy/"
    assert plain.locator("html").get_attribute("data-mode") == "elder"
    plain.get_by_role("button", name="标准字号").click()
    assert plain.locator("html").get_attribute("data-mode") == "standard"


def test_switches_language_and_lines_without_scripts(plain, live_server):
    plain.goto(f"{live_server.url}/privacy/")
    plain.locator("footer a[hreflang=mn-Mong]").click()
    assert plain.locator("html").get_attribute("data-wm") == "vertical"

    plain.get_by_role("button", name="横排").click()

    assert plain.url == f"{live_server.url}/mn-mong/privacy/"
    assert plain.locator("html").get_attribute("data-wm") == "horizontal"


def test_opens_the_language_menu_without_scripts(plain, live_server):
    plain.goto(live_server.url)
    plain.locator("header summary").click()

    plain.locator("header a[hreflang=en]").click()

    assert plain.locator("h1").inner_text() == "What would you like to do?"


@pytest.mark.parametrize("prefix", ["", "/ug", "/mn-mong"])
@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_opens_the_language_menu_on_the_screen(page, live_server, prefix, mode):
    page.context.add_cookies([{"name": "mode", "value": mode, "url": live_server.url}])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{prefix}/")
    page.locator("header summary").click()

    box = page.locator(".menu__list").bounding_box()

    assert box["x"] >= 0
    assert box["y"] >= 0
    assert prefix == "/mn-mong" or box["x"] + box["width"] <= 360
    assert prefix != "/mn-mong" or box["y"] + box["height"] <= 740


def test_searches_without_scripts(plain, live_server):
    plain.goto(live_server.url)
    plain.locator("input[name=q]").fill("无障碍")

    plain.get_by_role("button", name="搜索").click()

    assert plain.locator("main .card").count() == 1


def test_hides_buttons_that_only_scripts_serve(plain, live_server):
    plain.goto(f"{live_server.url}/styleguide/")

    assert plain.locator("[data-dismiss]").is_hidden()
    assert plain.locator("[data-opens]").first.is_hidden()


def test_closes_a_message(page, live_server):
    page.goto(f"{live_server.url}/styleguide/")

    page.locator("[data-dismiss]").click()

    assert page.locator("[data-toast]").count() == 0


@pytest.mark.parametrize("dialog", ["guide-dialog", "guide-drawer"])
def test_opens_and_leaves_a_dialog(page, live_server, dialog):
    page.goto(f"{live_server.url}/styleguide/")
    page.locator(f"[data-opens={dialog}]").click()
    assert page.locator(f"#{dialog}").is_visible()

    page.keyboard.press("Escape")

    assert page.locator(f"#{dialog}").is_hidden()


def test_leaves_a_menu_with_escape(page, live_server):
    page.goto(live_server.url)
    page.locator("header summary").click()

    page.keyboard.press("Escape")

    assert page.locator("header details[open]").count() == 0


def test_works_rows_and_search_with_keys(page, live_server):
    page.goto(f"{live_server.url}/styleguide/?density=compact")
    chosen = page.locator("tr[aria-selected=true]")

    for key in "jjk":
        page.keyboard.press(key)
    assert page.locator("[data-rows] tbody tr").first.get_attribute("aria-selected") == "true"
    assert chosen.count() == 1

    page.keyboard.press("e")
    page.wait_for_url("**#guide-table")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "guide-search"
    page.keyboard.type("j/k")
    assert page.locator("#guide-search").input_value() == "j/k"


@pytest.mark.parametrize(("density", "keys"), [("compact", "off"), ("roomy", "on")])
def test_leaves_keys_alone_where_they_are_not_wanted(page, live_server, density, keys):
    page.context.add_cookies([{"name": "keys", "value": keys, "url": live_server.url}])
    page.goto(f"{live_server.url}/styleguide/?density={density}")

    page.keyboard.press("j")

    assert page.locator("tr[aria-selected=true]").count() == 0


@pytest.mark.parametrize(("mode", "size"), [("standard", 44), ("elder", 60)])
@pytest.mark.parametrize("path", ["/", "/account/login/"])
def test_makes_targets_large_enough(page, live_server, path, mode, size):
    page.context.add_cookies([{"name": "mode", "value": mode, "url": live_server.url}])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + path)

    assert page.evaluate(SMALL, size) == []


def test_sets_large_type_in_elder_mode(page, live_server):
    page.context.add_cookies([{"name": "mode", "value": "elder", "url": live_server.url}])
    page.goto(live_server.url)

    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"


def test_skips_to_the_content(page, live_server):
    page.goto(live_server.url)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_prints_without_menus(page, live_server):
    page.goto(f"{live_server.url}/styleguide/")

    page.emulate_media(media="print")

    assert page.locator(".bar__tools").is_hidden()
    assert page.locator(".foot").is_hidden()
    assert page.locator(".slip").is_visible()
    assert len(page.pdf()) > 10_000
