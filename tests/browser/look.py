"""What browser tests share: screenshots in an ignored folder, sizes, signing in, looking for faults."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = {360: 740, 1366: 768}


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
