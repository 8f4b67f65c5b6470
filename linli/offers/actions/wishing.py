"""Choose what to talk about at a job fair: up to five posts, in one's own order."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.offers.actions import waiting
from linli.offers.models import Booking, Timetable, Vacancy, Wish
from linli.offers.rules.fairs import MOST_WISHES


@transaction.atomic
def choose_wishes(
    *, by: Actor = HOLDER, at: datetime, booking: Booking, vacancies: Sequence[Vacancy]
) -> list[Wish]:
    """Write down the wishes of a booking, the first first, in place of earlier ones; none takes them all back.

    Refuses: not_allowed; not_a_fair without stands; too_late when wishes count no more; no_place for who has
    none; too_many; twice; not_here for a post that is not told of at this fair, or is over.
    """
    allow(by, Role.HOLDER, Role.CLERK)
    timetable = Timetable.objects.filter(session=booking.session_id).first()
    if timetable is None:
        raise Refused("not_a_fair", _("Wishes are for job fairs."))
    kept = waiting.held(by=by, at=at, booking=booking)
    if at >= timetable.wishes_until or timetable.solved_at is not None:
        raise Refused("too_late", _("Wishes count no more: the timetable is being made."))
    if kept.state not in {Booking.CONFIRMED, Booking.ATTENDED}:
        raise Refused("no_place", _("Wishes are for who has a place."))
    if len(vacancies) > MOST_WISHES:
        raise Refused("too_many", _("Choose up to five."))
    if len({one.pk for one in vacancies}) < len(vacancies):
        raise Refused("twice", _("Choose each post once."))
    here = Vacancy.objects.filter(stand__session=kept.session_id, closed_on=None)
    if here.filter(pk__in=[one.pk for one in vacancies]).count() < len(vacancies):
        raise Refused("not_here", _("This post is not told of at this fair any more."))
    kept.wishes.all().delete()
    return Wish.objects.bulk_create(
        Wish(booking=kept, vacancy=one, number=number) for number, one in enumerate(vacancies, 1)
    )
