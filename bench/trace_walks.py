"""Twelve hops ahead and back among many links between lots, on SQLite and on PostgreSQL: how long a recall looks."""

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
_TOWN = "import django; django.setup(); from bench.trace_walks_town import main; main()"
_GOAL = "< 300 ms"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table: the second of each database has ten times the links of the first."""
    sizes = (1_000_000, 10_000_000) if large else (100_000, 1_000_000)
    databases = ["SQLite"]
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        databases.append("PostgreSQL")
    else:
        yield Row("recalls, PostgreSQL", "not installed here", "", "", "")
    for database in databases:
        few, many = (_town(database, size) for size in sizes)
        for way in ("ahead", "back"):
            yield Row(
                f"12 hops {way} over {many['links']:,} links, {many[f'{way} found']:,} things found, {database};"
                f" limit: over {few['links']:,}",
                f"{many[way]:.0f} ms",
                f"{few[way]:.0f} ms",
                f"{many[way] / few[way]:.1f}",
                _GOAL,
            )


def _town(database: str, links: int) -> dict[str, Any]:
    """Measure in a process whose environment names the database."""
    command = [sys.executable, "-c", _TOWN, str(links)]
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "LINLI_HOME": home, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "linli.config.settings"
        }  # fmt: skip
        if database == "SQLite":
            environment.pop("DATABASE_URL", None)
        else:
            command.insert(0, "tools/with_postgres.sh")
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said
