"""Draws: a seed is sealed and its hash told, people enter, the list is closed into the look log, and what nobody
knew while people entered is mixed in (docs/decisions/0018). The session is locked first, then its draw.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.draw_seeds import enter_leaf, keep_seed, kept_seed
from linli.kernel.drawing import mixed
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import booking, organizing, places, telling, waiting
from linli.offers.actions.booking import Receipt, Wanted
from linli.offers.models import Booking, BookingStep, Draw, Session
from linli.offers.queries.draws import beacon_for, sealed
from linli.offers.rules import drawing


@transaction.atomic
def plan(*, by: Actor, at: datetime, session: Session) -> Draw:
    """Make a seed, keep it, and tell its hash: from then on people may enter.

    Refuses: not_allowed; not_own_unit; cancelled; not_by_draw; planned already; floors_in_draw, for no door
    keeps places when lots decide; closes_too_late unless booking ends before the session begins.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    kept = _held(session)
    if kept.way != Session.DRAW:
        raise Refused("not_by_draw", _("Places of this session are not given by a draw."))
    if Draw.objects.filter(session=kept).exists():
        raise Refused("planned", _("This draw is planned already."), status=409)
    if kept.floor_web or kept.floor_phone or kept.floor_station:
        raise Refused("floors_in_draw", _("In a draw no places are kept for one door."))
    if kept.booking_until >= kept.starts_at:
        raise Refused("closes_too_late", _("Entering ends before the session begins."))
    told, witness = keep_seed()
    return Draw.objects.create(session=kept, commitment=told, committed_at=at, witness=witness)


def enter(*, by: Actor, at: datetime, session: Session, wanted: Wanted) -> Receipt:
    """Enter somebody, or a group, into the draw, with a public ticket of their own.

    Refuses: not_allowed; not_by_draw; no_draw while its commitment is not told; too_late once its list is
    closed; already_booked; and what booking refuses: no_session, cancelled, not_yet, too_many,
    unknown_door, note_too_long, address_wrong.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    session = booking.bookable(by=by, at=at, session=session, wanted=wanted)
    if session.way != Session.DRAW:
        raise Refused("not_by_draw", _("Places of this session are not given by a draw."))
    try:
        with transaction.atomic():
            receipt = booking.begun(by=by, at=at, session=session, wanted=wanted)
            _check_open(session)
            entered = receipt.booking
            entered.state, entered.ticket = Booking.ENTERED, new_code()
            entered.save(force_insert=True)
            waiting.note(by=by, at=at, booking=entered, verb="entered")
            return receipt
    except IntegrityError as error:
        if "once" not in str(error):
            raise
        raise Refused(
            "already_booked", _("There is a booking with this way to reach you."), status=409
        ) from error


@transaction.atomic
def close(*, by: Actor, at: datetime, session: Session) -> Draw:
    """Close the list, publish it, and enter it into the look log, so that it stands before the beacon does.

    Refuses: not_allowed; not_own_unit; cancelled; no_draw; too_soon before entering has ended; closed
    already.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    kept, draw = _held(session), _draw_of(session)
    if at < kept.booking_until:
        raise Refused("too_soon", _("People may still enter."))
    if draw.closed_at is not None:
        raise Refused("closed", _("The list of this draw is closed already."), status=409)
    entered = kept.bookings.filter(state=Booking.ENTERED).values_list("ticket", "size")
    draw.entries = drawing.written(drawing.Ticket(*one) for one in entered)
    draw.places, draw.closed_at = kept.capacity - kept.taken, at
    draw.position = enter_leaf(sealed(draw).leaf())
    draw.save(update_fields=["entries", "places", "closed_at", "position"])
    return draw


@transaction.atomic
def draw(*, by: Actor, at: datetime, session: Session) -> Draw:
    """Reveal the seed and give the places by the lots; whoever has none waits in the order of the lots.

    Refuses: not_allowed; not_own_unit; cancelled; no_draw; not_closed; drawn already; no_beacon while the
    log has signed no state that holds the list, or its witness has not seen one; seed_lost.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    kept, drawn = _held(session), _draw_of(session)
    if drawn.closed_at is None:
        raise Refused("not_closed", _("The list of this draw is not closed yet."))
    if drawn.drawn_at is not None:
        raise Refused("drawn", _("This draw is drawn already."), status=409)
    if not (mixed_in := beacon_for(drawn, at)):
        raise Refused("no_beacon", _("The draw waits for the log to be signed and witnessed."))
    drawn.seed, drawn.beacon, drawn.drawn_at = kept_seed(drawn.commitment), mixed_in, at
    drawn.save(update_fields=["seed", "beacon", "drawn_at"])
    _settle(by, at, kept, drawn)
    waiting.let_in(by=by, at=at, session=kept)
    return drawn


def _settle(by: Actor, at: datetime, session: Session, drawn: Draw) -> None:
    """Tell each booking what its lot says. Who left since the list was closed is passed over."""
    seed = mixed(drawn.seed, drawn.beacon)
    tickets = drawing.read(drawn.entries)
    result = drawing.draw(seed, tickets, drawn.places or 0)
    placed = {one.number for one in result.placed}
    entered = {one.ticket: one for one in session.bookings.filter(state=Booking.ENTERED)}
    settled, steps = [], []
    for number, ticket in enumerate(drawing.lots(seed, tickets), 1):
        if one := entered.get(ticket.number):
            one.drawn = number
            steps.append(_told(at, session, one, number, wins=ticket.number in placed))
            settled.append(one)
    given, released = Counter[str](), max(at, session.floors_until or at)  # lots know no doors
    for one in settled:
        given[one.door] += one.size if one.state == Booking.CONFIRMED else 0
    for door, size in given.items():
        if size and not places.give(
            by=by, at=released, session=session, door=door, size=size, waited=True
        ):
            message = "the places that the list was closed with are gone"
            raise RuntimeError(message)
    waits = sum(one.state == Booking.WAITING for one in settled)
    places.queue_up(by=by, at=at, session=session, change=waits)
    _write(settled)
    BookingStep.objects.bulk_create(
        BookingStep(booking=one, verb=verb, **signed(by, at))
        for one, verb in zip(settled, steps, strict=True)
    )
    for one, verb in zip(settled, steps, strict=True):
        telling.tell(by=by, at=at, booking=one, verb=verb, cause=one.pk)


def _write(settled: list[Booking]) -> None:
    """Write what the lots say: thousands of rows, each with values of its own, in a second and not in fifteen."""
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE offers_booking SET state = %s, drawn = %s, queued_at = %s, ended_at = %s"
            " WHERE id = %s",
            [
                (one.state, one.drawn, moment(one.queued_at), moment(one.ended_at), one.pk)
                for one in settled
            ],
        )


def _told(at: datetime, session: Session, one: Booking, number: int, *, wins: bool) -> str:
    """Set what a lot means for a booking; return the step that says so."""
    if wins:
        one.state = Booking.CONFIRMED
        return "drawn"
    if at >= session.starts_at:
        one.state, one.ended_at = Booking.LOST, at
        return "lost"
    # A microsecond each, so that the list goes on in the order of the lots.
    one.state, one.queued_at = Booking.WAITING, at + timedelta(microseconds=number)
    return "queued"


def _held(session: Session) -> Session:
    kept = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if kept.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    return kept


def _draw_of(session: Session) -> Draw:
    found = Draw.objects.select_for_update(no_key=True).filter(session=session).first()
    if found is None:
        raise Refused("no_draw", _("This draw is not planned yet."))
    return found


def _check_open(session: Session) -> None:
    """Hold the draw, so that its list is not closed while somebody enters."""
    if _draw_of(session).closed_at is not None:
        raise Refused("too_late", _("Booking has ended."))
