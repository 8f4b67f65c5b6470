"""The floors hold, and the contracts really catch what they are there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PLANTED = {
    "the reader opened from elsewhere": ("linli/kernel/planted.py", "import linli.reader\n"),
    "the reader knows Django": ("linli/reader/planted.py", "import django\n"),
    "the reader knows the kernel": ("linli/reader/planted.py", "import linli.kernel.codes\n"),
    "a lower floor looks up": ("linli/kernel/planted.py", "import linli.reports.models\n"),
    "a drawer for everything": ("linli/reports/utils.py", "x = 1\n"),
    "a floor nobody declared": ("linli/gossip/__init__.py", "x = 1\n"),
    "a rule with a framework": ("linli/reports/rules/planted.py", "import django.db\n"),
    "a model that acts": ("linli/reports/models/planted.py", "import linli.reports.actions\n"),
}


def lint(folder):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path):
    shutil.copytree(
        ROOT / "linli",
        tmp_path / "linli",
        ignore=lambda _, names: [n for n in names if not n.endswith(".py") and "." in n],
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_keeps_the_floors(house):
    done = lint(house)

    assert done.returncode == 0, done.stdout


@pytest.mark.sweep(4)
@pytest.mark.parametrize("wrong", PLANTED)
def test_breaks_when_something_is_planted(house, wrong):
    name, text = PLANTED[wrong]
    (house / name).parent.mkdir(exist_ok=True)
    (house / name).write_text(text)

    assert lint(house).returncode == 1, wrong
