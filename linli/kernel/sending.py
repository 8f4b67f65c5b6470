"""How a message leaves: claimed, handed over, marked.

The claim commits before the letter is handed over, the mark after it was taken. Whoever is stopped in
between leaves it to be sent again, under the same identity; whoever is stopped before or after does not.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from django.db import transaction

from linli.kernel.actors import system
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.letters import Letter, Line, Rejected
from linli.kernel.looks import look
from linli.kernel.mail import MailLine
from linli.kernel.models import Message
from linli.kernel.sealing import Misplaced
from linli.kernel.sms import SmsLine
from linli.kernel.subjects import Gone, key_of

LINES: Final[dict[str, Callable[[], Line]]] = {Message.EMAIL: MailLine, Message.SMS: SmsLine}
# How long after each try the next may follow. After the last one, nearly two days on, nobody tries again.
PAUSES: Final = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)),
    *(timedelta(hours=3), *[timedelta(hours=6)] * 7),
)
_REST = PAUSES[0]
_BATCH = 100
_BY = system("outbox")
_log = structlog.stdlib.get_logger("linli.outbox")


def send_one(code: str, at: datetime) -> int:
    """Send this message unless it was sent, or may not be tried yet."""
    channel = Message.objects.filter(code=code).values_list("channel", flat=True).first()
    return _send([code], channel, at) if channel else 0


def send_due(at: datetime) -> int:
    """Send what waits and may be tried; return how many were taken."""
    sent = 0
    for channel in LINES:
        due = Message.objects.filter(state="waiting", channel=channel, next_at__lte=at)
        codes = list(due.order_by("next_at", "id").values_list("code", flat=True)[:_BATCH])
        sent += _send(codes, channel, at)
    return sent


def _send(codes: list[str], channel: str, at: datetime) -> int:
    line, began, sent = LINES[channel](), time.monotonic(), 0
    try:
        for code in codes:
            # The time it is by now: a claim must not have run out before it is made.
            hour = at + timedelta(seconds=time.monotonic() - began)
            letter = _claim(code, hour)
            if letter is None:
                continue
            try:
                line.send(letter)
            except ConnectionError:
                _log.warning("line_down", kind=channel)
                _rest(channel, hour)
                break
            except Rejected:
                _give_up(code, kind="rejected")
            except Exception as error:  # noqa: BLE001 - one letter's fault is no other's
                # Its kind alone: what a library says may quote the address.
                _log.warning("message_not_taken", code=code, kind=type(error).__name__)
            else:
                sent += _mark_sent(code, hour)
    finally:
        line.close()
    return sent


@transaction.atomic(durable=True)
def _claim(code: str, at: datetime) -> Letter | None:
    """Count a try and open the message for it; None when it is not ours to send now."""
    waiting = Message.objects.select_for_update(no_key=True, skip_locked=True)
    message = waiting.filter(code=code, state="waiting", next_at__lte=at).first()
    if message is None:
        return None
    if message.tries == len(PAUSES):
        # Counted before it is tried, so that a letter which kills whoever sends it comes to rest here.
        _give_up(code, kind="tried_enough")
        return None
    try:
        letter = _opened(message, at)
    except (Gone, Misplaced) as error:
        _give_up(code, kind=type(error).__name__)
        return None
    message.next_at = at + PAUSES[message.tries]
    message.tries += 1
    message.save(update_fields=["next_at", "tries"])
    return letter


def _opened(message: Message, at: datetime) -> Letter:
    key = key_of(message.subject, at=at)
    if message.tries == 0:
        # The address is opened to be used: its person sees that, once a message.
        look(
            by=_BY,
            at=at,
            subject=message.subject,
            verb="sent",
            about=message.about,
            purpose="notify",
            fields=("contact",),
        )
    words: Any = unseal(message, key, "words")
    to = unseal_text(message, key, "to")
    return Letter(message.code, to, words["subject"], words["text"], message.created_at)


def _mark_sent(code: str, at: datetime) -> int:
    # What was said and to whom is needed no more.
    kept = Message.objects.filter(code=code).exclude(state="sent")
    return kept.update(state="sent", sent_at=at, to=None, words=None)


def _give_up(code: str, *, kind: str) -> None:
    _log.error("message_given_up", code=code, kind=kind)
    Message.objects.filter(code=code, state="waiting").update(state="given_up")


def _rest(channel: str, at: datetime) -> None:
    """Nobody is on the line: what else waits for it waits on, and loses no try."""
    waiting = Message.objects.filter(channel=channel, state="waiting")
    waiting.filter(next_at__lt=at + _REST).update(next_at=at + _REST)
