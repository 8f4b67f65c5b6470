"""Sending by SMS, through the contract in docs/messages.md; and nothing said of address or words on any way."""

import io
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from linli.kernel import logs
from linli.kernel.letters import Letter
from linli.kernel.models import Message
from linli.kernel.outbox import MessageWords, post
from linli.kernel.sending import send_due
from linli.kernel.subjects import new_subject
from tests.town.letters import mail_server, nobody, sms_sender

pytestmark = pytest.mark.django_db(transaction=True)

TO = "canary-addr@example.org"
TEXT = "CNRY-text 您的事项已办结。\nئۇيغۇرچە"
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
def sms(settings):
    with sms_sender() as sender:
        settings.SMS_URL = f"http://se%2Fcret@127.0.0.1:{sender.port}/send?town=1"
        yield sender


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


def test_sends_an_sms_with_a_key_of_its_own(sms, posted, noon):
    message = posted(channel="sms", to="138 0000 0000")

    assert send_due(noon) == 1

    (call,) = sms.calls
    assert call["body"] == {"to": "13800000000", "text": TEXT}
    assert (call["path"], call["token"]) == ("/send?town=1", "Bearer se/cret")
    assert (call["key"], call["kind"]) == (message.code, "application/json")
    assert row(message)[0] == "sent"


@pytest.mark.parametrize("status", [301, 307, 401, 403, 408, 409, 429, 500, 503])
def test_hands_an_sms_in_again_under_the_same_key(sms, posted, noon, status):
    """409: the first try is still being looked at. A detour is not taken: addresses go to one place."""
    message = posted(channel="sms", to="13800000000")
    sms.statuses = [status]

    assert send_due(noon) == 0
    assert row(message)[:2] == ("waiting", 1)
    assert send_due(noon + SOON) == 1

    assert [call["key"] for call in sms.calls] == [message.code] * 2
    assert len(sms.sent) == 1
    assert {call["path"] for call in sms.calls} == {"/send?town=1"}


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_gives_up_an_sms_that_is_never_taken(sms, posted, noon, status):
    message = posted(channel="sms", to="13800000000")
    sms.statuses = [status]

    assert send_due(noon) == 0
    assert row(message)[0] == "given_up"


@pytest.mark.parametrize("set_up", [True, False])
def test_rests_without_a_sender_of_sms_while_mail_goes(settings, mail, posted, noon, set_up):
    settings.SMS_URL = f"http://127.0.0.1:{nobody()}/" if set_up else ""
    text, letter = posted("a", channel="sms", to="13800000000"), posted("b")

    assert send_due(noon) == 1

    assert [row(text)[0], row(letter)[0]] == ["waiting", "sent"]


@contextmanager
def written(level="DEBUG"):
    """Log to memory as in production, foreign records and tracebacks included."""
    stream = io.StringIO()
    config = logs.logging_config(json_lines=True)
    config["handlers"]["stderr"]["stream"] = stream
    config["root"]["level"] = config["loggers"]["linli"]["level"] = level
    logs.configure(config)
    try:
        yield stream
    finally:
        logs.configure(logs.logging_config(json_lines=False))


SAID = [
    *(
        ("RCPT", "550 canary-addr@example.org unknown"),
        ("RCPT", "451 canary-addr@example.org later"),
    ),
    *(
        (".", "554 CNRY-text is spam"),
        (".", "451 CNRY"),
        ("MAIL", "550 CNRY"),
        ("hello", "554 CNRY"),
    ),
]


def test_says_nothing_of_address_or_words(mail, sms, posted, noon):
    with written() as log:
        for number, (command, answer) in enumerate(SAID):
            posted(f"m{number}")
            mail.answers = {command: answer}
            send_due(noon + timedelta(minutes=2 * number))
        for number, status in enumerate((400, 500, 202)):
            posted(f"s{number}", channel="sms", to="13899990000")
            sms.statuses = [status]
            send_due(noon + timedelta(hours=1))

    said = log.getvalue()
    assert "message_given_up" in said
    for canary in ("canary-addr", "CNRY", "13899990000", "127.0.0.1"):
        assert canary not in said
    assert repr(Letter("7K3M-92QD", TO, "CNRY", TEXT, noon)) == "Letter(7K3M-92QD)"
