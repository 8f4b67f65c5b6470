"""Sending by e-mail: what was posted is taken once, whatever the mail server says."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from linli.kernel import sending
from linli.kernel.looks import looks_of
from linli.kernel.mail_server import mail_server as mail_server_at
from linli.kernel.models import Look, Message
from linli.kernel.outbox import MessageWords, given_up, post, purge_messages, try_again
from linli.kernel.refusals import Refused
from linli.kernel.sending import PAUSES, send_due, send_one
from linli.kernel.subjects import destroy, new_subject
from tests.town.letters import mail_server, nobody
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TO = "canary-addr@example.org"
TEXT = "CNRY-text 您的事项已办结。\n.\n..一行\nئۇيغۇرچە"
SOON = timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "邻里 <linli@town.example>"


@pytest.fixture
def mail(settings):
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


@pytest.fixture
def subject(transactional_db, noon):
    return new_subject(purpose="case", purge_on=date(2027, 5, 1), at=noon)


@pytest.fixture
def posted(subject, noon):
    def posted(once="asked", to=TO, **other):
        told = {"about": "7K3M-92QD", "channel": "email", "to": to, "once": once} | other
        words = MessageWords("CNRY-subject 回复", TEXT)
        return post(subject=subject, words=words, at=noon, **told)

    return posted


def row(message):
    kept = Message.objects.get(pk=message.pk)
    return kept.state, kept.tries, kept.next_at


def test_sends_a_letter_and_forgets_it(mail, posted, noon):
    message = posted()

    assert send_due(noon) == 1

    (letter,) = mail.taken
    assert letter["To"] == TO
    assert letter["From"] == "邻里 <linli@town.example>"
    assert letter["Subject"] == "CNRY-subject 回复"
    assert letter.get_content().splitlines() == TEXT.split("\n")
    assert letter["Message-ID"] == f"<{message.code}@town.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == noon
    kept = Message.objects.get()
    assert (kept.state, kept.to, kept.words) == ("sent", None, None)
    assert noon <= kept.sent_at < noon + SOON
    assert send_due(noon + timedelta(days=9)) == send_one(message.code, noon) == 0
    assert len(mail.letters) == 1


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("", ("", 25, "", "", False, False)),
        ("smtp://mail.town.example", ("mail.town.example", 25, "", "", False, False)),
        ("smtps://a%40b:p%3Aw@mail:466", ("mail", 466, "a@b", "p:w", True, False)),
        ("smtp+tls://linli:x@mail", ("mail", 587, "linli", "x", False, True)),
    ],
)
def test_reads_where_the_mail_server_is(address, read):
    assert mail_server_at(address) == read


@pytest.mark.parametrize("address", ["http://mail", "mail.town.example", "smtpx://mail"])
def test_takes_no_other_line_for_mail(address):
    with pytest.raises(ValueError, match="begins with smtp"):
        mail_server_at(address)


def test_sends_many_over_one_line(mail, posted, noon):
    messages = [posted(once=str(number)) for number in range(5)]

    assert send_due(noon) == 5

    sent = [letter["Message-ID"][1:].partition("@")[0] for letter in mail.taken]
    assert sent == [message.code for message in messages]


def test_makes_no_header_of_a_line_end(mail, subject, noon):
    words = MessageWords("Reply\r\nBcc: other@example.org", "text")
    post(subject=subject, about="x", channel="email", to=TO, words=words, once="a", at=noon)

    send_due(noon)

    (letter,) = mail.taken
    assert letter["Subject"] == "Reply Bcc: other@example.org"
    assert letter["Bcc"] is None


def test_shows_the_person_that_their_address_was_used(mail, posted, subject, noon):
    posted()
    mail.answers["RCPT"] = "451 later"
    send_due(noon)
    mail.answers.clear()
    send_due(noon + SOON)

    (look,) = looks_of(subject)  # one, though it was tried twice
    assert (look.verb, look.about, look.fields, look.by_role) == (
        "sent",
        "7K3M-92QD",
        "contact",
        "system",
    )


def test_sends_nothing_that_cannot_be_logged(mail, posted, noon, monkeypatch):
    posted()

    def fail(**_):
        raise Refused("not_logged", "x", status=503)

    monkeypatch.setattr(sending, "look", fail)
    with pytest.raises(Refused, match="not_logged"):
        send_due(noon)

    assert (mail.letters, Look.objects.count()) == ([], 0)
    assert Message.objects.get().tries == 0


def careless(code, at):
    """A claim that asks and does not take: the negative control."""
    message = Message.objects.filter(code=code, state="waiting").first()
    return message and sending._opened(message, at)


@pytest.mark.parametrize("claim", [sending._claim, careless])
def test_sends_once_when_many_send_at_once(mail, posted, noon, monkeypatch, claim):
    message = posted()
    monkeypatch.setattr(sending, "_claim", claim)
    mark = sending._mark_sent
    # All have claimed, or given up claiming, before the first one marks.
    monkeypatch.setattr(sending, "_mark_sent", lambda code, at: 1)

    assert at_once(6, lambda _: send_one(message.code, noon)) == []
    mark(message.code, noon)

    assert len(mail.letters) == 1 if claim is not careless else len(mail.letters) > 1


def test_tries_again_with_growing_pauses_and_then_rests(mail, posted, noon):
    message, at = posted(), noon
    mail.answers["."] = "451 later"

    waited = []
    for number in range(len(PAUSES)):
        assert send_due(at) == 0
        state, tries, next_at = row(message)
        assert (state, tries) == ("waiting", number + 1)
        assert send_due(next_at - timedelta(seconds=1)) == 0
        assert row(message)[1] == number + 1  # not before its time
        waited.append(round((next_at - at).total_seconds() / 60))
        at = next_at

    assert waited == [1, 5, 15, 60, 180, 360, 360, 360, 360, 360, 360, 360]
    mail.answers.clear()
    send_due(at)
    assert (row(message)[0], given_up(), mail.letters) == ("given_up", 1, [])
    assert try_again(at) == 1
    assert send_due(at) == 1


@pytest.mark.parametrize(
    ("command", "answer"),
    [("RCPT", "550 no such address"), (".", "554 never"), ("DATA", "552 never")],
)
def test_gives_up_what_is_never_taken_and_sends_the_others(mail, posted, noon, command, answer):
    bad = posted("a")
    mail.answers[command] = answer
    send_due(noon)
    assert row(bad)[:2] == ("given_up", 1)

    mail.answers.clear()
    good = posted("b")
    assert send_due(noon) == 1

    assert (row(bad)[0], row(good)[0], given_up()) == ("given_up", "sent", 1)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("hello", "554 go away"),
        ("hello", ""),
        ("MAIL", "550 not you"),
        ("MAIL", "421 bye"),
        ("RCPT", ""),
    ],
)
def test_rests_when_the_mail_server_is_not_well(mail, posted, noon, command, answer):
    """It is not the letter's fault: the others lose no try, and none is given up."""
    first, second = posted("a"), posted("b")
    mail.answers[command] = answer

    assert send_due(noon) == 0

    assert [row(first)[:2], row(second)[:2]] == [("waiting", 1), ("waiting", 0)]
    mail.answers.clear()
    assert send_due(noon + timedelta(seconds=30)) == 0
    assert send_due(noon + timedelta(minutes=2)) == 2
    assert len(mail.letters) == 2


def test_rests_when_nobody_answers_and_drains_later(settings, posted, noon):
    settings.EMAIL_PORT = nobody()
    messages = [posted(str(number)) for number in range(3)]

    assert send_due(noon) == 0
    assert [row(message)[:2] for message in messages] == [
        ("waiting", 1),
        ("waiting", 0),
        ("waiting", 0),
    ]

    with mail_server() as mail:
        settings.EMAIL_PORT = mail.port
        assert send_due(noon + timedelta(minutes=2)) == 3
        assert len(mail.letters) == 3


def test_has_sent_what_was_taken_before_a_bad_farewell(mail, posted, noon):
    message = posted()
    mail.answers["QUIT"] = "500 what"

    assert send_due(noon) == 1
    assert row(message)[0] == "sent"


def test_gives_up_a_letter_that_ended_whoever_sent_it(mail, posted, noon):
    message = posted()
    Message.objects.update(tries=len(PAUSES))

    assert send_due(noon) == 0
    assert (row(message)[0], mail.letters) == ("given_up", [])


def test_sends_nothing_for_a_subject_that_is_gone(mail, posted, subject, noon):
    message = posted()
    destroy(subject=subject, at=noon)

    assert send_due(noon) == 0

    assert (row(message)[0], mail.letters) == ("given_up", [])
    assert purge_messages(noon) == 1


def test_sends_nothing_that_was_tampered_with(mail, posted, noon):
    first, second = posted("a"), posted("b", to="other@example.org")
    # Whoever can write the database sends one person's words to another's address.
    Message.objects.filter(pk=first.pk).update(to=second.to)

    assert send_due(noon) == 1

    assert [letter["To"] for letter in mail.taken] == ["other@example.org"]
    assert row(first)[0] == "given_up"


def test_is_never_sent_within_somebodys_transaction(mail, posted, noon):
    """A cause that is undone afterwards would have been told."""
    message = posted()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_one(message.code, noon)

    assert mail.letters == []
