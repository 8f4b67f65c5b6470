"""The canary town (P6–P9, P16): nobody is shown a stranger's word, nobody of the staff is shown anything without a
look, nothing lies about in clear text; after its day nothing is left, and all proofs of the log still hold.

The town is built, crawled and emptied once, whichever test asks first. LINLI_CANARIES says how many ask.
"""

import io
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from linli.kernel import logs
from linli.kernel.limits import forget_all
from linli.portal.held.cookies import COOKIES
from tests.privacy import life
from tests.privacy import town as building
from tests.town.once import plain

# With the mark a test database is made; without it the fixture below would stand on the developer's own.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory):
    home = tmp_path_factory.mktemp("canaries")
    changed = {
        "KEYS": home / "keys",
        "MEDIA_ROOT": home / "files",
    }
    # It is emptied in the end: never a database that somebody works with.
    assert Path(str(connection.settings_dict["NAME"])).name.startswith("test")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(override_settings(**plain(), **changed))
        stack.callback(call_command, "flush", verbosity=0, interactive=False)
        clock = stack.enter_context(time_machine.travel(building.AT, tick=False))
        written = io.StringIO()
        config = logs.logging_config(json_lines=True)
        config["handlers"]["stderr"]["stream"] = written
        logs.configure(config)
        stack.callback(logs.configure, logs.logging_config(json_lines=False))
        forget_all()
        yield life.live(home, clock, written)


def shown_to(seen, who):
    return [one for one in seen.crawl.shown if one.who == who]


def test_shows_nobody_a_strangers_word(seen):
    assert seen.leaks == []


def test_shows_staff_nothing_without_a_look(seen):
    assert seen.unseen == []


def test_has_really_shown_something_to_those_who_may(seen):
    """A crawl that opens nothing proves nothing."""
    opened = {canary for one in seen.crawl.shown if one.by for canary in one.found.values()}
    people = [person for person in seen.town.people if person.number < building.ASKED_WHY]
    still_read = [one for one in people if one.deed not in {"is withdrawn", "takes leave back"}]

    assert len(people) == building.MANY
    assert {one.number for one in still_read} <= {canary.who for canary in opened}
    assert {canary.what for canary in opened} >= {
        "words", "wish", "place", "photos", "language", "contact", "replied", "noted", "added",
    }  # fmt: skip


def test_asks_for_every_address_as_everybody(seen):
    asked = {(one.who, one.address) for one in seen.crawl.shown}
    everywhere = {address for who, address in asked if who == "anonymous"}

    assert len(everywhere) > 250
    assert len(seen.crawl.clients) == 11
    assert [one.address for one in seen.crawl.shown if one.status >= 500][
        1:
    ] == []  # one was broken on purpose


def test_shows_neither_planner_nor_administrator_nor_anybody_a_word(seen):
    for who in ("anonymous", "planner", "administrator"):
        assert [one.address for one in shown_to(seen, who) if one.found] == []


def test_hands_out_no_cookie_that_is_not_on_the_page(seen):
    named = {name for cookie in COOKIES for name in cookie.names}

    assert {"asking", "following"} <= seen.crawl.cookies <= named


def test_gives_everybody_all_of_their_own_and_nothing_else(seen):
    """P8. The units' notes too: they are sealed under the person's key."""
    cage = seen.town.cage
    wrong = {}
    for number, taken in seen.taken_home.items():
        if taken != (own := cage.of(number)):
            wrong[number] = [cage.known[said] for said in taken ^ own]

    assert wrong == {}
    assert len(seen.taken_home) == len(seen.town.people) >= building.MANY


def test_sends_each_letter_to_its_own_person_and_writes_a_look(seen):
    told = {(letter.code, canary) for letter, found in seen.letters for canary in found.values()}

    assert len(told) == len(seen.letters) > 10
    assert {canary.what for _code, canary in told} == {"contact"}


def test_leaves_nothing_lying_about_in_clear_text(seen):
    assert seen.lying_about == {}
    assert '"status": 500' in seen.written.getvalue()


@pytest.mark.parametrize(
    "planted",
    [
        "words on a public page", "no look was written", "no grant was asked for", "words in a file",
        "sealed bytes in the database",
    ],
)  # fmt: skip
def test_control_finds_what_is_planted(seen, planted):
    if planted.endswith("database") and not life.kept_by_the_database():
        pytest.skip("pg_dump is not here: what PostgreSQL keeps was not looked through")

    assert seen.controls[planted]


def test_erases_fifty_while_others_ask(seen):
    done = SimpleNamespace(**{name.replace(" ", "_"): value for name, value in seen.erased.items()})

    assert (done.failures, done.left, done.files, done.opens, done.lying_about) == (
        [],
        [],
        [],
        [],
        {},
    )
    assert done.purged == life.ERASED
    assert done.needles > 3 * life.ERASED
    assert done.asked == len(seen.town.people) - life.ERASED + life.NEW
    assert done.staying == 0 or not life.kept_by_the_database()


def test_leaves_nothing_after_its_day(seen):
    done = SimpleNamespace(
        **{name.replace(" ", "_"): value for name, value in seen.emptied.items()}
    )

    assert (done.left, done.files, done.keys, done.opens, done.lying_about) == ([], [], [], [], {})
    assert done.rows == [0, 0, 0]
    assert done.needles > building.MANY


def test_keeps_every_proof_of_the_log_valid(seen):
    assert seen.emptied["leaves"] > building.MANY
    assert seen.emptied["unproven"] == []
    assert seen.emptied["faults"] == ()
