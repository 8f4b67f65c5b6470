"""What an attacker would ask: wapiti at a demo that runs, as nobody and as staff, schemathesis at its interface.

`python -m tools.scan URL [--minutes N] [--cases N]`, beside `make start`. It writes into the demo: use one to throw away.
Before, the planted site of tests/security/planted.py is asked the same: what finds nothing there proves nothing here.
The interface is asked from outside, without a key; `python -m bench.fuzz` asks it 20,000 things from within.
"""

import argparse
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

ROOT = Path(__file__).resolve().parent.parent
TOOLS, OUT = ROOT / "build" / "wapiti", ROOT / "build" / "scan"
WANTED = "wapiti3==3.2.3"  # in an environment of its own: it pins what we have newer
PLANTED = {"SQL Injection", "Reflected Cross Site Scripting", "Path Traversal", "Open Redirect"}
STAFF = ("", "clerk", "officer")
SERIOUS = 2  # wapiti: 1 low, 2 medium, 3 high, 4 critical
PATIENCE = 60
MODULES = 12  # how many wapiti calls common; each has its share of the time
SIGN_OUT = b"/account/logout/"  # stands on the pages of whoever has come in, and on no other
ENOUGH = 50  # pages behind the door: fewer is no scan


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


@dataclass(frozen=True)
class Crawl:
    """What wapiti saw and said: its report, and how many pages and forms it asked, how many behind the door."""

    report: dict[str, Any]
    pages: int
    forms: int
    behind: int
    minutes: float


def wapiti(url: str, name: str, minutes: float, *, cookie: str = "", attack: bool = True) -> Crawl:
    """Crawl for a quarter of the minutes at most, then let wapiti's usual modules loose for the rest."""
    report, kept = OUT / f"{name}.json", OUT / "sessions" / name
    crawl, each = str(minutes * 15), str(minutes * 45 / MODULES)
    host = url[: url.index("/", len("https://"))]
    asked: list[str | Path] = [
        TOOLS / "bin/wapiti", "-u", url, "--scope", "folder", "--flush-session", "--no-bugreport",
        "--store-session", kept, "--max-scan-time", crawl, "--max-attack-time", each,
        "--max-files-per-dir", "8", "--max-links-per-page", "60", "-d", "4", "--tasks", "4",
        "-m", "common" if attack else "", "-t", str(PATIENCE), "-f", "json", "-o", report,
        *(part for tongue in ("", "en/") for part in ("-x", f"{host}/{tongue}account/logout/")),
    ]  # fmt: skip
    if cookie:
        asked += ["-C", cookie]
    began = time.monotonic()
    shutil.rmtree(kept, ignore_errors=True)
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    [session] = kept.glob("*.db")
    took = (time.monotonic() - began) / 60
    return Crawl(json.loads(report.read_text()), *seen(session), took)


def seen(session: Path) -> tuple[int, int, int]:
    """Count in what wapiti kept: pages, forms, and pages that only who has come in is shown."""
    pages = "FROM paths JOIN responses USING (response_id) WHERE NOT evil AND status_code = 200"
    with closing(sqlite3.connect(session)) as kept:
        [answered] = kept.execute(f"SELECT count(*) {pages} AND method = 'GET'").fetchone()
        [forms] = kept.execute(
            "SELECT count(*) FROM paths WHERE NOT evil AND method <> 'GET'"
        ).fetchone()
        bodies = kept.execute(f"SELECT body {pages}")
        return answered, forms, sum(SIGN_OUT in bytes(body) for (body,) in bodies)


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


def controls(url: str) -> list[str]:
    """Return what went unseen at the planted site, and what was seen of ours by nobody."""
    with planted() as weak:
        found = wapiti(f"{weak}/", "planted", 4).report["vulnerabilities"]
        _asked, faults, _said = schemathesis(weak, 200)
    kinds = {kind for kind, each in found.items() if each}
    stranger = wapiti(f"{url}/en/console/", "stranger", 1, attack=False)
    print(
        f"planted: {len(PLANTED & kinds)} of {len(PLANTED)} seen, {faults} fault of the interface;"
        f" behind the door nobody sees {stranger.behind} pages",
        flush=True,
    )
    unseen = sorted(PLANTED - kinds) + ([] if faults else ["the fault of the interface"])
    return unseen + (["a page behind the door, as nobody"] if stranger.behind else [])


def scanned(url: str, who: str, minutes: float) -> list[str]:
    """Scan as one of the staff, or as nobody; print a line of the table, return what is wrong."""
    start = f"{url}/en/console/" if who else f"{url}/en/"
    cookie = cookies(url, who) if who else ""
    crawl = wapiti(start, who or "nobody", minutes, cookie=cookie)
    found = serious(crawl.report)
    print(
        f"{who or 'nobody':10}{crawl.pages:8}{crawl.behind:8}{crawl.forms:8}{len(found):8}"
        f"{crawl.minutes:9.1f}",
        *found, sep="\n  ", flush=True,
    )  # fmt: skip
    if (crawl.behind if who else crawl.pages) < ENOUGH:
        found.append(f"{who or 'nobody'} saw too few pages")
    if who and not inside(start, cookie):
        found.append(f"{who} was sent out while it ran")
    return found


def inside(page: str, cookie: str) -> bool:
    """Say whether these cookies still open a page behind the door."""
    with urlopen(Request(page, headers={"Cookie": cookie})) as answer:
        return SIGN_OUT in answer.read()


def prepare() -> None:
    """Put wapiti into an environment of its own."""
    OUT.mkdir(parents=True, exist_ok=True)
    if not (TOOLS / "bin/wapiti").exists():
        subprocess.run(["uv", "venv", "-q", "--clear", TOOLS], check=True)
        into = ["uv", "pip", "install", "-q", "--python", str(TOOLS / "bin/python"), WANTED]
        subprocess.run(into, check=True)


def main() -> int:
    """Ask the controls, then the demo; end with 1 when something was found, or a control was not."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("url")
    given.add_argument("--minutes", type=float, default=4, help="of wapiti, as each")
    given.add_argument("--cases", type=int, default=2_000, help="asked of the interface")
    chosen = given.parse_args()
    url = chosen.url.rstrip("/")
    prepare()
    bad = controls(url)
    print(f"{'wapiti as':10}{'pages':>8}{'behind':>8}{'forms':>8}{'found':>8}{'minutes':>9}")
    for who in STAFF:
        bad += scanned(url, who, chosen.minutes)
    asked, faults, said = schemathesis(f"{url}/api", chosen.cases)
    print(f"schemathesis: {asked} cases, {faults} faults", *([said] if faults else []), sep="\n")
    if asked < chosen.cases // 2:
        bad.append("schemathesis asked too little")
    print(*bad, sep="\n")
    return 1 if bad or faults else 0


if __name__ == "__main__":
    sys.exit(main())
