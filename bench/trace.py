"""EPCIS events a second from the bytes of a file to what is kept: read, checked, hashed, written, on both databases.

Beside them, in the same run and of the same shape (five things seen by an event): what EPCIS libraries only parse or
write, what the reference only hashes, and what quartet_epcis captures. Theirs is XML of version 1.2, ours is JSON-LD
of version 2.0, and in a row of its own XML. Seconds are those of the clock; those of the core stand beside them.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.peers import DRIVERS, PEERS
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
_TOWN = "import django; django.setup(); from bench.trace_town import main; main()"
_WORDS: Final = {
    "seen": "five things seen, JSON-LD",
    "xml": "five things seen, XML 1.2",
    "mixed": "lots made of lots, packed and sent, JSON-LD",
    "again": "all told before",
}
_PEERS: Final = (
    ("eparsecis, parses only", "epcpyyes", "epcis_libs.py", ("--op", "parse", "--batch", "100")),
    ("EPCPyYes, writes only", "epcpyyes", "epcis_libs.py", ("--op", "write", "--batch", "100")),
    ("reference, hashes only", "plain", "epcis_libs.py", ("--op", "hash", "--batch", "100")),
    ("quartet_epcis, captures", "quartet", "quartet_epcis.py", ("--op", "capture", "--batch", "100")),
)  # fmt: skip


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases, and of the peers."""
    files = 40 if large else 8
    ours = _town("SQLite", files)
    yield from _rates("SQLite", ours)
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _rates("PostgreSQL", _town("PostgreSQL", files))
    else:
        yield Row("EPCIS capture, PostgreSQL", "not installed here", "", "", "")
    for name, place, driver, words in _PEERS:
        peer = _peer(place, driver, *words)
        yield Row(
            f"… peer: {name}",
            f"{ours['seen'][0]:,.0f}/s",
            f"{peer:,.0f}/s" if peer else "not installed",
            f"{ours['seen'][0] / peer:.1f}" if peer else "",
            "> 1",
        )


def _rates(database: str, said: dict[str, tuple[float, float]]) -> Iterator[Row]:
    for kind, words in _WORDS.items():
        clock, core = said[kind]
        yield Row(
            f"EPCIS capture, {database}: {words}",
            f"{clock:,.0f}/s; {core:,.0f}/s of the core",
            "",
            "",
            ">= 2,000",
        )


def _town(database: str, files: int) -> dict[str, Any]:
    command = [sys.executable, "-c", _TOWN, str(files)]
    with tempfile.TemporaryDirectory(dir=os.environ.get("LINLI_BENCH_HOME")) as home:
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


def _peer(place: str, driver: str, *words: str) -> float | None:
    """Return how many events a second a peer takes; None where it is not installed or does not run."""
    python = PEERS / place / "bin" / "python"
    if not python.exists() or not (DRIVERS / driver).exists():
        return None
    done = subprocess.run(
        [str(python), str(DRIVERS / driver), *words, "--n", "5"],
        cwd=DRIVERS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if done.returncode or not lines or not lines[-1].startswith("{"):
        return None
    said = json.loads(lines[-1])
    return float(said.get("items_per_s") or said["ops_per_s"] * 100)


if __name__ == "__main__":
    from bench.table import show

    show(list(rows(large="--large" in sys.argv)))
