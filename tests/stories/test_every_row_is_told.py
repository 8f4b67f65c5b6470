"""The table of docs/stories.md: every kind of work has its story, ten at least are done again in the browser."""

import re

from tests.conftest import ROOT

TABLE = ROOT / "docs" / "stories.md"
HERE, BROWSER = ROOT / "tests" / "stories", ROOT / "tests" / "browser"


def rows():
    """Return work, stories and browser files of each row."""
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return [(work, files(told), files(seen)) for work, told, seen in cells]


def files(cell):
    return re.findall(r"test_\w+\.py", cell)


def test_names_files_that_are_there_and_tell_something():
    for _work, told, seen in rows():
        assert told
        for path in (*(HERE / name for name in told), *(BROWSER / name for name in seen)):
            assert "\ndef test_" in path.read_text(), path


def test_leaves_no_story_out():
    named = {name for _work, told, _seen in rows() for name in told}
    told = {path.name for path in HERE.glob("test_*.py")} - {"test_every_row_is_told.py"}
    assert named == told


def test_does_ten_rows_at_least_in_the_browser():
    assert len(rows()) == 21
    assert sum(bool(seen) for _work, _told, seen in rows()) >= 10


def test_has_the_rows_of_the_domain(shared):
    """Beside a term, the domain may say in brackets what is meant by it."""
    lines = (shared / "DOMAIN.md").read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| work"))
    wanted = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        wanted.append(line.split("|")[1].strip())
    plain = [re.sub(r" \((?:of decisions|民族板块[^)]*)\)", "", work) for work in wanted]
    assert plain == [work for work, _told, _seen in rows()]
