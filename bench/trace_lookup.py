"""The public look-up over real HTTP: lots in memory, lots made anew, beside a view that does nothing.

200 lots are asked for in turn, as on a market day; server and load share the cores. Rows are written in bulk.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.directory_http import EMPTY, served
from bench.http_load import Connection, Tally, closed_loop
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
RATE, SLOWEST = 1000, 0.3
ASKED = 200
CLIENTS, SECONDS = 8, 5
# A cookie that the site does not know is somebody's own: the page is made for them alone.
_ANEW = {"Cookie": "bench=1"}


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    count = 200_000 if large else 20_000
    command = [sys.executable, "-m", "bench.trace_lookup", str(count)]
    yield from _told("SQLite", _run(command))
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _told("PostgreSQL", _run(["tools/with_postgres.sh", *command]))
    else:
        yield Row("look-up, PostgreSQL", "not installed here", "", "", "")


def _told(database: str, said: dict[str, Any]) -> Iterator[Row]:
    empty = said["empty"]["rate"]
    names = {"kept": "look-up from memory", "anew": "look-up made anew", "signed": "signed answer"}
    for name, what in names.items():
        found = said[name]
        yield Row(
            f"{what}, {said['count']:,} lots, {database}; p95",
            f"{found['rate']:,.0f}/s; {found['p95'] * 1000:.0f} ms",
            f"empty view {empty:,.0f}/s",
            f"{found['rate'] / empty:.2f}",
            f"{RATE:,}/s; {SLOWEST * 1000:.0f} ms" if name == "kept" else "",
        )


def _run(command: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def measure(count: int) -> dict[str, Any]:
    """Fill the database of this process and measure."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

    from bench.trace_lookup_town import fill  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    codes = fill(count)
    call_command("collectstatic", verbosity=0, interactive=False)
    some = [f"/q/{code}" for code in codes[:: max(count // ASKED, 1)]]
    with served(2) as (port, _group):
        return {
            "count": count,
            "empty": _loaded(port, [EMPTY]),
            "kept": _loaded(port, some),
            "anew": _loaded(port, some, _ANEW),
            "signed": _loaded(port, [f"{path}.json" for path in some]),
        }


def _loaded(port: int, paths: list[str], headers: dict[str, str] | None = None) -> dict[str, float]:
    def work(connection: Connection, number: int) -> None:
        path = paths[number % len(paths)]
        status, _body = connection.ask("GET", path, **(headers or {}))
        if status != 200:
            raise RuntimeError(f"{path}: {status}")

    closed_loop(port, work, clients=CLIENTS, seconds=4)  # every worker has them in memory now
    tally: Tally = closed_loop(port, work, clients=CLIENTS, seconds=SECONDS)
    if tally.errors:
        raise RuntimeError(tally.errors[0])
    return {"rate": tally.rate, "p95": tally.share(0.95)}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
