"""Whoever steals every table, the file and its log cannot tell what came with which slip (decision 25)."""

import logging
import sqlite3
from collections import defaultdict
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction

from linli.assessments.actions import poll_slips, polls
from linli.assessments.models import PollMatter, Slip
from linli.assessments.queries import tallies
from linli.kernel.actors import HOLDER
from tests.town import polls as town
from tests.town import thief
from tests.town.assessments import planner

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
AFTER = datetime(2026, 7, 1, 2, tzinfo=UTC)
SAID = ["good", "bad", "good", "fair", "bad", "good", "fair", "bad", "good", "good", "bad", "fair"]


def answered(poll, codes):
    """Answer, and return {digest: what was said}."""
    for code, said in zip(codes, SAID, strict=True):
        poll_slips.answer(at=NOW, poll=poll, code=code, chosen={"q1": said})
    return {tallies.digest_of(code): said for code, said in zip(codes, SAID, strict=True)}


def told_apart(seen, truth):
    """Return how many looks there are that only one answer has: each of them is known to the thief.

    `seen`: {digest: what a thief sees beside it}; `truth`: {digest: what was said}.
    """
    by_look = defaultdict(set)
    for digest, look in seen.items():
        by_look[look].add(truth[digest])
    return sum(len(said) == 1 for said in by_look.values())


@pytest.fixture
def on_disk():
    """The database with all of its log: no page of it goes back into the file meanwhile."""
    if connection.vendor != "sqlite":
        pytest.skip("the log of SQLite is read; what PostgreSQL's rows say is asked below")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    yield connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 1000")


def of_slips(table, column):
    return table == "assessments_slip" and column == "spent"


@pytest.mark.django_db(transaction=True)
def test_tells_no_slips_answer_to_who_steals_all_tables_the_file_and_its_log(on_disk, tmp_path):
    poll = town.opened(at=NOW)
    truth = answered(poll, town.slips(poll, len(SAID), at=NOW))

    seen = thief.guesses(thief.stolen(on_disk, tmp_path / "stolen"), of_slips)

    assert seen.keys() == truth.keys()
    assert told_apart(seen, truth) == 0
    assert len({*seen.values()}) == 1  # every commit looks like every other


def test_control_the_thief_reads_counters_that_rise_in_clear(tmp_path):
    """The careless way: the slip is spent and the counter of the option rises, in one transaction."""
    folder = tmp_path / "house"
    folder.mkdir()
    db = sqlite3.connect(folder / "db", isolation_level=None)
    db.executescript("""PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
        CREATE TABLE assessments_slip (digest TEXT, spent INT);
        CREATE TABLE assessments_counter (key TEXT, n INT)""")
    db.executemany("INSERT INTO assessments_counter VALUES (?, 0)", [(one,) for one in {*SAID}])
    truth = {f"slip {number}": said for number, said in enumerate(SAID)}
    db.executemany("INSERT INTO assessments_slip VALUES (?, 0)", [(one,) for one in truth])
    for digest, said in truth.items():
        db.execute("BEGIN")
        db.execute("UPDATE assessments_slip SET spent = 1 WHERE digest = ?", (digest,))
        db.execute("UPDATE assessments_counter SET n = n + 1 WHERE key = ?", (said,))
        db.execute("COMMIT")

    seen = thief.guesses(thief.stolen(folder / "db", tmp_path / "stolen"), of_slips)
    db.close()

    assert seen.keys() == truth.keys()
    assert told_apart(seen, truth) == len({*SAID})  # the look of a commit names its answer


@pytest.mark.django_db(transaction=True)
def test_opens_no_count_of_the_past_once_the_result_is_told():
    poll = town.opened(at=NOW)
    answered(poll, town.slips(poll, len(SAID), at=NOW))
    stolen = PollMatter.objects.select_related("poll").get()

    told = polls.release_poll(by=planner(), at=AFTER, poll=poll)

    assert told.matters.get().result["counts"]["q1"] == [5, 3, 4]
    with pytest.raises(poll_slips.Refused, match="poll_over"), transaction.atomic():
        poll_slips.count(by=HOLDER, at=NOW, matter=stolen, more=[1, 0, 0, 0, 0, 0], answered=1)
    assert poll_slips.store().key(stolen.poll.tally_key) is None


@pytest.mark.django_db
def test_keeps_slips_in_no_order_in_which_they_were_printed():
    poll = town.opened(at=NOW)
    printed = [tallies.digest_of(code) for code in town.slips(poll, 12, at=NOW)]
    order = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT digest FROM assessments_slip ORDER BY {order}")
        kept = [digest for (digest,) in cursor.fetchall()]

    assert kept == sorted(printed)


def test_says_of_a_slip_nothing_but_whose_sheaf_it_is_of():
    assert {field.name for field in Slip._meta.local_fields} == {"digest", "sheaf", "spent"}
    assert {field.name for field in PollMatter._meta.local_fields} == {
        "id", "code", "poll", "number", "name", "candidacy", "tally", "answered", "allowed", "result",
    }  # fmt: skip


@pytest.mark.django_db
def test_writes_no_code_into_the_log_and_gives_no_cookie(client, caplog):
    poll = town.opened(at=NOW)
    code, *_ = town.slips(poll, 1, at=NOW)
    caplog.set_level(logging.DEBUG)

    way, wrong_code = f"/polls/{poll.code}/answer/", code[:-1] + str((int(code[-1]) + 1) % 10)
    with time_machine.travel(NOW):
        page = client.get(way)
        asked = client.post(way, {"code": code})
        wrong = client.post(way, {"code": wrong_code})
        done = client.post(way, {"code": code, "answer": "1", "q1": "good"})
        again = client.post(way, {"code": code, "answer": "1", "q1": "bad"})

    told = (page, asked, wrong, done, again)
    assert [one.status_code for one in told] == [200, 200, 422, 302, 422]
    assert not any(one.cookies for one in told)
    assert {one.headers["Cache-Control"] for one in told} == {"no-store, private"}
    digits = "".join(code.split())
    said = caplog.text.replace(" ", "")
    assert digits not in said
    assert tallies.digest_of(code) not in said
