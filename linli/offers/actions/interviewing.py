"""Talks at a fair: accepted or declined by who holds the code, held at the stand, offered posts, hires confirmed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.offers.actions import attending, organizing, outcomes
from linli.offers.models import Booking, Interview, Session, Timetable, Vacancy
from linli.offers.queries.timetable import best_wishes, taken_times, wishes_of
from linli.offers.rules.timetable import Fair, Table, next_in_line

_OPEN = (Interview.PROPOSED, Interview.ACCEPTED)


@transaction.atomic
def accept_talk(*, by: Actor = HOLDER, at: datetime, talk: Interview) -> Interview:
    """Say yes to a time.

    Refuses: not_allowed; not_proposed; over when it has begun.
    """
    allow(by, Role.HOLDER, Role.CLERK)
    kept = _held(talk)
    if kept.state != Interview.PROPOSED:
        raise Refused("not_proposed", _("This time is not proposed any more."))
    _not_begun(at, kept)
    kept.state = Interview.ACCEPTED
    kept.save(update_fields=["state"])
    return kept


@transaction.atomic
def decline_talk(*, by: Actor = HOLDER, at: datetime, talk: Interview) -> Interview | None:
    """Give a time back, and propose it to the next who wished for the stand and can keep it; return that talk.

    Refuses: not_allowed; not_proposed; over when it has begun.
    """
    allow(by, Role.HOLDER, Role.CLERK)
    kept = _held(talk)
    if kept.state not in _OPEN:
        raise Refused("not_proposed", _("This time is not proposed any more."))
    _not_begun(at, kept)
    return _given_back(kept)


@transaction.atomic
def release_talks(*, by: Actor, at: datetime, session: Session) -> int:
    """Give back the times of bookings that were cancelled, before the fair begins; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    talks = Interview.objects.filter(
        stand__session=session, state__in=_OPEN, booking__ended_at__isnull=False, starts_at__gt=at
    )
    found = [_held(talk) for talk in talks]
    for talk in found:
        _given_back(talk)
    return len(found)


@transaction.atomic
def record_talk(
    *, by: Actor, at: datetime, talk: Interview, came: bool, vacancy: Vacancy | None = None
) -> Interview:
    """Write down at the stand that a talk took place, or that nobody came. Who talked has come to the fair.

    Refuses: not_allowed; not_own_unit; recorded already; not_yet before the fair has begun; no_post for who
    just comes and talks about none of this stand's.
    """
    organizing.at_the_door(by=by, at=at, unit=talk.stand.session.offer.unit)
    kept = _held(talk)
    if kept.state not in {*_OPEN, Interview.KEPT}:
        raise Refused("recorded", _("This talk is written down already."))
    if at < kept.stand.session.starts_at:
        raise Refused("not_yet", _("The fair has not begun yet."))
    if kept.state == Interview.KEPT:
        if vacancy is None or vacancy.stand_id != kept.stand_id or not came:
            raise Refused("no_post", _("Choose the post that was talked about."))
        kept.vacancy = vacancy
    kept.state = Interview.DONE if came else Interview.ABSENT
    kept.save(update_fields=["state", "vacancy"])
    if came and kept.booking is not None:
        _mark(by, at, kept, kept.booking)
    return kept


@transaction.atomic
def offer_post(*, by: Actor, at: datetime, talk: Interview) -> Interview:
    """Write down that the employer offered the post; a second time changes nothing.

    Refuses: not_allowed; not_own_unit; not_held for a talk that did not take place.
    """
    organizing.own(by=by, at=at, unit=talk.stand.session.offer.unit)
    kept = _held(talk)
    if kept.state != Interview.DONE:
        raise Refused("not_held", _("This talk did not take place."))
    if kept.offered_at is None:
        kept.offered_at = at
        kept.save(update_fields=["offered_at"])
    return kept


@transaction.atomic
def confirm_hire(*, by: Actor, at: datetime, talk: Interview) -> Interview:
    """Write down that the employer confirmed the hire; of a booking it is an outcome too. Twice changes nothing.

    Refuses: not_allowed; not_own_unit; not_offered before the post was; posts_filled when all posts of the
    vacancy are; not_attended before the fair's list is closed; too_many for more than the booking is for.
    """
    organizing.own(by=by, at=at, unit=talk.stand.session.offer.unit)
    kept = _held(talk)
    if kept.offered_at is None or kept.vacancy_id is None:
        raise Refused("not_offered", _("The post was not offered yet."))
    if kept.hired_at is not None:
        return kept
    vacancy = Vacancy.objects.select_for_update(no_key=True).get(pk=kept.vacancy_id)
    if vacancy.interviews.filter(hired_at__isnull=False).count() >= vacancy.posts:
        raise Refused("posts_filled", _("All posts of this vacancy are filled."))
    kept.hired_at = at
    kept.save(update_fields=["hired_at"])
    if kept.booking is not None:
        hired = kept.booking.interviews.filter(hired_at__isnull=False).count()
        result = outcomes.Result(kind="employed", people=hired)
        outcomes.record_outcome(by=by, at=at, booking=kept.booking, result=result)
    return kept


def _held(talk: Interview) -> Interview:
    """Return the talk as it stands; its fair is locked, so that talks of one fair change one after the other."""
    Session.objects.select_for_update(no_key=True).get(stands=talk.stand_id)
    told = Interview.objects.select_related("stand__session", "booking__session__offer__unit")
    return told.get(pk=talk.pk)


def _not_begun(at: datetime, talk: Interview) -> None:
    if at >= talk.starts_at:
        raise Refused("over", _("This has begun already."))


def _given_back(talk: Interview) -> Interview | None:
    talk.state = Interview.DECLINED
    talk.save(update_fields=["state"])
    fair, stand = talk.stand.session, talk.stand
    timetable = Timetable.objects.get(session=fair)
    wishes = tuple(wishes_of(fair, stand))
    settled = Fair(
        (Table(stand.pk, stand.minutes, ()),), wishes, timetable.gap_minutes, timetable.seed
    )
    # Whoever has, had or declined a talk here is not asked again.
    asked = set(
        stand.interviews.filter(booking__isnull=False).values_list("booking__code", flat=True)
    )
    line = [one for one in settled.lines()[stand.pk] if one.who not in asked]
    begins = (talk.starts_at - fair.starts_at).total_seconds() // 60
    busy = taken_times(fair, [one.who for one in line])
    found = next_in_line(line, (int(begins), stand.minutes), busy, timetable.gap_minutes)
    if found is None:
        return None
    return Interview.objects.create(
        code=new_code(),
        stand=stand,
        lane=talk.lane,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        booking=Booking.objects.get(code=found.who),
        vacancy_id=best_wishes(fair)[found.who, stand.pk],
        state=Interview.PROPOSED,
    )


def _mark(by: Actor, at: datetime, talk: Interview, booking: Booking) -> None:
    meetings = talk.stand.session.meetings.filter(starts_at__lte=talk.starts_at, cancelled_at=None)
    meeting = meetings.order_by("-starts_at").first()
    if meeting is not None:
        mark = attending.Mark(f"talk {talk.code}", booking.code, 1)
        attending.take_marks(by=by, at=at, meeting=meeting, marks=[mark])
