"""What an ordinary run leaves out of a sweep, another asks: the parts together are everything."""

import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT
from tools import sweeps

OF = 4


@pytest.fixture
def run(monkeypatch):
    """Return what makes this the run of a commit of so many."""

    def of_commit(number):
        monkeypatch.setenv("LINLI_SWEEP", str(number))
        sweeps.chosen.cache_clear()

    yield of_commit
    sweeps.chosen.cache_clear()


@pytest.mark.parametrize("many", [1, 2, 3, 4, 5, 19])
def test_leaves_nothing_out_of_all_parts_together(run, many):
    asked = []
    for commit in range(OF):
        run(commit)
        asked.append(sweeps.part(range(many), OF))

    assert all(asked)
    assert {one for part in asked for one in part} == {*range(many)}
    assert max(map(len, asked)) - min(map(len, asked)) <= 1


def test_asks_the_same_of_the_same_commit_and_everything_when_told(run):
    run(7)
    assert sweeps.part(range(19), OF) == sweeps.part(range(19), OF)
    assert list(sweeps.rounds(12, 3)) == [7, 8, 9]
    run("all")
    assert (sweeps.part(range(19), OF), [*sweeps.rounds(12, 3)]) == ([*range(19)], [*range(12)])


def collected(sweep):
    """Return the tests of the floors that are collected, of which eight are one sweep in four parts."""
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/architecture/test_floors.py"],
        cwd=ROOT, env=os.environ | {"LINLI_SWEEP": sweep}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [line for line in said.splitlines() if "::" in line]


def test_leaves_out_tests_of_a_sweep_and_no_others():
    everything, part = collected("all"), collected("1")

    assert len(everything) == 9
    assert len(part) == 3
    assert {*part} < {*everything}
    assert "tests/architecture/test_floors.py::test_keeps_the_floors" in part
