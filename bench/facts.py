"""Facts taken in from a table, beside the raw limit: the same rows through a bare executemany.

Each database is measured in a process of its own: SQLite in a file, PostgreSQL where it is installed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
AREAS, INDICATORS = 200, 20


class Rate(NamedTuple):
    """Facts a second: by the clock on the wall, and by the time our process was busy."""

    wall: float
    core: float


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    count = 20_000 if large else 5_000
    yield from _measured("SQLite", [sys.executable, "-m", "bench.facts", str(count)])
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        command = ["tools/with_postgres.sh", sys.executable, "-m", "bench.facts", str(count)]
        yield from _measured("PostgreSQL", command)
    else:
        yield Row("import facts, PostgreSQL", "not installed here", "", "", "")


def _measured(database: str, command: list[str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
    said = json.loads(done.stdout.splitlines()[-1])
    count, big = said["count"], Rate(*said["big"])
    raw, small, again = Rate(*said["raw"]), Rate(*said["small"]), Rate(*said["again"])
    yield Row(
        f"import {10 * count:,} facts, {database}: parse, check, insert; raw: bare executemany",
        f"{big.wall:,.0f} facts/s ({big.core:,.0f}/s/core)",
        f"{raw.wall:,.0f} rows/s ({raw.core:,.0f}/s/core)",
        f"{big.wall / raw.wall:.2f}",
        ">= 20,000 facts/s",
    )
    yield Row(
        f"the same table again, {database}: every row known, nothing written",
        f"{again.wall:,.0f} rows/s",
        "",
        "",
        "idempotent",
    )
    yield Row(
        f"time for 10 times the rows, {database} ({count:,} and {10 * count:,})",
        f"{10 * count / big.core:,.2f} s of our core",
        f"{count / small.core:,.2f} s for one",
        f"{10 * small.core / big.core:.1f}",
        "<= 11",
    )


def _table(count: int, source: str) -> bytes:
    """Return a table of so many facts as CSV; another source makes them other facts."""
    lines = ["指标,地区,月份,数值,来源"]
    for number in range(count):
        indicator, rest = number % INDICATORS, number // INDICATORS
        area, month = rest % AREAS, rest // AREAS
        lines.append(
            f"bench.i{indicator},{620000 + area},{1950 + month // 12}-{month % 12 + 1:02},"
            f"{number * 37 % 99_991}.{number % 100:02},{source}"
        )
    return "\n".join(lines).encode()


def _timed(count: int, work: Callable[[], object]) -> Rate:
    wall, core = time.perf_counter(), time.process_time()
    work()
    return Rate(count / (time.perf_counter() - wall), count / (time.process_time() - core))


def _best(rates: list[Rate]) -> Rate:
    return Rate(max(rate.wall for rate in rates), max(rate.core for rate in rates))


def _measure(count: int) -> dict[str, object]:
    """Fill this process's own database and return the rates."""
    from django.core.management import call_command  # noqa: PLC0415 - after the settings

    call_command("migrate", verbosity=0)
    bring, raw = _work()
    bring(_table(100, "warm"))
    measured: dict[str, list[Rate]] = {"small": [], "raw": [], "big": [], "again": []}
    for run in range(RUNS):
        small, big = _table(count, f"s{run}"), _table(10 * count, f"b{run}")
        measured["small"].append(_timed(count, partial(bring, small)))
        measured["raw"].append(raw(10 * count, f"r{run}"))
        measured["big"].append(_timed(10 * count, partial(bring, big)))
        measured["again"].append(_timed(10 * count, partial(bring, big)))
    return {"count": count} | {name: _best(rates) for name, rates in measured.items()}


def _work() -> tuple[Callable[[bytes], object], Callable[[int, str], Rate]]:
    """Return the import under test, and the bare insert beside it."""
    from django.db import connection, transaction  # noqa: PLC0415 - after the settings

    from linli.directory.models import Area  # noqa: PLC0415
    from linli.facts import actions  # noqa: PLC0415
    from linli.facts.actions.rows import FIELDS  # noqa: PLC0415
    from linli.facts.rules.columns import Layout  # noqa: PLC0415
    from linli.kernel.actors import system  # noqa: PLC0415

    by, at = system("bench"), datetime(2026, 11, 21, 4, tzinfo=UTC)
    for number in range(AREAS):
        Area.objects.create(
            code=f"{620000 + number}", name=f"地{number}", level="county", from_year=1950
        )
    for number in range(INDICATORS):
        draft = actions.IndicatorDraft(
            code=f"bench.i{number}", name=f"指标{number}", unit="个", kind="count",
            definition="量一量。", computed_by="bench",
        )  # fmt: skip
        actions.define(by=by, at=at, draft=draft)

    def bring(data: bytes) -> object:
        draft = actions.ImportDraft(data=data, name="bench.csv", layout=Layout(0, 1, 2, 3, "", 4))
        return actions.import_facts(by=by, at=at, draft=draft)

    def raw(count: int, source: str) -> Rate:
        evidence = actions.cite_file(by=by, at=at, source=source, data=b"x", name="x.csv")
        columns = ", ".join(FIELDS)
        statement = f"INSERT INTO facts_fact ({columns}) VALUES ({', '.join(['%s'] * len(FIELDS))})"
        ready = [_plain(number, evidence.pk) for number in range(count)]

        def insert() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(statement, ready)

        return _timed(count, insert)

    return bring, raw


def _plain(number: int, evidence: int) -> tuple[Any, ...]:
    """Return one row as the driver takes it, in the order of FIELDS."""
    rest = number // INDICATORS
    area, month = rest % AREAS, rest // AREAS
    year, of_year = 1950 + month // 12, month % 12 + 1
    after = f"{year + of_year // 12}-{of_year % 12 + 1:02}-01"
    value = f"{number * 37 % 99_991}.{number % 100:02}"
    return (
        "bench", "system", "", "2026-11-21 04:00:00+00:00", number % INDICATORS + 1,
        f"{620000 + area}", f"{year}-{of_year:02}-01", after, value, "exact", value, value, True, True,
        "claimed", evidence, None, "",
    )  # fmt: skip


def main() -> int:
    """Measure this process's database and print the rates as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    import django  # noqa: PLC0415 - after the setting

    django.setup()
    print(json.dumps(_measure(int(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
