"""Who booked in the canary town, in every way that a booking can stand; who may be asked later, who has a certificate,
who looks for a neighbour, who sent a work in. Each thing that anybody left is a canary.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from linli.kernel.actors import HOLDER
from linli.kernel.letters import Letter
from linli.offers.actions import (
    booking,
    certifying,
    contests,
    draws,
    entering,
    following_up,
    moving,
    offering,
    outcomes,
    pairing,
)
from linli.offers.models import Booking, Session
from tests.privacy.canaries import Cage
from tests.town import offers, services, slots

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday morning in town
BEFORE = AT - timedelta(days=32)  # a course booked then ended two days ago
A_DAY = timedelta(days=1)
NEIGHBOURS, WORKS = 5000, 6000


@dataclass
class Holder:
    """One who booked: the booking as it is now, what opens it, and how it stands."""

    number: int
    booking: Booking
    passphrase: str
    deed: str
    follow_up: object = None


@dataclass
class BookedTown:
    """Everybody who booked, and the canaries of all."""

    cage: Cage = field(default_factory=Cage)
    holders: list[Holder] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def wanted(self, number, **more):
        """What one person leaves; every third can be reached by e-mail, every third by telephone, the rest not."""
        new = self.cage.new
        ways = [
            lambda: ("email", f"{new(number, 'contact')}@example.org"),
            lambda: ("sms", self.cage.number(number, "contact")),
            lambda: None,
        ]
        said = {"name": new(number, "name"), "note": new(number, "note")}
        said |= {"reply_language": new(number, "language"), "contact": ways[number % 3]()}
        return booking.Wanted(**said | more)


def build():
    town = BookedTown()
    _course(town)
    _coming(town)
    _appointments(town)
    _neighbours(town)
    _works(town)
    for one in town.holders:
        one.booking.refresh_from_db()
    return town


def _books(town, session, deed, *, at, **more):
    number = len(town.holders) + 1
    made = booking.book(by=HOLDER, at=at, session=session, wanted=town.wanted(number, **more))
    town.holders.append(Holder(number, made.booking, made.passphrase, deed))
    return town.holders[-1]


def _course(town):
    """Six were trained: four of them have a certificate in their name, and may be asked later."""
    course = offers.session(20, at=BEFORE)
    town.sessions.append(course)
    trained = [_books(town, course, "trained", at=BEFORE) for _ in range(6)]
    absent = _books(town, course, "absent", at=BEFORE)
    offers.attended(course, *(one.booking for one in trained))
    for one in trained:
        done = outcomes.Result(kind="completed")
        outcomes.record_outcome(by=offers.officer(), at=AT, booking=one.booking, result=done)
    for one in trained[:4]:
        certifying.certify(at=AT, booking=one.booking, named=town.cage.new(one.number, "named"))
        one.follow_up = following_up.allow_asking(
            at=AT, booking=one.booking, contact=("sms", town.cage.number(one.number, "later")),
            language=town.cage.new(one.number, "latertongue"),
        )  # fmt: skip
    absent.booking.refresh_from_db()


def _coming(town):
    full = offers.session(2, at=AT)
    off, drawn = offers.session(at=AT), offers.session(at=AT, way=Session.DRAW)
    town.sessions += [full, off, drawn]
    _books(town, full, "booked", at=AT)
    left = _books(town, full, "cancelled", at=AT)
    _books(town, full, "offered", at=AT, wait=True)
    _books(town, full, "waiting", at=AT, wait=True)
    booking.cancel(at=AT, booking=left.booking)
    _books(town, off, "called off", at=AT)
    offering.call_off(by=offers.officer(), at=AT, session=off, why="下雪")
    draws.plan(by=offers.system("calendar"), at=AT, session=drawn)
    for _ in range(2):
        number = len(town.holders) + 1
        made = draws.enter(by=HOLDER, at=AT, session=drawn, wanted=town.wanted(number))
        town.holders.append(Holder(number, made.booking, made.passphrase, "entered"))


def _appointments(town):
    plan = slots.plan(at=AT, places=2, walk_ins=0)
    first, second = plan.sessions.order_by("starts_at")[:2]
    town.sessions += [first, second]
    moves = _books(town, first, "moved", at=AT)
    _books(town, first, "booked", at=AT)
    moved = moving.move(at=AT, old=moves.booking, session=second)
    moves.booking, moves.passphrase = moved


def _neighbours(town):
    offer = offers.offer(at=AT, kind="shift", title="邻里互助")
    open_here = pairing.open_pairing(by=offers.officer(), at=AT, offer=offer)
    place = services.station("互助站", at=AT)
    for number, side in ((NEIGHBOURS + 1, "wanted"), (NEIGHBOURS + 2, "offered")):
        new = town.cage.new
        asked = pairing.Asked(
            side=side, location=place, times=[1], name=new(number, "name"),
            contact=("sms", town.cage.number(number, "contact")), note=new(number, "note"),
        )  # fmt: skip
        pairing.join(at=AT, pairing=open_here, asked=asked)


def _works(town):
    offer = offers.offer(at=AT, kind="contest", title="征文")
    closes = AT + 20 * A_DAY
    terms = contests.Terms(
        kinds=["text"], closes_at=closes, shown_until=(closes + 30 * A_DAY).date()
    )
    contest = contests.call_for_works(by=offers.officer(), at=AT, offer=offer, terms=terms)
    for number in (WORKS + 1, WORKS + 2):
        new = town.cage.new
        work = entering.Work(kind="text", title=new(number, "title"), words=new(number, "words"))
        entering.send_in(at=AT, contest=contest, work=work)
