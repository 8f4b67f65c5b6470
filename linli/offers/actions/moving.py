"""Move a booking to another time of the same offer: the new place is taken before the old one is given back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of
from linli.offers.actions import booking, places, telling, waiting
from linli.offers.models import Booking, Session


def move(*, by: Actor = HOLDER, at: datetime, old: Booking, session: Session) -> booking.Receipt:
    """Take the same places at another time and end the old booking, both or nothing; who waits is let in.

    What was left goes along under a key with a day of its own: the new time may lie after the old day. So
    the booking gets another code and passphrase.
    Refuses: not_allowed; over when it has ended or begun; not_confirmed while no place is settled;
    same_session; other_offer; by_draw; what `book` refuses of the new time: no_session, cancelled, not_yet,
    too_late, too_many, full, already_booked; gone from its day on.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    if session.pk == old.session_id:
        raise Refused("same_session", _("This is the time that you have already."))
    session = booking.bookable(by=by, at=at, session=session, wanted=_wanted(old, at))
    if session.offer_id != old.session.offer_id:
        raise Refused("other_offer", _("Choose another time of the same offer."))
    if session.way == Session.DRAW:
        raise Refused("by_draw", _("Places are given by a draw here: enter it instead."))
    try:
        return _moved(by, at, old, session)
    except IntegrityError as error:
        if "once" not in str(error):
            raise
        raise Refused(
            "already_booked", _("There is a booking with this way to reach you."), status=409
        ) from error


@transaction.atomic
def _moved(by: Actor, at: datetime, old: Booking, session: Session) -> booking.Receipt:
    _lock_both(old, session)
    kept = waiting.held(by=by, at=at, booking=old)
    begun = waiting.session_of(by=by, at=at, booking=old).starts_at
    if kept.ended_at is not None or at >= begun:
        raise Refused("over", _("This cannot be moved any more."))
    if kept.state != Booking.CONFIRMED:
        raise Refused("not_confirmed", _("Only a place that is yours can be moved."))
    receipt = booking.begun(by=by, at=at, session=session, wanted=_wanted(kept, at))
    receipt.booking.save(force_insert=True)
    waiting.note(by=by, at=at, booking=receipt.booking, verb="booked")
    given = places.give(
        by=by, at=at, session=session, door=receipt.booking.door, size=receipt.booking.size
    )
    if not given:
        raise Refused("full", _("There is no place left for so many."), status=409)
    telling.tell(by=by, at=at, booking=receipt.booking, verb="moved_to", cause=receipt.booking.pk)
    left = Session.objects.get(pk=kept.session_id)
    waiting.leave(by=by, at=at, session=left, booking=kept, verb="moved")
    waiting.let_in(by=by, at=at, session=left)
    return receipt


def _lock_both(old: Booking, session: Session) -> None:
    # In one order, whoever moves where: two who swap their times wait for each other no longer than that.
    both = Session.objects.select_for_update(no_key=True).filter(
        pk__in=[old.session_id, session.pk]
    )
    list(both.order_by("pk"))


def _wanted(old: Booking, at: datetime) -> booking.Wanted:
    key = key_of(old.subject, at=at)
    contact = unseal(old, key, "contact")
    return booking.Wanted(
        size=old.size,
        door=old.door,
        name=unseal_text(old, key, "name"),
        note=unseal_text(old, key, "note"),
        reply_language=unseal_text(old, key, "reply_language"),
        contact=next(iter(contact.items())) if isinstance(contact, dict) and contact else None,
    )
