"""The city in 3D in the real browser: without a fault, light enough, by keys alone, and whole where nothing can turn."""

import gzip
import re

import pytest

from linli.kernel.clock import now
from tests.atlas.test_space import FIGURES, say
from tests.browser.look import SIZES, UYGHUR_ELDER, broken, go, look_at, no_overflow
from tests.town import atlas_layers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/atlas/3d/"
MOST = 450 * 1024
READY = "[data-turning][data-ready]"
# What a browser without a graphics card says of itself when it draws in three dimensions.
SOFTWARE = re.compile(r"GL Driver Message|WebGL|Automatic fallback to software")


@pytest.fixture(autouse=True)
def quiet_console(page):
    """As everywhere, but for what drawing without a graphics card makes the browser remark."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    yield
    assert [words for words in said if not SOFTWARE.search(words)] == []


@pytest.fixture
def town():
    at = now()
    atlas_layers.shown(at=at)
    station = atlas_layers.quarter("620104").centroid.buffer(0.001).envelope
    said = {"code": "620104", "kind": "station", "name": "邻里服务站", "height_m": 12.5}
    atlas_layers.shown(
        at=at, data=atlas_layers.geojson([atlas_layers.feature(station, **said)]), kind="buildings", name="公共建筑"
    )  # fmt: skip
    return say(FIGURES, at=at)


@pytest.mark.parametrize(("look", "width"), [("zh-hans", 1366), (UYGHUR_ELDER, 360)])
def test_stands_in_every_look(page, live_server, town, look, width):
    go(page, live_server, PAGE, look, width, SIZES[width])
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, f"space-{look}-{width}")


def test_turns_within_its_budget(page, live_server, town):
    """One story: nothing is loaded before it is asked for; then keys and choices lead everywhere, and the way back is there."""
    weights = {}
    page.on("response", lambda answer: weights.update({answer.url: answer}))
    go(page, live_server, f"{PAGE}?indicator=education.schools", width=360)
    assert not [url for url in weights if "maplibre" in url]

    page.locator("[data-turning-open] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(READY, timeout=30_000)

    assert all(url.startswith((live_server.url, "data:")) for url in weights)
    total = sum(len(gzip.compress(one.body(), 9)) for one in weights.values() if one.status == 200)
    assert 250 * 1024 < total < MOST
    assert no_overflow(page)
    assert broken(page) == {}
    assert page.evaluate("document.activeElement.matches('.maplibregl-canvas')")
    assert page.locator(".turning__label:visible").count() >= 3

    before = page.url
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(re.compile(r"#view="))
    assert page.url.split("#")[0] == before.split("#")[0]  # the same figure, place and period
    page.locator("[data-turning-go]").select_option(label="邻里服务站")
    assert "12.5" in page.locator("[data-turning-said]").inner_text()
    look_at(page, "space-turning-360")
    page.locator('[data-turn="close"]').click()
    assert page.locator(".maplibregl-canvas").count() == 0
    assert page.locator("[data-turning-open] button").is_visible()


def test_says_so_where_nothing_can_turn(page, live_server, town):
    page.add_init_script("HTMLCanvasElement.prototype.getContext = function () { return null; };")
    go(page, live_server, PAGE, width=1366)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-turning-open] button").click()

    assert "WebGL2" in page.locator("[data-turning-state]").inner_text()
    assert asked == []  # nothing is loaded for nothing
    assert page.locator("#p-620102").is_visible()
    assert page.locator(".prisms__drawing").is_visible()
