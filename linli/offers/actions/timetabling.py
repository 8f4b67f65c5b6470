"""Make a fair's timetable: once, from the wishes, by the rule that everybody can read (rules/timetable.py)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.offers.actions import organizing
from linli.offers.models import Booking, Interview, Session, Timetable
from linli.offers.queries.timetable import (
    best_wishes,
    fair_to_settle,
    moment_of,
    seats_of,
    seed_of,
)
from linli.offers.rules.solving import timetable as settle
from linli.offers.rules.timetable import Fair, Talk


@transaction.atomic
def make_timetable(*, by: Actor, at: datetime, session: Session) -> Timetable:
    """Propose a time to everybody who gets one, keep those for who just comes, and tell the seed.

    Refuses: not_allowed; not_own_unit; not_planned before it is said until when wishes count; too_early
    before that; made already; over when the fair has begun; cancelled.
    """
    organizing.own(by=by, at=at, unit=session.offer.unit)
    fair = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    kept = Timetable.objects.select_for_update(no_key=True).filter(session=fair).first()
    _check(at, fair, kept)
    assert kept is not None  # noqa: S101 - checked above
    kept.seed, kept.solved_at = seed_of(fair), at
    kept.save(update_fields=["seed", "solved_at"])
    settled = fair_to_settle(fair, gap=kept.gap_minutes, seed=kept.seed)
    Interview.objects.bulk_create(
        [*_proposed(fair, settled, settle(settled)), *_kept(fair)], batch_size=500
    )
    return kept


def _check(at: datetime, fair: Session, kept: Timetable | None) -> None:
    if fair.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    if kept is None:
        raise Refused("not_planned", _("Say first until when wishes count."))
    if kept.solved_at is not None:
        raise Refused("made", _("The timetable is made: its times stand."))
    if at < kept.wishes_until:
        raise Refused("too_early", _("Wishes still count. Make it when they are in."))
    if at >= fair.starts_at:
        raise Refused("over", _("This has begun already."))


def _proposed(fair: Session, settled: Fair, talks: list[Talk]) -> list[Interview]:
    wished = best_wishes(fair)
    codes = {talk.who for talk in talks}
    bookings = dict(Booking.objects.filter(code__in=codes).values_list("code", "pk"))
    minutes = {table.stand: table.minutes for table in settled.tables}
    return [
        Interview(
            code=new_code(),
            stand_id=talk.stand,
            lane=talk.lane,
            starts_at=moment_of(fair, talk.begins),
            ends_at=moment_of(fair, talk.begins + minutes[talk.stand]),
            booking_id=bookings[talk.who],
            vacancy_id=wished[talk.who, talk.stand],
            state=Interview.PROPOSED,
        )
        for talk in talks
    ]


def _kept(fair: Session) -> list[Interview]:
    return [
        Interview(
            code=new_code(),
            stand=stand,
            lane=seat.lane,
            starts_at=moment_of(fair, seat.begins),
            ends_at=moment_of(fair, seat.begins + stand.minutes),
            state=Interview.KEPT,
        )
        for stand in fair.stands.all()
        for seat, kept in seats_of(stand, fair)
        if kept
    ]
