"""Postings a second beside django-hordak and django-ledger; a trial balance and a statement over many postings.

A posting is one side of a transfer: two a transfer, as the peers count them. Where the peers are installed
(PEERS_ROOT), all run one after another on the same PostgreSQL with fsync on, in threads of one process each.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.peers import DRIVERS, PEERS
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
_TOWN = "import django; django.setup(); from bench.ledger_town import main; main()"
_SHAPES = ((1, 2), (16, 2), (16, 4))  # clients, legs of a transaction
_COUNT = {1: 1500, 16: 4000}
_DATABASE = "linli_ledger_bench"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases, and of the peers."""
    ours, many = _town("SQLite", ["rate", 1500, 1, 2], ["ask", 1_000_000])
    peer = _peer("ledger", "djledger.py", "--db", "sqlite", "--n", "60")
    yield _row("postings, SQLite, 1 client, 2 legs; peer: django-ledger", ours, peer, 2, "> 1")
    yield _asked("SQLite", many)
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _postgres(10_000_000 if large else 1_000_000)
        yield _asked("PostgreSQL", *_town("PostgreSQL", ["ask", 10_000_000]))
    else:
        yield Row("ledger, PostgreSQL", "not installed here", "", "", "")


def _postgres(postings: int) -> Iterator[Row]:
    """Yield what is posted a second: a transaction at a time, and as many as there are at once."""
    with _cluster_of_peers() as there:
        yield from _posted(postings, "peers" if there else "PostgreSQL")


def _posted(postings: int, place: str) -> Iterator[Row]:
    deeds: list[list[str | int]] = [
        ["rate", _COUNT[clients] * 2 // legs, clients, legs] for clients, legs in _SHAPES
    ]
    best = 0.0
    *rates, many = _town(place, *deeds, ["many", postings // 2])
    for (clients, legs), ours in zip(_SHAPES, rates, strict=True):
        words = ("--conc", str(clients), "--legs", str(legs))
        hordak = _peer("hordak", "django_hordak.py", "--n", str(2400 // legs), *words)
        what = f"postings, PostgreSQL, {clients} client{'s' * (clients > 1)}, {legs} legs"
        yield _row(f"{what}; peer: django-hordak", ours, hordak, legs, "")
        best = max(best, (hordak or 0.0) * legs)
        if legs == 2:
            peer = _peer("ledger", "djledger.py", "--db", "pg", "--n", "60", *words)
            yield _row("… peer: django-ledger", ours, peer, legs, "> 1")
    yield Row(
        f"… {many['postings']:,} at random, a thousand transactions at once; peer: django-hordak's best",
        f"{many['rate']:,.0f}/s",
        f"{best:,.0f}/s" if best else "not installed",
        f"{many['rate'] / best:.1f}" if best else "",
        ">= 5",
    )
    hledger = f"; hledger {many['hledger']:.0f} fen" if "hledger" in many else ""
    yield Row(
        "… exported: ledger less trial balance; written; verified",
        f"{many['wrong']:.0f} fen{hledger}; {many['written']:.0f} s; {many['verified']:.0f} s",
        "",
        "",
        "0 fen",
    )


def _asked(database: str, said: dict[str, Any]) -> Row:
    return Row(
        f"trial balance over {said['postings']:,} postings, {database}; a statement's newest page, one of the middle",
        f"{said['trial']:.1f} ms; {said['newest']:.1f}, {said['middle']:.1f} ms",
        "",
        "",
        "< 1,000 ms",
    )


def _row(what: str, ours: dict[str, Any], peer: float | None, legs: int, goal: str) -> Row:
    if ours["untrue"]:
        raise RuntimeError("balances are not what the transfers make")
    return Row(
        what,
        f"{ours['rate'] * legs:,.0f}/s",
        f"{peer * legs:,.0f}/s" if peer else "not installed",
        f"{ours['rate'] / peer:.1f}" if peer else "",
        goal,
    )


def _town(database: str, *deeds: list[str | int]) -> list[dict[str, Any]]:
    """Measure in a process whose environment names the database: ours alone, or that of the peers."""
    command = [sys.executable, "-c", _TOWN, json.dumps(deeds)]
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "LINLI_HOME": home, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "linli.config.settings"
        }  # fmt: skip
        if database == "SQLite":
            environment.pop("DATABASE_URL", None)
        elif database == "peers":
            for verb in ("drop database if exists", "create database"):
                _cluster("psql", "postgres", "-c", f"{verb} {_DATABASE}")
            environment["DATABASE_URL"] = f"postgres://postgres@127.0.0.1:54329/{_DATABASE}"
        else:
            command.insert(0, "tools/with_postgres.sh")
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    said: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return said


@contextmanager
def _cluster_of_peers() -> Iterator[bool]:
    """Have the peers' PostgreSQL run, and leave it as it was; say whether it and hordak are there at all."""
    if not (PEERS / "hordak" / "bin" / "python").exists() or not (PEERS / "pg").exists():
        yield False
        return
    ran = not _cluster("psql", "postgres", "-c", "select 1")
    try:
        yield ran or not _cluster("start")
    finally:
        if not ran:
            _cluster("stop")


def _cluster(*words: str) -> int:
    command = [str(DRIVERS / "pg.sh"), *words]
    done = subprocess.run(
        command, cwd=PEERS, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return done.returncode


def _peer(name: str, driver: str, *words: str) -> float | None:
    """Return how many transactions a second a peer takes; None where it is not installed or does not run."""
    python = PEERS / name / "bin" / "python"
    if not python.exists() or not (DRIVERS / driver).exists():
        return None
    (PEERS / "logs").mkdir(exist_ok=True)
    done = subprocess.run(
        [str(python), str(DRIVERS / driver), "--op", "post", *words],
        cwd=DRIVERS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if done.returncode or not lines or not lines[-1].startswith("{"):
        return None
    rate: float = json.loads(lines[-1])["ops_per_s"]
    return rate
