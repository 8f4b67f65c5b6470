"""The search over everything public: core time of the question itself, on SQLite and PostgreSQL.

Names of most kinds have no text index: a question reads them all. So many of a kind are far more than a city has.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.directory import _clocked
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
GOAL = 1.0
RUNS = 7


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    count = 300_000 if large else 100_000
    command = [sys.executable, "-m", "bench.finding", str(count)]
    yield from _told("SQLite", count, _run(command))
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _told("PostgreSQL", count, _run(["tools/with_postgres.sh", *command]))
    else:
        yield Row("search of everything, PostgreSQL", "not installed here", "", "", "")


def _told(database: str, count: int, said: dict[str, list[float]]) -> Iterator[Row]:
    for what, (middle, slow) in said.items():
        yield Row(
            f"search of everything, {count:,} of three kinds each, {database}: {what}; median, p95",
            f"{middle * 1000:.0f} ms, {slow * 1000:.0f} ms",
            f"{GOAL * 1000:.0f} ms",
            f"{slow / GOAL:.2f}",
            "<= 1",
        )


def _run(command: list[str]) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    said: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return said


def measure(count: int) -> dict[str, Any]:
    """Fill the database of this process and measure."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

    from bench.finding_town import AT, QUESTIONS, fill  # noqa: PLC0415
    from linli.directory.rules.spelling import question  # noqa: PLC0415
    from linli.portal.finding import address_of, found_groups  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    code = fill(count)
    times = {
        what: _clocked(lambda asked: found_groups(asked, AT), [question(words)] * RUNS)
        for what, words in QUESTIONS.items()
    }
    return times | {"a code": _clocked(lambda one: address_of(one, AT), [code] * RUNS)}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
