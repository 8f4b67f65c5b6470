"""The desk's pages of facts in the real browser: a table is brought and taken in; nothing runs over."""

from decimal import Decimal

import pytest

from linli.facts.models import Fact
from tests.browser.look import SIZES, broken, look_at, no_overflow, sign_in
from tests.facts.test_imports import GOOD, HEAD
from tests.town import directory
from tests.town import facts as town
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG = HEAD + "training.trained,620200,2018,约三百,统计局\nno.such,620200,2019,1,统计局\n"


def table(name, text):
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def sound(page, name):
    look_at(page, f"facts-{name}")
    assert no_overflow(page), name
    assert broken(page) == {}, name


@pytest.mark.parametrize("width", SIZES)
def test_shows_the_desk_of_facts(page, live_server, noon, width):
    account()
    said = town.fact("6200", "more_than", at=noon, evidence=town.span())
    town.fact("5900", at=noon, source="统计年鉴")
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    sign_in(page, live_server, "planner")

    for name, path in {
        "list": "",
        "define": "define/",
        "contradictions": "contradictions/",
        "bring": "import/",
        "indicator": "indicators/training.trained/",
        "fact": f"fact/{said.code}/",
    }.items():
        page.goto(f"{live_server.url}/console/facts/{path}")
        sound(page, f"{name}-{width}")


@pytest.mark.parametrize("width", SIZES)
def test_takes_a_table_in_without_a_script(browser, live_server, width):
    account()
    directory.area()
    town.indicator()
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, live_server, "planner")
    page.goto(f"{live_server.url}/console/facts/import/")
    page.set_input_files("input[name=file]", files=[table("wrong.csv", WRONG)])
    page.click("main form button")
    assert page.locator("main tbody tr:has(.tag--late)").count() == 2
    assert page.locator("input[name=dry_run]").count() == 0
    sound(page, f"errors-{width}")
    context.close()

    plain = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = plain.new_page()
    sign_in(page, live_server, "planner")
    page.goto(f"{live_server.url}/console/facts/import/")
    page.set_input_files("input[name=file]", files=[table("good.csv", GOOD)])
    page.click("main form button")
    page.click("#rows form button")
    page.wait_for_url("**/console/facts/")

    assert sorted(Fact.objects.values_list("value", flat=True)) == [
        Decimal(300),
        Decimal(1240),
        Decimal(1300),
    ]
    plain.close()
