"""An instrument of 200 questions in ten languages: server time of the pages that build it, and of its files."""

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
_START = "import django; django.setup(); from bench.instruments_town import {0}; {0}()"
QUESTIONS, LANGUAGES = 200, 10
LIMITS = {
    "builder page": 0.4,
    "one question": 0.4,
    "a section in another language": 0.4,
    "public page": 0.4,
    "out as XLSX": 2.0,
    "in from XLSX, with what it changes": 4.0,
}


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table."""
    for questions in (QUESTIONS, 5 * QUESTIONS) if large else (QUESTIONS,):
        for name, (seconds, queries) in _measured(questions).items():
            limit = LIMITS[name]
            yield Row(
                f"instrument, {questions} questions x {LANGUAGES} languages: {name} ({queries} queries)",
                f"{seconds * 1000:,.0f} ms",
                f"{limit * 1000:,.0f} ms",
                f"{seconds / limit:.2f}",
                "<= 1" if questions == QUESTIONS else "",
            )


def _measured(questions: int) -> dict[str, tuple[float, int]]:
    """Return seconds and number of queries for each page. One process fills, another one answers."""
    with tempfile.TemporaryDirectory() as home:
        _run("filled", questions, home)
        said = _run("costs", questions, home)
    found: dict[str, tuple[float, int]] = json.loads(said.splitlines()[-1])
    return found


def _run(step: str, questions: int, home: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", _START.format(step), str(questions)],
        cwd=ROOT,
        env=os.environ
        | {"LINLI_HOME": home, "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
        | {"DATABASE_URL": f"sqlite:///{home}/bench.sqlite3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
