"""What `bench.growth` runs in a process of its own: one table, filled further and further, measured at each size."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from bench.growth_part import Part, execute, on_postgres, tidy
from bench.growth_plan import asked, ways

RUNS = 60
NEW, OLD = 10_000, 1_000
AT_ONCE = 500_000


@cache
def _backend() -> Path:
    """Return where the system tells how long PostgreSQL's process of this connection was busy."""
    [(number,)] = execute("SELECT pg_backend_pid()")
    return Path(f"/proc/{number}/schedstat")


def core() -> float:
    """Return how long a core was busy with us, this process and PostgreSQL's: whatever else runs does not count."""
    there = int(_backend().read_text().split()[0]) / 1e9 if on_postgres() else 0.0
    return time.process_time() + there


def main() -> None:
    """Fill, measure, and print a line of JSON for each size."""
    name, *sizes = sys.argv[1:]
    part: Part = import_module(f"bench.growth_{name}").PART
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        part.ready()
    for size in sorted(map(int, sizes)):
        if part.there() > size:
            print(f"{name}: already more than {size:,}", file=sys.stderr)
            continue
        filled = _filled(part, size)
        print(json.dumps({"size": size, "filled": filled, **measured(part, size)}), flush=True)


def _filled(part: Part, size: int) -> float:
    """Fill up to a size; return the rows a second, 0 where they were there."""
    began, first = time.perf_counter(), part.there()
    while (there := part.there()) < size:
        with transaction.atomic():
            part.fill(there, min(size, there + AT_ONCE))
        spent = time.perf_counter() - began
        print(f"{part.name}: {part.there():,} after {spent:.0f} s", file=sys.stderr, flush=True)
    spent = time.perf_counter() - began
    tidy(*part.tables)
    return (size - first) / spent


def measured(part: Part, size: int) -> dict[str, Any]:
    """Return what is asked, taken in, purged, and the bytes."""
    said: dict[str, Any] = {"asked": {}, "plans": {}}
    for words, question in part.questions(size).items():
        statements = asked(lambda question=question: question(0))  # type: ignore[misc]
        said["plans"][words] = [str(way) for way in ways(statements, part.tables)]
        said["asked"][words] = _times(question)
    said["brought"] = _rolled_back(lambda: part.bring(NEW))
    if part.due is not None:
        due = part.due
        said["purged"] = _rolled_back(lambda: (OLD, due(size, OLD)))
    tidy(*part.tables)  # PostgreSQL keeps the place of what was taken back
    said["bytes"] = {table: _bytes(table) for table in part.tables}
    return said


def _times(question: Callable[[int], object]) -> tuple[float, float]:
    """Return the median and the 95th of a hundred, in milliseconds of a core, each for something else."""
    spent = []
    for turn in range(RUNS):
        began = core()
        question(turn + 1)
        spent.append(1000 * (core() - began))
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def _rolled_back(begin: Callable[[], tuple[int, Callable[[], object]]]) -> float:
    """Return how many a second; nothing of it stays, so that the size stays what it is."""
    with transaction.atomic():
        count, work = begin()
        began = core()
        work()
        spent = core() - began
        transaction.set_rollback(True)
    return count / spent


def _bytes(table: str) -> tuple[int, int]:
    """Return the bytes of the rows and of their indexes, of all parts."""
    if on_postgres():
        [(rows, whole)] = execute(
            "SELECT sum(pg_table_size(relid)), sum(pg_total_relation_size(relid)) FROM"
            " (SELECT relid FROM pg_partition_tree(%s) UNION SELECT %s::regclass) AS parts (relid)",
            table,
            table,
        )
        return int(rows), int(whole - rows)
    sizes = dict(
        execute(
            "SELECT name, sum(pgsize) FROM dbstat WHERE name IN"
            " (SELECT name FROM sqlite_master WHERE tbl_name = %s) GROUP BY name",
            table,
        )
    )
    return sizes.pop(table, 0), sum(sizes.values())


if __name__ == "__main__":
    main()
    connection.close()
