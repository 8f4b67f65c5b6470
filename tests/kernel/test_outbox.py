"""The outbox: a message is written with its cause, in nobody's clear text, once."""

import json
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.db import transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from linli.kernel import outbox
from linli.kernel.addresses import read_address
from linli.kernel.models import Message, Subject
from linli.kernel.outbox import MessageWords, channels, in_language, post, purge_messages
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone, destroy, new_subject
from tests.town.races import at_once

TO = "canary-addr@example.org"
WORDS = MessageWords("CNRY-subject", "CNRY-text")


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


@pytest.fixture
def subject(db, noon):
    return new_subject(purpose="case", purge_on=date(2027, 5, 1), at=noon)


def posted(subject, noon, **other):
    told = {
        "about": "7K3M-92QD",
        "channel": "email",
        "to": TO,
        "words": WORDS,
        "once": "asked",
    } | other
    return post(subject=subject, at=noon, **told)


def counts():
    return Message.objects.count(), DBTaskResult.objects.count()


def test_writes_a_message_and_a_job(subject, noon):
    message = posted(subject, noon)

    kept = Message.objects.get()
    assert kept == message
    assert (kept.state, kept.tries, kept.created_at, kept.next_at) == ("waiting", 0, noon, noon)
    assert (kept.channel, kept.about, kept.once) == ("email", "7K3M-92QD", "asked")
    job = DBTaskResult.objects.get()
    assert job.task_path == "linli.kernel.outbox.send"
    assert job.args_kwargs == {"args": [message.code], "kwargs": {}}


def test_keeps_neither_address_nor_words_in_clear(subject, noon):
    posted(subject, noon)

    dump = serializers.serialize("json", [*Message.objects.all(), *DBTaskResult.objects.all()])
    rows = json.dumps([*Message.objects.values(), *DBTaskResult.objects.values()], default=str)
    for canary in ("canary-addr", "CNRY"):
        assert canary not in dump
        assert canary not in rows


def test_writes_nothing_when_the_cause_is_undone(subject, noon):
    with transaction.atomic():
        posted(subject, noon)
        transaction.set_rollback(True)

    assert counts() == (0, 0)


def test_writes_one_message_for_one_cause(subject, noon):
    first = posted(subject, noon)

    assert posted(subject, noon + timedelta(days=1), to="other@example.org") is None
    assert counts() == (1, 1)
    assert Message.objects.get() == first
    assert posted(subject, noon, once="answered") is not None
    assert counts() == (2, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("causes", "messages"), [(1, 1), (8, 8)])  # many causes are the control
def test_writes_one_message_when_a_cause_is_told_at_once(noon, causes, messages):
    subject = new_subject(purpose="case", purge_on=date(2027, 5, 1), at=noon)
    told = []

    def tell(number):
        told.append(posted(Subject.objects.get(), noon, once=f"asked {number % causes}"))

    assert at_once(8, tell) == []
    assert counts() == (messages, messages)
    assert len([message for message in told if message]) == messages
    assert Message.objects.filter(subject=subject).count() == messages


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        *(
            ("email", to)
            for to in ("", "nobody", "a@b", "a@b.c\nBcc: x@y.z", "a b@c.de", "13800000000")
        ),
        *(("email", to) for to in ("a@b.org, c@d.org", "<a@b.org>")),
        *(
            ("sms", to)
            for to in ("", "12345", "1" * 16, "138000x0000", "++13800000000", "a@b.org", "+")
        ),
    ],
)
def test_refuses_what_is_no_address(subject, noon, channel, to):
    with pytest.raises(Refused) as refused:
        posted(subject, noon, channel=channel, to=to)

    assert refused.value.code == "address_wrong"
    assert to == "" or to not in str(refused.value) + str(refused.value.sentence)
    assert refused.value.__cause__ is None
    assert counts() == (0, 0)


@pytest.mark.parametrize(
    ("channel", "typed", "read"),
    [
        ("email", " aygul@example.org ", "aygul@example.org"),
        ("sms", "138 0000 0000", "13800000000"),
        ("sms", "+86 (138) 0000-0000", "+8613800000000"),
        ("sms", "１３８００００００００", "13800000000"),
        ("sms", "١٣٨٠٠٠٠٠٠٠٠", "13800000000"),
    ],
)
def test_reads_addresses_as_they_are_typed(channel, typed, read):
    assert read_address(channel, typed) == read


@pytest.mark.django_db(transaction=True)
def test_refuses_when_the_subject_is_gone(noon):
    subject = new_subject(purpose="case", purge_on=date(2027, 5, 1), at=noon)
    destroy(subject=subject, at=noon)

    with pytest.raises(Gone):
        posted(subject, noon)

    assert counts() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_goes_with_its_subject(noon):
    """The key first: what a backup holds of the message opens no more; then the row."""
    gone, kept = (new_subject(purpose="case", purge_on=date(2027, 5, 1), at=noon) for _ in range(2))
    posted(gone, noon, once="a")
    stays = posted(kept, noon, once="b")
    assert purge_messages(noon) == 0

    destroy(subject=gone, at=noon)

    assert purge_messages(noon) == 1
    assert purge_messages(noon) == 0
    assert list(Message.objects.all()) == [stays]


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ("ug", "ug"),
        ("bo", "bo"),
        ("zh-Hant", "zh-hant"),
        ("en-gb", "en"),
        ("tlh", "zh-hans"),
        ("", "zh-hans"),
    ],
)
def test_speaks_the_language_that_was_chosen(tag, spoken):
    with translation.override("en"):
        with in_language(tag):
            assert translation.get_language() == spoken
        assert translation.get_language() == "en"


def test_offers_the_channels_that_are_set_up(settings):
    settings.EMAIL_HOST, settings.SMS_URL = "", ""
    assert channels() == ()
    settings.EMAIL_HOST, settings.SMS_URL = "mail.example.org", "http://127.0.0.1/"
    assert channels() == ("email", "sms")


def test_lets_what_was_given_up_be_tried_again(subject, noon):
    message, other = posted(subject, noon, once="a"), posted(subject, noon, once="b")
    Message.objects.filter(pk=message.pk).update(state="given_up", tries=12)
    assert outbox.given_up() == 1

    assert outbox.try_again(noon + timedelta(days=3)) == 1

    message.refresh_from_db()
    assert (message.state, message.tries, message.next_at) == (
        "waiting",
        0,
        noon + timedelta(days=3),
    )
    other.refresh_from_db()
    assert other.next_at == noon
    assert (outbox.given_up(), outbox.try_again(noon)) == (0, 0)


def test_asks_little_of_the_database(subject, noon, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        posted(subject, noon)
