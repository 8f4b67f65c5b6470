"""What is not published stands on no public page, in no feed and in no file; nor does who did what."""

import pytest
from django.http import FileResponse

from linli.kernel import open_data
from tests.permissions.asking import ask
from tests.permissions.matrix import ROWS, addresses
from tests.permissions.world import UNSAID

pytestmark = pytest.mark.django_db
OPEN = [row for row in ROWS if row.method == "GET" and row.outcomes["anonymous"] == "ok"]
# What somebody said stands on the pages that their own passphrase opened.
PUBLIC = [row for row in OPEN if not row.of.startswith("held ")]
# A place is there for everybody, and so is the format of a list; that nothing unpublished stands there is asked
# of each. A link and a token open what belongs to whoever has them. A draw is told from the moment it is planned:
# first its hash alone. Premises and permits are public from their first day.
FOR_EVERYBODY = {
    "assessments:draw", "assessments:draw_file",
    "cases:follow_case", "cases:open311_discovery", "cases:open311_requests",
    "cases:open311_services", "cases:rate", "funds:place", "offers:booking", "plans:place_csv", "plans:place_json",
    "plans:public_place", "portal:account_start",
    "trace:permit", "trace:permit_paper", "trace:premises", "trace:sample_draw", "trace:sample_draw_file",
}  # fmt: skip


def words_of(world, row, who):
    answer = ask(world, row, who)
    assert answer.word == "ok"
    response = answer.response
    data = b"" if response.streaming and _is_a_file(response) else response.getvalue()
    return data.decode(errors="ignore")


def _is_a_file(response):
    """Say whether it is a file to take along, closed by now, which has tests of what stands in it."""
    return isinstance(response, FileResponse)


@pytest.mark.sweep(3)
@pytest.mark.parametrize("row", PUBLIC, ids=str)
def test_says_nothing_that_is_not_published(world, row):
    text = words_of(world, row, "anonymous")

    assert [word for word in UNSAID if word in text] == []


def test_no_table_of_open_data_says_what_is_not_published(world):
    """Which are files to take along: their rows are read here."""
    tables = {one.code: one.table for one in open_data.data_sets() if one.table}
    texts = {code: str([list(row) for row in table.rows("")]) for code, table in tables.items()}

    assert sum("[[" in text for text in texts.values()) > 8  # there is something to be found in
    assert [(code, word) for code, text in texts.items() for word in UNSAID if word in text] == []


def test_would_find_what_is_said(world):
    """The control: on the desk every one of these words is there to be found."""
    desk = [row for row in ROWS if row.method == "GET" and row.outcomes["anonymous"] == "login"]
    desk = [row for row in desk if row.outcomes["planner"] == "ok"]
    unsaid = {*UNSAID}
    for row in desk:
        text = ask(world, row, "planner").response.getvalue().decode(errors="ignore")
        unsaid = {word for word in unsaid if word not in text}
        if not unsaid:
            break

    assert unsaid == set()


def test_asks_every_public_address_for_something_that_is_not_public():
    patterns = dict(addresses())
    public = {row.route for row in PUBLIC if patterns[row.route].pattern.regex.groups}
    asked = {row.route for row in ROWS if row.outcomes["anonymous"] == "missing"}

    assert public - asked == FOR_EVERYBODY
