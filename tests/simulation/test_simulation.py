"""A few worlds from a few seeds (`make simulate` has ten thousand): all holds, a seed tells the same world again,
and a world in which a guard is missing breaks.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told():
    """Let the worlds live in a process of their own: their dice are those of the whole interpreter."""
    names = os.environ.keys() - {"LINLI_HOME", "DATABASE_URL", "SEED", "SEEDS", "MUTANTS"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation"],
        cwd=ROOT,
        env={name: os.environ[name] for name in names} | {"SMALL": "1", "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_holds_in_every_world(told):
    assert told["broken"] == {}
    assert told["deeds"] > 150


def test_tells_the_same_world_again(told):
    assert told["same"]
    assert told["digests"] == told["worlds"]


@pytest.mark.parametrize(
    ("defect", "what"),
    [
        ("looks are not written", "read_without_a_look"),
        ("places are given that are not there", "oversold"),
        ("money is made", "overdrawn"),
    ],
)
def test_breaks_where_a_guard_is_missing(told, defect, what):
    assert told["killed"][defect].startswith(what)
