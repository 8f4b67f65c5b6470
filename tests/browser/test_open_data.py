"""Open data in the real browser: whole in every look, and from the list of tables down to one place on the map."""

import pytest

from linli.atlas.queries import features
from linli.kernel.clock import now
from tests.browser.look import SIZES, UYGHUR_ELDER, broken, go, look_at, no_overflow
from tests.town import atlas_open_data as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _town(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    features.forget()
    town.whole(monkeypatch, at=now())
    yield
    features.forget()


@pytest.mark.parametrize(("look", "width"), [("zh-hans", 1366), ("zh-hans", 360), (UYGHUR_ELDER, 360)])  # fmt: skip
@pytest.mark.parametrize("path", ["/data/", "/data/released-cells/", "/ogc/collections/stations/items"])  # fmt: skip
def test_stands_in_every_look(page, live_server, path, look, width):
    go(page, live_server, path, look, width, SIZES[width])
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, f"open-data{path.replace('/', '-')}{look}-{width}")


def test_leads_from_a_table_to_its_file_and_to_a_place_on_the_map(page, live_server):
    """One story: somebody looks for stations, takes the table along, and looks at one of them."""
    go(page, live_server, "/data/", width=360)
    page.locator('a[href="/data/stations/"]').click()
    with page.expect_download() as taken:
        page.locator('a[href="/data/stations.csv"]').click()
    assert town.STATIONS[0] in taken.value.path().read_text()

    page.locator('a[href^="/ogc/collections/stations/items"]').click()
    page.locator("#bbox").fill("103.5,36.1,103.6,36.2")  # the north-west quarter
    page.locator(".filters button").click()
    assert page.locator("tbody tr").count() == 1
    page.locator("tbody th a").click()
    assert town.STATIONS[0] in page.locator("h1").inner_text()
    assert broken(page) == {}
