"""Threads that write to SQLite take turns: the next is let in at once, whatever became of the one before."""

import threading

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from linli.kernel.models import LookCount
from linli.kernel.sqlite3 import base
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_sqlite(db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at a time")


def door():
    return base._DOORS[str(connection.settings_dict["NAME"])]


def write(number=0):
    LookCount.objects.create(month="2026-11-01", by_role="clerk", by_unit=str(number), looks=1)


@transaction.atomic
def cut_off():
    connection.close()
    write()


def test_holds_the_door_while_it_writes_and_no_longer():
    with transaction.atomic():
        assert door().locked()
    assert not door().locked()


def test_leaves_when_the_deed_fails():
    with pytest.raises(RuntimeError), transaction.atomic():
        raise RuntimeError
    assert not door().locked()


def test_leaves_when_the_commit_fails(monkeypatch):
    def full(self):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(base.base.DatabaseWrapper, "_commit", full)

    with pytest.raises(OperationalError), transaction.atomic():
        write()
    assert not door().locked()
    assert not LookCount.objects.exists()


def test_leaves_with_the_connection():
    with pytest.raises(ProgrammingError):
        cut_off()
    assert not door().locked()


def test_lets_everybody_write():
    def deed(number):
        with transaction.atomic():
            write(number)

    assert at_once(16, deed) == []
    assert LookCount.objects.count() == 16
    assert not door().locked()


def test_lets_the_next_in_when_the_one_before_has_left():
    """No nap: the second stands at the door, not before SQLite, and is inside as soon as the first is not."""
    inside, told = threading.Event(), []

    def second():
        with transaction.atomic():
            told.append(door().locked())
            inside.set()
        connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        thread.start()
        assert not inside.wait(0.2)
    thread.join(10)
    assert told == [True]


def test_refuses_in_sqlites_own_words_who_has_waited_too_long(monkeypatch):
    failures = []
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)

    def second():
        try:
            with transaction.atomic():
                write()
        except OperationalError as error:
            failures.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(10)
    assert failures == ["database is locked"]
    assert not LookCount.objects.exists()
