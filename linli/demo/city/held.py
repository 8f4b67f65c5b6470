"""Courses, events and shifts of all five places: opened, booked, held, and what came of them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from linli.demo.city.rhythm import Chance, at
from linli.demo.people import officer
from linli.demo.tables import rows
from linli.demo.units import Town, unit_name
from linli.directory.models import Area, Location, Unit
from linli.kernel.actors import HOLDER
from linli.offers.actions import attending, offering
from linli.offers.actions.booking import Wanted, book
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.models import Booking, Offer, Session

MARK: Final = "期，示例）"
_HELD: Final = 3  # in a place in a step
_AHEAD: Final = 0.06  # of them lie before us
_OPENED: Final = timedelta(days=21)
_TOGETHER: Final = (70, 20, 7, 3)
_DOORS: Final = ("web", "station", "phone")
_BY_DOOR: Final = (60, 28, 12)
_HIRED_IN: Final = timedelta(days=40)


class Told(NamedTuple):
    """One kind of thing that is held: hours of a meeting, how many meetings, places, how full it mostly is."""

    kind: str
    office: str
    title: str
    weight: int
    hour: int
    meetings: int
    places: int
    full: float
    words: str


def number_of(title: str) -> int:
    """Return the step that an offer of this title belongs to."""
    return int(title.rpartition("（第")[2].removesuffix(MARK))


def hold_all(number: int, town: Town, chance: Chance) -> None:
    """Hold a step's courses, events and shifts in a place."""
    known = _known()
    area = Area.objects.get(code=town.code)
    places = list(Location.objects.filter(area=area, closed_on=None).order_by("pk"))
    chosen: dict[str, Told] = {}
    while len(chosen) < _HELD:
        told = known[chance.of_weights([one.weight for one in known])]
        chosen[told.title] = told
    for told in chosen.values():
        ahead = chance.often(_AHEAD)
        day = chance.day(until=told.meetings * 2) if not ahead else chance.today
        first = day + timedelta(days=chance.random.randrange(2, 19)) if ahead else day
        session = _opened(number, town, told, first, area, chance.random.choice(places))
        _booked(session, told, chance)
        if not ahead:
            _ended(session, told, chance)


@lru_cache(maxsize=1)
def _known() -> list[Told]:
    return [
        Told(kind, office, title, int(weight), int(hour), int(times), int(places), float(full), words)
        for kind, office, title, weight, hour, times, places, full, words in rows("city_offers.tsv")
    ]  # fmt: skip


def _opened(
    number: int, town: Town, told: Told, first: date, area: Area, place: Location
) -> Session:
    unit = Unit.objects.get(name=unit_name(town, told.office))
    by, opened = officer(unit.name), at(first, 9) - _OPENED
    draft = offering.OfferDraft(
        kind=told.kind, title=f"{told.title}（第{number}{MARK}", unit=unit, area=area,
        description=told.words + "（示例）", kept_days=30,
    )  # fmt: skip
    offer = offering.open_offer(by=by, at=opened, draft=draft)
    days = [first + timedelta(days=2 * step) for step in range(told.meetings)]
    meetings = [(at(day, told.hour), at(day, told.hour + 2)) for day in days]
    session = offering.add_session(
        by=by, at=opened, offer=offer,
        draft=offering.SessionDraft(
            meetings=meetings, capacity=told.places, booking_from=opened,
            booking_until=meetings[0][0] - timedelta(hours=2), location=place, most_together=4,
        ),
    )  # fmt: skip
    offering.publish(by=by, at=opened, offer=offer)
    return session


def _booked(session: Session, told: Told, chance: Chance) -> None:
    """Let people book, most of them early, alone or in small groups."""
    left = round(told.places * min(1.0, chance.share(told.full)))
    ended = min(session.booking_until, at(chance.today, 0))
    span = (ended - session.booking_from).total_seconds()
    moments = sorted(chance.random.betavariate(1.2, 2.2) for _ in range(left))
    for share in moments:
        size = min(left, 1 + chance.of_weights(_TOGETHER))
        if not size:
            break
        wanted = Wanted(size=size, door=_DOORS[chance.of_weights(_BY_DOOR)])
        moment = session.booking_from + timedelta(seconds=int(span * share) + 1)
        book(by=HOLDER, at=moment, session=session, wanted=wanted)
        left -= size


def _ended(session: Session, told: Told, chance: Chance) -> None:
    by = officer(session.offer.unit.name)
    booked = list(session.bookings.order_by("id").values_list("code", "size"))
    there = chance.share(0.86)
    for meeting in session.meetings.select_related("session__offer__unit"):
        marks = [
            attending.Mark(f"{meeting.number}-{code}", code, size)
            for code, size in booked
            if chance.often(there)
        ]
        attending.take_marks(by=by, at=meeting.starts_at, meeting=meeting, marks=marks)
        if told.kind == Offer.EVENT:
            came = round(chance.long(told.places * 0.4))
            attending.count_walk_ins(by=by, at=meeting.starts_at, meeting=meeting, came=came)
    attending.close_list(by=by, at=session.ends_at, session=session)
    if told.kind == Offer.COURSE:
        _came_of(session, chance)


def _came_of(session: Session, chance: Chance) -> None:
    """Most complete, nearly all of them pass, and some are taken on within weeks."""
    by, later = officer(session.offer.unit.name), session.ends_at + _HIRED_IN
    known = session.bookings.filter(state=Booking.ATTENDED).select_related("session__offer__unit")
    passing, hired = chance.share(0.93, 30), chance.share(0.4)
    for booking in known.order_by("pk"):
        if not chance.often(0.9):
            continue
        _told(by_at=(by.unit, session.ends_at), booking=booking, kind="completed")
        if chance.often(passing):
            _told(by_at=(by.unit, session.ends_at), booking=booking, kind="passed")
        if chance.often(hired) and later < at(chance.today, 0):
            _told(by_at=(by.unit, later), booking=booking, kind="employed")


def _told(*, by_at: tuple[str, datetime], booking: Booking, kind: str) -> None:
    unit, moment = by_at
    result = Result(kind=kind, people=booking.size)
    record_outcome(by=officer(unit), at=moment, booking=booking, result=result)
