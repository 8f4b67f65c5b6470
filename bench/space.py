"""How long the map in 3D takes on a poor line: `python -m bench.space http://localhost:8000`, beside a running demo.

1.6 Mbit/s and 150 ms as a telephone in a village has them; from the click to the moment at which it can be turned.
"""

import sys
import time
from statistics import median

from playwright.sync_api import Browser, sync_playwright

_RUNS, _BITS, _DELAY = 3, 1_600_000, 150
_CHROMIUM = "/usr/bin/chromium"
_PATH = "/atlas/3d/?indicator=education.schools"


def main(site: str) -> int:
    """Measure and print: seconds from the page to its drawing, from the click to the map, KiB sent."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        found = [_once(browser, site) for _ in range(_RUNS)]
    page, ready, sent = (median(one[at] for one in found) for at in range(3))
    print(f"page {page:.1f} s, map in 3D {ready:.1f} s after the click, {sent:.0f} KiB in all")
    return 0


def _once(browser: Browser, site: str) -> tuple[float, float, float]:
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    line = page.context.new_cdp_session(page)
    sent = 0.0

    def count(told: dict[str, float]) -> None:
        nonlocal sent
        sent += told["encodedDataLength"] / 1024

    line.on("Network.loadingFinished", count)
    line.send("Network.enable")
    rate = _BITS / 8
    slow = {
        "offline": False,
        "latency": _DELAY,
        "downloadThroughput": rate,
        "uploadThroughput": rate,
    }
    line.send("Network.emulateNetworkConditions", slow)
    began = time.perf_counter()
    page.goto(site + _PATH)
    drawn = time.perf_counter()
    page.locator("[data-turning-open] button").click()
    page.wait_for_selector("[data-turning][data-ready]", timeout=60_000)
    ready = time.perf_counter()
    page.context.close()
    return drawn - began, ready - drawn, sent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
