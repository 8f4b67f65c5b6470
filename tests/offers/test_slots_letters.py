"""Letters about a booking: through a real mail server, in the language of who gets them, each once."""

from datetime import timedelta

import pytest

from linli.kernel.actors import HOLDER
from linli.kernel.looks import looks_of
from linli.kernel.models import Message
from linli.kernel.sending import send_due
from linli.offers.actions import (
    amending,
    booking,
    draws,
    forgetting,
    moving,
    offering,
    telling,
    waiting,
)
from linli.offers.models import Booking, Session
from tests.town import offers, services
from tests.town.letters import mail_server

pytestmark = pytest.mark.django_db(transaction=True)
TO = ("email", "ayigul@example.org")


@pytest.fixture(autouse=True)
def _host(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "邻里 <linli@town.example>"


@pytest.fixture
def mail(settings):
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


@pytest.fixture
def post(mail):
    """Send what waits and return the letters that came since: (address, subject, lines)."""

    def came(at):
        before = len(mail.letters)
        send_due(at)
        return [
            (one["To"], one["Subject"], one.get_content().splitlines())
            for one in mail.taken[before:]
        ]

    return came


def made(session, at, **wanted):
    return offers.booked(session, at=at, **{"contact": TO, "reply_language": "en", **wanted})


def test_says_what_is_booked_and_not_what_it_is(noon, post):
    session = offers.session(at=noon, online="https://meet.example/7")
    one = made(session, noon, name="阿依古丽")

    ((to, subject, lines),) = post(noon)

    assert (to, subject) == (TO[1], f"Your booking {one.code}")
    assert lines == [
        f"Your booking {one.code} is made: 2026-12-21 12:00.",
        "https://meet.example/7",
        "Look it up with its code and your passphrase.",
    ]


def test_writes_in_the_language_of_who_gets_it(noon, post):
    made(offers.session(at=noon), noon, reply_language="zh-hans")

    ((_to, subject, _lines),) = post(noon)

    assert subject != ""
    assert Message.objects.get().state == "sent"


def test_writes_nothing_without_a_contact_or_a_place(noon):
    session = offers.session(1, at=noon)
    offers.booked(session, at=noon, reply_language="en")
    with pytest.raises(booking.Refused, match="full"):
        made(session, noon)

    assert Message.objects.count() == 0


def test_tells_who_waits_that_a_place_is_free_until_when(noon, post):
    session = offers.session(1, at=noon)
    first = offers.booked(session, at=noon)
    behind = made(session, noon, wait=True)
    assert [lines[0] for *_to, lines in post(noon)] == [
        (
            f"Booking {behind.code} is on the waiting list for 2026-12-21 12:00. "
            "You hear from us when a place comes free."
        )
    ]

    booking.cancel(at=noon, booking=first)

    assert [lines[0] for *_to, lines in post(noon)] == [
        (
            f"A place has come free for booking {behind.code}: 2026-12-21 12:00. "
            "Take it before 2026-11-22 12:00; after that it goes to whoever waits next."
        )
    ]
    later = noon + timedelta(days=1)
    waiting.lapse(by=offers.system("calendar"), at=later)
    assert [lines[0] for *_to, lines in post(later)] == [
        f"The place for booking {behind.code} was not taken in time and has gone to others."
    ]


def test_tells_everybody_why_it_was_called_off(noon, post):
    session = offers.session(at=noon)
    one = made(session, noon)
    offers.booked(session, at=noon)
    post(noon)

    offering.call_off(by=offers.officer(), at=noon, session=session, why="下雪封路")

    ((to, _subject, lines),) = post(noon)
    assert (to, lines[0]) == (
        TO[1],
        (
            f"What you booked for 2026-12-21 12:00 does not take place. Booking {one.code} has ended. "
            "The reason: 下雪封路"
        ),
    )


def test_tells_once_what_a_booking_was_moved_to(noon, post):
    first = offers.session(at=noon)
    begins = noon + timedelta(days=40)
    second = offers.session(
        at=noon, of=first.offer, meetings=[(begins, begins + timedelta(hours=1))]
    )
    one = made(first, noon)
    post(noon)

    new = moving.move(at=noon, old=one, session=second).booking

    ((_to, _subject, lines),) = post(noon)
    assert lines[0] == f"Your booking was moved. It is {new.code} now: 2026-12-31 12:00."


def test_says_where_to_come(noon, post):
    place = services.station("雄关区服务站", address="新华路1号")
    made(offers.session(at=noon, location=place, room="3号窗口"), noon)

    ((_to, _subject, lines),) = post(noon)

    assert lines[1] == "雄关区服务站 新华路1号 3号窗口"


def test_is_a_look_that_its_holder_can_see(noon):
    one = made(offers.session(at=noon), noon)

    (look,) = looks_of(one.subject)
    assert (look.verb, look.by_role, look.purpose, look.fields) == (
        "sent", "system", "letter", "contact",
    )  # fmt: skip


def test_tells_a_cause_once(noon):
    one = made(offers.session(at=noon), noon)
    told = {"by": offers.system("x"), "at": noon, "booking": one, "verb": "kept", "cause": 1}

    assert telling.tell(**told) is True
    assert telling.tell(**told) is False


def test_tells_nobody_who_had_it_forgotten(noon):
    session = offers.session(at=noon)
    one = made(session, noon)
    forgetting.forget(at=noon, booking=one)
    before = Message.objects.count()

    offering.call_off(by=offers.officer(), at=noon, session=session, why="下雪")

    kept = Booking.objects.get(pk=one.pk)
    told = {"by": offers.system("x"), "at": noon, "booking": kept, "verb": "kept", "cause": 1}
    assert telling.tell(**told) is False
    assert Message.objects.count() == before


def test_tells_that_time_or_place_has_changed(noon, post):
    session = offers.session(at=noon)
    one = made(session, noon)
    post(noon)
    meeting, begins = session.meetings.get(), session.starts_at + timedelta(hours=3)

    amending.move_meeting(
        by=offers.officer(),
        at=noon,
        meeting=meeting,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
    )

    ((_to, _subject, lines),) = post(noon)
    assert lines[0] == f"What you booked has changed. Booking {one.code} is now: 2026-12-21 15:00."


def test_tells_what_the_lot_said(noon, post):
    session = offers.session(1, at=noon, way=Session.DRAW)
    draws.plan(by=offers.system("calendar"), at=noon, session=session)
    wanted = booking.Wanted(contact=TO, reply_language="en")
    one = draws.enter(by=HOLDER, at=noon, session=session, wanted=wanted).booking

    ((_to, _subject, lines),) = post(noon)

    assert lines[0] == (
        f"Booking {one.code} is in the draw for 2026-12-21 12:00. You hear from us when it is drawn."
    )
