"""Tell whoever left a way to reach them what became of their booking, in their language: its code, when and where,
and never what it is.
"""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop

from linli.kernel.actors import Actor, system
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.outbox import MessageWords, in_language, post
from linli.kernel.sealing import Value
from linli.kernel.subjects import Gone, key_of
from linli.offers.models import Booking, Session

# By the verb of a step. What its holder did a moment ago, they know.
NEWS = {
    "booked": gettext_noop("Your booking %(code)s is made: %(when)s."),
    "moved_to": gettext_noop("Your booking was moved. It is %(code)s now: %(when)s."),
    "queued": gettext_noop("Booking %(code)s is on the waiting list for %(when)s. You hear from us when a place comes free."),
    "entered": gettext_noop("Booking %(code)s is in the draw for %(when)s. You hear from us when it is drawn."),
    "offered": gettext_noop("A place has come free for booking %(code)s: %(when)s. Take it before %(until)s; after that it goes to whoever waits next."),
    "lapsed": gettext_noop("The place for booking %(code)s was not taken in time and has gone to others."),
    "drawn": gettext_noop("The lot fell to you: booking %(code)s has its places on %(when)s."),
    "lost": gettext_noop("The lot fell to others: booking %(code)s has no place on %(when)s."),
    "changed": gettext_noop("What you booked has changed. Booking %(code)s is now: %(when)s."),
    "met_moved": gettext_noop("One meeting of booking %(code)s was moved: you meet on %(when)s instead of %(was)s."),
    "met_off": gettext_noop("One meeting of booking %(code)s does not take place: %(when)s. The others stay."),
    "called_off": gettext_noop("What you booked for %(when)s does not take place. Booking %(code)s has ended. The reason: %(why)s"),
    "kept": gettext_noop("The opening hours have changed. Your booking %(code)s stays as it is: %(when)s. You can move it to another time."),
    "talks": gettext_noop("Talks with employers are proposed for booking %(code)s, the first on %(when)s. Say yes or no to each."),
    "reminder": gettext_noop("You have booked for %(when)s: booking %(code)s. If you cannot come, cancel it, so that somebody else can."),
}  # fmt: skip
_WITHOUT_A_PLACE = {"lapsed", "lost", "called_off", "met_off"}
_LETTERS = system("letters")


def tell(
    *,
    by: Actor,
    at: datetime,
    booking: Booking,
    verb: str,
    cause: int,
    when: datetime | None = None,
    was: datetime | None = None,
) -> bool:
    """Write a letter about one step, once for its cause, where a contact was left; the look is its holder's to see.

    `when` is another moment than the session's beginning, `was` what it was before. Says whether a letter was written.
    Refuses: nothing; whose day has come is told nothing more.
    """  # fmt: skip
    if booking.contact is None or verb not in NEWS:
        return False
    try:
        key = key_of(booking.subject, at=at)
    except Gone:
        return False
    contact = unseal(booking, key, "contact")
    if not isinstance(contact, dict) or not contact:
        return False
    look(
        by=_LETTERS, at=at, subject=booking.subject, verb="sent", about=booking.code,
        purpose="letter", fields=["contact"],
    )  # fmt: skip
    with in_language(unseal_text(booking, key, "reply_language")):
        words = _words(booking, verb, when, was)
    channel, to = _first(contact)
    message = post(
        subject=booking.subject, about=booking.code, channel=channel, to=to, words=words,
        once=f"{booking.code} {verb} {cause}", at=at,
    )  # fmt: skip
    return message is not None


def _first(contact: dict[str, Value]) -> tuple[str, str]:
    channel, to = next(iter(contact.items()))
    return channel, str(to)


def _words(
    booking: Booking, verb: str, when: datetime | None, was: datetime | None
) -> MessageWords:
    session = Session.objects.select_related("location").get(pk=booking.session_id)
    told = {
        "code": booking.code,
        "when": _moment(when or session.starts_at),
        "was": _moment(was) if was else "",
        "until": _moment(booking.until) if booking.until else "",
        "why": session.cancelled_why,
    }
    lines = [gettext(NEWS[verb]) % told]
    if verb not in _WITHOUT_A_PLACE:
        lines += [line for line in (_where(session), session.online) if line]
    lines.append(gettext("Look it up with its code and your passphrase."))
    return MessageWords(gettext("Your booking %(code)s") % told, "\n".join(lines))


def _where(session: Session) -> str:
    place = session.location
    return " ".join(filter(None, [place.name, place.address, session.room])) if place else ""


def _moment(at: datetime) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M")
