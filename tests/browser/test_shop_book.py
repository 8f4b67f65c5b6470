"""A shop's book in the real browser: three fields on a phone, labels to print; a paper and a table at a window."""

import pytest
from playwright.sync_api import expect

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.kernel.sheets import write_xlsx
from linli.trace.actions.keys import hand_phrase
from linli.trace.models import BookLine, Lot
from tests.browser.look import UYGHUR_ELDER, broken, go, look_at, no_overflow, sign_in
from tests.town import trace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quiet_console(request):
    """What the browser complains of, but that a form came back with what is missing: the tests are about that."""
    said, page = [], request.getfixturevalue("page")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert [words for words in said if "status of 422 " not in words] == []


@pytest.fixture
def place():
    at = now()
    Staff.objects.create(
        username="clerk", name="柜员", role=Role.CLERK, unit=trace.KEEPER, password="long-enough-1"
    )
    place = trace.premises(at=at)
    trace.permit(place, at=at)
    return place


def looked(page, name):
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"book-{name}")


def test_enters_on_a_phone_and_prints_labels(live_server, page, place):
    phrase = hand_phrase(by=trace.officer(), at=now(), operator=place.operator)
    go(page, live_server, "/trade/", UYGHUR_ELDER)
    looked(page, "door")
    go(page, live_server, "/trade/")
    page.fill("[name=code]", place.operator.code)
    page.fill("[name=passphrase]", phrase)
    page.click("main .button")
    page.click(".deed--received")
    page.fill("[name=what]", "牛腱")
    page.fill("[name=how_much]", "许多")
    page.fill("[name=who]", "祁连屠宰场")
    page.click("main form .button")
    expect(page.locator(".wrongs a[href='#id_how_much']")).to_be_visible()
    looked(page, "wrong")
    page.fill("[name=how_much]", "20 公斤")
    page.click("main form .button")
    expect(page.locator(".notice--done")).to_be_visible()
    looked(page, "entered")
    beef = Lot.objects.get()

    go(page, live_server, "/trade/enter/made/", UYGHUR_ELDER)
    looked(page, "made")
    page.fill("[name=what]", "酱牛肉")
    page.fill("[name=how_much]", "30斤")
    page.check(f"[name=who][value={beef.code}]")
    page.click("main form .button")
    assert BookLine.objects.filter(kind="used").get().lot == beef
    page.click("a[href$='/labels/']")
    assert page.locator(".label__square").count() == 12
    looked(page, "labels")
    for path in ("", "book/", "lots/", "products/"):
        go(page, live_server, f"/trade/{path}")
        looked(page, path.strip("/") or "home")


def test_enters_a_table_at_a_window_when_its_cells_are_right(live_server, page, place, tmp_path):
    def table(*rows):
        path = tmp_path / "t.xlsx"
        path.write_bytes(write_xlsx(["货品", "数量", "来源"], rows, title="t"))
        return path

    sign_in(page, live_server, "clerk")
    go(page, live_server, "/console/trade/", width=1366)
    looked(page, "counter")
    page.click(f"a[href$='/{place.operator.code}/']")
    page.click("a[href$='/table/']")
    page.check("[name=kind][value=received]")
    page.set_input_files("[name=file]", table(("牛腱", "5", "祁连屠宰场"), ("牛腱", "", "")))
    page.click("main form .button")
    expect(page.locator(".wrongs tbody th")).to_have_text(["B3"])
    looked(page, "table")
    page.check("[name=kind][value=received]")
    page.set_input_files("[name=file]", table(("牛腱", "5", "祁连屠宰场")))
    page.click("main form .button")
    expect(page.locator(".notice--done")).to_be_visible()
    assert BookLine.objects.get().by_role == "clerk"
