"""Whoever sends is killed in the middle of it, again and again: no letter is lost, and none comes twice but
where it was taken and we were not told, or told and died: then both are the same letter.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from linli.kernel.models import Message
from linli.kernel.outbox import MessageWords, post
from linli.kernel.subjects import new_subject
from tests.town.killed_worker import work_through
from tests.town.letters import mail_server

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS, KILLS = 36, 30


@pytest.fixture
def mail(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


def posted(noon):
    subject = new_subject(purpose="case", purge_on=date(2030, 5, 1), at=noon)
    words = MessageWords("Reply", "Come at nine.")
    told = {"about": "7K3M-92QD", "channel": "email", "words": words, "at": noon}
    return [
        post(subject=subject, to=f"a{number}@example.org", once=f"m{number}", **told)
        for number in range(LETTERS)
    ]


def test_loses_no_letter_and_repeats_only_what_was_taken(mail, settings, noon):
    messages = posted(noon)
    mail.kills = ["RCPT", ".", "after"] * (KILLS // 3)

    work_through(settings, connection, noon + timedelta(hours=1))

    killed = Counter(mail.killed)
    assert killed == {"RCPT": 10, ".": 10, "after": 10}
    came = Counter(letter["Message-ID"] for letter in mail.taken)
    assert came.keys() == {f"<{message.code}@localhost>" for message in messages}
    assert set(came.values()) == {1, 2}
    # Of "taken and not told" each comes again; of "told and died" each that died before it was marked.
    assert killed["."] <= came.total() - LETTERS <= killed["."] + killed["after"]
    assert len(set(mail.letters)) == LETTERS  # what came twice came twice the same, to the byte
    assert set(Message.objects.values_list("state", "to", "words")) == {("sent", None, None)}


def test_control_loses_letters_when_marked_before_they_are_sent(mail, settings, noon):
    posted(noon)
    mail.kills = ["RCPT"] * 6

    work_through(settings, connection, noon + timedelta(hours=1), "careless")

    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert len(mail.letters) == LETTERS - 6
