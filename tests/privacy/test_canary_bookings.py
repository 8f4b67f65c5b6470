"""Canaries of those who booked (P6–P9): nobody is shown a stranger's word, the unit nothing without a look, nothing
lies about in clear text; after its day nothing is left but counts. Built, crawled and emptied once.
"""

import io
from contextlib import ExitStack
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from linli.kernel import logs
from linli.kernel.limits import forget_all
from tests.privacy import booked, booked_life, life
from tests.town.once import plain

# With the mark a test database is made; without it the fixture below would stand on the developer's own.
pytestmark = pytest.mark.django_db
NOT_IN_THE_COPY = {"named"}  # what a certificate says is handed over and kept nowhere


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory):
    home = tmp_path_factory.mktemp("booked")
    changed = {"KEYS": home / "keys", "MEDIA_ROOT": home / "files"}
    # It is emptied in the end: never a database that somebody works with.
    assert Path(str(connection.settings_dict["NAME"])).name.startswith("test")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(override_settings(**plain(), **changed))
        stack.callback(call_command, "flush", verbosity=0, interactive=False)
        clock = stack.enter_context(time_machine.travel(booked.AT, tick=False))
        written = io.StringIO()
        config = logs.logging_config(json_lines=True)
        config["handlers"]["stderr"]["stream"] = written
        logs.configure(config)
        stack.callback(logs.configure, logs.logging_config(json_lines=False))
        forget_all()
        yield booked_life.live(home, clock, written)


def test_fills_every_sealed_column_of_the_engine(seen):
    """A new one that no canary is in would prove nothing."""
    assert [name for name, count in seen.filled.items() if not count] == []


def test_shows_nobody_a_strangers_word_and_the_unit_nothing_without_a_look(seen):
    assert seen.leaks == []


def test_has_really_shown_something_to_those_who_may(seen):
    """A crawl that opens nothing proves nothing."""
    by_unit = {one.what for shown in seen.crawl.shown if shown.by for one in shown.found.values()}
    own = {one.what for shown in seen.crawl.shown if shown.holder for one in shown.found.values()}

    assert by_unit >= {"name", "note", "contact"}
    assert own >= {"name", "note", "contact", "language", "named", "later"}
    assert len(seen.addresses) > 80
    assert [one.address for one in seen.crawl.shown if one.status >= 500] == []


def test_gives_everybody_all_of_their_own_and_nothing_else(seen):
    cage = seen.town.cage
    wrong = {}
    for number, taken in seen.taken_home.items():
        own = {said for said in cage.of(number) if cage.known[said].what not in NOT_IN_THE_COPY}
        if taken != own:
            wrong[number] = [cage.known[said] for said in taken ^ own]

    assert wrong == {}
    assert len(seen.taken_home) == len(seen.town.holders) >= 16


def test_sends_each_letter_to_its_own_person(seen):
    numbers = {one.booking.code: one.number for one in seen.town.holders}
    told = [(about, canary) for about, found in seen.letters for canary in found.values()]

    assert len(told) == len(seen.letters) > 8
    assert {canary.what for _about, canary in told} == {"contact"}
    assert [about for about, canary in told if numbers.get(about, canary.who) != canary.who] == []


def test_leaves_nothing_lying_about_in_clear_text(seen):
    assert seen.lying_about == {}


@pytest.mark.parametrize(
    "planted",
    ["words on a public page", "no look was written", "words in a file", "sealed bytes in the database"],
)  # fmt: skip
def test_control_finds_what_is_planted(seen, planted):
    if planted.endswith("database") and not life.kept_by_the_database():
        pytest.skip("pg_dump is not here: what PostgreSQL keeps was not looked through")

    assert seen.controls[planted]


def test_forgets_before_the_day_and_leaves_the_others(seen):
    done = seen.forgotten

    assert (done["left"], done["opens"], done["others"]) == ([], [], [16])
    assert done["needles"] > 8
    assert done["staying"] == 0 or not life.kept_by_the_database()


def test_leaves_nothing_after_its_day_but_counts(seen):
    done = seen.emptied

    assert (done["left"], done["filled"], done["keys"], done["opens"]) == ([], {}, [], [])
    assert (done["secrets"], done["lying about"]) == (0, {})
    assert done["rows"] == [len(seen.town.holders) + 1, 4]  # who moved has two rows
    assert done["needles"] > 40
