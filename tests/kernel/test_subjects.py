"""Subjects: a day from the beginning, that may only move earlier; a destroyed key that stays so."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from linli.kernel import keystore, subjects
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Place
from linli.kernel.subjects import Gone, destroy, key_of, new_subject, shorten

TODAY = date(2026, 11, 21)
DAY = date(2027, 5, 1)
HERE = Place("cases_case", "7K3M-92QD", "words")


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


def begun(noon, purge_on=DAY):
    return new_subject(purpose="case", purge_on=purge_on, at=noon)


def living():
    return keystore.store().alive("", 100)


def kept(subject):
    return Subject.objects.values_list("purge_on", "destroyed_on").get(pk=subject.pk)


@pytest.mark.django_db
def test_begins_with_a_key_and_a_day(noon):
    subject = begun(noon)

    assert (subject.purpose, subject.created_on, kept(subject)) == ("case", TODAY, (DAY, None))
    assert living() == [subject.code]
    sealed = key_of(subject, at=noon).seal("秘密", HERE)
    assert key_of(Subject.objects.get(), at=noon).open(sealed, HERE) == "秘密"


@pytest.mark.django_db
def test_keeps_no_key_in_the_database(noon):
    begun(noon)

    assert {field.name for field in Subject._meta.fields} == {
        "id", "code", "purpose", "created_on", "purge_on", "destroyed_on", "log_key",
    }  # fmt: skip
    assert isinstance(Subject._meta.get_field("log_key"), SealedField)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_refuses_a_day_that_is_not_to_come(noon, day):
    with pytest.raises(Refused) as refused:
        begun(noon, purge_on=day)

    assert refused.value.code == "retention_over"
    assert (Subject.objects.count(), living()) == (0, [])


@pytest.mark.django_db
def test_opens_until_its_day_and_not_on_it(noon):
    subject = begun(noon)
    # The office is in UTC+8: the 1st of May begins there while it is still April in London.
    eve = noon.replace(year=2027, month=4, day=30, hour=15)

    assert key_of(subject, at=eve)
    with pytest.raises(Gone) as gone:
        key_of(subject, at=eve + timedelta(hours=1))
    assert (gone.value.code, gone.value.status) == ("gone", 410)
    assert living() == [subject.code]  # though no purge has run yet


@pytest.mark.django_db
def test_is_gone_when_the_key_store_says_so(noon):
    """As after a backup of the database was put back: its rows know nothing of what was destroyed."""
    subject = begun(noon)

    keystore.store().destroy([subject.code])

    with pytest.raises(Gone):
        key_of(subject, at=noon)


@pytest.mark.django_db
def test_moves_the_day_earlier(noon):
    subject = begun(noon)

    shorten(subject=subject, purge_on=date(2027, 1, 1), at=noon)

    assert kept(subject) == (subject.purge_on, None) == (date(2027, 1, 1), None)
    shorten(subject=subject, purge_on=date(2020, 1, 1), at=noon)
    assert kept(subject) == (TODAY, None)
    with pytest.raises(Gone):
        key_of(subject, at=noon)


@pytest.mark.django_db
def test_refuses_to_move_the_day_later(noon):
    subject = begun(noon)

    with pytest.raises(Refused) as refused:
        shorten(subject=subject, purge_on=DAY + timedelta(days=1), at=noon)

    assert refused.value.code == "retention_longer"
    assert kept(subject) == (DAY, None)


@pytest.mark.django_db
def test_refuses_to_move_the_day_of_what_is_gone(noon, django_capture_on_commit_callbacks):
    subject = begun(noon)
    with django_capture_on_commit_callbacks(execute=True):
        destroy(subject=subject, at=noon)

    with pytest.raises(Gone):
        shorten(subject=subject, purge_on=TODAY, at=noon)

    assert kept(subject) == (TODAY, TODAY)


@pytest.mark.django_db(transaction=True)
def test_destroys_when_the_transaction_is_in(noon):
    subject, other = begun(noon), begun(noon)

    with transaction.atomic():
        destroy(subject=subject, at=noon)
        with pytest.raises(Gone):
            key_of(subject, at=noon)
        assert len(living()) == 2

    assert living() == [other.code]
    assert (kept(subject), kept(other)) == ((TODAY, TODAY), (DAY, None))
    with pytest.raises(Gone):
        key_of(Subject.objects.get(pk=subject.pk), at=noon)
    assert key_of(other, at=noon)


@pytest.mark.django_db(transaction=True)
def test_destroys_nothing_when_the_transaction_is_not(noon):
    subject = begun(noon)

    with transaction.atomic():
        destroy(subject=subject, at=noon)
        transaction.set_rollback(True)

    assert (kept(subject), living()) == ((DAY, None), [subject.code])


@pytest.mark.django_db(transaction=True)
def test_destroys_a_second_time_without_a_change(noon):
    subject = begun(noon)
    destroy(subject=subject, at=noon)

    destroy(subject=subject, at=noon + timedelta(days=9))

    assert kept(subject) == (TODAY, TODAY)


@pytest.mark.django_db(transaction=True)
def test_is_due_when_stopped_between_commit_and_key(noon, monkeypatch):
    subject = begun(noon)
    with monkeypatch.context() as stopped:
        stopped.setattr(subjects, "_destroy", lambda *_: None)
        destroy(subject=subject, at=noon)

    with pytest.raises(Gone):
        key_of(Subject.objects.get(), at=noon)
    assert kept(subject) == (TODAY, None)
    assert subjects.destroy_due(noon) == 1
    assert (kept(subject), living()) == ((TODAY, TODAY), [])


@pytest.mark.django_db(transaction=True)
def test_leaves_a_key_that_goes_on_its_day_when_the_caller_fails(noon):
    with transaction.atomic():
        orphan = begun(noon).code
        transaction.set_rollback(True)
    assert (Subject.objects.count(), living()) == (0, [orphan])

    assert subjects.destroy_due(noon) == 0
    assert subjects.destroy_due(noon + timedelta(days=200)) == 1
    assert living() == []


FORBIDDEN = [
    ("kernel_subject_destroyed_is_gone", "UPDATE kernel_subject SET destroyed_on = NULL WHERE code = %s"),
    ("kernel_subject_destroyed_is_gone", "UPDATE kernel_subject SET destroyed_on = '2027-01-01' WHERE code = %s"),
    ("kernel_subject_goes_no_later", "UPDATE kernel_subject SET purge_on = '2027-05-02' WHERE code <> %s"),
    ("kernel_subject_stays_the_same", "UPDATE kernel_subject SET code = 'x' WHERE code = %s"),
    ("kernel_subject_stays_the_same", "UPDATE kernel_subject SET purpose = 'x' WHERE code = %s"),
    ("kernel_subject_stays_the_same", "UPDATE kernel_subject SET created_on = '2026-01-01' WHERE code = %s"),
    ("kernel_subject_is_destroyed_first", "DELETE FROM kernel_subject WHERE code <> %s"),
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("trigger", "change"), FORBIDDEN)
def test_keeps_a_subject_against_every_program(noon, trigger, change):
    gone, _ = begun(noon), begun(noon)
    destroy(subject=gone, at=noon)
    before = list(Subject.objects.order_by("pk").values())

    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(change, [gone.code])
    assert list(Subject.objects.order_by("pk").values()) == before

    # The control: it is the trigger that keeps it so.
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {trigger}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER {trigger}")
            cursor.execute(change, [gone.code])
            assert cursor.rowcount == 1
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"purpose": ""}, {"purge_on": date(2026, 11, 20)}, {"destroyed_on": date(2027, 4, 30)}],
)
def test_refuses_a_row_that_cannot_be(wrong):
    row = {"code": "x", "purpose": "case", "created_on": TODAY, "purge_on": DAY} | wrong

    with pytest.raises(DatabaseError), transaction.atomic():
        Subject.objects.create(**row)

    assert Subject.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_may_remove_the_row_of_what_is_gone(noon):
    subject = begun(noon)
    destroy(subject=subject, at=noon)

    Subject.objects.all().delete()

    assert Subject.objects.count() == 0
    assert keystore.store().key(subject.code) is None  # and the key store still knows
