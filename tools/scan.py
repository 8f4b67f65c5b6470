"""What an attacker would ask: wapiti at a demo that runs, as nobody and as staff, schemathesis at its interface.

`python -m tools.scan URL [--minutes N] [--cases N]`, beside `make start`. It writes into the demo: use one to throw away.
Before each, the planted site of tests/security/planted.py is asked the same: what finds nothing there proves nothing here.
"""

import argparse
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

ROOT = Path(__file__).resolve().parent.parent
TOOLS, OUT = ROOT / "build" / "wapiti", ROOT / "build" / "scan"
WANTED = "wapiti3==3.2.3"  # in an environment of its own: it pins what we have newer
PLANTED = {"SQL Injection", "Reflected Cross Site Scripting", "Path Traversal", "Open Redirect"}
STAFF = ("", "clerk", "officer")
SERIOUS = 2  # wapiti: 1 low, 2 medium, 3 high, 4 critical
PATIENCE = 60


def cookies(url: str, who: str) -> str:
    """Sign in to the demo and return the cookies as a header."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    door = f"{url}/account/login/"
    with opener.open(door) as page:
        found = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.read().decode())
    assert found
    told = {"csrfmiddlewaretoken": found[1], "login": who, "password": "linli-demo-2026"}
    with opener.open(door, urlencode(told).encode()) as page:
        assert "/console/" in page.url, page.url
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def wapiti(url: str, name: str, minutes: float, *, cookie: str = "") -> dict[str, Any]:
    """Let wapiti's default modules loose; return its report."""
    report = OUT / f"{name}.json"
    attack = str(int(minutes * 60))
    asked: list[str | Path] = [
        TOOLS / "bin/wapiti", "-u", url, "--scope", "folder", "--flush-session", "--no-bugreport",
        "--store-session", OUT / "sessions" / name, "--max-scan-time", attack, "--max-attack-time", attack,
        "--max-files-per-dir", "8", "--max-links-per-page", "60", "-d", "4", "-x", f"{url}account/logout/",
        "-t", str(PATIENCE), "-f", "json", "-o", report,
    ]  # fmt: skip
    if cookie:
        asked += ["-H", f"Cookie: {cookie}"]
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told: dict[str, Any] = json.loads(report.read_text())
    return told


def serious(report: dict[str, Any]) -> list[str]:
    """Return the findings of middle or higher level, and every fault of the server."""
    found = [
        f"{kind}: {one['method']} {one['path']} {one['info']}"
        for kind, each in report["vulnerabilities"].items()
        for one in each
        if one["level"] >= SERIOUS
    ]
    faults = report["anomalies"].get("Internal Server Error", [])
    return found + [f"a fault: {one['method']} {one['path']} {one['info']}" for one in faults]


def schemathesis(url: str, cases: int) -> tuple[int, int, str]:
    """Ask each address of the interface what its description allows and forbids; return cases, faults and the end."""
    operations = 1
    with urlopen(f"{url}/openapi.json") as described:
        operations = sum(len(each) for each in json.load(described)["paths"].values())
    report = OUT / "asked.ndjson"
    done = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"), "run", f"{url}/openapi.json",
            "--checks", "not_a_server_error", "--phases", "fuzzing", "--continue-on-failure",
            "-n", str(max(1, cases // operations)), "--request-timeout", "120", "--no-color",
            "--report-ndjson-path", report,
        ],
        cwd=OUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    counted = re.search(r"(\d[\d,]*) generated", done.stdout)
    faults = re.search(r"Server error: (\d+)", done.stdout)
    asked = int(counted[1].replace(",", "")) if counted else 0
    return asked, int(faults[1]) if faults else 0, done.stdout[-3000:]


@contextmanager
def planted() -> Iterator[str]:
    """Serve the planted site while the block runs."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen([sys.executable, "tests/security/planted.py", str(port)], cwd=ROOT)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except URLError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        site.kill()
        site.wait()


def controls() -> list[str]:
    """Return what went unseen at the planted site."""
    with planted() as url:
        kinds = {
            kind
            for kind, each in wapiti(f"{url}/", "planted", 3)["vulnerabilities"].items()
            if each
        }
        _asked, faults, _said = schemathesis(url, 200)
    print(
        f"planted: {len(PLANTED & kinds)} of {len(PLANTED)} seen, {faults} fault of the interface"
    )
    return sorted(PLANTED - kinds) + ([] if faults else ["the fault of the interface"])


def main() -> int:
    """Ask the controls, then the demo; end with 1 when something was found, or a control was not."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("url")
    given.add_argument(
        "--minutes", type=float, default=20, help="for each module of wapiti, at most"
    )
    given.add_argument("--cases", type=int, default=20_000, help="asked of the interface")
    chosen = given.parse_args()
    url = chosen.url.rstrip("/")
    OUT.mkdir(parents=True, exist_ok=True)
    if not (TOOLS / "bin/wapiti").exists():
        subprocess.run(["uv", "venv", "-q", "--clear", TOOLS], check=True)
        into: list[str | Path] = [
            "uv",
            "pip",
            "install",
            "-q",
            "--python",
            TOOLS / "bin/python",
            WANTED,
        ]
        subprocess.run(into, check=True)
    bad = controls()
    for who in STAFF:
        start = f"{url}/en/console/" if who else f"{url}/en/"
        cookie = cookies(url, who) if who else ""
        report = wapiti(start, who or "anonymous", chosen.minutes, cookie=cookie)
        pages, found = report["infos"]["crawled_pages_nbr"], serious(report)
        print(f"wapiti as {who or 'nobody'}: {pages} pages, {len(found)} found", *found, sep="\n  ")
        bad += found if pages > 20 else [*found, f"{who or 'nobody'} saw {pages} pages only"]
    asked, faults, said = schemathesis(f"{url}/api", chosen.cases)
    print(f"schemathesis: {asked} cases, {faults} faults", *([said] if faults else []), sep="\n")
    return 1 if bad or faults else 0


if __name__ == "__main__":
    sys.exit(main())
