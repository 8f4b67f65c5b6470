"""Every list of the console, in a town where each has rows: it leaves as a file, or it is named as one that stays."""

import csv
import io

import pytest
from django.urls import reverse

from linli.kernel.list_pages import lists
from linli.portal.lists import taking
from tests.permissions.asking import address, ask
from tests.permissions.matrix import ACTORS, ROWS
from tools import sweeps

pytestmark = pytest.mark.django_db
PAGES = [
    row
    for row in ROWS
    if (row.method, row.of) == ("GET", "-") and row.outcomes["anonymous"] == "login"
]
# The paper form of a list, and one's own news.
NO_LISTS = {"plans:ledger_print", "portal:news"}


def page_of(world, row):
    """Return what the first one whom the matrix lets in sees, and who that is."""
    who = next(who for who in ACTORS if row.outcomes[who] in {"ok", "looked"})
    return ask(world, row, who, path=f"{address(row.route, {})}?all").response, who


def file_of(world, row, who):
    path = reverse("portal:list_file", args=[row.route, "csv"])
    asked = next(one for one in ROWS if one.route == "portal:list_file")
    return ask(world, asked, who, path=path, whole=True)


def test_names_every_list_of_the_console(world):
    undecided = {
        row.route
        for row in PAGES
        if row.route not in lists()
        and {"ok", "looked"} & {*row.outcomes.values()}
        and not row.route.startswith(("account_", "mfa_"))
        and b"data-rows" in page_of(world, row)[0].getvalue()
    }

    assert undecided - NO_LISTS == set()


def test_lets_leave_what_is_named_so_and_nothing_else(world):
    told, asked = {}, sweeps.part(PAGES, 4)
    for row in asked:
        if (page := lists().get(row.route)) and not page.files:
            who = page_of(world, row)[1]
            told[row.route] = file_of(world, row, who).word

    stay = {name for name, page in lists().items() if page.stays}
    assert {name for name, word in told.items() if word == "forbidden"} == stay & {*told}
    assert {*told.values()} == {"ok", "forbidden"}
    leave = {name for name, page in lists().items() if not page.files}
    assert leave <= {row.route for row in PAGES}
    assert {*told} == leave & {row.route for row in asked}


def test_takes_away_the_rows_of_the_page(world):
    """In a town in which every list has rows, a file has them too."""
    empty = set()
    for row in sweeps.part(PAGES, 4):
        page = lists().get(row.route)
        if page and not page.stays and not page.files:
            shown, who = page_of(world, row)
            if b"data-rows" in shown.getvalue():
                text = file_of(world, row, who).response.getvalue().decode("utf-8-sig")
                head, *rows = [*csv.reader(io.StringIO(text))] or [[]]
                if not rows or any(len(one) != len(head) for one in rows):
                    empty.add(row.route)

    assert empty == set()


def test_shows_the_door_of_the_page_to_who_asks_for_its_file(world):
    """Who may not open a list may not take it away either."""
    wrong = {}
    for row in sweeps.part(PAGES, 4):
        page = lists().get(row.route)
        if page and not page.stays and not page.files:
            for who in ACTORS[1:]:
                word = file_of(world, row, who).word
                if word != row.outcomes[who]:
                    wrong[row.route, who] = word

    assert wrong == {}


def test_would_notice_a_list_that_leaves_though_it_stays(world, monkeypatch):
    """The control: without the guard, the queue's desk of names leaves."""
    monkeypatch.setattr(taking, "_let_go", lambda _page: None)
    row = next(row for row in PAGES if row.route == "assessments:conflicts")

    assert file_of(world, row, page_of(world, row)[1]).word == "ok"
