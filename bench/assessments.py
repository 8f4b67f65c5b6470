"""5,000 units with 60 items: scored from the sheets in the database to the rows of scores, and computed again.

Each count of sources has a round of its own, with one sheet a unit and source. Rows are written in bulk here, past
the actions: a bench needs many. Measured is the action itself, reading and writing included, and the replay.
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
ITEMS, GOAL = 60, 2.0
_TOWN = "import django; django.setup(); from bench.assessments_town import main; main()"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    units = 50_000 if large else 5_000
    yield from _told("SQLite", units, _measured("SQLite", units))
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _told("PostgreSQL", units, _measured("PostgreSQL", units))
    else:
        yield Row("scores, PostgreSQL", "not installed here", "", "", "")


def _told(database: str, units: int, found: list[dict[str, Any]]) -> Iterator[Row]:
    for one in found:
        if one["scores"] != units or one["differ"]:
            raise RuntimeError("scores are not what the sheets make")
        limit = GOAL * units / 5_000
        what = f"{units:,} units x {ITEMS} items, {one['sources']} source(s), {database}"
        yield Row(
            f"{what}: scored and kept ({one['queries']} queries)",
            f"{one['scored']:.2f} s ({one['busy']:.2f} s of a core here)",
            f"{limit:.0f} s",
            f"{one['scored'] / limit:.2f}",
            "<= 1" if one["sources"] == 1 else "",
        )
        yield Row("… the rules alone; every score again, to the bit",
                  f"{one['rules']:.2f} s; {one['replayed']:.2f} s", "", "", "")  # fmt: skip


def _measured(database: str, units: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", _TOWN, str(units)]
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
    said: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return said
