"""Search over many services: server time of the question itself, on SQLite and PostgreSQL, beside the goal.

Time is core time, ours and that of PostgreSQL's process for us, so that whatever else runs does not count.
Each database is measured in a process of its own. Rows are written in bulk here, past the actions; the
index is built as `linli reindex` does.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench import directory_http
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
GOAL = 0.06
ASKED = 200
PAGES = {
    "start of services": "/services/",
    "guide": "/services/{service}/",
    "station": "/stations/{station}/",
    "stations with map": "/stations/?area=620101",
    "languages": "/languages/",
    "results of a search": "/services/?q=养老保险",
}

SERVED = ("guide", "stations with map")


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    count = 300_000 if large else 100_000
    yield from _measured("SQLite", [sys.executable, "-m", "bench.directory", str(count)])
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        command = ["tools/with_postgres.sh", sys.executable, "-m", "bench.directory", str(count)]
        yield from _measured("PostgreSQL", command)
    else:
        yield Row("directory search, PostgreSQL", "not installed here", "", "", "")


def _measured(database: str, command: list[str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
    said = json.loads(done.stdout.splitlines()[-1])
    for what, (middle, slow) in said["search"].items():
        yield Row(
            f"search {said['count']:,} services, {database}: {what}; median, p95 of server time",
            f"{middle * 1000:.1f} ms, {slow * 1000:.1f} ms",
            f"{GOAL * 1000:.0f} ms",
            f"{slow / GOAL:.2f}",
            "<= 1",
        )
    for what, costs in said["pages"].items():
        yield Row(
            f"page, {database}: {what}; made anew, from memory, unchanged (304)",
            ", ".join(f"{1 / seconds:,.0f}/s/core" for seconds in costs),
            "300/s on 2 cores",
            f"{2 / costs[0] / 300:.2f}",
            ">= 1",
        )
    yield from directory_http.rows(database, said["http"])
    yield Row(
        f"build the index of {said['count']:,} services, {database}",
        f"{said['built']:.0f} s",
        "",
        "",
        "",
    )


def _spread(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), sorted(times)[int(len(times) * 0.95) - 1]


def _clocked(ask: Callable[[Any], object], questions: list[Any]) -> tuple[float, float]:
    times, clock = [], _core_clock()
    for one in questions:
        began = clock()
        ask(one)
        times.append(clock() - began)
    return _spread(times)


def _core_clock() -> Callable[[], float]:
    """Return a clock that counts the time for which our core, and PostgreSQL's for us, were busy."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        busy = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not busy.exists():
        return time.perf_counter
    return lambda: time.process_time() + int(busy.read_text().split()[0]) / 1e9


def measure(count: int) -> dict[str, Any]:
    """Fill the database of this process and measure."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.db import connection  # noqa: PLC0415

    from bench.directory_http import over_http  # noqa: PLC0415
    from bench.directory_pages import named, pages  # noqa: PLC0415
    from bench.directory_town import AT, fill, questions  # noqa: PLC0415
    from linli.directory.actions.entries import rebuild_entries  # noqa: PLC0415
    from linli.directory.queries.finding import found, shown  # noqa: PLC0415
    from linli.directory.rules.entries import Facets  # noqa: PLC0415
    from linli.kernel.actors import system  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    fill(count)
    began = time.perf_counter()
    rebuild_entries(by=system("bench"), at=AT)
    built = time.perf_counter() - began
    facets = {
        "all": Facets(),
        "services in one district": Facets(kind="service", area="620107"),
        "free, open now": Facets(free=True, open=True),
    }
    asked = questions(ASKED)

    def ask(words: str, chosen: Facets) -> None:
        shown(found(words, chosen, AT).ids[:20])

    for words in asked[:20]:
        ask(words, Facets())
    search = {name: _clocked(partial(ask, chosen=chosen), asked) for name, chosen in facets.items()}
    call_command("collectstatic", verbosity=0, interactive=False)
    served = {name: path for name, path in named(PAGES).items() if name in SERVED}
    return {
        "count": count,
        "built": built,
        "search": search,
        "http": over_http(served, workers=1 if connection.vendor == "sqlite" else 2),
        "pages": pages(PAGES),
    }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
