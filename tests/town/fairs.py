"""Job fairs for tests: employers, stands, vacancies, and who wishes to talk about them."""

from datetime import timedelta

from django.utils.timezone import localdate

from linli.kernel.actors import Role
from linli.offers.actions import stands, timetabling, vacancies, wishing
from linli.offers.models import Booking
from tests.town import directory, offers, services
from tests.town.staff import actor


def clerk():
    return actor(Role.CLERK, name="窗口人员", unit=offers.LABOUR)


def fair(*, at, capacity=50, hours=2, **overrides):
    """A published fair in thirty days, with its hash told: wishes count until two days before."""
    begins = at + timedelta(days=30)
    meetings = overrides.pop("meetings", [(begins, begins + timedelta(hours=hours))])
    offer = offers.offer(at=at, kind="fair", title="春风行动招聘会")
    made = offers.session(capacity, at=at, of=offer, meetings=meetings, **overrides)
    stands.plan_timetable(
        by=offers.officer(), at=at, session=made, wishes_until=begins - timedelta(days=2)
    )
    return made


def stand(session, name="嘉峪关市牛肉面协会", *, at, **overrides):
    given = {"organization": services.organization(name, unit=""), "walk_in_percent": 0} | overrides
    draft = stands.StandDraft(**given)
    return stands.add_stand(by=offers.officer(), at=at, session=session, draft=draft)


def draft(employer="嘉峪关市牛肉面协会", *, at, **overrides):
    given = {
        "organization": services.organization(employer, unit=""),
        "area": directory.area(),
        "title": "拉面师",
        "posts": 5,
        "valid_until": localdate(at) + timedelta(days=90),
        "description": "和面、拉面。",
        "requirements": "会拉面，有健康证。",
        "pay_from": 4500,
        "pay_to": 6000,
    }
    return vacancies.VacancyDraft(**given | overrides)


def vacancy(of=None, *, at, **overrides):
    """A vacancy, told of at a stand if one is given."""
    if of is not None:
        overrides |= {"stand": of, "organization": of.organization}
    said = draft(at=at, **overrides)
    unit = directory.unit(offers.LABOUR)
    return vacancies.post_vacancy(by=offers.officer(), at=at, unit=unit, draft=said)


def wisher(session, *wishes, at):
    """Somebody who has booked the fair and wishes for these vacancies, the first first."""
    booking = offers.booked(session, at=at)
    wishing.choose_wishes(at=at, booking=booking, vacancies=wishes)
    return Booking.objects.get(pk=booking.pk)


def timetable(session, *, at=None):
    """Make the timetable, when wishes are in."""
    at = at or session.starts_at - timedelta(days=1)
    return timetabling.make_timetable(by=offers.officer(), at=at, session=session)
