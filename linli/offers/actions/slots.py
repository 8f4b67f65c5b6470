"""Plan appointments at a window, and keep what can be booked in line with its opening hours."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.timezone import get_default_timezone, localdate, localtime
from django.utils.translation import gettext_lazy as _

from linli.directory.models import ServiceAtLocation
from linli.kernel.actors import Actor, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.offers.actions import organizing, waiting
from linli.offers.models import Booking, Meeting, Offer, Session, SlotPlan
from linli.offers.queries.hours import languages_by_weekday, openings_of
from linli.offers.rules.slots import Slot, cut

WITHIN = {"minutes": (5, 240), "places": (1, 60), "walk_ins": (0, 59), "days_ahead": (1, 90)}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """How a window's hours are cut: how long, for how many at a time, how many of these for who just comes."""

    window: ServiceAtLocation
    minutes: int = 15
    places: int = 1
    walk_ins: int = 0
    days_ahead: int = 14


class _Known(NamedTuple):
    """One slot as it was cut: of thousands, a model for each takes ten times as long."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None
    capacity: int


@transaction.atomic
def plan_slots(*, by: Actor, at: datetime, offer: Offer, draft: PlanDraft) -> SlotPlan:
    """Plan appointments at a window and cut the first of them.

    Refuses: not_allowed; not_own_unit; not_appointments for another kind of offer; withdrawn; wrong_numbers;
    none_to_book when all places are for who just comes; no_hours when the window is never open in that time;
    planned_already for a window that is being cut for this offer.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    kept = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if kept.kind != Offer.APPOINTMENT:
        raise Refused("not_appointments", _("Only appointments are cut from opening hours."))
    if kept.withdrawn_at is not None:
        raise Refused("withdrawn", _("This offer was withdrawn."))
    if any(not least <= getattr(draft, name) <= most for name, (least, most) in WITHIN.items()):
        raise Refused("wrong_numbers", _("5 to 240 minutes, 1 to 60 people, 1 to 90 days."))
    if draft.walk_ins >= draft.places:
        raise Refused("none_to_book", _("Leave at least one place that can be booked."))
    if kept.slot_plans.filter(window=draft.window, ended_on=None).exists():
        raise Refused("planned_already", _("This window is being cut for it already."), status=409)
    said = {name: getattr(draft, name) for name in PlanDraft.__dataclass_fields__}
    plan = SlotPlan(offer=kept, **said)
    if not _wanted(plan, at):
        raise Refused("no_hours", _("This window has no opening hours in that time."))
    plan.save(force_insert=True)
    _keep_in_line(by, at, plan)
    return plan


@transaction.atomic
def end_plan(*, by: Actor, at: datetime, plan: SlotPlan) -> SlotPlan:
    """Cut no more of a window; what nobody has booked goes, what is booked stays.

    Refuses: not_allowed; not_own_unit; ended already.
    """
    organizing.own(by=by, at=at, unit=plan.offer.unit)
    kept = _held(plan)
    if kept.ended_on is not None:
        raise Refused("ended", _("This has ended already."))
    kept.ended_on = localdate(at)
    kept.save(update_fields=["ended_on"])
    _keep_in_line(by, at, kept)
    return kept


@transaction.atomic
def recut(*, by: Actor, at: datetime, plan: SlotPlan) -> int:
    """Bring a plan's slots in line with the hours as they are now; return how many were cut, changed or taken out.

    Each slot is cut once. What no longer fits goes while nobody has booked it; what is booked is kept for
    who has it, nobody else gets in, and they are told once.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    kept = _held(plan)
    return 0 if kept.ended_on is not None else _keep_in_line(by, at, kept)


def _held(plan: SlotPlan) -> SlotPlan:
    of_offer = SlotPlan.objects.select_related("offer__unit", "window__location")
    return of_offer.select_for_update(no_key=True, of=("self",)).get(pk=plan.pk)


def _wanted(plan: SlotPlan, at: datetime) -> list[Slot]:
    """Return what there should be to book from now on."""
    if plan.ended_on is not None or plan.offer.withdrawn_at is not None:
        return []
    today = localdate(at)
    opened = openings_of(plan.window, today, today + (plan.days_ahead + 1) * _DAY)
    slots = cut(opened, plan.minutes, get_default_timezone())
    return [slot for slot in slots if slot.starts_at > at]


def _keep_in_line(by: Actor, at: datetime, plan: SlotPlan) -> int:
    wanted = {slot.starts_at: slot for slot in _wanted(plan, at)}
    # All times that were ever cut, also those called off: an organizer's word stands.
    rows = plan.sessions.filter(starts_at__gt=at).order_by().values_list(*_Known._fields)
    there = {one.starts_at: one for one in (_Known(*row) for row in rows)}
    new = [slot for begins, slot in wanted.items() if begins not in there]
    _cut(at, plan, new)
    live = [one for one in there.values() if one.cancelled_at is None]
    fits = {
        one.pk: one for one in live if wanted.get(one.starts_at) == (one.starts_at, one.ends_at)
    }
    changed = _open_again(at, plan, fits.values())
    gone = _take_out(by, at, [one for one in live if one.pk not in fits])
    return len(new) + changed + gone


def _cut(at: datetime, plan: SlotPlan, slots: Collection[Slot]) -> None:
    spoken = languages_by_weekday(plan.window) if slots else {}
    places = plan.places - plan.walk_ins
    sessions = Session.objects.bulk_create(
        Session(
            code=new_code(),
            offer=plan.offer,
            plan=plan,
            location=plan.window.location,
            room=plan.window.window,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            languages=spoken[localtime(slot.starts_at).weekday()],
            capacity=places,
            most_together=places,
            booking_from=at,
            booking_until=slot.starts_at,
            last_modified=at,
        )
        for slot in slots
    )
    Meeting.objects.bulk_create(
        Meeting(session=one, number=1, starts_at=one.starts_at, ends_at=one.ends_at)
        for one in sessions
    )


def _open_again(at: datetime, plan: SlotPlan, fits: Iterable[_Known]) -> int:
    """Open what was closed to others while its hours were away."""
    places = plan.places - plan.walk_ins
    less = [one.pk for one in fits if one.capacity < places]
    if not less:
        return 0
    # An organizer who made a slot smaller had a reason.
    ours = Booking.objects.filter(session__in=less, steps__verb="kept").values("session")
    return Session.objects.filter(pk__in=ours).update(
        capacity=places, sequence=F("sequence") + 1, last_modified=at
    )


def _take_out(by: Actor, at: datetime, unfit: Collection[_Known]) -> int:
    """Remove the slots that nobody ever booked; keep the others for who has them, and tell them."""
    pks = [one.pk for one in unfit]
    if not pks:
        return 0
    # The rows are locked first, so that who books this moment has done so, or comes too late.
    list(Session.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    untouched = Session.objects.filter(pk__in=pks, bookings=None)
    gone, _each = untouched.delete()
    kept = Session.objects.filter(pk__in=pks, cancelled_at=None)
    for session in kept:
        _keep_for_who_has_it(by, at, session)
    return gone


def _keep_for_who_has_it(by: Actor, at: datetime, session: Session) -> None:
    if not session.taken:
        _call_off(by, at, session)
        return
    if session.capacity > session.taken:
        session.capacity, session.last_modified = session.taken, at
        session.save(update_fields=["capacity", "last_modified"])
    told = session.bookings.filter(steps__verb="kept")
    for booking in session.bookings.filter(ended_at=None).exclude(pk__in=told):
        if booking.state in Booking.HOLDING:
            waiting.note(by=by, at=at, booking=booking, verb="kept")


def _call_off(by: Actor, at: datetime, session: Session) -> None:
    session.cancelled_at, session.last_modified = at, at
    session.cancelled_why = str(_("The opening hours have changed."))
    session.sequence += 1
    session.save(update_fields=["cancelled_at", "cancelled_why", "sequence", "last_modified"])
    for booking in session.bookings.filter(ended_at=None).select_for_update(no_key=True):
        waiting.leave(by=by, at=at, session=session, booking=booking, verb="called_off")
