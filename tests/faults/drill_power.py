"""The power goes: what was acknowledged is on the disk at every moment, and nothing is half done (SQLite, FULL).

`make faults` alone runs it: it needs strace. LINLI_ASKS says how many ask (12), LINLI_CUTS at how many moments the
power goes (60). A kill -9 cannot show this: what was written and not flushed outlives a process, not the power.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.faults.power import Disk, traced
from tests.faults.power_writer import FLUSHED, HOPED
from tests.faults.server import ROOT, copied, faults_of

ASKS, CUTS = (
    int(os.environ.get(name, many)) for name, many in (("LINLI_ASKS", "12"), ("LINLI_CUTS", "60"))
)


@pytest.fixture(scope="session", autouse=True)
def _tracer():
    if not shutil.which("strace") and not os.geteuid() and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "-qq", "-y", "strace"], capture_output=True, check=False
        )
    if not shutil.which("strace"):
        pytest.skip("this needs Debian's strace: what a power loss leaves was not tried")


def written(prepared, home, synchronous):
    """Let somebody ask on a copy of the home; return the disk before, and what was done to it."""
    with copied(prepared, home) as server:
        writer = [sys.executable, "-m", "tests.faults.power_writer"]
        how = {"cwd": ROOT, "env": server._surroundings}
        # Keys and folders that the first one makes are there from then on.
        subprocess.run([*writer, "1", FLUSHED], check=True, capture_output=True, **how)
        for path in home.rglob("*.sqlite3"):
            with closing(sqlite3.connect(path)) as one:
                one.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = home.with_name("before")
        shutil.copytree(home, before)
        log = home.with_name("trace")
        traced([*writer, str(ASKS), synchronous], home, log, **how)
        shutil.rmtree(home)
        before.rename(home)
        return log


def cut_off(home, log, to, cuts):
    """Let the power go at so many moments, most of them just after somebody was told; return what was lost and broken."""
    with log.open("rb") as lines:
        moments = sum(1 for _ in lines)
    dice = random.Random(20261123)
    chance = cuts / moments
    disk, lost, broken, tried = Disk(home), 0, [], 0
    for done in disk.replayed(log):
        told = done == "write"
        if not told and dice.random() > chance:
            continue
        for share in (0.0, 0.5) if told else (dice.random(),):
            left = disk.cut(to, share, seed=tried)
            broken += [faults_of(left)]
            with closing(sqlite3.connect(left / "linli.sqlite3")) as kept:
                there = {code for (code,) in kept.execute("SELECT code FROM cases_case")}
            lost += len({*disk.said} - there)
            tried += 1
    return disk, lost, [one for one in broken if one], tried


def test_keeps_what_it_acknowledged_whenever_the_power_goes(prepared, tmp_path, record_property):
    home = tmp_path / "home"
    log = written(prepared, home, FLUSHED)

    disk, lost, broken, tried = cut_off(home, log, tmp_path / "left", CUTS)

    record_property("cut off", f"{tried} times, {len(disk.said)} acknowledged, lost {lost}")
    assert len(disk.said) == ASKS
    assert tried > 2 * ASKS
    assert (lost, broken) == (0, [])


def test_control_loses_what_nobody_flushed(prepared, tmp_path, record_property):
    home = tmp_path / "home"
    log = written(prepared, home, HOPED)

    _disk, lost, _broken, tried = cut_off(home, log, tmp_path / "left", CUTS)

    record_property("cut off", f"{tried} times, lost {lost}")
    assert lost > 0
