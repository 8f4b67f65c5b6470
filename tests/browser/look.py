"""What browser tests share: sizes, signing in, looking for faults; screenshots when LINLI_SCREENSHOTS is set."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT  # bundled: no test asks the network
from django.conf import settings
from django.test import Client

from linli.kernel.models import Staff
from linli.ui.languages import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = {360: 740, 1366: 768}
PREFIXES = {one.code: "" if one.code == "zh-hans" else f"/{one.code}" for one in LANGUAGES}
EVERY_LOOK = (*PREFIXES, "elder", "dark", "compact")
# Each costs its minutes: the tests look at Chinese, and at Uyghur in elder mode, `make screenshots` at every one.
UYGHUR_ELDER = "ug elder"
PREFIXES[UYGHUR_ELDER] = PREFIXES["ug"]
USUAL = ("zh-hans", UYGHUR_ELDER)


def some_of(*looks):
    """Return the looks that a test looks at, of those that it is meant for."""
    if os.environ.get("LINLI_LOOKS") == "all":
        return looks
    return USUAL if {"ug", "elder"} <= {*looks} else tuple(look for look in looks if look in USUAL)


LOOKS = some_of(*EVERY_LOOK)


def views(looks):
    """Return (look, width) for a test that looks at both: a telephone in the second look, a desk in the first."""
    if os.environ.get("LINLI_LOOKS") == "all":
        return [(look, width) for look in looks for width in SIZES]
    return [(look, 360 if look == UYGHUR_ELDER else 1366) for look in looks]


# All that axe found goes through a pipe, five times as slow as finding it: only what we ask for.
_RUN = """rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => ({
    passed: found.passes.length,
    broken: found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 120))]),
}))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def go(page, server, path, look="zh-hans", width=360, height=740):
    """Open a page as one look shows it: a language, elder mode, dark or compact."""
    page.set_viewport_size({"width": width, "height": height})
    page.context.clear_cookies(name="mode")
    if "elder" in look.split():
        page.context.add_cookies([{"name": "mode", "value": "elder", "url": server.url}])
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    query = "?density=compact" if look == "compact" else ""
    page.goto(f"{server.url}{PREFIXES.get(look, '')}{path}{query}")


def broken(page):
    """Return the rules of access that a page breaks, each with the markup that breaks it."""
    page.wait_for_load_state()
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, RULES)
    assert found["passed"] > 10
    return dict(found["broken"])


def look_at(page, name):
    """Keep a picture for people to look at, in an ignored folder, when they ask for it (`make screenshots`)."""
    if "LINLI_SCREENSHOTS" not in os.environ:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def no_overflow(page):
    page.wait_for_load_state()  # with its stylesheets
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sign_in(page, live_server, username):
    """Come in without the form: test_second_factor.py fills that in."""
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    came_in = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": came_in, "url": live_server.url}]
    )


def drawn(picture):
    """Return how wide a picture is, once it has come and could be decoded. Fails when it cannot be."""
    return picture.evaluate(
        "one => { one.loading = 'eager'; return one.decode().then(() => one.naturalWidth); }"
    )
