"""Asking and following in the real browser: every page in every look, without scripts, and left at once."""

from pathlib import Path

import pytest

from linli.cases.actions import handing, handling, reading
from linli.cases.models import Case, Draft
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.limits import forget_all
from tests.browser.look import PREFIXES, SIZES, broken, go, look_at, no_overflow, some_of
from tests.town import asking as town
from tests.town import directory
from tests.town.staff import actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFICER = actor(Role.OFFICER, unit="嘉峪关市城市管理局")
FORM = "main form[method=post]:not(.leave):not(.ask__later)"
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder")


@pytest.fixture(autouse=True)
def _town():
    forget_all()
    town.town()


@pytest.fixture
def plain(browser):
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def on(page):
    """Press the one button of the question, and wait for the page that follows."""
    with page.expect_navigation(wait_until="load"):
        page.click(f"{FORM} button.button:not(.button--second)")


def walk(page, seen=lambda name: None, photo=None):
    """Ask, from the first page to the receipt; return the code and the passphrase."""
    seen("what")
    page.fill("textarea[name=words]", town.SAID)
    on(page)
    seen("topic")
    page.check("input[value=lamp]")
    on(page)
    seen("place")
    page.select_option("select[name=area]", "620200001")
    on(page)
    if photo:
        page.set_input_files("input[type=file]", photo)
        with page.expect_navigation(wait_until="load"):
            page.click("button[name=add]")
    seen("more")
    on(page)
    page.check("input[value=email]")
    page.fill("input[name=email]", "somebody@example.org")
    seen("answer")
    on(page)
    seen("check")
    on(page)
    seen("receipt")
    return [claim.inner_text() for claim in page.locator(".slip .claim").all()]


def enter(page, server, code, passphrase, prefix=""):
    page.goto(f"{server.url}{prefix}/follow/")
    page.fill("input[name=code]", code)
    page.fill("input[name=passphrase]", passphrase)
    on(page)


def busy(case):
    """Let a case be read, answered, and asked to be handed on."""
    at = now()
    reading.read(by=OFFICER, at=at, case=case, purpose="handle")
    handling.take(by=OFFICER, at=at, case=case)
    handling.extend(by=OFFICER, at=at, case=case, days=2, kind="expert", words="等专业检测结果")
    handing.hand_on(
        by=OFFICER,
        at=at,
        case=case,
        unit=directory.unit("嘉峪关市法律援助中心"),
        kind="competence",
        words="属于另一单位职责",
        fields=["words"],
    )


@pytest.fixture
def picture(tmp_path):
    path: Path = tmp_path / "a.jpg"
    path.write_bytes(town.photo())
    return path


@pytest.mark.parametrize("look", LOOKS)
def test_asks_and_follows_in_every_look(page, live_server, picture, look):
    def seen(name):
        assert broken(page) == {}, name
        assert no_overflow(page), name
        look_at(page, f"ask-{name}-{look}")

    go(page, live_server, "/ask/", look)
    code, passphrase = walk(page, seen, picture)
    busy(Case.objects.get())
    enter(page, live_server, code, passphrase, PREFIXES.get(look, ""))
    assert page.locator(".stand").is_visible()
    seen("case")
    for deed in ("add", "grant", "withdraw", "forget"):
        page.goto(f"{live_server.url}{PREFIXES.get(look, '')}/follow/{code}/{deed}/")
        seen(deed)


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access_at_the_windows(page, live_server, look):
    wrong = {}
    for path in (
        "/legal-aid/",
        "/employment/",
        "/newcomers/",
        "/follow/",
        "/ask/resume/",
        "/rate/x/",
    ):
        for width, height in SIZES.items():
            go(page, live_server, path, look, width, height)
            if faults := broken(page):
                wrong[path, width] = faults
            if not no_overflow(page):
                wrong[path, width] = "runs over"
        look_at(page, f"window{path.replace('/', '-')}{look}")

    assert wrong == {}


def test_asks_and_follows_without_scripts(plain, live_server, picture):
    plain.goto(f"{live_server.url}/ask/")
    code, passphrase = walk(plain, photo=picture)
    enter(plain, live_server, code, passphrase)

    assert town.SAID in plain.content()
    plain.click("a[href$='/urge/']")
    on(plain)
    assert Case.objects.get().urged == 1


def test_asks_with_the_keyboard_alone(page, live_server):
    page.goto(f"{live_server.url}/ask/")
    page.focus("textarea")
    page.keyboard.type(town.SAID)
    for following in ("topic", "place", "more", "answer", "check", "receipt"):
        page.focus(f"{FORM} button.button:not(.button--second)")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ask/{following}/")

    assert Case.objects.get().topic.code == "other"


def test_asks_for_the_address_only_where_it_is_needed(page, live_server):
    page.goto(f"{live_server.url}/ask/")
    page.fill("textarea[name=words]", town.SAID)
    on(page)
    page.goto(f"{live_server.url}/ask/answer/")
    assert not page.locator("input[name=email]").is_visible()

    page.check("input[value=sms]")

    assert page.locator("input[name=sms]").is_visible()
    assert not page.locator("input[name=email]").is_visible()


def test_leaves_at_once_and_leaves_nothing(page, live_server):
    page.goto(f"{live_server.url}/newcomers/")
    page.goto(f"{live_server.url}/legal-aid/")
    with page.expect_navigation(wait_until="load"):
        page.click("button[name=begin]")
    page.fill("textarea[name=words]", town.SAID)
    on(page)
    with page.expect_navigation(wait_until="load"):
        page.click(".leave button")

    assert page.url == f"{live_server.url}/"
    for _ in range(50):  # the page gave way before the answer came
        if "asking" not in {cookie["name"] for cookie in page.context.cookies()}:
            break
        page.wait_for_timeout(100)
    page.go_back(wait_until="load")
    assert town.SAID not in page.content()
    page.goto(f"{live_server.url}/ask/check/")
    assert page.url == f"{live_server.url}/ask/"
    assert not Draft.objects.exists()


def test_prints_the_slip_alone(page, live_server):
    page.goto(f"{live_server.url}/ask/")
    walk(page)
    page.emulate_media(media="print")

    assert page.locator(".slip__square").is_visible()
    assert page.locator(".slip .claim").count() == 2
    for hidden in (".receipt .timeline", ".receipt .notice", ".bar__tools"):
        assert not page.locator(hidden).is_visible(), hidden


def test_keeps_ticks_on_the_device_alone(page, live_server):
    sent = []
    page.goto(f"{live_server.url}/newcomers/", wait_until="networkidle")
    page.on("request", lambda request: sent.append(request.url))
    page.locator("[data-thing=school] input").check()
    assert page.locator("[data-done]").inner_text() == "1"
    assert sent == []

    page.reload()
    assert page.locator("[data-thing=school] input").is_checked()
    page.click("[data-forget]")
    page.reload()
    assert page.locator("input:checked").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_lists_ten_things_without_scripts(plain, live_server):
    plain.goto(f"{live_server.url}/newcomers/")

    assert plain.locator("[data-thing]").count() == 10
    assert not plain.locator("[data-thing] input").first.is_visible()


def test_keeps_nothing_of_the_person_in_the_browser(page, live_server):
    page.goto(f"{live_server.url}/ask/")
    code, passphrase = walk(page)
    enter(page, live_server, code, passphrase)

    held = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    kept = held + str(page.context.cookies())
    for said in (town.SAID, passphrase, passphrase.replace(" ", ""), "somebody@", code):
        assert said not in kept
