"""The demo's pages as each asks for them: `LINLI_HOME=… LINLI_DEMO=1 python -m bench.city` prints the slowest thirty.

Links are followed from the start page and from the desk, a few addresses of each route; nothing is served from
memory. Core time, so that whatever else runs on the machine does not count.
"""

import argparse
import gc
import html
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

import django

from bench.table import Row

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
WHO = ("", "planner", "officer", "clerk", "supervisor", "administrator")
SLOWEST, LIMIT = 30, 300  # pages shown; milliseconds
AT_MOST, LISTS = 2, 5  # addresses of a route that names one thing, and of one that lists them
_LINK = re.compile(rb'(?:href|action)="([^"#]+)')
_LEFT_OUT = ("logout", "/language", "/account/")


class Cost(NamedTuple):
    """What one answer took."""

    milliseconds: float
    queries: int
    bytes: int
    status: int
    who: str
    path: str


def main() -> int:
    """Walk, print the slowest pages, and return 1 when one is over the limit or fails."""
    parser = argparse.ArgumentParser(prog="bench.city", description=__doc__)
    parser.add_argument("--who", action="append", choices=[one or "anybody" for one in WHO])
    parser.add_argument("--under", default="/", help="only addresses that begin with this")
    options = parser.parse_args()
    django.setup()
    _plain()
    asked = options.who or ["anybody", *WHO[1:]]
    costs = [cost for who in asked for cost in walk(who, options.under)]
    costs.sort(reverse=True)
    for cost in costs[:SLOWEST]:
        print(f"{cost.milliseconds:8.0f} ms {cost.queries:5} queries {cost.bytes:9} bytes {cost.status} {cost.who:13} {cost.path}")  # fmt: skip
    over = sum(cost.milliseconds > LIMIT for cost in costs)
    failed = [cost for cost in costs if cost.status >= 500]
    for cost in failed:
        print(f"FAILED {cost.status} {cost.who} {cost.path}")
    print(f"{len(costs)} pages, {over} over {LIMIT} ms, {len(failed)} failed")
    return 1 if over or failed else 0


def rows(*, large: bool) -> Iterator[Row]:
    """Fill a demo, walk it in a process of its own, and yield the slowest page and how many are over the limit."""
    size = 100 if large else 2
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home, "LINLI_DEMO": "1"}
        environment.pop("DATABASE_URL", None)
        run = partial(subprocess.run, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        run([sys.executable, "-m", "linli", "demo", "--bare", "--size", str(size)], check=True)
        said = run([sys.executable, "-m", "bench.city"], check=False).stdout.splitlines()
    slowest = next(line for line in said if " ms " in line)
    took = float(slowest.split()[0])
    yield Row(
        f"pages of the demo, size {size}, nothing kept: the slowest, {slowest.split()[-1]}",
        f"{took:.0f} ms", f"{LIMIT} ms", f"{took / LIMIT:.2f}", "<= 1",
    )  # fmt: skip
    yield Row(f"pages of the demo, size {size}: {said[-1]}", "", "", "", "")


def walk(who: str, under: str = "/") -> Iterator[Cost]:
    """Yield what each page costs that links lead to, for anybody or one of the demo's staff."""
    from django.test import Client  # noqa: PLC0415 - after the settings
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    client = Client(raise_request_exception=False)
    if who != "anybody":
        from linli.kernel.models import Staff  # noqa: PLC0415

        client.force_login(Staff.objects.get(username=who))
    first = "/" if who == "anybody" else "/console/"
    waiting, seen, routes = [first], {first}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        try:
            route = resolve(urlsplit(path).path)
        except Resolver404:
            continue
        most = AT_MOST if route.kwargs else LISTS
        console = path.startswith("/console/")
        if routes[route.view_name] >= most or console == (who == "anybody"):
            continue
        routes[route.view_name] += 1
        cost, body = _cost(client, who, path)
        waiting += [found for found in _links(path, body) if not (found in seen or seen.add(found))]  # type: ignore[func-returns-value]
        if path.startswith(under):
            yield cost


def _cost(client: "Client", who: str, path: str) -> tuple[Cost, bytes]:
    """Ask twice: the first time templates are read, the second time is what it takes.

    The test client keeps what templates were given: to sweep that up is no part of the page.
    """
    _forget()
    client.get(path)
    _forget()
    gc.collect()
    with _counted() as asked:
        began = time.process_time()
        answer = client.get(path)
        body = answer.getvalue() if answer.streaming else answer.content
        took = (time.process_time() - began) * 1000
    return Cost(took, asked[0], len(body), answer.status_code, who, path), body


def _links(path: str, body: bytes) -> Iterator[str]:
    for found in _LINK.findall(body):
        parts = urlsplit(urljoin(path, html.unescape(found.decode(errors="replace"))))
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        inside = not parts.netloc and parts.scheme in {"", "http"}
        if inside and address.startswith("/") and not any(one in address for one in _LEFT_OUT):
            yield address


@contextmanager
def _counted() -> Iterator[list[int]]:
    from django.db import connection  # noqa: PLC0415

    count = [0]

    def counting(execute: Callable[..., object], *said: object) -> object:
        count[0] += 1
        return execute(*said)

    with connection.execute_wrapper(counting):
        yield count


def _plain() -> None:
    """Let the test client ask: no hashed names, any host."""
    from django.conf import settings  # noqa: PLC0415

    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": static}
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECOND_FACTOR = False


def _forget() -> None:
    """Let nothing be served from memory, nor anybody be turned away for asking often."""
    from linli.atlas.queries import features  # noqa: PLC0415
    from linli.kernel.limits import forget_all  # noqa: PLC0415
    from linli.ui.kept import pages  # noqa: PLC0415

    forget_all()
    pages.forget()
    features.forget()


if __name__ == "__main__":
    sys.exit(main())
