"""The table of ASVS 5.0 is whole, and everything that it points at is there."""

import re
from collections import Counter

import pytest

from tests.architecture.source import ROOT
from tools.asvs import HOW, Row, rows, summary

TABLE = rows()


def slug(title):
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def missing(row):
    """Return what a row names that is not there."""
    gone = []
    for proof in row.proof.split() if row.how == "test" else ():
        path, _, name = proof.partition("::")
        file = ROOT / path
        known = file.is_file() and re.search(
            rf"^\s*(def {name}\(|{name} = )", file.read_text(encoding="utf-8"), re.MULTILINE
        )
        gone += [] if known and name.startswith("test_") else [proof]
    for path, section in re.findall(r"(docs/[\w.-]+)#([\w-]+)", row.proof):
        titles = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(), re.MULTILINE)
        gone += [] if section in map(slug, titles) else [f"{path}#{section}"]
    return gone


def test_has_every_row_of_levels_1_and_2_once():
    assert Counter(one.level for one in TABLE) == {"1": 70, "2": 183}
    assert len({one.id for one in TABLE}) == 253
    assert {one.id for one in TABLE if not re.fullmatch(r"V\d+\.\d+\.\d+", one.id)} == set()
    assert {one.id for one in TABLE if one.chapter.split()[0] != one.id.split(".")[0]} == set()


def test_leaves_no_row_empty():
    assert {one.how for one in TABLE} == {*HOW}
    assert [one.id for one in TABLE if not one.about or len(one.proof) < 20] == []
    assert [one.id for one in TABLE if one.how == "runbook" and "docs/" not in one.proof] == []


def test_proves_150_rows_by_a_test():
    assert sum(one.how == "test" for one in TABLE) >= 150
    assert "253" in summary(TABLE).splitlines()[-1]


@pytest.mark.parametrize("chapter", sorted({one.chapter for one in TABLE}))
def test_points_at_what_is_there(chapter):
    assert [gone for one in TABLE if one.chapter == chapter for gone in missing(one)] == []


def test_would_notice_what_is_gone():
    """The control of the test above."""
    row = Row("V1.1.1", "1", "V1", "x", "test", "tests/security/test_code.py::test_is_gone")
    page = row._replace(how="runbook", proof="docs/operations.md#not-there")

    assert missing(row) == ["tests/security/test_code.py::test_is_gone"]
    assert missing(page) == ["docs/operations.md#not-there"]
