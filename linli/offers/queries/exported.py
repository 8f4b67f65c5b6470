"""Everything that is kept of a booking, for its holder: one plain structure, nothing left out."""

from datetime import datetime
from typing import Any

from linli.kernel.fields import unseal
from linli.kernel.looks import canonical, looks_of
from linli.kernel.models import Message
from linli.kernel.sealing import Key
from linli.kernel.subjects import Gone, key_of
from linli.offers.models import Booking, FollowUp

_PLAIN = (
    "code", "door", "size", "state", "ticket", "drawn", "booked_at", "queued_at", "passed", "until", "ended_at",
)  # fmt: skip
_SEALED = ("name", "contact", "note", "reply_language")


def all_of(booking: Booking, at: datetime) -> dict[str, Any]:
    """Return what is kept: the booking, what was left with it, its story, attendance, outcomes, wishes, looks, letters."""
    key = key_of(booking.subject, at=at)
    session = booking.session
    return {
        "booking": {name: getattr(booking, name) for name in _PLAIN},
        "offer": session.offer.title,
        "unit": session.offer.unit.name,
        "session": {"code": session.code, "starts_at": session.starts_at, "ends_at": session.ends_at},
        "said": {name: unseal(booking, key, name) for name in _SEALED},
        "kept_until": booking.subject.purge_on,
        "steps": list(booking.steps.values("at", "verb", "by_role", "by_unit")),
        "attendance": list(booking.attendances.values("meeting__starts_at", "came", "at")),
        "outcomes": list(booking.outcomes.values("kind", "after_days", "people", "at")),
        "wishes": list(booking.wishes.values("number", "vacancy__code")),
        "talks": list(booking.interviews.values("code", "starts_at", "state", "offered_at", "hired_at")),
        "certificates": list(booking.certificates.values("id", "issued_at", "revoked_at")),
        "asked_later": _asked_later(booking, at),
        "looks": [canonical(one) for one in looks_of(booking.subject)],
        "messages": [_message(one, key) for one in Message.objects.filter(subject=booking.subject)],
    }  # fmt: skip


def _asked_later(booking: Booking, at: datetime) -> dict[str, Any] | None:
    """Return the leave to be asked later, which has a key and a day of its own; None without one."""
    leave = FollowUp.objects.select_related("subject").filter(booking=booking).first()
    if leave is None:
        return None
    try:
        key = key_of(leave.subject, at=at)
    except Gone:
        return None
    return {
        "code": leave.code,
        "contact": unseal(leave, key, "contact"),
        "reply_language": unseal(leave, key, "reply_language"),
        "ended_on": leave.ended_on,
        "asked": leave.asked,
        "kept_until": leave.subject.purge_on,
        "looks": [canonical(one) for one in looks_of(leave.subject)],
        "messages": [_message(one, key) for one in Message.objects.filter(subject=leave.subject)],
    }


def _message(one: Message, key: Key) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "to": unseal(one, key, "to"),
        "words": unseal(one, key, "words"),
        "state": one.state,
        "created_at": one.created_at,
        "sent_at": one.sent_at,
    }
