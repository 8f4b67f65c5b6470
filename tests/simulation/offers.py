"""People book, wait, move, enter draws; the calendar lets in, closes and draws."""

from datetime import timedelta
from hashlib import sha256

from linli.kernel.actors import HOLDER, system
from linli.kernel.drawing import commitment, mixed
from linli.kernel.looks import sequence
from linli.offers.actions import booking, draws, moving, offering, waiting
from linli.offers.models import Booking, Session
from linli.offers.queries.draws import draws_to_close, draws_to_draw
from linli.offers.rules import drawing
from linli.offers.rules.places import DOORS
from tests.simulation.world import Engine
from tests.town import offers as town

CALENDAR = system("calendar")
HOLDING = "('held', 'confirmed', 'offered', 'attended', 'absent')"


def settle(at):
    """One offer."""
    return {"offer": town.offer(at=at)}


class Offers(Engine):
    """Two sessions where the first come, and one where lots decide."""

    NAME = "offers"
    WEIGHTS = {
        "book": 14,
        "enter": 5,
        "cancel": 4,
        "accept": 4,
        "lapse": 4,
        "call_off": 1,
        "draw": 3,
    }
    ROWS = {
        "offers_session": (
            "code",
            "taken_web",
            "taken_phone",
            "taken_station",
            "queue",
            "capacity",
        ),
        "offers_booking": ("code", "state", "size", "door", "ticket", "drawn", "passed", "until"),
        "offers_bookingstep": ("id", "booking_id", "verb"),
        "offers_draw": ("commitment", "entries", "seed"),
    }
    EDGES = {
        ("offers_booking", "state"): {
            "confirmed": {"cancelled", "attended", "absent"},
            "waiting": {"offered", "cancelled"},
            "offered": {"confirmed", "cancelled"},
            "entered": {"confirmed", "waiting", "lost", "cancelled", "offered"},
            "lost": set(), "cancelled": set(), "attended": set(), "absent": set(),
        },
    }  # fmt: skip

    def __init__(self, world):
        super().__init__(world)
        at, dice = world.at, world.dice
        begins = at + timedelta(days=dice.randint(4, 20))
        self.sessions = []
        for way in ("first", "first", "draw"):
            floor = dice.randint(0, 1) if way == "first" else 0
            floors = (
                {"floor_station": floor, "floors_until": at + timedelta(days=3)} if floor else {}
            )
            self.sessions.append(
                town.session(
                    dice.randint(2, 5), at=at, of=world.town["offer"], way=way, passes=dice.randint(0, 2),
                    pass_days=dice.randint(0, 4), booking_from=at - timedelta(days=1),
                    booking_until=begins - timedelta(days=1),
                    meetings=[(begins, begins + timedelta(hours=2))], **floors,
                )
            )  # fmt: skip
        draws.plan(by=CALENDAR, at=at, session=self.sessions[2])
        self.queued = {}

    def booked(self, *states):
        """Return one of the bookings in these states, as its page has it."""
        listed = ", ".join(f"'{state}'" for state in states)
        rows = Booking.objects.select_related("session__offer", "subject")
        return self.pick(rows, f"WHERE state IN ({listed})")

    def wanted(self, *, wait):
        """Return what somebody wants."""
        dice = self.world.dice
        return booking.Wanted(
            size=dice.choice((1, 1, 2, 3)), door=dice.choice(DOORS), wait=wait,
            contact=("email", f"p{dice.randint(1, 6)}@a.example") if dice.random() < 0.6 else None,
        )  # fmt: skip

    def do_book(self):
        """Book, or wait; who did not wait never goes before who does."""
        chosen = self.world.one_of(self.sessions[:2])
        ((queue,),) = self.sql("SELECT queue FROM offers_session WHERE id = ?", chosen.pk)
        wait = self.world.chance(0.6)
        wanted = self.wanted(wait=wait)
        if queue:
            done = self.world._done(
                booking.book, {"by": HOLDER, "session": chosen, "wanted": wanted}
            )
            late = isinstance(done, booking.Receipt) and done.booking.state == Booking.CONFIRMED
            self.world.must(not late, "overtook_who_waits")
            return
        self.world.do(booking.book, by=HOLDER, session=chosen, wanted=wanted)

    def do_enter(self):
        """Enter the draw."""
        self.world.do(
            draws.enter, by=HOLDER, session=self.sessions[2], wanted=self.wanted(wait=False)
        )

    def do_cancel(self):
        """Give a place back, or leave the list."""
        if one := self.booked("confirmed", "offered", "waiting", "entered"):
            self.world.do(booking.cancel, booking=one)

    def do_accept(self):
        """Take what is offered."""
        if one := self.booked("offered"):
            self.world.do(booking.accept, booking=one)

    def do_move(self):
        """Take another time instead."""
        if one := self.booked("confirmed"):
            self.world.do(moving.move, old=one, session=self.world.one_of(self.sessions))

    def do_lapse(self):
        """Let lapse what was not taken, and let in who waits."""
        if self.world.do(waiting.lapse, whole=False, by=CALENDAR):
            now = self.world.at.strftime("%Y-%m-%d %H:%M:%S")
            self.none("not_lapsed", "SELECT id FROM offers_booking WHERE state = 'offered' AND until <= ?", now)  # fmt: skip
        self.world.do(waiting.go_on, whole=False, by=CALENDAR)

    def do_resize(self):
        """Give it more places, or fewer."""
        session = Session.objects.select_related("offer__unit").get(
            pk=self.world.one_of(self.sessions).pk
        )
        by = town.officer()
        self.world.do(
            offering.resize, by=by, session=session, capacity=self.world.dice.randint(1, 7)
        )

    def do_call_off(self):
        """Call one off."""
        session = Session.objects.select_related("offer__unit").get(
            pk=self.world.one_of(self.sessions).pk
        )
        if self.world.chance(0.3):
            self.world.do(offering.call_off, by=town.officer(), session=session, why="场地检修")

    def do_draw(self):
        """Let the calendar close the list, have the log signed, and draw."""
        if self.world.chance(0.3):
            self.world.go_to(max(self.world.at, self.sessions[2].booking_until))
        self._draw()

    def _draw(self):
        for session in draws_to_close(self.world.at):
            self.world.do(draws.close, by=CALENDAR, session=session)
        self.world.do(_signed, whole=False)
        for session in draws_to_draw():
            self.world.do(draws.draw, by=CALENDAR, session=session)

    def ends(self):
        """Let the draw be drawn, and everything lapse."""
        self.world.go_to(max(self.world.at, self.sessions[2].booking_until))
        self._draw()
        self.world.go_to(self.world.at + timedelta(days=2))
        self.do_lapse()

    # -- what must hold

    def after_each(self):
        """Ask after each step: nothing is sold twice, and the counts are those of the bookings."""
        super().after_each()
        self.none(
            "oversold",
            "SELECT s.id, s.capacity FROM offers_session s WHERE s.capacity < (SELECT coalesce("
            f"sum(size), 0) FROM offers_booking b WHERE b.session_id = s.id AND b.state IN {HOLDING})",
        )
        for door in DOORS:
            self.none(
                "places_not_counted",
                f"SELECT s.id FROM offers_session s WHERE s.taken_{door} <> (SELECT coalesce(sum(size), 0)"
                " FROM offers_booking b WHERE b.session_id = s.id AND b.door = ?"
                f" AND b.state IN {HOLDING})",
                door,
            )

    def check_the_waiting_list(self):
        """Who waits is counted, and nobody is overtaken too often or too late."""
        self.none(
            "queue_not_counted",
            "SELECT s.id FROM offers_session s WHERE s.queue <> (SELECT count(*) FROM offers_booking b"
            " WHERE b.session_id = s.id AND b.state = 'waiting')",
        )
        self.none(
            "overtaken_too_often",
            "SELECT b.id FROM offers_booking b JOIN offers_session s ON s.id = b.session_id"
            " WHERE b.passed > s.passes OR b.passed <> (SELECT count(*) FROM offers_bookingstep t"
            " WHERE t.booking_id = b.id AND t.verb = 'passed')",
        )
        self.none(
            "overtaken_too_late",
            "SELECT b.id FROM offers_booking b JOIN offers_session s ON s.id = b.session_id"
            " JOIN offers_bookingstep t ON t.booking_id = b.id AND t.verb = 'passed'"
            " WHERE t.at >= datetime(b.queued_at, s.pass_days || ' days', '+1 second')",
        )

    def check_one_booking_each(self):
        """Nobody has two live bookings of one session by the same way to reach them."""
        self.none(
            "booked_twice",
            "SELECT session_id FROM offers_booking WHERE ended_at IS NULL AND once <> ''"
            " GROUP BY session_id, once HAVING count(*) > 1",
        )
        self.none(
            "called_off_and_booked",
            "SELECT b.id FROM offers_booking b JOIN offers_session s ON s.id = b.session_id"
            " WHERE s.cancelled_at IS NOT NULL AND b.ended_at IS NULL",
        )

    def check_draws_are_what_anybody_computes(self):
        """The seed is the one whose hash was told, all who had entered are in the list, and the lots decided."""
        rows = "SELECT session_id, closed_at, commitment, entries, places, seed, beacon FROM offers_draw"
        for session, closed, told, entries, free, seed, beacon in self.sql(
            f"{rows} WHERE seed <> ''"
        ):
            self.world.must(commitment(seed) == told, "seed_exchanged")
            lots = mixed(seed, beacon)
            order = sorted(
                drawing.read(entries),
                key=lambda one: sha256(f"{lots}:{one.number}".encode()).digest(),
            )
            numbers, placed = {one.number: place for place, one in enumerate(order, 1)}, set()
            left = free
            for one in order:
                if one.size <= left:
                    left -= one.size
                    placed.add(one.number)
            kept = (
                "SELECT id, ticket, drawn FROM offers_booking WHERE session_id = ? AND ticket <> ''"
                " AND (ended_at IS NULL OR ended_at >= ?)"
            )
            for pk, ticket, drawn in self.sql(kept, session, str(closed)):
                self.world.must(ticket in numbers, "not_in_the_list")
                self.world.must(drawn in (None, numbers[ticket]), "other_lot")
                verbs = {verb for (verb,) in self.sql("SELECT verb FROM offers_bookingstep WHERE booking_id = ?", pk)}  # fmt: skip
                self.world.must("drawn" not in verbs or ticket in placed, "drawn_without_a_place")
                self.world.must("queued" not in verbs or ticket not in placed, "place_not_given")


def _signed(at):
    return sequence(at + timedelta(seconds=10))
