"""`make access`, beside `make start`: every page of the demo that a link leads to, against the rules of access.

As anybody and as each role, in Chinese, in Uyghur and in elder mode, on a phone. Two addresses of each
route are looked at. It takes a while, so that it is not among the tests, which look at the main pages.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

import django
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, sync_playwright

WHO = ("", "planner", "officer", "clerk", "supervisor", "administrator")
PASSWORD = "linli-demo-2026"
LOOKS = {"zh-hans": "", "ug": "/ug", "elder": ""}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AT_MOST = 2
_LINKS = "[...document.links].map(link => link.href)"
_FOUND = """async rules => (await axe.run({runOnly: rules})).violations.map(
    rule => rule.id + ": " + rule.nodes[0].html.slice(0, 120))"""


def main(base: str) -> int:
    """Look at everything, say what is broken, and return 1 if anything is."""
    django.setup()
    looked, wrong = 0, 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for who in WHO:
            page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
            if who:
                _sign_in(page, base, who)
            for path in _pages(page, base, console=bool(who)):
                for look, prefix in LOOKS.items():
                    _put_on(page, base, look)
                    page.goto(f"{base}{prefix}{path}")
                    looked += 1
                    for broken in _broken(page):
                        wrong += 1
                        print(f"{who or 'anybody'} {look} {path} {broken}", flush=True)
                _put_on(page, base, "zh-hans")
            page.context.close()
        browser.close()
    print(f"{looked} pages looked at, {wrong} faults")
    return 1 if wrong else 0


def _sign_in(page: Page, base: str, who: str) -> None:
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/")


def _pages(page: Page, base: str, *, console: bool) -> Iterator[str]:
    """Yield the addresses that links lead to, from the start page or the desk on, twice a route at most."""
    waiting, seen, routes = ["/console/" if console else "/"], set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        try:
            route = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        if routes[route] >= AT_MOST or console != path.startswith("/console/"):
            continue
        routes[route] += 1
        if "html" not in page.request.get(base + path).headers.get("content-type", ""):
            continue
        page.goto(base + path)
        for link in page.evaluate(_LINKS):
            parts = urlsplit(link)
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            if link.startswith(base) and found not in seen and "logout" not in found:
                seen.add(found)
                waiting.append(found)
        yield path


def _put_on(page: Page, base: str, look: str) -> None:
    page.context.clear_cookies(name="mode")
    if look == "elder":
        page.context.add_cookies([{"name": "mode", "value": "elder", "url": base}])


def _broken(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_FOUND, RULES)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("the page runs over its width")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
