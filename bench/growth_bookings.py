"""Bookings as they grow: five hundred of a session, of which four hundred have their places and twenty wait."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

from bench.growth_part import Part, Question, after_keys, count_on, in_hex, moment, multiply
from linli.directory.models import Area, Unit
from linli.kernel.actors import HOLDER, Actor, Role
from linli.kernel.codes import code_of
from linli.offers.actions import booking, offering
from linli.offers.actions.purging import purge_bookings
from linli.offers.models import Booking, Session
from linli.offers.queries.bookings import ahead_of
from linli.offers.queries.counts import counted, sold_out
from linli.offers.queries.door import booking_at_door

UNIT = "第一窗口"
BY = Actor(name="甲", role=Role.OFFICER, unit=UNIT)
EACH, HOLD, WAIT = 500, 400, 20
BASE = "2026-10-01"
_PLACE = f"(n - 1) % {EACH}"
_WAITS = f"{_PLACE} BETWEEN {HOLD} AND {HOLD + WAIT - 1}"


def ready() -> None:
    """Make the session and the booking that the others are copies of."""
    if Booking.objects.exists():
        return
    now = datetime.now(UTC)
    area, _new = Area.objects.get_or_create(
        code="620200", defaults={"name": "嘉峪关市", "level": "city", "from_year": 1981}
    )
    unit, _new = Unit.objects.get_or_create(
        name=UNIT, defaults={"kind": "department", "area": area, "code": code_of(1)}
    )
    draft = offering.OfferDraft(kind="event", title="开幕式", unit=unit, area=area)
    offer = offering.publish(by=BY, at=now, offer=offering.open_offer(by=BY, at=now, draft=draft))
    begins = now + timedelta(days=3000)
    wanted = offering.SessionDraft(
        meetings=[(begins, begins + timedelta(hours=2))], capacity=1_000_000,
        booking_from=now - timedelta(days=1), booking_until=begins,
    )  # fmt: skip
    offering.add_session(by=BY, at=now, offer=offer, draft=wanted)
    _book(0)


def there() -> int:
    """Return how many there are."""
    return Booking.objects.latest("pk").pk - _template().pk


def fill(above: int, until: int) -> None:
    """Write bookings with their sealed subjects and their sessions."""
    _sessions(above, until)
    _write(above, until, purged=True)


def _sessions(above: int, until: int) -> None:
    first, last = -(-above // EACH), -(-until // EACH)
    multiply(
        _open(), first, last, id=f"n + {_open().pk}", code=in_hex("n", 9), capacity=str(HOLD), taken_web=str(HOLD),
        queue=str(WAIT),
    )  # fmt: skip
    count_on("offers_session")


def _write(above: int, until: int, *, purged: bool) -> None:
    one = _template()
    ended = f"{_PLACE} >= {HOLD + WAIT}"
    at, day = moment(BASE, "-(n % 1000) - 1"), f"'{BASE}'"
    multiply(
        one.subject, above, until, id=f"n + {one.subject_id}", code=in_hex("n", 9), created_on="'2020-01-01'",
        purge_on=day, destroyed_on=day if purged else "NULL",
    )  # fmt: skip
    multiply(
        one, above, until, id=f"n + {one.pk}", code=in_hex("n", 9), subject_id=f"n + {one.subject_id}", once="''",
        session_id=f"(n - 1) / {EACH} + 1 + {_open().pk}", booked_at=at,
        state=f"CASE WHEN {_PLACE} < {HOLD} THEN 'attended' WHEN {_WAITS} THEN 'waiting' ELSE 'cancelled' END",
        queued_at=f"CASE WHEN {_WAITS} THEN {at} END", ended_at=f"CASE WHEN {ended} THEN {at} END",
        **({"purged_at": at, "name": "NULL", "contact": "NULL", "note": "NULL", "reply_language": "NULL"} if purged else {}),
    )  # fmt: skip
    count_on("kernel_subject", "offers_booking")


def questions(size: int) -> dict[str, Question]:
    """Return what somebody asks who has booked, and a door."""
    waits = [f"{1 + turn * EACH % size + HOLD:09x}" for turn in range(size // EACH)][:100]
    now = datetime.now(UTC)

    def session(turn: int) -> str:
        return f"{1 + turn * 37 % (size // EACH):09x}"

    return {
        "a booking by its code": lambda turn: booking_at_door(UNIT, f"{1 + turn * 7919 % size:09x}"),
        "how many wait before": lambda turn: ahead_of(Booking.objects.get(code=waits[turn % len(waits)])),
        "the count of a session": lambda turn: _counted(session(turn), now),
        "whether it is full": lambda turn: sold_out(session(turn), 1, now),
        "what lapses": lambda _turn: list(Booking.objects.filter(until__lte=now).order_by("until")[:200]),
    }  # fmt: skip


def bring(count: int) -> tuple[int, Callable[[], object]]:
    """Book so many places, by the action, one after the other."""
    count = min(count, 300)
    return count, lambda: [_book(number + 1) for number in range(count)]


def due(size: int, count: int) -> Callable[[], int]:
    """Write so many bookings whose day has come; return what purges them."""
    _sessions(size, size + count)
    _write(size, size + count, purged=False)
    return after_keys(purge_bookings)


def _counted(code: str, at: datetime) -> None:
    if not counted(Session.objects.get(code=code), at).agrees:
        raise RuntimeError(code)


def _book(number: int) -> Booking:
    wanted = booking.Wanted(name="阿依古丽", contact=("sms", f"138{number:08}"))
    return booking.book(by=HOLDER, at=datetime.now(UTC), session=_open(), wanted=wanted).booking


@cache
def _template() -> Booking:
    return Booking.objects.select_related("subject").earliest("pk")


@cache
def _open() -> Session:
    """Return the session that is booked: it never fills."""
    return Session.objects.select_related("offer").earliest("pk")


PART = Part(
    "bookings", ("offers_booking", "kernel_subject"), ready, there, fill, questions,
    "booked, one by one", bring, due,
)  # fmt: skip
