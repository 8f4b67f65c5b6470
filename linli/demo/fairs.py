"""The demo's job fairs: employers, stands, posts and wishes, invented; one fair to come, one that was held."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localdate

from linli.demo.people import officer, planner
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN
from linli.directory import actions as directory
from linli.directory.models import Area, Organization
from linli.offers.actions import interviewing, stands, timetabling, vacancies, wishing
from linli.offers.models import Booking, Interview, Offer, Session, Stand, Vacancy

MARK = "(示例)"
_ONLINE = "https://meet.example.cn/jyg"
_OPEN = timedelta(days=200)
_WISHES = (1, 3, 5, 2, 4)  # how many somebody has
_STAYED_AWAY = 13  # of so many with a time, one
_OFFERED, _HIRED = 8, 3  # every eighth talk leads to an offer; of three offers, two to a hire


class Told(NamedTuple):
    """One line of the table."""

    employer: str
    zone: str
    place: str
    lanes: str
    title: str
    posts: str
    employment: str
    pay_from: str
    pay_to: str
    description: str
    requirements: str


def hold(*, at: datetime) -> None:
    """Set up the fairs that have no stands yet; what lies behind us was held."""
    fairs = Session.objects.open().filter(
        offer__kind=Offer.FAIR, offer__area=JIAYUGUAN.code, stands=None
    )
    for fair in fairs.select_related("offer__unit"):
        posts = _set_up(fair)
        _wished(fair, posts, min(at, fair.starts_at - timedelta(days=3)))
        if fair.ends_at < at:
            _held(fair)


def _set_up(fair: Session) -> list[Vacancy]:
    by, at = officer(fair.offer.unit.name), fair.booking_from
    until = fair.starts_at - timedelta(days=2)
    stands.plan_timetable(by=by, at=at, session=fair, wishes_until=until)
    made: dict[str, Stand] = {}
    area, posts = Area.objects.get(code=JIAYUGUAN.code), []
    for told in (Told(*row) for row in rows("vacancies.tsv")):
        stand = made.get(told.employer) or _stand(told, fair, at)
        made[told.employer] = stand
        draft = vacancies.VacancyDraft(
            organization=stand.organization,
            area=area,
            title=told.title,
            posts=int(told.posts),
            valid_until=localdate(at) + _OPEN,
            description=told.description,
            requirements=told.requirements,
            employment=told.employment,
            pay_from=int(told.pay_from) if told.pay_from else None,
            pay_to=int(told.pay_to) if told.pay_to else None,
            stand=stand,
        )
        posts.append(vacancies.post_vacancy(by=by, at=at, unit=fair.offer.unit, draft=draft))
    return posts


def _stand(told: Told, fair: Session, at: datetime) -> Stand:
    draft = stands.StandDraft(
        organization=_employer(told.employer + MARK, at),
        zone=told.zone,
        place=told.place,
        online=_ONLINE if told.zone == Stand.ONLINE else "",
        lanes=int(told.lanes),
    )
    by = officer(fair.offer.unit.name)
    return stands.add_stand(by=by, at=at, session=fair, draft=draft)


def _employer(name: str, at: datetime) -> Organization:
    found = Organization.objects.filter(name=name).first()
    draft = directory.OrganizationDraft(name=name, area=JIAYUGUAN.code)
    return found or directory.add_organization(by=planner(JIAYUGUAN), at=at, draft=draft)


def _wished(fair: Session, posts: list[Vacancy], at: datetime) -> None:
    """Let everybody who has booked choose, each in another order."""
    come = fair.bookings.filter(state__in=[Booking.CONFIRMED, Booking.ATTENDED])
    for number, booking in enumerate(come.order_by("pk")):
        first, count = number * 5, _WISHES[number % len(_WISHES)]
        chosen = [posts[(first + step * 7) % len(posts)] for step in range(count)]
        wishing.choose_wishes(at=at, booking=booking, vacancies=chosen)


def _held(fair: Session) -> None:
    """Hold a fair: a timetable of the wishes, talks with who had a time and who just came, offers, hires."""
    by = officer(fair.offer.unit.name)
    timetabling.make_timetable(by=by, at=fair.starts_at - timedelta(days=1), session=fair)
    talks = Interview.objects.filter(stand__session=fair).select_related(
        "stand__session__offer__unit"
    )
    hired: set[int | None] = set()
    for number, talk in enumerate(talks.order_by("starts_at", "pk")):
        posts = list(talk.stand.vacancies.order_by("pk"))
        post, at = posts[number % len(posts)], talk.ends_at
        came = talk.state == Interview.KEPT or bool(number % _STAYED_AWAY)
        interviewing.record_talk(by=by, at=at, talk=talk, came=came, vacancy=post)
        if came and number % _OFFERED == 0:
            interviewing.offer_post(by=by, at=at, talk=talk)
            if number // _OFFERED % _HIRED and talk.booking_id not in hired:
                hired |= {talk.booking_id} - {None}
                later = fair.ends_at + timedelta(days=7)
                interviewing.confirm_hire(by=by, at=later, talk=talk)
