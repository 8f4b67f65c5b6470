"""In the real browser: no rule of WCAG 2.2 AA broken, nothing beyond the screen, the right fonts."""

import pytest

from tests.browser.look import EVERY_LOOK, broken, go
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("/", "/styleguide/", "/privacy/", "/account/login/")


@pytest.fixture(autouse=True)
def quiet(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


@pytest.mark.parametrize("look", EVERY_LOOK)
def test_breaks_no_rule_of_access(page, live_server, look):
    for path in PAGES:
        go(page, live_server, path, look)

        assert (path, broken(page)) == (path, {})


@pytest.mark.parametrize("look", ["zh-hans", "ug", "elder", "dark"])
def test_breaks_no_rule_on_the_desk(page, live_server, client, look):
    client.force_login(account())
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([session | {"url": live_server.url}])

    for path in ("/console/", "/console/reports/"):
        go(page, live_server, path, look)

        assert page.locator("html").get_attribute("data-density") == "compact"
        assert broken(page) == {}


def test_notices_a_broken_rule(page, live_server):
    go(page, live_server, "/")
    page.evaluate("document.querySelector('.search label').remove()")

    assert "label" in broken(page)


@pytest.mark.parametrize("look", [look for look in EVERY_LOOK if look != "mn-mong"])
def test_stays_within_a_small_screen(page, live_server, look):
    for path in (*PAGES, "/accessibility/", "/search/"):
        go(page, live_server, path, look)

        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 360)


def test_runs_vertical_lines_within_the_screens_height(page, live_server):
    for path in PAGES:
        go(page, live_server, path, "mn-mong")

        assert page.evaluate("getComputedStyle(document.body).writingMode") == "vertical-lr"
        assert page.evaluate("document.documentElement.scrollHeight") == 740


def fonts_of(page, selector):
    cdp = page.context.new_cdp_session(page)
    cdp.send("DOM.enable")
    cdp.send("CSS.enable")
    document = cdp.send("DOM.getDocument", {"depth": -1})
    node = cdp.send(
        "DOM.querySelector", {"nodeId": document["root"]["nodeId"], "selector": selector}
    )
    return {
        (font["familyName"], font["isCustomFont"])
        for font in cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
    }


@pytest.mark.parametrize(
    ("tag", "family"),
    [
        ("bo", "Noto Serif Tibetan"),
        ("ug", "Noto Naskh Arabic"),
        ("kk-Arab", "Noto Naskh Arabic"),
        ("mn-Mong", "Noto Sans Mongolian"),
        ("ii", "Noto Sans Yi"),
    ],
)
def test_draws_each_script_with_our_font(page, live_server, tag, family):
    go(page, live_server, "/styleguide/")
    page.evaluate("document.fonts.ready")

    assert fonts_of(page, f".specimen p[lang={tag}]") == {(family, True)}
    assert fonts_of(page, f".specimen .own-name[lang={tag}]") == {(family, True)}


def test_loads_only_names_on_a_chinese_page(page, live_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))

    go(page, live_server, "/")
    page.wait_for_load_state("networkidle")

    assert sorted(name for name in asked if name.endswith(".woff2")) == [
        "names-bo.woff2",
        "names-mn.woff2",
        "names-ug.woff2",
    ]
    assert sorted(name for name in asked if name.endswith((".css", ".js"))) == [
        "linli.css",
        "linli.js",
    ]
