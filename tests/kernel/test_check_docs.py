"""The papers for whoever keeps a house: every command, option and setting stands there, and what stands there exists."""

import re

import pytest

from tests.architecture.command_lines import COMMANDS, OF_DJANGO, options, take, written
from tests.architecture.source import ROOT, modules

PAGE = (ROOT / "docs/commands.md").read_text()
LINES = sorted(
    {
        line
        for name in ("operations", "install")
        for line in written((ROOT / f"docs/{name}.md").read_text())
    }
)
READ = r'(?:environ\.get|environ|getenv|_switch)[\[(]\s*"([A-Z_]+)"'


def settings_read():
    """Every setting that our code asks the environment for, wherever it does."""
    sources = [path.read_text(encoding="utf-8") for path in modules()]
    return {name for source in sources for name in re.findall(READ, source)}


def test_explains_every_command():
    named = set(re.findall(r"`linli ([a-z-]+)`", PAGE))

    assert named == {name.replace("_", "-") for name in COMMANDS}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_explains_every_option_and_no_other(name):
    [row] = re.findall(rf"^\| `linli {name.replace('_', '-')}` \|.*$", PAGE, re.MULTILINE)

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", row)) == options(name)


def test_explains_every_setting_and_no_other():
    # Read by a library, not by a line of ours.
    read = settings_read() | {"DATABASE_URL"}

    assert set(re.findall(r"^\| `([A-Z_]+)`", PAGE, re.MULTILINE)) == read


def test_control_sees_a_setting_wherever_it_is_read():
    planted = ['environ.get("LINLI_A")', 'os.environ["LINLI_B"]', 'os.getenv("LINLI_C", "")', '_switch(\n    "LINLI_D")']  # fmt: skip

    assert [re.findall(READ, line) for line in planted] == [["LINLI_A"], ["LINLI_B"], ["LINLI_C"], ["LINLI_D"]]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_takes_every_line_of_the_runbook(line):
    """The line is read by the command's own parser: its options are there, and what it needs is given."""
    take(line)


def test_control_refuses_an_option_that_is_not_there():
    with pytest.raises(AssertionError):
        take("linli backup DIR --gone")


def test_runs_every_command_of_the_runbook_in_some_test():
    tests = "".join(path.read_text() for path in sorted((ROOT / "tests").rglob("*.py")) if path.name != "test_check_docs.py")  # fmt: skip
    named = {line.split()[1].replace("-", "_") for line in LINES} - OF_DJANGO

    unrun = {name for name in named if not re.search(rf"[\"'/]{name}(\.py)?[\"']|[\"']{name.replace('_', '-')}[\"']|import {name}\b|commands\.{name}\b", tests)}  # fmt: skip

    assert unrun == set()
