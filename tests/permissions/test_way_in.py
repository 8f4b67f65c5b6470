"""The door: who must sign in comes back to where they were going, and nothing else opens it."""

import re
from urllib.parse import quote

import pytest
from django.urls import resolve

from tests.permissions.asking import address, ask
from tests.permissions.matrix import ROWS
from tests.permissions.world import PASSWORD
from tools import sweeps

pytestmark = pytest.mark.django_db
LOCKED = [row for row in ROWS if row.outcomes["anonymous"] == "login" and row.method == "GET"]
SENT = [row for row in ROWS if row.method == "POST" and row.outcomes["planner"] != "method"]
# What asks for a passphrase, a key or a token says the same of what there is and of what there is not.
TELLS_NOTHING = {"form", "redirect", "refused", "unsigned", "over"}
# No cookie opens these: a key, a passphrase or a signature does, or they only read; and "for you" keeps nothing.
_BY_KEY = ("api-1:", "cases:exchange_", "goods:epcis_", "mcp")
WITHOUT_COOKIES = {row.route for row in SENT if row.route.startswith(_BY_KEY)}
# A code on goods has a check digit: tests/trace/test_resolver_pages.py asks for those that nobody has.
NAMED = {
    row.route: row
    for row in ROWS
    if row.of != "-" and row.method != "OPTIONS" and row.route != "goods:digital_link"
}


def test_asks_to_sign_in_and_keeps_the_whole_address(world):
    for row in sweeps.part(LOCKED, 4):
        path = f"/en{address(row.route, world.parts[row.of])}?words=%E5%9F%B9&page=2"

        answer = world.client("anonymous").get(path)

        back = f"/en/account/login/?next={quote(path)}"
        assert (answer.status_code, answer.headers.get("Location")) == (302, back)


@pytest.mark.parametrize(
    ("wished", "led"),
    [
        ("/console/ledger/?lamp=red", "/console/ledger/?lamp=red"),
        ("https://elsewhere.example/", "/console/"),
        ("//elsewhere.example/", "/console/"),
    ],
)
def test_leads_back_after_signing_in_but_never_away(world, wished, led):
    client = world.client("anonymous")
    given = {"login": "officer", "password": PASSWORD, "next": wished}

    assert client.post("/account/login/", given)["Location"] == led
    assert client.get("/console/").status_code == 200


def test_lets_nobody_in_whose_account_is_closed(world):
    client = world.client("officer")
    assert client.get("/console/").status_code == 200

    world.staff("officer").update(is_active=False)

    assert client.get("/console/").status_code == 302
    assert world.client("officer").post("/console/views/save/", {}).status_code == 302


def test_takes_nothing_without_a_token(world):
    taken, asked = set(), sweeps.part(SENT, 4)
    for row in asked:
        client = world.client("planner", enforce_csrf_checks=True)
        if client.post(address(row.route, world.parts[row.of])).status_code != 403:
            taken.add(row.route)

    # Choices about the look of pages harm nobody, and residents' pages set no cookie. A poll is answered by a slip,
    # whoever's browser it is. A public figure may be cited by everybody.
    harmless = {
        "ui:preferences",
        "directory:for_you",
        "assessments:poll_answer",
        "atlas:cell_cite",
    }
    untold = harmless | (WITHOUT_COOKIES - {"api-1:api-root"})
    assert taken == untold & {row.route for row in asked}


@pytest.mark.parametrize("who", ["planner", "officer", "supervisor"])
def test_finds_nothing_under_codes_that_nobody_has(world, who):
    """Whoever may ask is told that there is nothing; who may not learns no more than that."""
    wrong = {}
    with_a_code = [row for row in NAMED.values() if world.parts[row.of]]
    for row in sweeps.part(with_a_code, 4):
        nowhere = {name: _nobodys(value) for name, value in world.parts[row.of].items()}
        path = address(row.route, nowhere)
        assert nowhere.items() <= resolve(path).kwargs.items()
        word = ask(world, row, who, path=path).word
        known = {"missing", "forbidden"} if row.outcomes[who] == "forbidden" else {"missing"}
        if word not in known | _told_to_all(row):
            wrong[str(row)] = word

    assert wrong == {}


def _told_to_all(row):
    """Return the word with which everybody is answered alike, or all who are in before they type a password."""
    words = {word for who, word in row.outcomes.items() if who != "anonymous" or word != "login"}
    if words == {"idle"}:  # sent elsewhere, and nothing written
        words = {"redirect"}
    return words & TELLS_NOTHING if len(words) == 1 else set()


def _nobodys(value):
    """Return a value of the same shape that belongs to nothing."""
    if re.fullmatch(r"[0-9a-f-]{36}", str(value)):
        return type(value)("00000000-0000-4000-8000-00000000000f")
    return 987654321 if isinstance(value, int) else re.sub(r"\w", "z", str(value))
