"""Messages to people who asked to hear from us: written with their cause, sent after it, each once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django_tasks import task

from linli.kernel.addresses import read_address
from linli.kernel.clock import now
from linli.kernel.codes import new_row_code
from linli.kernel.fields import seal
from linli.kernel.models import Message, Subject
from linli.kernel.sending import send_one
from linli.kernel.subjects import key_of


@dataclass(frozen=True, slots=True)
class MessageWords:
    """What a message says, in the language of whoever gets it: its subject line (e-mail only) and its text."""

    subject: str
    text: str


def channels() -> tuple[str, ...]:
    """Return the channels by which this town can send: a form offers no other."""
    here = {Message.EMAIL: settings.EMAIL_HOST, Message.SMS: settings.SMS_URL}
    return tuple(channel for channel, way in here.items() if way)


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Compose in the language that somebody chose; texts not translated into it come in the town's own."""
    try:
        spoken = translation.get_supported_language_variant(tag)
    except LookupError:
        spoken = settings.LANGUAGE_CODE
    with translation.override(spoken):
        yield


@transaction.atomic
def post(
    *,
    subject: Subject,
    about: str,
    channel: str,
    to: str,
    words: MessageWords,
    once: str,
    at: datetime,
) -> Message | None:
    """Write a message in the caller's transaction; it is sent after that has committed.

    `once` names the cause: of a cause that is told again, no second message, and None comes back.
    Refuses: address_wrong unless it is an e-mail address or a telephone number; gone when the subject is.
    """
    address = read_address(channel, to)
    code = new_row_code()
    message = Message(
        code=code,
        once=once,
        subject=subject,
        about=about,
        channel=channel,
        created_at=at,
        next_at=at,
    )
    # One line: a subject with a line end in it would be a header of somebody else's making.
    said = MessageWords(" ".join(words.subject.split()), words.text)
    seal(message, key_of(subject, at=at), to=address, words=asdict(said))
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if Message.objects.filter(once=once).exists():
            return None
        raise
    send.enqueue(code)
    return message


@task()
def send(code: str) -> None:
    """Send one message, as soon as the queue comes to it."""
    send_one(code, now())


def given_up() -> int:
    """Count the messages that nobody took, however often they were offered."""
    return Message.objects.filter(state="given_up").count()


def try_again(at: datetime) -> int:
    """Let what was given up be tried from the beginning; return how many."""
    rested = Message.objects.filter(state="given_up")
    return rested.update(state="waiting", tries=0, next_at=at)


def purge_messages(at: datetime) -> int:
    """Remove the messages of subjects whose keys are destroyed."""
    return Message.objects.exclude(subject__destroyed_on=None).delete()[0]
