"""Moving a booking: the new place is taken before the old one is given back, both or nothing."""

from datetime import timedelta
from unittest import mock

import pytest

from linli.kernel.actors import HOLDER, Role
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, moving, offering, places
from linli.offers.models import Booking, Session
from linli.offers.queries.exported import all_of
from tests.town import offers
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LEFT = {
    "name": "阿依古丽", "contact": ("sms", "13900000001"), "note": "需要维吾尔语翻译", "reply_language": "ug",
}  # fmt: skip


@pytest.fixture
def times(noon):
    """Two times of one offer, three places each; the second is later than what is left with the first is kept."""
    begins = noon + timedelta(days=120)
    first = offers.session(3, at=noon)
    second = offers.session(
        3,
        at=noon,
        of=first.offer,
        meetings=[(begins, begins + timedelta(hours=1))],
        booking_until=begins,
    )
    return first, second


def taken(*sessions):
    return [Session.objects.get(pk=one.pk).taken for one in sessions]


def refused(code, deed):
    before = list(Booking.objects.order_by("pk").values_list("pk", "state", "session"))
    with pytest.raises(Refused) as caught:
        deed()
    assert list(Booking.objects.order_by("pk").values_list("pk", "state", "session")) == before
    return caught.value.code == code


def test_takes_the_new_place_and_gives_back_the_old(noon, times):
    first, second = times
    made = booking.book(
        by=HOLDER, at=noon, session=first, wanted=booking.Wanted(size=2, **LEFT)
    ).booking

    moved = moving.move(at=noon, old=made, session=second)

    assert taken(first, second) == [0, 2]
    kept = Booking.objects.get(pk=made.pk)
    assert (kept.state, [step.verb for step in kept.steps.all()]) == (
        Booking.CANCELLED, ["booked", "moved"],
    )  # fmt: skip
    opened = booking.open_held(at=noon, code=moved.booking.code, passphrase=moved.passphrase)
    assert (opened.state, opened.size, opened.session) == (Booking.CONFIRMED, 2, second)
    assert all_of(opened, noon)["said"] == {**LEFT, "contact": {"sms": "13900000001"}}
    assert opened.subject.purge_on == second.ends_at.date() + timedelta(days=7)


def test_lets_in_who_waited_for_the_old_place(noon, times):
    first, second = times
    made = offers.booked(first, at=noon, size=3)
    behind = offers.booked(first, at=noon, wait=True)

    moving.move(at=noon, old=made, session=second)

    assert Booking.objects.get(pk=behind.pk).state == Booking.OFFERED


class TestRefuses:
    def test_a_full_time_and_keeps_the_old_place(self, noon, times):
        first, second = times
        made = offers.booked(first, at=noon, size=2)
        offers.booked(second, at=noon, size=2)

        assert refused("full", lambda: moving.move(at=noon, old=made, session=second))
        assert taken(first, second) == [2, 2]

    def test_a_place_that_was_lost_at_the_last_moment(self, noon, times, monkeypatch):
        first, second = times
        made = offers.booked(first, at=noon, size=2)
        monkeypatch.setattr(places, "give", lambda **_named: False)

        assert refused("full", lambda: moving.move(at=noon, old=made, session=second))
        assert taken(first, second) == [2, 0]

    def test_the_same_time_and_another_offer(self, noon, times):
        first, _second = times
        made = offers.booked(first, at=noon)

        assert refused("same_session", lambda: moving.move(at=noon, old=made, session=first))
        other = offers.session(at=noon)
        assert refused("other_offer", lambda: moving.move(at=noon, old=made, session=other))

    def test_what_has_ended_or_begun(self, noon, times):
        first, second = times
        made = offers.booked(first, at=noon)
        begun = first.starts_at

        assert refused("over", lambda: moving.move(at=begun, old=made, session=second))
        booking.cancel(at=noon, booking=made)
        assert refused("over", lambda: moving.move(at=noon, old=made, session=second))

    def test_what_is_not_settled(self, noon, times):
        first, second = times
        offers.booked(first, at=noon, size=3)
        behind = offers.booked(first, at=noon, wait=True)

        assert refused("not_confirmed", lambda: moving.move(at=noon, old=behind, session=second))

    def test_a_time_that_was_called_off(self, noon, times):
        first, second = times
        made = offers.booked(first, at=noon)
        offering.call_off(by=offers.officer(), at=noon, session=second, why="停电")

        assert refused("cancelled", lambda: moving.move(at=noon, old=made, session=second))

    def test_who_has_that_time_already(self, noon, times):
        first, second = times
        made = offers.booked(first, at=noon, contact=LEFT["contact"])
        offers.booked(second, at=noon, contact=LEFT["contact"])

        assert refused("already_booked", lambda: moving.move(at=noon, old=made, session=second))

    def test_who_may_not(self, noon, times):
        first, second = times
        made = offers.booked(first, at=noon)
        by = actor(Role.SUPERVISOR, name="督查员")

        assert refused("not_allowed", lambda: moving.move(by=by, at=noon, old=made, session=second))

    def test_where_lots_are_drawn(self, noon, times):
        first, _second = times
        drawn = offers.session(at=noon, of=first.offer, way=Session.DRAW)
        made = offers.booked(first, at=noon)

        assert refused("by_draw", lambda: moving.move(at=noon, old=made, session=drawn))


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def hurry(self, noon, times, give=places.give):
        """Six of the first time, all for the three places of the second."""
        first, second = times
        offering.resize(by=offers.officer(), at=noon, session=first, capacity=6)
        made = [offers.booked(first, at=noon) for _ in range(6)]
        with mock.patch.object(places, "give", give):
            failures = at_once(
                6, lambda number: moving.move(at=noon, old=made[number], session=second)
            )
        return first, second, failures

    def test_moves_as_many_as_there_are_places(self, noon, times):
        first, second, failures = self.hurry(noon, times)

        assert [failure.code for failure in failures] == ["full"] * 3
        assert taken(first, second) == [3, 3]
        assert first.bookings.holding().count() == second.bookings.holding().count() == 3

    def test_control_oversells_when_what_was_read_before_decides(self, noon, times):
        def careless(*, session, size, **_named):
            return session.taken + size <= session.capacity

        _first, second, failures = self.hurry(noon, times, careless)

        assert failures == []
        assert second.bookings.holding().count() == 6

    def test_swaps_without_waiting_for_each_other_for_ever(self, noon, times):
        first, second = times
        one, other = offers.booked(first, at=noon), offers.booked(second, at=noon)
        ways = [(one, second), (other, first)]

        failures = at_once(
            2, lambda number: moving.move(at=noon, old=ways[number][0], session=ways[number][1])
        )

        assert failures == []
        assert taken(first, second) == [1, 1]

    def test_moves_one_booking_once(self, noon, times):
        first, second = times
        made = offers.booked(first, at=noon)

        failures = at_once(2, lambda _number: moving.move(at=noon, old=made, session=second))

        assert [failure.code for failure in failures] == ["over"]
        assert taken(first, second) == [0, 1]
