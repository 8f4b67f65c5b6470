"""What is said of places and bookings, in words: the same on every page for the public."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.kernel.text import Words
from linli.offers.models import Booking, Session
from linli.offers.queries.counts import places_of

FEW = 3

SAID: dict[str, Words] = {
    "accepted": gettext_lazy("The place is yours."),
    "cancelled": gettext_lazy("It is cancelled. What you had goes to whoever waits."),
    "asked_later": gettext_lazy("Thank you. You will be asked, and may take it back at any time."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands: the state of its lamp, a word, and a sentence where one is needed."""

    state: str
    word: Words
    sentence: Words = ""


def moment(at: datetime) -> str:
    """Return a moment as pages write it."""
    return localtime(at).strftime("%Y-%m-%d %H:%M")


def places_told(session: Session, at: datetime, door: str = "web") -> Standing:
    """Say how many places are free, or why none can be booked."""
    if session.cancelled_at is not None:
        return Standing("late", _("called off"), session.cancelled_why)
    if at < session.booking_from:
        return Standing(
            "plain", _("booking begins %(moment)s") % {"moment": moment(session.booking_from)}
        )
    if at >= session.booking_until:
        return Standing("plain", _("booking has ended"))
    if session.way == Session.DRAW:
        return Standing(
            "note", _("drawn by lot after %(moment)s") % {"moment": moment(session.booking_until)}
        )
    return _free_told(session, at, door)


def _free_told(session: Session, at: datetime, door: str) -> Standing:
    places = places_of(session, at)
    free = 0 if session.queue else places.free_at(door)
    if free > 0:
        words = ngettext("%(n)d place free", "%(n)d places free", free) % {"n": free}
        return Standing("soon" if free <= FEW else "done", words)
    if session.queue:
        sentence = ngettext(
            "%(n)d booking waits for a place.", "%(n)d bookings wait for a place.", session.queue
        ) % {"n": session.queue}
        return Standing("late", _("full, with a waiting list"), sentence)
    if places.free > 0:
        return Standing(
            "soon",
            _("full online"),
            _("What is left is kept for the telephone and stations for now."),
        )
    return Standing("late", _("full"))


def booking_told(booking: Booking, ahead: int) -> Standing:
    """Say how a booking stands. `ahead`: how many bookings wait before it."""
    until = {"moment": moment(booking.until) if booking.until else ""}
    said: dict[str, tuple[str, Words]] = {
        Booking.HELD: ("soon", _("Take the place before %(moment)s, or it goes on.") % until),
        Booking.CONFIRMED: ("done", _("The places are yours.")),
        Booking.WAITING: ("note", _waits(ahead)),
        Booking.OFFERED: (
            "soon",
            _("Take it before %(moment)s. After that it goes to whoever waits next.") % until,
        ),
        Booking.ENTERED: ("note", _("The draw is made when booking has ended.")),
        Booking.LOST: ("plain", _("The lot fell to others this time.")),
        Booking.CANCELLED: ("plain", _("Nothing is booked under this code any more.")),
        Booking.ATTENDED: ("done", _("You were there.")),
        Booking.ABSENT: ("plain", _("Nobody came for these places.")),
    }
    state, sentence = said[booking.state]
    return Standing(state, booking.get_state_display(), sentence)


def _waits(ahead: int) -> str:
    if not ahead:
        return _("You are next. A place that comes free is offered to you for a day.")
    return ngettext(
        "%(n)d booking is before yours. A place that comes free is offered for a day.",
        "%(n)d bookings are before yours. A place that comes free is offered for a day.",
        ahead,
    ) % {"n": ahead}
