"""The catalogue of faults: each row once, everything it leans on is there, and what a run says is read aright."""

import ast
import re
from dataclasses import replace
from xml.etree import ElementTree as Xml

from tests.architecture.source import ROOT
from tools.faults import FAILED, HELD, NOT_RUN, ROWS, Fault, own_lines, read

NAMED = {one for row in ROWS for one in (*row.proofs, *row.controls)}


def missing(name):
    """Say whether a pytest id leads nowhere; its file is read, not run."""
    path, *inside = name.split("::")
    if not (ROOT / path).is_file():
        return True
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    for part in inside:
        found = [one for one in body if getattr(one, "name", "") == part]
        if not found:
            return True
        body = found[0].body
    return False


def test_has_every_row_once():
    assert [row.number for row in ROWS] == [*range(1, 33)]
    assert [row.number for row in ROWS if bool(row.proofs) == bool(row.why_not)] == []


def test_leans_on_what_is_there():
    targets = {
        *re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    }
    made = {one.split()[1] for one in NAMED if one.startswith("make ")}

    assert [one for one in NAMED if not one.startswith("make ") and missing(one)] == []
    assert made - targets == set()


def test_control_misses_what_is_not_there():
    here = "tests/faults/test_catalogue.py"
    absent = (
        "tests/faults/nowhere.py",
        f"{here}::test_nothing",
        f"{here}::test_has_every_row_once::x",
    )

    assert [missing(one) for one in (here, f"{here}::missing", *absent)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def report(*cases):
    return read(Xml.fromstring(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>"))


GOOD = (
    '<testcase name="a"><properties><property name="lost" value="0 of 9"/></properties></testcase>'
)
BAD = '<testcase name="b"><failure message="no"/></testcase>'
SKIPPED = '<testcase name="c"><skipped message="this needs root"/></testcase>'


def test_reads_what_a_run_says():
    assert str(report(GOOD)) == "held: 1 test; lost 0 of 9"
    assert str(report(GOOD, SKIPPED)) == "held: 1 test; 1 skipped; lost 0 of 9"
    assert str(report(GOOD, BAD)) == "FAILED: b; lost 0 of 9"
    assert str(report(SKIPPED)) == "not run: this needs root"
    assert {HELD, FAILED, NOT_RUN} == {report(GOOD).state, report().state, report(SKIPPED).state}


def test_takes_of_a_command_what_it_says_of_the_row():
    row = Fault(13, "failover", "kill -9", "0 lost", ["make cluster"])
    lines = ["fault 13: lost 0 of 9", "fault 13: control: lost 4", "fault 1: 300 pages", "3 passed"]

    assert own_lines(lines, row, "proofs") == ["lost 0 of 9"]
    assert own_lines(lines, row, "controls") == ["lost 4"]
    assert own_lines(lines, replace(row, number=12), "proofs") == []
    assert own_lines(lines, replace(row, says="^3 "), "proofs") == ["3 passed"]
