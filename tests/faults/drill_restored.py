"""A house is gone, all of it, and put back from its backup and the copies of its keys: everything opens and adds up as
before (attack 31). `make faults` alone runs it. LINLI_CASES says how many cases there are (100).
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.faults.server import ROOT, copied

CASES = int(os.environ.get("LINLI_CASES", "100"))
PASSPHRASE = "eight green lanterns at noon"


@pytest.fixture
def house(prepared, tmp_path):
    with copied(prepared, tmp_path / "home") as made:
        yield made


def ran(house, *words, typed=""):
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=house._surroundings, input=typed,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def told(house, *words):
    return json.loads(ran(house, "tests.faults.restored", *words))


def gone(house, tmp_path):
    """Back the house up as its keeper does, and lose it; return what is left of it."""
    safe = tmp_path / "safe"
    safe.mkdir()
    ran(house, "linli", "backup", str(tmp_path / "backups"))
    ran(
        house,
        "linli",
        "backup",
        "--keys",
        str(safe / "keys"),
        typed=f"{PASSPHRASE}\n{PASSPHRASE}\n",
    )
    shutil.copy(house.home / "keys" / "master.json", safe / "master.json")
    shutil.rmtree(house.home)
    [backup] = (tmp_path / "backups").iterdir()
    return backup, safe


def put_back(house, backup, safe):
    ran(house, "linli", "restore", str(backup))
    ran(house, "linli", "restore", str(safe / "keys"), "--keys", typed=f"{PASSPHRASE}\n")
    shutil.copy(safe / "master.json", house.home / "keys" / "master.json")
    ran(house, "linli", "migrate", "--verbosity", "0")


def test_puts_back_a_town_that_is_gone(house, tmp_path, record_property):
    before = told(house, "fill", str(CASES))
    began = time.monotonic()
    left = gone(house, tmp_path)
    backed_up = time.monotonic()

    put_back(house, *left)

    back = time.monotonic()
    rows = sum(before["rows"].values())
    record_property(
        "put back",
        f"{CASES} cases, {rows} rows: out {backed_up - began:.0f} s, in {back - backed_up:.0f} s",
    )
    after = told(house, "tell")
    assert after == before
    assert before["rows"]["cases_case"] == CASES
    assert before["log_size"] >= CASES // 5
    assert before["unlike their events"] == 0
    assert len(before["files"]) >= CASES // 5


def test_control_sees_what_is_missing(house, tmp_path, record_property):
    """Without the keys nothing opens; without one event the clocks are not what they fold to; without a leaf, no root."""
    before = told(house, "fill", "10")
    backup, safe = gone(house, tmp_path)
    put_back(house, backup, safe)
    with sqlite3.connect(house.home / "linli.sqlite3") as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('cases_clockevent', 'kernel_logleaf')"
        ).fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(
            "UPDATE cases_clockevent SET due_at = '2027-01-04 10:00:00' WHERE clock = 'case'"
        )
        database.execute("DELETE FROM kernel_logleaf WHERE position = 0")
        of = database.execute(
            "SELECT s.code FROM kernel_subject s JOIN cases_case c ON c.subject_id = s.id"
        ).fetchone()
    with sqlite3.connect(house.home / "keys" / "subjects.sqlite3") as keys:
        keys.execute("UPDATE keys SET wrapped = NULL, master = NULL WHERE code = ?", of)

    after = told(house, "tell")

    seen = sorted(name for name in before if before[name] != after[name])
    record_property("seen", ", ".join(seen))
    assert {"log_root", "log_size", "rows", "unlike their events", "words"} <= {*seen}
