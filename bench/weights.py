"""What pages weigh on the wire, compressed as served, in a real browser that has seen none of it; and the map in 3D.

The map is asked for on a poor line, 1.6 Mbit/s and 150 ms as a telephone in a village has it: seconds from the
click to the moment at which it can be turned.
"""

import gzip
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Request, sync_playwright

from bench.load_server import serving
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
LIMITS = {
    "/": 60, "/directory/": 60, "/promises/": 60,
    "/zh-hant/": 60, "/ug/": 220, "/bo/": 220, "/mn-mong/": 220,
    "/console/": 150, "/console/cases/": 150,
}  # fmt: skip
SPACE, SPACE_LIMIT, SPACE_SECONDS = "/atlas/3d/?indicator=education.schools", 450, 5
RUNS, BITS, DELAY = 3, 1_600_000, 150
OK = 200
_TEXT = re.compile(r"text/|application/(json|javascript|geo\+json)")
_SESSION = """
import django; django.setup()
from django.conf import settings
from django.test import Client
from linli.kernel.models import Staff
client = Client(); client.force_login(Staff.objects.get(username="clerk"))
print(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def rows(*, large: bool) -> Iterator[Row]:
    """Yield what each page weighs in a demo served for it. `large` makes no difference."""
    del large
    with tempfile.TemporaryDirectory() as home:
        surroundings = os.environ | {"LINLI_HOME": home, "LINLI_DEMO": "1"}
        surroundings.pop("DATABASE_URL", None)
        linli = str(Path(sys.executable).with_name("linli"))
        subprocess.run([linli, "demo"], cwd=ROOT, env=surroundings, capture_output=True, check=True)
        with serving(surroundings) as (port, _group), sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            yield from _weighed(browser, f"http://localhost:{port}", surroundings)
            yield from _turned(browser, f"http://localhost:{port}")


def _weighed(browser: Browser, site: str, surroundings: Mapping[str, str]) -> Iterator[Row]:
    came_in = _session(surroundings)
    for path, limit in LIMITS.items():
        page, fetched = _fresh(browser)
        if path.startswith("/console/"):
            name, value = came_in
            page.context.add_cookies([{"name": name, "value": value, "url": site}])
        answer = page.goto(site + path, wait_until="networkidle")
        if answer is None or answer.status != OK or not page.url.endswith(path):
            raise RuntimeError(f"{path}: {page.url}")
        page.evaluate("document.fonts.ready.then(() => 0)")
        kib = _kib(fetched, packed=not path.startswith("/console/"))
        yield Row(f"weight of {path}, nothing seen before", f"{kib:.0f} KiB", f"{limit} KiB", f"{kib / limit:.2f}", "<= 1")  # fmt: skip
        page.context.close()


def _turned(browser: Browser, site: str) -> Iterator[Row]:
    found = [_once(browser, site) for _ in range(RUNS)]
    drawn, ready, kib = (median(one[at] for one in found) for at in range(3))
    yield Row(
        "weight of the map in 3D, once it can be turned",
        f"{kib:.0f} KiB", f"{SPACE_LIMIT} KiB", f"{kib / SPACE_LIMIT:.2f}", "<= 1",
    )  # fmt: skip
    yield Row(
        f"… at {BITS / 1e6:.1f} Mbit/s, {DELAY} ms: page drawn; after the click",
        f"{drawn:.1f} s; {ready:.1f} s", f"{SPACE_SECONDS} s", f"{ready / SPACE_SECONDS:.2f}", "<= 1",
    )  # fmt: skip


def _once(browser: Browser, site: str) -> tuple[float, float, float]:
    page, fetched = _fresh(browser)
    line, rate = page.context.new_cdp_session(page), BITS / 8
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    began = time.perf_counter()
    page.goto(site + SPACE)
    drawn = time.perf_counter()
    page.locator("[data-turning-open] button").click()
    page.wait_for_selector("[data-turning][data-ready]", timeout=60_000)
    ready = time.perf_counter()
    kib = _kib(fetched, packed=True)
    page.context.close()
    return drawn - began, ready - drawn, kib


def _fresh(browser: Browser) -> tuple[Page, list[Request]]:
    """Return a page of a telephone that has kept nothing, and the list to which it adds what it has fetched."""
    page, fetched = (
        browser.new_context(viewport={"width": 390, "height": 800}).new_page(),
        list[Request](),
    )
    page.on("requestfinished", lambda request: fetched.append(request))  # noqa: PLW0108 - what Playwright wraps must be a function
    return page, fetched


def _kib(fetched: list[Request], *, packed: bool) -> float:
    """Return what was sent, in KiB; `packed`: plain text as the proxy before us sends it (deploy/Caddyfile)."""
    total = 0
    for request in fetched:
        answer, sizes = request.response(), request.sizes()
        plain = answer is not None and "content-encoding" not in answer.headers
        if packed and answer and plain and _TEXT.match(answer.headers.get("content-type", "")):
            total += len(gzip.compress(answer.body(), 5)) + sizes["responseHeadersSize"]
        else:
            total += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return total / 1024


def _session(surroundings: Mapping[str, str]) -> tuple[str, str]:
    """Return the cookie of a clerk of the demo who has come in."""
    done = subprocess.run(
        [sys.executable, "-c", _SESSION],
        cwd=ROOT, env={**surroundings, "DJANGO_SETTINGS_MODULE": "linli.config.settings"},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    name, value = done.stdout.split()[-2:]
    return name, value
