"""The ledger with 10,000 tasks over 5 years: server time of its pages, and how it grows from 1,000.

Each size has a database of its own, filled by another process than the one that answers.
Rows are written in bulk here, past the actions: a bench needs many, not a record of who made them.
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
# Models can be imported once Django is set up, and not before.
_START = "import django; django.setup(); from bench.plans_pages import {0}; {0}()"
GOAL = 0.2
PAGES = {
    "list": "/console/ledger/",
    "list, one unit, worst first": "/console/ledger/?unit=第7单位&order=-lamp",
    "tree": "/console/ledger/tree/",
    "timeline": "/console/ledger/timeline/",
    "export to XLSX, all rows": "/console/ledger/export.xlsx",
}
LIMITS = {"export to XLSX, all rows": 15.0, "timeline": 0.3}


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the ledger's rows of the table."""
    small, big = (10_000, 100_000) if large else (1_000, 10_000)
    few, many = _measured(small), _measured(big)
    for name in PAGES:
        limit = LIMITS.get(name, GOAL)
        seconds, queries = many[name]
        yield Row(
            f"ledger of {big:,} tasks: {name} ({queries} queries)",
            f"{seconds * 1000:,.0f} ms",
            f"{limit * 1000:,.0f} ms",
            f"{seconds / limit:.2f}",
            "<= 1",
        )
        yield Row(
            f"the same, 10 times the tasks: {name}",
            f"{seconds * 1000:,.0f} ms",
            f"{few[name][0] * 1000:,.0f} ms for {small:,}",
            f"{seconds / few[name][0]:.1f}",
            "<= 15" if "export" in name else "<= 11",
        )


def _measured(tasks: int) -> dict[str, tuple[float, int]]:
    """Return seconds and number of queries for each page. One process fills, another one answers."""
    with tempfile.TemporaryDirectory() as home:
        _run("filled", tasks, home)
        said = _run("costs", tasks, home)
    found: dict[str, tuple[float, int]] = json.loads(said.splitlines()[-1])
    return found


def _run(step: str, tasks: int, home: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", _START.format(step), str(tasks)],
        cwd=ROOT,
        env=os.environ
        | {"LINLI_HOME": home, "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
        | {"DATABASE_URL": f"sqlite:///{home}/bench.sqlite3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
