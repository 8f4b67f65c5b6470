"""The demo's offers: invented, of the first town, opened, booked and held through the same actions as in earnest."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import make_aware

from linli.demo.people import officer
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Area, Location, ServiceAtLocation, Unit
from linli.kernel.actors import HOLDER, Actor
from linli.offers.actions import attending, draws, offering, slots
from linli.offers.actions.booking import Wanted, book
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.models import Booking, Offer, Session
from linli.offers.rules.meetings import Hours, days_named, meeting_on

_NAMES = ("阿依(示例)", "小马(示例)", "卓玛(示例)", "老王(示例)", "", "", "")
_CLOSING = time(18)  # on the evening before
_DOORS = ("web", "web", "station", "web", "phone")
_OPENED = timedelta(days=40)  # before the first meeting, or before today


class Told(NamedTuple):
    """One line of the table."""

    key: str
    kind: str
    office: str
    title: str
    place: str
    room: str
    days: str
    begins: str
    ends: str
    rule: str
    places: str
    together: str
    booked: str
    waiting: str
    kept: str
    part_of: str
    words: str
    conditions: str

    @property
    def unit(self) -> str:
        """The full name of the unit that organizes it."""
        return unit_name(JIAYUGUAN, self.office)


def open_all(*, today: date, at: datetime) -> None:
    """Open what is offered and missing, and have it booked; what lies behind us was held."""
    known = dict(Offer.objects.filter(area=JIAYUGUAN.code).values_list("title", "pk"))
    made: dict[str, Offer] = {}
    for told in _lines():
        if told.title in known:
            made[told.key] = Offer.objects.get(pk=known[told.title])
            continue
        made[told.key] = _opened(told, made.get(told.part_of), today, at)
    _appointments(at)


def _lines() -> Iterator[Told]:
    return (Told(*row) for row in rows("offers.tsv"))


@transaction.atomic
def _opened(told: Told, part_of: Offer | None, today: date, at: datetime) -> Offer:
    by, first = officer(told.unit), today + timedelta(days=int(told.days))
    opened_at = make_aware(datetime.combine(min(first, today), time(9))) - _OPENED
    draft = offering.OfferDraft(
        kind=told.kind,
        title=told.title,
        unit=Unit.objects.get(name=told.unit),
        area=Area.objects.get(code=JIAYUGUAN.code),
        description=told.words,
        conditions=told.conditions,
        part_of=part_of,
        kept_days=int(told.kept),
    )
    offer = offering.open_offer(by=by, at=opened_at, draft=draft)
    offering.publish(by=by, at=opened_at, offer=offer)
    if told.begins:
        session = _planned(told, offer, first, opened_at)
        _booked(told, session, opened_at)
        _held(told, session, by, at)
    return offer


def _planned(told: Told, offer: Offer, first: date, at: datetime) -> Session:
    hours = Hours(time.fromisoformat(told.begins), time.fromisoformat(told.ends))
    days = days_named(told.rule, first) if told.rule else [first]
    meetings = [tuple(map(make_aware, meeting_on(day, hours))) for day in days]
    floor = 0 if told.key == "crafts" else int(told.places) // 10
    begins = meetings[0][0]
    draft = offering.SessionDraft(
        meetings=[(begins, ends) for begins, ends in meetings],
        capacity=int(told.places),
        booking_from=at,
        booking_until=make_aware(datetime.combine(days[0] - timedelta(days=1), _CLOSING)),
        location=_place(told.place),
        room=told.room,
        rrule=told.rule,
        languages=("zh-Hans", "ug") if told.key == "language" else ("zh-Hans",),
        interpreter=told.key in {"language", "lawday"},
        floor_station=floor,
        floors_until=begins - timedelta(days=3) if floor else None,
        most_together=int(told.together),
        way=Session.DRAW if told.key == "crafts" else Session.FIRST,
    )
    return offering.add_session(by=officer(offer.unit.name), at=at, offer=offer, draft=draft)


def _place(key: str) -> Location | None:
    row = next((row for row in rows("stations.tsv") if row[0] == key), None)
    named = f"{row[3]}(示例)" if row else ""
    return Location.objects.filter(area=JIAYUGUAN.code, name=named).first()


def _booked(told: Told, session: Session, at: datetime) -> None:
    """Book as many places as the table tells, in groups as they come; then those who wait."""
    by_draw = session.way == Session.DRAW
    if by_draw:
        draws.plan(by=officer(told.unit), at=at, session=session)
    left, number = int(told.booked), 0
    while left:
        size = min(left, 1 + number % int(told.together))
        wanted = Wanted(size=size, door=_DOORS[number % 5], name=_NAMES[number % 7])
        moment = at + timedelta(hours=1 + number)
        if by_draw:
            draws.enter(by=HOLDER, at=moment, session=session, wanted=wanted)
        else:
            book(by=HOLDER, at=moment, session=session, wanted=wanted)
        left, number = left - size, number + 1
    for late in range(int(told.waiting)):
        moment = at + timedelta(hours=100 + late)
        book(by=HOLDER, at=moment, session=session, wanted=Wanted(size=1 + late % 2, wait=True))


def _held(told: Told, session: Session, by: Actor, at: datetime) -> None:
    """Hold what lies behind us: marks at each meeting, the list closed; of a course everybody completed and passed."""
    if session.ends_at >= at:
        return
    codes = list(session.bookings.order_by("id").values_list("code", "size"))
    for meeting in session.meetings.select_related("session__offer__unit"):
        marks = [
            attending.Mark(f"demo-{meeting.number}-{code}", code, size)
            for number, (code, size) in enumerate(codes)
            if (number + meeting.number) % 11
        ]
        attending.take_marks(by=by, at=meeting.starts_at, meeting=meeting, marks=marks)
    attending.close_list(by=by, at=session.ends_at, session=session)
    if told.kind != Offer.COURSE:
        return
    for booking in session.bookings.filter(state=Booking.ATTENDED).select_related("session__offer"):
        for kind in ("completed", "passed"):
            told_ = Result(kind=kind, people=booking.size)
            record_outcome(by=by, at=session.ends_at, booking=booking, result=told_)


def _appointments(at: datetime) -> None:
    """Have a window's hours cut into appointments."""
    unit = Unit.objects.get(name=unit_name(JIAYUGUAN, "人力资源和社会保障局"))
    title = "就业服务窗口预约"
    window = ServiceAtLocation.objects.filter(
        service__organization__unit=unit, location=_place("jyg-hall")
    ).first()
    if window is None or Offer.objects.filter(title=title, unit=unit).exists():
        return
    by = officer(unit.name)
    draft = offering.OfferDraft(
        kind=Offer.APPOINTMENT,
        title=title,
        unit=unit,
        area=unit.area,
        description="失业登记、补贴申请、求职咨询，一次十五分钟。（示例）",
    )
    offer = offering.open_offer(by=by, at=at, draft=draft)
    offering.publish(by=by, at=at, offer=offer)
    slots.plan_slots(
        by=by,
        at=at,
        offer=offer,
        draft=slots.PlanDraft(window=window, places=2, walk_ins=1, days_ahead=7),
    )
