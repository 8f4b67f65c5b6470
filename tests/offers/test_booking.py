"""Booking: places are given whole or not at all, never twice, and given back to who waits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from linli.kernel.actors import HOLDER
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, offering, places, waiting
from linli.offers.models import Booking, Session
from tests.town import offers
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
SMS = ("sms", "13900000001")


def fresh(session):
    return Session.objects.get(pk=session.pk)


def honest(session):
    """Say whether the row's counts are what its bookings hold and wait for."""
    now = fresh(session)
    holding = sum(one.size for one in session.bookings.holding())
    return now.taken == holding <= now.capacity and now.queue == session.bookings.waiting().count()


def refused(code, deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code


class TestBook:
    def test_gives_places_with_a_code_and_a_passphrase(self, noon):
        session = offers.session(3, at=noon)

        receipt = booking.book(
            by=HOLDER, at=noon, session=session,
            wanted=booking.Wanted(size=2, name="阿依古丽", contact=SMS, note="需要维吾尔语翻译"),
        )  # fmt: skip

        assert receipt.booking.state == Booking.CONFIRMED
        assert fresh(session).taken_web == 2
        opened = booking.open_held(
            at=noon, code=receipt.booking.code, passphrase=receipt.passphrase
        )
        assert opened == receipt.booking
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, contact, note FROM offers_booking")
            assert b"139" not in b"".join(bytes(value) for value in cursor.fetchone())
        assert honest(session)

    def test_opens_with_no_other_passphrase(self, noon):
        made = offers.booked(offers.session(at=noon), at=noon)

        for code, said in ((made.code, "0000000000000000"), ("7K3M-92QD", "x")):
            with pytest.raises(Refused, match="wrong_code"):
                booking.open_held(at=noon, code=code, passphrase=said)

    def test_refuses_more_than_there_are_and_writes_nothing(self, noon):
        session = offers.session(3, at=noon)
        offers.booked(session, at=noon, size=2)

        assert refused("full", lambda: offers.booked(session, at=noon, size=2))
        assert session.bookings.count() == 1
        assert honest(session)

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"size": 0}, "too_many"), ({"size": 5}, "too_many"), ({"door": "window"}, "unknown_door"),
            ({"note": "长" * 1001}, "note_too_long"), ({"contact": ("email", "nobody")}, "address_wrong"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, noon, changed, code):
        session = offers.session(at=noon)

        assert refused(code, lambda: offers.booked(session, at=noon, **changed))
        assert (session.bookings.count(), fresh(session).taken) == (0, 0)

    @pytest.mark.parametrize(("days", "code"), [(-2, "not_yet"), (29, "too_late")])
    def test_refuses_before_and_after_its_window(self, noon, days, code):
        session = offers.session(at=noon)

        assert refused(code, lambda: offers.booked(session, at=noon + timedelta(days=days)))

    def test_refuses_what_is_not_public_or_called_off(self, noon):
        hidden = offers.session(at=noon, of=offers.offer(at=noon, published=False))
        assert refused("no_session", lambda: offers.booked(hidden, at=noon))

        session = offers.session(at=noon)
        offering.call_off(by=offers.officer(), at=noon, session=session, why="下雪")
        assert refused("cancelled", lambda: offers.booked(session, at=noon))

    def test_books_nobody_twice_by_the_same_way_to_reach_them(self, noon):
        session, other = offers.session(at=noon), offers.session(at=noon)
        made = offers.booked(session, at=noon, contact=SMS)

        assert refused("already_booked", lambda: offers.booked(session, at=noon, contact=SMS))
        assert offers.booked(other, at=noon, contact=SMS).once != made.once
        booking.cancel(at=noon, booking=made)
        assert offers.booked(session, at=noon, contact=SMS).state == Booking.CONFIRMED
        assert honest(session)

    def test_keeps_the_floor_of_each_door_until_its_moment(self, noon):
        until = noon + timedelta(days=2)
        session = offers.session(4, at=noon, floor_station=2, floor_phone=1, floors_until=until)
        offers.booked(session, at=noon, door="web")

        assert refused("full", lambda: offers.booked(session, at=noon, door="web"))
        offers.booked(session, at=noon, door="station", size=2)
        assert refused("full", lambda: offers.booked(session, at=noon, door="station"))
        assert offers.booked(session, at=until, door="web").state == Booking.CONFIRMED
        assert honest(session)


class TestWait:
    def test_lets_in_who_waits_when_places_come_back(self, noon):
        session = offers.session(4, at=noon)
        first = offers.booked(session, at=noon, size=4)
        waits = offers.booked(session, at=noon, size=2, wait=True)
        assert (waits.state, fresh(session).queue) == (Booking.WAITING, 1)

        booking.cancel(at=noon, booking=first)

        waits.refresh_from_db()
        assert (waits.state, waits.until) == (Booking.OFFERED, noon + waiting.OFFER_LASTS)
        assert booking.accept(at=noon, booking=waits).state == Booking.CONFIRMED
        assert honest(session)

    def test_gives_nothing_past_who_waits(self, noon):
        session = offers.session(4, at=noon, passes=0)
        small = offers.booked(session, at=noon, size=1)
        offers.booked(session, at=noon, size=3)
        large = offers.booked(session, at=noon, size=3, wait=True)
        booking.cancel(at=noon, booking=small)

        assert refused("full", lambda: offers.booked(session, at=noon, size=1))
        assert offers.booked(session, at=noon, size=1, wait=True).state == Booking.WAITING
        large.refresh_from_db()
        assert (large.state, large.passed) == (Booking.WAITING, 0)
        assert honest(session)

    def test_lets_a_smaller_group_pass_so_many_times(self, noon):
        session = offers.session(4, at=noon, passes=1)
        ones = [offers.booked(session, at=noon, size=1) for _ in range(4)]
        large = offers.booked(session, at=noon, size=3, wait=True)
        smalls = [offers.booked(session, at=noon, size=1, wait=True) for _ in range(2)]

        for one in ones[:2]:
            booking.cancel(at=noon, booking=one)

        large.refresh_from_db()
        states = [Booking.objects.get(pk=small.pk).state for small in smalls]
        assert states == [Booking.OFFERED, Booking.WAITING]
        assert large.passed == 1
        for one in ones[2:]:
            booking.cancel(at=noon, booking=one)
        large.refresh_from_db()
        assert large.state == Booking.OFFERED
        assert honest(session)

    def test_moves_on_when_an_offer_lapses(self, noon):
        session = offers.session(1, at=noon)
        first = offers.booked(session, at=noon)
        waits = [offers.booked(session, at=noon, wait=True) for _ in range(2)]
        booking.cancel(at=noon, booking=first)
        later = noon + waiting.OFFER_LASTS

        assert refused("lapsed", lambda: booking.accept(at=later, booking=waits[0]))
        assert waiting.lapse(by=offers.system("calendar"), at=later) == 1
        assert waiting.lapse(by=offers.system("calendar"), at=later) == 0

        states = [Booking.objects.get(pk=one.pk).state for one in waits]
        assert states == [Booking.CANCELLED, Booking.OFFERED]
        assert honest(session)

    def test_lets_in_more_when_there_are_more_places(self, noon):
        session = offers.session(2, at=noon)
        offers.booked(session, at=noon, size=2)
        waits = offers.booked(session, at=noon, size=2, wait=True)
        assert waits.state == Booking.WAITING

        offering.resize(by=offers.officer(), at=noon, session=session, capacity=4)

        assert Booking.objects.get(pk=waits.pk).state == Booking.OFFERED
        assert refused(
            "places_taken",
            lambda: offering.resize(by=offers.officer(), at=noon, session=session, capacity=3),
        )
        assert honest(session)


class TestNever:
    def test_sells_more_than_there_are(self, noon):
        session = offers.session(2, at=noon)

        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(taken_web=1, taken_station=2)

    def test_brings_back_what_was_cancelled(self, noon):
        made = offers.booked(offers.session(at=noon), at=noon)
        booking.cancel(at=noon, booking=made)

        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(pk=made.pk).update(state="confirmed", ended_at=None)
        assert refused("over", lambda: booking.cancel(at=noon, booking=made))

    def test_changes_for_how_many(self, noon):
        made = offers.booked(offers.session(at=noon), at=noon)

        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(pk=made.pk).update(size=3)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def hurry(self, noon, capacity=5, people=12):
        session = offers.session(capacity, at=noon)
        failures = at_once(people, lambda number: offers.booked(session, at=noon))
        return session, failures

    def test_gives_as_many_as_there_are(self, noon):
        session, failures = self.hurry(noon)

        assert [failure.code for failure in failures] == ["full"] * 7
        assert fresh(session).taken == 5
        assert honest(session)

    def test_control_oversells_when_what_was_read_before_decides(self, noon, monkeypatch):
        def careless(*, session, size, **_named):
            return session.taken + size <= session.capacity

        monkeypatch.setattr(places, "give", careless)

        session, failures = self.hurry(noon)

        assert failures == []
        assert session.bookings.holding().count() == 12
        assert not honest(session)
