"""What is not published stands on no public page, in no feed and in no file; nor does who did what."""

import pytest

from tests.permissions.asking import ask
from tests.permissions.matrix import ROWS, addresses
from tests.permissions.world import UNSAID

pytestmark = pytest.mark.django_db
OPEN = [row for row in ROWS if row.method == "GET" and row.outcomes["anonymous"] == "ok"]


def words_of(world, row, who):
    answer = ask(world, row, who)
    assert answer.word == "ok"
    return answer.response.content.decode()


@pytest.mark.parametrize("row", OPEN, ids=str)
def test_says_nothing_that_is_not_published(world, row):
    text = words_of(world, row, "anonymous")

    assert [word for word in UNSAID if word in text] == []


def test_would_find_what_is_said(world):
    """The control: on the desk every one of these words is there to be found."""
    desk = [row for row in ROWS if row.method == "GET" and row.outcomes["anonymous"] == "login"]
    desk = [row for row in desk if row.outcomes["planner"] == "ok"]
    texts = [ask(world, row, "planner").response.content.decode(errors="ignore") for row in desk]

    assert [word for word in UNSAID if not any(word in text for text in texts)] == []


def test_asks_every_public_address_for_something_that_is_not_public():
    patterns = dict(addresses())
    public = {row.route for row in OPEN if patterns[row.route].pattern.regex.groups}
    asked = {row.route for row in ROWS if row.outcomes["anonymous"] == "missing"}

    # A place is there for everybody; that nothing unpublished stands on its page is asked above.
    assert public - asked == {"plans:public_place", "plans:place_csv", "plans:place_json"}
