"""`make growth`: cases, bookings, facts, postings and events as they become ten, a hundred, a thousand times as many.

Times are those of a core (this process and PostgreSQL's), so that whatever else runs does not count. What was filled is
kept in LINLI_GROWTH (build/growth) and taken up again the next time, and so is what was measured on the way.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("cases", "bookings", "facts", "postings", "events", "walks")
SIZES = (10_000, 100_000, 1_000_000)
_TOWN = "import django; django.setup(); from bench.growth_town import main; main()"
_EACH = 3_000  # bytes of a row with all that hangs on it, not less than any has
_LEFT = 5_000_000_000  # bytes that are left to others
Said = dict[int, dict[str, Any]]


def main() -> int:
    """Fill, measure and print a table for each part and database."""
    words = argparse.ArgumentParser(prog="bench.growth")
    words.add_argument("--sizes", default="", help="10000,100000,1000000 unless others are named")
    words.add_argument("--only", default="")
    words.add_argument("--on", default="")
    words.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    parts = [one for one in PARTS if one in (given.only or ",".join(PARTS)).split(",")]
    sizes = sorted(int(one) for one in given.sizes.split(",") if one) or list(SIZES)
    if given.inside:
        _measure("postgres", parts, sizes)
        return 0
    for database in given.on.split(",") if given.on else ("sqlite", "postgres"):
        if database == "sqlite":
            _measure(database, parts, sizes)
        elif any(Path("/usr/lib/postgresql").glob("*/bin")):
            _with_postgres()
        else:
            print("PostgreSQL: not installed here")
            continue
        for part in parts:
            show(database, part, _kept(database, part))
    return 0


def folder() -> Path:
    """Return where it is kept what was filled and measured."""
    place = Path(os.environ.get("LINLI_GROWTH") or ROOT / "build" / "growth").resolve()
    place.mkdir(parents=True, exist_ok=True)
    return place


def _with_postgres() -> None:
    """Do it again, beside a server of its own that stays."""
    environment = os.environ | {"LINLI_POSTGRES_KEPT": str(folder() / "postgres")}
    command = ["tools/with_postgres.sh", sys.executable, "-m", "bench.growth", *sys.argv[1:]]
    subprocess.run([*command, "--inside"], cwd=ROOT, env=environment, check=True)


def _measure(database: str, parts: list[str], sizes: list[int]) -> None:
    """Fill and measure each part, in a process and a database of its own."""
    for part in parts:
        known = _kept(database, part)
        more = max(sizes) - max(known, default=0)
        if more * _EACH > shutil.disk_usage(folder()).free - _LEFT:
            print(f"{part}, {database}: not enough room for {more:,} rows more", file=sys.stderr)
            continue
        environment = _surroundings(database, part)
        with subprocess.Popen(
            [sys.executable, "-c", _TOWN, part, *map(str, sizes)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
        ) as town:  # fmt: skip
            for line in town.stdout or ():
                said = json.loads(line)
                _file(database, part).write_text(json.dumps(known := {**known, said["size"]: said}))
        if town.returncode:
            print(f"{part}, {database}: ended with {town.returncode}", file=sys.stderr)


def _surroundings(database: str, part: str) -> dict[str, str]:
    """Return the environment of a part's process: a database with all tables, a copy of an empty one at first."""
    home = folder() / f"{database}-{part}"
    environment = os.environ | {
        "LINLI_HOME": str(home), "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "linli.config.settings"
    }  # fmt: skip
    if database == "postgres":
        environment["DATABASE_URL"] = _copy_of_empty(part, environment)
        return environment
    environment.pop("DATABASE_URL", None)
    if not (home / "linli.sqlite3").exists():
        empty = folder() / "sqlite-empty"
        if not (empty / "linli.sqlite3").exists():
            _migrate(environment | {"LINLI_HOME": str(empty)})
        shutil.copytree(empty, home)
    return environment


def _copy_of_empty(part: str, environment: dict[str, str]) -> str:
    """Return the address of a part's database on the server that runs; make it when it is not there."""
    import psycopg  # noqa: PLC0415 - where there is PostgreSQL

    first = os.environ["DATABASE_URL"]
    name = f"growth_{part}"
    with psycopg.connect(first, autocommit=True) as server:
        there = {name for (name,) in server.execute("SELECT datname FROM pg_database")}
    if name not in there:
        _migrate(environment | {"DATABASE_URL": first})
        with psycopg.connect(first.replace("/linli?", "/postgres?"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE linli")
    return first.replace("/linli?", f"/{name}?")


def _migrate(environment: dict[str, str]) -> None:
    print("making the tables: some minutes, once", file=sys.stderr)
    command = [sys.executable, "-m", "linli", "migrate", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _file(database: str, part: str) -> Path:
    return folder() / f"said-{database}-{part}.json"


def _kept(database: str, part: str) -> Said:
    """Return what was measured, by size."""
    if not _file(database, part).exists():
        return {}
    return {int(size): one for size, one in json.loads(_file(database, part).read_text()).items()}


def show(database: str, part: str, said: Said) -> None:
    """Print what was measured of a part: a row for each thing that is asked or done, a column for each size."""
    if not said:
        return
    sizes = sorted(said)
    names = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
    head = [f"{part}, {names[database]}", *(f"{size:,}" for size in sizes), "growth", "read along"]
    table = [head, *_rows([said[size] for size in sizes])]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())  # fmt: skip
    print()


def _rows(said: list[dict[str, Any]]) -> Iterator[list[str]]:
    last = said[-1]
    for words in last["asked"]:
        times = [one["asked"].get(words) for one in said]
        cells = [f"{one[0]:.1f} ({one[1]:.1f}) ms" if one else "" for one in times]
        growth = f"{times[-1][0] / times[0][0]:.2f}" if times[0] else ""
        yield [words, *cells, growth, ", ".join(last["plans"][words]) or "none of them"]
    deeds = {"filled": "filled by sets", "brought": "taken in", "purged": "purged"}
    for name, words in deeds.items():
        if any(one.get(name) for one in said):
            rates = [one.get(name) or 0 for one in said]
            growth = f"{rates[0] / rates[-1]:.2f}" if rates[0] and rates[-1] else ""
            yield [
                f"{words}, a second",
                *(f"{one:,.0f}" if one else "" for one in rates),
                growth,
                "",
            ]
    for table in last["bytes"]:
        cells = [_megabytes(one["bytes"][table], one["size"]) for one in said]
        yield [f"MB of a million: {table}", *cells, "", "rows + indexes"]


def _megabytes(found: list[int], size: int) -> str:
    rows, indexes = (round(one / size) for one in found)
    return f"{rows:,} + {indexes:,}"


if __name__ == "__main__":
    sys.exit(main())
