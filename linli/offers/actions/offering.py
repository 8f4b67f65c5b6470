"""Offer something: describe it, give it sessions with places, publish it, change or call off what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Location, Service, Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import organizing, waiting
from linli.offers.models import Meeting, Offer, Session
from linli.offers.queries.draws import draws_to_draw


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """What an offer says about itself. Cost in fen; kept_days after the last meeting."""

    kind: str
    title: str
    unit: Unit
    area: Area
    description: str = ""
    conditions: str = ""
    service: Service | None = None
    part_of: Offer | None = None
    cost: int = 0
    kept_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """When, where and for how many. `meetings` are (begins, ends); the first and last bound the session.

    `skipped` names the beginnings of those that a rule gives and that are left out.
    """

    meetings: Sequence[tuple[datetime, datetime]]
    skipped: frozenset[datetime] = frozenset()
    capacity: int
    booking_from: datetime
    booking_until: datetime
    location: Location | None = None
    room: str = ""
    online: str = ""
    rrule: str = ""
    languages: tuple[str, ...] = ()
    interpreter: bool = False
    floor_web: int = 0
    floor_phone: int = 0
    floor_station: int = 0
    floors_until: datetime | None = None
    most_together: int = 4
    way: str = Session.FIRST
    passes: int = 3
    pass_days: int = 7


@transaction.atomic
def open_offer(*, by: Actor, at: datetime, draft: OfferDraft) -> Offer:
    """Begin an offer; nobody sees it until it is published.

    Refuses: not_allowed; not_own_unit for an officer of another unit; no_title; unknown_kind.
    """
    organizing.own(by=by, at=at, unit=draft.unit)
    if not draft.title.strip():
        raise Refused("no_title", _("Give it a title."))
    if draft.kind not in dict(Offer.KINDS):
        raise Refused("unknown_kind", _("Choose what kind of offer it is."))
    said = {name: getattr(draft, name) for name in OfferDraft.__dataclass_fields__}
    return Offer.objects.create(code=new_code(), **said, **signed(by, at))


@transaction.atomic
def add_session(*, by: Actor, at: datetime, offer: Offer, draft: SessionDraft) -> Session:
    """Plan one session of an offer, with its meetings.

    Refuses: not_allowed; not_own_unit; no_meeting; meetings_overlap unless each begins after the last has
    ended; no_places; floors_too_high; floors_without_end; booking_wrong unless it ends after it begins and
    before the session does; draw_wrong when a draw would keep places for a door, or close after the session
    has begun.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    _check_times(draft)
    _check_places(draft)
    _check_draw(draft)
    held = [meeting for meeting in draft.meetings if meeting[0] not in draft.skipped]
    session = Session.objects.create(
        code=new_code(),
        offer=offer,
        starts_at=held[0][0],
        ends_at=held[-1][1],
        last_modified=at,
        **_told(draft),
    )
    Meeting.objects.bulk_create(
        Meeting(
            session=session,
            number=number,
            starts_at=begins,
            ends_at=ends,
            cancelled_at=at if begins in draft.skipped else None,
        )
        for number, (begins, ends) in enumerate(draft.meetings, 1)
    )
    return session


@transaction.atomic
def publish(*, by: Actor, at: datetime, offer: Offer) -> Offer:
    """Let everybody see an offer; a second time changes nothing.

    Refuses: not_allowed; not_own_unit; withdrawn.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    kept = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if kept.withdrawn_at is not None:
        raise Refused("withdrawn", _("This offer was withdrawn."))
    if kept.published_at is None:
        kept.published_at = at
        kept.save(update_fields=["published_at"])
    return kept


@transaction.atomic
def resize(*, by: Actor, at: datetime, session: Session, capacity: int) -> Session:
    """Change how many places there are; when there are more, who waits is let in.

    Refuses: not_allowed; not_own_unit; cancelled; places_taken when more are taken or kept than there would
    be; being_drawn while a draw gives the places that it was closed with.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    kept = _held(session)
    if capacity < kept.capacity and draws_to_draw().filter(pk=kept.pk).exists():
        raise Refused("being_drawn", _("These places are being drawn."), status=409)
    if capacity < max(1, kept.taken, kept.floor_web + kept.floor_phone + kept.floor_station):
        raise Refused("places_taken", _("More places than that are taken or kept."))
    kept.capacity = capacity
    kept.sequence += 1
    kept.last_modified = at
    kept.save(update_fields=["capacity", "sequence", "last_modified"])
    waiting.let_in(by=by, at=at, session=kept)
    return kept


@transaction.atomic
def call_off(*, by: Actor, at: datetime, session: Session, why: str) -> Session:
    """Call a session off: every booking ends.

    Refuses: not_allowed; not_own_unit; no_reason; cancelled already; over when it has begun.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    if not (why := why.strip()):
        raise Refused("no_reason", _("Say why: everybody who booked reads it."))
    kept = _held(session)
    if at >= kept.starts_at:
        raise Refused("over", _("This has begun already."))
    kept.cancelled_at, kept.cancelled_why, kept.last_modified = at, why, at
    kept.sequence += 1
    kept.save(update_fields=["cancelled_at", "cancelled_why", "sequence", "last_modified"])
    for booking in kept.bookings.filter(ended_at=None).select_for_update(no_key=True):
        waiting.leave(by=by, at=at, session=kept, booking=booking, verb="called_off")
    return kept


def _held(session: Session) -> Session:
    kept = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if kept.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    return kept


def _check_times(draft: SessionDraft) -> None:
    held = [meeting for meeting in draft.meetings if meeting[0] not in draft.skipped]
    if not held:
        raise Refused("no_meeting", _("Say when people meet."))
    moments = [moment for meeting in draft.meetings for moment in meeting]
    if any(later <= earlier for earlier, later in pairwise(moments)):
        raise Refused("meetings_overlap", _("Each meeting ends before the next begins."))
    if not draft.booking_from < draft.booking_until <= held[-1][1]:
        raise Refused("booking_wrong", _("Booking ends after it begins, before the last meeting."))


def _check_places(draft: SessionDraft) -> None:
    if draft.capacity < 1 or not draft.most_together >= 1:
        raise Refused("no_places", _("There is at least one place."))
    floors = draft.floor_web + draft.floor_phone + draft.floor_station
    if floors > draft.capacity:
        raise Refused("floors_too_high", _("More places are kept than there are."))
    if floors and draft.floors_until is None:
        raise Refused("floors_without_end", _("Say until when places are kept."))


def _check_draw(draft: SessionDraft) -> None:
    if draft.way != Session.DRAW:
        return
    begins = min(first for first, _last in draft.meetings if first not in draft.skipped)
    floors = draft.floor_web + draft.floor_phone + draft.floor_station
    if floors or draft.booking_until >= begins:
        raise Refused(
            "draw_wrong",
            _("A draw keeps no places for one door, and booking ends before the session begins."),
        )


def _told(draft: SessionDraft) -> dict[str, object]:
    names = SessionDraft.__dataclass_fields__.keys() - {"meetings", "skipped"}
    return {name: getattr(draft, name) for name in names} | {"languages": list(draft.languages)}
