"""A poll of a million answers: its pages beside those of a thousand, and answers a second when so many slips lie there.

Most slips are spent past the action, and their answers added in one go: what is measured are the pages, and real
answers on top. Each size has a process and a database of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
FEW, MANY = 1_000, 1_000_000
_START = "import django; django.setup(); from bench.polls_town import measure; measure({0})"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table, for SQLite, and for PostgreSQL where it is installed and time is no matter."""
    places: list[tuple[str, list[str]]] = [("SQLite", [])]
    if large and any(Path("/usr/lib/postgresql").glob("*/bin")):
        places.append(("PostgreSQL", ["sh", "tools/with_postgres.sh"]))
    for place, around in places:
        few, many = _measured(FEW, around), _measured(MANY, around)
        for name, limit in (("result", 0.1), ("page while it runs", 0.1), ("console", 0.1)):
            yield Row(
                f"poll of {MANY:,} answers, {place}: {name}",
                f"{many[name] * 1000:.1f} ms",
                f"{few[name] * 1000:.1f} ms for {FEW:,}",
                f"{many[name] / few[name]:.2f}",
                f"< {limit * 1000:.0f} ms",
            )
        yield Row(
            f"answers to it, {place}, a second of one core",
            f"{many['rate']:,.0f} /s",
            f"{few['rate']:,.0f} /s at {FEW:,}",
            f"{many['rate'] / few['rate']:.2f}",
            "",
        )
        yield Row(f"telling its result, {place}", f"{many['told'] * 1000:.0f} ms", "", "", "")


def _measured(answers: int, around: list[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "LINLI_HOME": home, "LINLI_SECOND_FACTOR": "0", "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        said = subprocess.run(
            [*around, sys.executable, "-c", _START.format(answers)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    found: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    return found
