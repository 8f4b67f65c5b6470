"""The holder's pages about a booking: who looked, a copy, to be forgotten, another time; and choosing a time."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from linli.flows.slots_to_windows import tell_windows
from linli.kernel.actors import HOLDER
from linli.kernel.looks import look
from linli.offers.actions import booking, following_up
from linli.offers.actions.reading import open_roster
from linli.offers.models import Booking, Session
from tests.town import offers
from tests.town import slots as town

pytestmark = pytest.mark.django_db
LEFT = {"name": "阿依古丽", "note": "需要维吾尔语翻译", "contact": ("sms", "13900000001")}


@pytest.fixture(autouse=True)
def clock(noon):
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def receipt(noon):
    wanted = booking.Wanted(**LEFT)
    return booking.book(by=HOLDER, at=noon, session=offers.session(at=noon), wanted=wanted)


@pytest.fixture
def holder(client, receipt):
    return let_in(client, receipt)


def let_in(client, receipt):
    typed = {"code": receipt.booking.code, "passphrase": receipt.passphrase}
    assert client.post("/en/bookings/", typed).status_code == 302
    return client


def at(name, *args):
    return "/en" + reverse(f"offers:{name}", args=args).removeprefix("/en")


class TestLooks:
    def test_shows_who_looked_and_why(self, holder, receipt, noon):
        made = receipt.booking
        open_roster(by=offers.officer(), at=noon, session=made.session, purpose="prepare")

        page = holder.get(at("booking_looks", made.code)).content.decode()

        assert "Prepare: names and notes" in page
        assert offers.LABOUR in page
        assert "阿依古丽" not in page
        assert "2 times" in holder.get(at("booking", made.code)).content.decode()

    def test_hands_out_lines_that_anybody_finds_in_the_log(self, holder, receipt, noon):
        made = receipt.booking
        open_roster(by=offers.officer(), at=noon, session=made.session, purpose="door")

        told = json.loads(holder.get(at("booking_looks_file", made.code)).content)

        assert told["booking"] == made.code
        assert [one["holds"] for one in told["looks"]] == [True, True]
        assert "阿依古丽" not in json.dumps(told, ensure_ascii=False)

    def test_shows_who_looked_at_the_leave_to_be_asked_later(self, client, noon, clock):
        begins = noon + timedelta(days=3)
        hours = [(begins, begins + timedelta(hours=2))]
        course = offers.session(at=noon, meetings=hours, booking_until=begins)
        made = booking.book(by=HOLDER, at=noon, session=course, wanted=booking.Wanted())
        offers.attended(course, made.booking)
        clock.move_to(course.ends_at + timedelta(hours=1))
        leave = following_up.allow_asking(
            at=course.ends_at, booking=made.booking, contact=LEFT["contact"], language="en"
        )
        let_in(client, made)
        assert (
            b"Nobody has looked yet" in client.get(at("booking_looks", made.booking.code)).content
        )

        look(
            by=offers.system("letters"), at=course.ends_at, subject=leave.subject, verb="sent",
            about=leave.code, purpose="letter", fields=["contact"],
        )  # fmt: skip

        assert b"To write a letter" in client.get(at("booking_looks", made.booking.code)).content
        assert b"To write a letter" in client.get(at("asked", leave.code)).content


class TestData:
    def test_hands_out_everything(self, holder, receipt):
        answer = holder.get(at("booking_data", receipt.booking.code))

        assert json.loads(answer.content)["said"]["name"] == "阿依古丽"
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize(
        "name", ["booking_looks", "booking_looks_file", "booking_data", "booking_forget", "booking_move"]
    )  # fmt: skip
    def test_leads_everybody_else_to_the_door(self, client, receipt, noon, name):
        other = booking.book(
            by=HOLDER, at=noon, session=offers.session(at=noon), wanted=booking.Wanted()
        )
        let_in(client, other)

        answer = client.get(at(name, receipt.booking.code))

        assert (answer.status_code, answer["Location"]) == (
            302,
            at("booking", receipt.booking.code),
        )


class TestForget:
    def test_asks_first_and_deletes_for_good(self, holder, receipt):
        code = receipt.booking.code
        asked = holder.get(at("booking_forget", code))
        assert b"The places go to whoever waits" in asked.content
        assert Booking.objects.get().state == Booking.CONFIRMED

        answer = holder.post(at("booking_forget", code))

        assert answer["Location"] == at("booking_forgotten")
        assert b"The key was destroyed" in holder.get(answer["Location"]).content
        assert Booking.objects.get().state == Booking.CANCELLED
        assert holder.get(at("booking_data", code)).status_code == 302


class TestMove:
    @pytest.fixture
    def plan(self, noon):
        return town.plan(at=noon, places=2, walk_ins=0)

    @pytest.fixture
    def slot(self, plan):
        return plan.sessions.order_by("starts_at")[0]

    @pytest.fixture
    def mine(self, noon, slot):
        return booking.book(by=HOLDER, at=noon, session=slot, wanted=booking.Wanted())

    def test_moves_and_shows_the_new_slip(self, client, mine, slot):
        let_in(client, mine)
        assert b"/move/" in client.get(at("booking", mine.booking.code)).content
        other = slot.plan.sessions.order_by("starts_at")[3]
        day = other.starts_at.date()

        page = client.get(at("booking_move", mine.booking.code), {"day": day}).content.decode()
        assert f'value="{other.code}"' in page
        answer = client.post(
            at("booking_move", mine.booking.code), {"time": other.code}, follow=True
        )

        assert answer.status_code == 200
        new = Booking.objects.get(session=other)
        assert new.code in answer.content.decode()
        assert Session.objects.get(pk=slot.pk).taken == 0

    def test_keeps_the_time_when_the_other_is_gone(self, client, mine, slot, noon):
        let_in(client, mine)
        other = slot.plan.sessions.order_by("starts_at")[1]
        offers.booked(other, at=noon, size=2)

        answer = client.post(at("booking_move", mine.booking.code), {"time": other.code})

        assert answer.status_code == 409
        assert b"no place left" in answer.content
        assert Booking.objects.get(pk=mine.booking.pk).state == Booking.CONFIRMED

    def test_finds_no_time_of_another_offer(self, client, mine, noon):
        let_in(client, mine)
        other = offers.session(at=noon)

        answer = client.post(at("booking_move", mine.booking.code), {"time": other.code})

        assert answer.status_code == 404
        assert Booking.objects.count() == 1

    def test_offers_no_move_where_there_is_no_other_time(self, holder, receipt):
        assert b"/move/" not in holder.get(at("booking", receipt.booking.code)).content
        page = holder.get(at("booking_move", receipt.booking.code)).content
        assert b"No other time is free" in page
        assert b'name="time"' not in page


class TestTimes:
    def test_shows_the_free_times_of_a_day(self, client, noon):
        plan = town.plan(at=noon, places=2, walk_ins=1)
        first, second, third = plan.sessions.order_by("starts_at")[:3]
        offers.booked(first, at=noon)
        address = at("times", plan.offer.code)

        page = client.get(address).content.decode()
        assert at("book", second.code) in page
        assert at("book", first.code) not in page
        assert at("book", third.code) not in page

        day = third.starts_at.date()
        assert at("book", third.code) in client.get(address, {"day": day}).content.decode()

    @pytest.mark.parametrize("day", ["2020-01-01", "tomorrow", "2026-13-45", ""])
    def test_takes_the_next_day_for_one_that_is_none(self, client, noon, day):
        plan = town.plan(at=noon)
        first = plan.sessions.order_by("starts_at").first()

        page = client.get(at("times", plan.offer.code), {"day": day}).content.decode()
        assert at("book", first.code) in page

    def test_says_when_nothing_is_free(self, client, noon):
        offer = town.appointments(at=noon)

        assert b"No time is free" in client.get(at("times", offer.code)).content

    @pytest.mark.parametrize("walk_ins", [0, 1])
    def test_speaks_of_places_without_appointment_where_there_are_any(self, client, noon, walk_ins):
        plan = town.plan(at=noon, places=2, walk_ins=walk_ins)

        page = client.get(at("times", plan.offer.code)).content
        assert (b"Some places are never booked" in page) == bool(walk_ins)

    def test_hides_what_is_not_published(self, client, noon):
        offer = offers.offer(at=noon, published=False, kind="appointment")

        assert client.get(at("times", offer.code)).status_code == 404

    def test_leads_there_from_the_offer(self, client, noon):
        plan = town.plan(at=noon)

        page = client.get(at("offer", plan.offer.code)).content.decode()
        assert at("times", plan.offer.code) in page

    def test_asks_few_questions_however_many_times(
        self, client, noon, django_assert_max_num_queries
    ):
        plan = town.plan(at=noon, minutes=5, days_ahead=30)
        client.get(at("times", plan.offer.code))

        with django_assert_max_num_queries(6):
            client.get(at("times", plan.offer.code))

    def test_is_past_with_its_day(self, client, noon, clock):
        plan = town.plan(at=noon)
        clock.move_to(noon + timedelta(days=30))

        assert b"No time is free" in client.get(at("times", plan.offer.code)).content


def test_goes_from_the_guide_to_a_slip_in_the_ordinary_steps(client, noon):
    """The whole way: the guide, the next free time, three questions, the receipt; the guide knows it a minute later."""
    plan = town.plan(at=noon, places=2, walk_ins=1)
    tell_windows(noon)
    guide = f"/en/services/{plan.window.service.code}/"
    first, second = plan.sessions.order_by("starts_at")[:2]
    assert "2026-11-23 09:00" in client.get(guide).content.decode()
    assert at("times", plan.offer.code) in client.get(guide).content.decode()

    client.post(at("book", first.code), {"size": 1})
    client.post(at("book_left", first.code), {"channel": "none", "name": "阿依古丽"})
    client.post(at("book_check", first.code))
    assert client.get(at("book_receipt", first.code)).status_code == 200
    assert Session.objects.get(pk=first.pk).taken_web == 1

    tell_windows(noon)
    assert (
        f"{second.starts_at.astimezone(town.TOWN):%Y-%m-%d %H:%M}"
        in client.get(guide).content.decode()
    )
