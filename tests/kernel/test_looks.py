"""Looks: written with what they open or nothing is shown; none hidden; gone with their subject, counted."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import path

from linli.kernel.actors import HOLDER, Role, system
from linli.kernel.log_file import commitment
from linli.kernel.looks import by_day, canonical, entry_of, looks_of, purge_looks, sequence
from linli.kernel.models import LogLeaf, Look, LookCount, Subject
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Place
from linli.kernel.subjects import Gone, destroy, key_of
from tests.town.looks import ABOUT, looked, subject
from tests.town.staff import actor

CANARY = "CNRY-words-1"
PLACE = Place("cases_case", ABOUT, "words")


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


@pytest.mark.django_db
def test_writes_who_looked_at_what_for_what(noon):
    of = subject(noon)

    row = looked(of, noon)

    kept = Look.objects.get()
    assert kept == row
    assert (kept.by_role, kept.by_unit, kept.verb, kept.about, kept.purpose, kept.fields) == (
        "officer", "民族宗教事务局", "opened", ABOUT, "case", "wish,words",
    )  # fmt: skip
    assert (kept.subject, kept.at, kept.position) == (of, noon, None)


@pytest.mark.django_db
def test_names_no_member_of_staff_and_nothing_sealed(noon):
    row = looked(subject(noon), noon)

    assert json.loads(canonical(row)) == {
        "look": row.code,
        "at": "2026-11-21T04:00:00.000000+00:00",
        "role": "officer",
        "unit": "民族宗教事务局",
        "verb": "opened",
        "about": ABOUT,
        "purpose": "case",
        "fields": "wish,words",
    }


@pytest.mark.django_db
def test_commits_to_the_row_under_a_key_of_its_own(noon):
    of = subject(noon)
    one, other = looked(of, noon), looked(of, noon)
    opened, second = entry_of(one, at=noon).entry, entry_of(other, at=noon).entry

    assert opened.holds()
    assert second.holds()
    assert opened.key != second.key
    assert bytes(Look.objects.get(pk=one.pk).leaf) == commitment(opened.key, canonical(one))
    # Read back from the database the row is letter by letter the same.
    assert canonical(Look.objects.get(pk=one.pk)) == opened.row
    assert not opened._replace(key=second.key).holds()


@pytest.mark.django_db
def test_shows_when_a_row_is_not_the_one_that_was_entered(noon):
    row = looked(subject(noon), noon)
    sequence(noon)
    row.refresh_from_db()

    row.by_unit = "另一个单位"

    assert not entry_of(row, at=noon).entry.holds()


@pytest.mark.django_db
def test_refuses_a_look_at_what_is_gone(noon):
    of = subject(noon, days=1)

    with pytest.raises(Gone):
        looked(of, noon + timedelta(days=1))

    assert Look.objects.count() == 0


@pytest.mark.django_db
def test_knows_no_other_verb(noon):
    with pytest.raises(ValueError, match="no such verb"):
        looked(subject(noon), noon, verb="peeked")

    assert Look.objects.count() == 0


# Fail closed (P10): what cannot be written down is not shown.


def served(request):
    of = Subject.objects.get()
    with transaction.atomic():
        looked(of, _noon())
        return HttpResponse(key_of(of, at=_noon()).open_text(_sealed[0], PLACE))


def served_without(request):
    of = Subject.objects.get()
    return HttpResponse(key_of(of, at=_noon()).open_text(_sealed[0], PLACE))


_sealed = []
urlpatterns = [path("served", served), path("served-without", served_without)]


def _noon():
    return datetime.fromisoformat("2026-11-21T04:00:00+00:00")


def sealed_canary(noon, settings):
    settings.ROOT_URLCONF = __name__
    _sealed[:] = [key_of(subject(noon), at=noon).seal(CANARY, PLACE)]


def no_right_to_insert(cursor):
    if connection.vendor == "postgresql":
        cursor.execute(
            "CREATE FUNCTION kept_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'no right' USING ERRCODE = 'insufficient_privilege'; END $$;"
            " CREATE TRIGGER kept_out BEFORE INSERT ON kernel_look"
            " FOR EACH ROW EXECUTE FUNCTION kept_out()"
        )
    else:
        cursor.execute(
            "CREATE TRIGGER kept_out BEFORE INSERT ON kernel_look"
            " BEGIN SELECT RAISE(ABORT, 'no right'); END"
        )


def no_table(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("ALTER TABLE kernel_look RENAME TO elsewhere")


def ask(client, address="/served"):
    return client.get(address, headers={"accept": "application/json"})


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [no_right_to_insert, no_table])
def test_shows_nothing_when_the_look_cannot_be_written(noon, settings, client, fault):
    sealed_canary(noon, settings)
    with connection.cursor() as cursor:
        fault(cursor)

    answer = ask(client)

    assert (answer.status_code, answer.json()["code"]) == (503, "not_logged")
    assert CANARY not in answer.text
    # The control: it is the look that keeps it in.
    assert ask(client, "/served-without").text == CANARY


@pytest.mark.django_db
def test_shows_it_when_the_look_is_written(noon, settings, client):
    sealed_canary(noon, settings)

    assert ask(client).text == CANARY
    assert Look.objects.count() == 1


@pytest.mark.django_db
def test_leaves_no_look_when_the_caller_fails(noon):
    of = subject(noon)

    with transaction.atomic():
        looked(of, noon)
        transaction.set_rollback(True)

    assert Look.objects.count() == 0


@pytest.mark.django_db
def test_writes_nothing_without_a_purpose(noon):
    of = subject(noon)

    with pytest.raises(Refused) as refused, transaction.atomic():
        looked(of, noon, purpose="")

    assert (refused.value.code, refused.value.status) == ("not_logged", 503)
    assert Look.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kernel_look SET by_unit = 'x'",
        "UPDATE kernel_look SET position = 7",
        "DELETE FROM kernel_look",
    ],
)
def test_keeps_an_entered_look_against_every_program(noon, change):
    looked(subject(noon), noon)
    sequence(noon)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert list(Look.objects.values_list("by_unit", "position")) == [("民族宗教事务局", 0)]


# What the person sees (P9, P11).


@pytest.mark.django_db
def test_shows_the_person_every_look_and_no_other(noon):
    of, other = subject(noon), subject(noon)
    everybody = [
        actor(Role.CLERK), actor(Role.ADMINISTRATOR), actor(Role.SUPERVISOR), system("tick"), HOLDER,
    ]  # fmt: skip
    rows = [looked(of, noon + timedelta(hours=n), by=by) for n, by in enumerate(everybody)]
    looked(other, noon)
    sequence(noon)

    assert looks_of(of) == rows[::-1]


@pytest.mark.django_db
def test_groups_looks_of_a_day_and_drops_none(noon):
    of = subject(noon)
    hours = [0, 1, 2, 13, 14]  # the office is in UTC+8: from 16:00 UTC on it is the next day there
    rows = [looked(of, noon + timedelta(hours=n)) for n in hours]
    apart = looked(of, noon + timedelta(hours=1), fields=["photos"])

    days = by_day(looks_of(of))

    assert sorted((day.on, len(day.looks), day.first.fields) for day in days) == [
        (date(2026, 11, 21), 1, "photos"),
        (date(2026, 11, 21), 3, "wish,words"),
        (date(2026, 11, 22), 2, "wish,words"),
    ]
    assert days[0].on == date(2026, 11, 22)
    shown = [row for day in days for row in day.looks]
    assert sorted(row.code for row in shown) == sorted(row.code for row in [*rows, apart])


# What goes, and what stays (P7).


@pytest.mark.django_db(transaction=True)
def test_purges_the_looks_at_what_is_gone_and_keeps_leaves_and_counts(noon):
    gone, kept = subject(noon), subject(noon)
    for _ in range(3):
        looked(gone, noon)
    staying = looked(kept, noon)
    destroy(subject=gone, at=noon)

    assert purge_looks(noon) == 3

    assert list(Look.objects.all()) == [staying]
    assert LogLeaf.objects.count() == 4
    assert list(LookCount.objects.values_list("month", "by_role", "by_unit", "looks")) == [
        (date(2026, 11, 1), "officer", "民族宗教事务局", 4)
    ]
    assert purge_looks(noon) == 0


@pytest.mark.django_db(transaction=True)
def test_purges_in_batches(noon, monkeypatch):
    monkeypatch.setattr("linli.kernel.looks._BATCH", 2)
    gone = subject(noon)
    for _ in range(5):
        looked(gone, noon)
    destroy(subject=gone, at=noon)

    assert purge_looks(noon) == 5
    assert LogLeaf.objects.count() == 5


@pytest.mark.django_db
def test_counts_by_month_role_and_unit(noon):
    of = subject(noon, days=90)
    for days, by in ((0, actor(Role.OFFICER)), (1, actor(Role.OFFICER)), (1, actor(Role.CLERK))):
        looked(of, noon + timedelta(days=days), by=by)
    sequence(noon)
    looked(of, noon + timedelta(days=40))
    looked(of, noon)
    sequence(noon)

    assert sorted(LookCount.objects.values_list("month", "by_role", "looks")) == [
        (date(2026, 11, 1), "clerk", 1),
        (date(2026, 11, 1), "officer", 3),
        (date(2026, 12, 1), "officer", 1),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", ["UPDATE kernel_lookcount SET looks = 0", "DELETE FROM kernel_lookcount"]
)
def test_keeps_counts_against_every_program(noon, change):
    looked(subject(noon), noon)
    sequence(noon)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert LookCount.objects.get().looks == 1
