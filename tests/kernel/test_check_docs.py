"""The papers for whoever keeps a house: every command and setting stands there, and what stands there exists."""

import re
import shlex

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from tests.architecture.source import ROOT

COMMANDS = {name: app for name, app in get_commands().items() if str(app).startswith("linli.")}
PAGE = (ROOT / "docs/commands.md").read_text()
OPERATIONS = (ROOT / "docs/operations.md").read_text()
OF_DJANGO = {"migrate", "collectstatic"}


def written():
    """Every command of the runbook as somebody would type it."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", OPERATIONS, re.DOTALL))
    lines = [line.strip() for line in blocks.splitlines()]
    return sorted({line for line in [*lines, *re.findall(r"`(linli [^`]+)`", OPERATIONS)] if line})


def test_explains_every_command():
    named = set(re.findall(r"`linli ([a-z-]+)`", PAGE))

    assert named == {name.replace("_", "-") for name in COMMANDS}


def test_explains_every_setting_and_no_other():
    source = (ROOT / "linli/config/settings.py").read_text()
    read = {*re.findall(r'(?:environ\.get|_switch)\(\s*"([A-Z_]+)"', source), "DATABASE_URL"}

    assert set(re.findall(r"^\| `([A-Z_]+)`", PAGE, re.MULTILINE)) == read


@pytest.mark.parametrize("line", written())
def test_takes_every_line_of_the_runbook(line):
    """The line is read by the command's own parser: its options are there, and what it needs is given."""
    _linli, typed, *given = shlex.split(line)
    name = typed.replace("-", "_")
    known = get_commands()
    assert name in COMMANDS or name in OF_DJANGO
    command = load_command_class(known[name], name)
    if "run_from_argv" in vars(type(command)) or (name == "witness" and not given):
        return  # its words go to a program of their own; or it is named, not typed
    parser = command.create_parser("linli", name)

    try:
        parser.parse_args(given)
    except CommandError as error:
        raise AssertionError(line) from error


def test_runs_every_command_of_the_runbook_in_some_test():
    tests = "".join(path.read_text() for path in sorted((ROOT / "tests").rglob("*.py")) if path.name != "test_check_docs.py")  # fmt: skip
    named = {line.split()[1].replace("-", "_") for line in written()} - OF_DJANGO

    unrun = {name for name in named if not re.search(rf"[\"'/]{name}(\.py)?[\"']|[\"']{name.replace('_', '-')}[\"']|import {name}\b|commands\.{name}\b", tests)}  # fmt: skip

    assert unrun == set()
