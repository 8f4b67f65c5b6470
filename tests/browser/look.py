"""What browser tests share: screenshots in an ignored folder, sizes, signing in, looking for faults."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT  # bundled: no test asks the network

from linli.ui.languages import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = {360: 740, 1366: 768}
PREFIXES = {one.code: "" if one.code == "zh-hans" else f"/{one.code}" for one in LANGUAGES}
LOOKS = (*PREFIXES, "elder", "dark", "compact")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def go(page, server, path, look="zh-hans", width=360, height=740):
    """Open a page as one look shows it: a language, elder mode, dark or compact."""
    page.set_viewport_size({"width": width, "height": height})
    if look == "elder":
        page.context.add_cookies([{"name": "mode", "value": "elder", "url": server.url}])
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    query = "?density=compact" if look == "compact" else ""
    page.goto(f"{server.url}{PREFIXES.get(look, '')}{path}{query}")


def broken(page):
    """Return the rules of access that a page breaks, each with the markup that breaks it."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert len(found["passes"]) > 10
    return {
        rule["id"]: [node["html"][:120] for node in rule["nodes"]] for rule in found["violations"]
    }


def look_at(page, name):
    """Keep a picture for people to look at."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def no_overflow(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sign_in(page, live_server, username, password="long-enough-1"):
    page.goto(f"{live_server.url}/account/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/")
