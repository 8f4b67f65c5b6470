"""Layers and schematic maps in the real browser: every look without a fault, and a map brought, shown and laid out."""

import pytest

from linli.atlas.models import Layer
from linli.atlas.queries import layers
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import atlas_layers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")


@pytest.fixture
def layer():
    atlas_layers.town()
    return atlas_layers.kept(at=now(), shapes=atlas_layers.quarters(), public=True)


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_stands_in_every_look(page, live_server, layer, look, width):
    for name, path in (("list", "/atlas/layers/"), ("one", f"/atlas/layers/{layer.code}/")):
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"layers-{name}-{look}-{width}")


@pytest.mark.parametrize("width", SIZES)
def test_brings_a_map_and_lays_it_out(page, live_server, width, tmp_path):
    atlas_layers.town()
    file = tmp_path / "map.geojson"
    file.write_bytes(atlas_layers.town_file())
    Staff.objects.create(
        username="planner",
        name="规划员",
        role=Role.PLANNER,
        unit="民宗局",
        password="long-enough-1",
    )
    sign_in(page, live_server, "planner")
    go(page, live_server, "/console/layers/bring/", width=width, height=SIZES[width])
    assert broken(page) == {}
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_name").fill("兰州市界")
    page.locator("#id_source").fill("市自然资源局")
    page.locator("#id_licence").fill("协议")
    page.locator('input[name="datum"][value="cgcs2000"]').check()
    page.locator("#id_approval_no").fill(atlas_layers.NUMBER)
    page.locator("#id_public").check()
    page.locator("main form button").click()
    assert broken(page) == {}
    assert no_overflow(page)
    page.locator("main form button").click()
    assert Layer.objects.get().public
    assert broken(page) == {}
    go(page, live_server, "/console/layouts/620100/", width=width, height=SIZES[width])
    page.locator(".layout__tile").nth(1).click()
    assert broken(page) == {}
    page.locator(".layout__down").click()
    assert layers.layout("620100")["620103"] == (1, 1)
    assert no_overflow(page)
    look_at(page, f"layers-layout-{width}")
