"""Questions of EPCIS among 10^4, 10^5 and 10^6 events (10^7 with --large): what one answer costs must not grow.

Events are written in bulk here, past the actions; a tenth of them at a time is asked. Measured is the answer to a
program as its document, from the question as it stands in the address: by a supervisor, and by one business of many.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
GOAL = 2.0  # times as long among all as among the first
_TOWN = "import django; django.setup(); from bench.trace_query_town import main; main()"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    sizes = [10_000, 100_000, 1_000_000] + ([10_000_000] if large else [])
    yield from _told("SQLite", sizes, _measured("SQLite", sizes))
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _told("PostgreSQL", sizes, _measured("PostgreSQL", sizes))
    else:
        yield Row("questions of events, PostgreSQL", "not installed here", "", "", "")


def _told(database: str, sizes: list[int], found: dict[str, list[float]]) -> Iterator[Row]:
    among = " / ".join(f"10^{len(str(size)) - 1}" for size in sizes)
    for question, spent in found.items():
        growth = spent[-1] / spent[0]
        yield Row(
            f"events, {database}, among {among}: {question}",
            " / ".join(f"{one:.1f}" for one in spent) + " ms",
            "flat",
            f"{growth:.2f}",
            f"<= {GOAL:.0f}",
        )


def _measured(database: str, sizes: list[int]) -> dict[str, list[float]]:
    command = [sys.executable, "-c", _TOWN, *map(str, sizes)]
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "LINLI_HOME": home, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "linli.config.settings"
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        if database == "PostgreSQL":
            command.insert(0, "tools/with_postgres.sh")
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


if __name__ == "__main__":
    from bench.table import show

    show(list(rows(large="--large" in sys.argv)))
