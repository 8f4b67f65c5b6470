"""Food premises in the real browser: every look without a fault, and the way from the map to what was found."""

from types import SimpleNamespace

import pytest

from linli.kernel.actors import Role, system
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.trace.actions import replies
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.actions.visits import record_visit
from linli.trace.events import Visited
from linli.trace.models import Alert
from linli.trace.queries.keys import as_operator
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import trace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")


@pytest.fixture
def town():
    at = now()
    place = trace.premises(
        "河西牛羊肉屠宰加工有限责任公司第一屠宰场", at=at, activities=("slaughter",), tile=(2, 3)
    )
    trace.permit(place, at=at)
    found = Visited("7K3M-92QD", place.code, "市场监督管理局", at.date(), 8740, 3, 2, 1)
    record_visit(by=system("flow"), at=at, visited=found)
    by = as_operator(place.operator)
    replies.reply(by=by, at=at, premises=place, words="冷链温度记录仪已更换，欢迎复查。")
    said = {"name": place.name, "operator": place.operator.name, "on": "2026-11-22", "grave": 1}
    draft = AlertDraft(place.operator.unit, Alert.CHECK, "visit 7K3M-92QD", "/food/", said)
    raise_alert(by=system("flow"), at=at, draft=draft)
    return SimpleNamespace(place=place.code, operator=place.operator.code)


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_stands_in_every_look(page, live_server, town, look, width):
    paths = {"list": "/food/", "map": "/food/map/", "premises": f"/food/{town.place}/"}
    for name, path in paths.items():
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"food-{name}-{look}-{width}")


def test_leads_from_the_map_to_what_was_found(page, live_server, town):
    go(page, live_server, "/food/map/", width=1366)
    page.locator("svg a.square").click()
    page.locator(".maker__name a").click()
    assert page.url.endswith(f"/food/{town.place}/")
    assert page.locator('a[href*="/inspections/7K3M-92QD/"]').count() == 1


@pytest.mark.parametrize("width", SIZES)
def test_stands_on_the_desk(page, live_server, town, width):
    Staff.objects.create(
        username="officer", name="经办人", role=Role.OFFICER, unit=trace.KEEPER, password="long-enough-1"
    )  # fmt: skip
    sign_in(page, live_server, "officer")
    for name, path in {"list": "", "one": f"{town.operator}/"}.items():
        go(page, live_server, f"/console/food/{path}", width=width)
        assert no_overflow(page), (name, width)
        assert broken(page) == {}, (name, width)
    go(page, live_server, "/console/alerts/", width=width)
    assert no_overflow(page)
    assert broken(page) == {}
