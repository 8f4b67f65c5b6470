"""The way in, in the real browser: an app, a recovery code, a passkey; and every page on the way."""

import re

import pytest

from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.browser.look import SIZES, broken, drawn, look_at, no_overflow
from tests.town import directory
from tests.town.one_time import code_of
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "long-enough-1"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def server(live_server):
    """The server by its name: no browser gives a passkey to a bare number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def finger(page):
    """A device with a finger on it, in the browser itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda fine: session.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": made["authenticatorId"], "isUserVerified": fine},
    )


@pytest.fixture(autouse=True)
def quiet_console(request):
    """What the browser complains of: a script or style that the policy forbids would stand here.

    That a page answered 403 or 422 it says, too; where it does, that is what the test is about. And what it forgot
    when somebody left.
    """
    if "page" not in request.fixturenames:
        yield
        return
    said, page = [], request.getfixturevalue("page")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert [
        words for words in said if not re.search("status of (403|422) |^Clear-Site", words)
    ] == []


def password(page, server):
    page.goto(f"{server}/en/account/login/")
    page.fill("input[name=login]", "planner")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def again(page):
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page, server):
    page.goto(f"{server}/en/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{server}/en/")


def enter(page, code):
    page.fill("input[name=code]", code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_asks_for_an_app_and_then_for_its_codes(page, server):
    account(Role.PLANNER, username="planner")

    password(page, server)
    page.wait_for_url("**/account/factors/")
    page.get_by_role("link", name="Set up an app").click()
    again(page)
    page.wait_for_url("**/account/factors/app/")
    secret = page.locator("#secret").inner_text()
    assert drawn(page.locator("main img")) > 100
    page.fill("input[name=code]", code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/account/factors/codes/")
    codes = page.locator("ol.codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="to the desk").click()
    page.wait_for_url("**/en/console/")

    sign_out(page, server)
    password(page, server)
    page.wait_for_url("**/account/login/code/")
    enter(page, code_of(secret))
    page.wait_for_url("**/en/console/")

    sign_out(page, server)
    password(page, server)
    enter(page, codes[0])
    page.wait_for_url("**/en/console/")
    sign_out(page, server)
    password(page, server)
    enter(page, codes[0])
    page.get_by_role("alert").get_by_text("This is not the right code.").first.wait_for()
    enter(page, codes[1])
    page.wait_for_url("**/en/console/")


def add_passkey(page, server):
    page.goto(f"{server}/en/account/factors/passkey/")
    if "again" in page.url:
        again(page)
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/account/factors/codes/")


def test_lets_in_by_a_passkey_alone(page, server, finger):
    account(Role.PLANNER, username="planner")
    password(page, server)
    add_passkey(page, server)
    page.goto(f"{server}/en/console/")
    page.wait_for_url("**/en/console/")

    sign_out(page, server)
    page.goto(f"{server}/en/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/en/console/")


def test_takes_a_passkey_as_the_second_step_and_before_a_change(page, server, finger):
    account(Role.PLANNER, username="planner")
    password(page, server)
    add_passkey(page, server)
    sign_out(page, server)

    password(page, server)
    page.wait_for_url("**/account/login/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/en/console/")

    page.goto(f"{server}/en/account/factors/app/")
    page.get_by_role("link", name=re.compile("passkey|key", re.IGNORECASE)).last.click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/factors/app/")


def test_keeps_out_whom_the_device_does_not_know(page, server, finger):
    account(Role.PLANNER, username="planner")
    password(page, server)
    add_passkey(page, server)
    sign_out(page, server)
    finger(fine=False)

    page.goto(f"{server}/en/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("The device did not answer, or said no.").wait_for()
    page.goto(f"{server}/en/console/")
    assert "/account/login/" in page.url


def test_keeps_out_a_passkey_of_a_disabled_account(page, server, finger):
    account(Role.PLANNER, username="planner")
    password(page, server)
    add_passkey(page, server)
    sign_out(page, server)
    Staff.objects.update(is_active=False)

    page.goto(f"{server}/en/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("This account is disabled.").wait_for()
    page.goto(f"{server}/en/console/")
    assert "/account/login/" in page.url


def test_needs_no_script_but_for_passkeys(browser, server):
    account(Role.PLANNER, username="planner")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    password(page, server)
    assert page.get_by_role("button", name="passkey").count() == 0
    page.get_by_role("link", name="Set up an app").click()
    again(page)
    page.fill("input[name=code]", code_of(page.locator("#secret").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="to the desk").click()
    assert page.url.endswith("/en/console/")
    page.goto(f"{server}/en/account/factors/passkey/")
    assert page.get_by_text("A passkey needs a browser that knows them").is_visible()
    context.close()


@pytest.mark.parametrize("width", SIZES)
def test_fits_phone_and_desktop(page, server, finger, width):
    account(Role.PLANNER, username="planner")
    page.set_viewport_size({"width": width, "height": SIZES[width]})

    def look(name):
        page.wait_for_load_state()  # the words of a page are there before its stylesheets
        assert no_overflow(page), name
        assert broken(page) == {}, name
        look_at(page, f"door-{name}-{width}")

    page.goto(f"{server}/account/login/")
    look("login")
    password(page, server)
    page.goto(f"{server}/account/factors/")
    look("missing")
    page.goto(f"{server}/account/factors/app/")
    look("again")
    again_zh(page)
    look("app")
    page.fill("input[name=code]", code_of(page.locator("#secret").inner_text()))
    page.locator("main button").first.click()
    page.wait_for_url("**/factors/codes/")
    look("codes")
    for name, path in (
        ("factors", "factors/"),
        ("passkey", "factors/passkey/"),
        ("new-codes", "factors/codes/new/"),
        ("password", "password/"),
        ("remove", "factors/app/remove/"),
    ):
        page.goto(f"{server}/account/{path}")
        look(name)
    page.goto(f"{server}/account/logout/")
    page.locator("main button").click()
    password(page, server)
    page.goto(f"{server}/account/login/code/")
    look("code")


def again_zh(page):
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url("**/factors/app/")


@pytest.mark.parametrize("width", SIZES)
def test_keeps_accounts_on_phone_and_desktop(page, server, settings, width):
    settings.SECOND_FACTOR = False
    directory.area()
    directory.unit("嘉峪关市教育局")
    account(Role.ADMINISTRATOR, username="planner")
    officer = account(Role.OFFICER, username="officer")
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    password(page, server)
    page.wait_for_url("**/console/")

    def look(name):
        page.wait_for_load_state()  # the words of a page are there before its stylesheets
        assert no_overflow(page), name
        assert broken(page) == {}, name
        look_at(page, f"door-accounts-{name}-{width}")

    page.goto(f"{server}/console/accounts/")
    look("list")
    page.goto(f"{server}/console/accounts/new/")
    look("new")
    page.fill("input[name=username]", "new-one")
    page.fill("input[name=name]", "新来的同事")
    page.select_option("select[name=unit]", index=1)
    page.locator("main form button").click()
    link = page.locator("#link").inner_text()
    look("link")
    page.goto(f"{server}/console/accounts/{officer.pk}/")
    page.locator("details").last.locator("summary").click()
    page.fill("main input[name=name] >> nth=-1", "自助机")
    page.locator("details").last.locator("button").click()
    look("key")
    page.goto(f"{server}/console/accounts/{officer.pk}/")
    look("one")
    page.goto(link)
    look("start")
