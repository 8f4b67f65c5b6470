"""What came of a booking: told twice it is one, corrected it is one row more, and never more than was booked."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from linli.kernel.actors import HOLDER, Role, system
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.offers.actions import outcomes
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.models import Booking, Outcome, Training
from tests.town import offers
from tests.town.races import at_once
from tests.town.services import organization
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def came(noon):
    """Return a booking of three people who attended."""
    session = offers.session(at=noon)
    booked = offers.booked(session, at=noon, size=3)
    offers.attended(session, booked)
    booked.refresh_from_db()
    return booked


def stands(booking, kind, days=0):
    told = booking.outcomes.filter(kind=kind, after_days=days)
    return told.aggregate(people=Sum("people"))["people"] or 0


def refused(code, deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code and not Outcome.objects.exists()


class TestRecord:
    def test_counts_people_and_told_again_changes_nothing(self, came, noon):
        for expected in (2, 0):
            told = Result(kind="completed", people=2)
            changed = record_outcome(by=offers.officer(), at=noon, booking=came, result=told)
            assert changed == expected

        assert (stands(came, "completed"), came.outcomes.count()) == (2, 1)

    def test_corrects_by_one_more_row_that_says_who_did(self, came, noon):
        for people in (3, 1):
            told = Result(kind="passed", people=people)
            record_outcome(by=offers.officer(), at=noon, booking=came, result=told)

        assert list(came.outcomes.values_list("people", "by_name")) == [
            (3, "经办人"),
            (-2, "经办人"),
        ]
        assert stands(came, "passed") == 1

    def test_counts_hires_by_the_order_that_hired(self, came, noon):
        order = Training.objects.create(
            code="7K3M-92QD", offer=came.session.offer, organization=organization(), places=2, role="拉面师",
            **signed(offers.officer(), noon),
        )  # fmt: skip
        for training, people in ((order, 2), (None, 1)):
            told = Result(kind="employed", people=people, training=training)
            record_outcome(by=offers.officer(), at=noon, booking=came, result=told)

        assert stands(came, "employed") == 3
        assert order.hires.get().people == 2
        more = Result(kind="employed", people=3, training=order)
        with pytest.raises(Refused, match="too_many"):
            record_outcome(by=offers.officer(), at=noon, booking=came, result=more)

    def test_lets_the_holder_tell_what_came_after_the_end_alone(self, came, noon):
        told = Result(kind="employed", people=1, after_days=30)
        assert record_outcome(by=HOLDER, at=noon, booking=came, result=told) == 1
        with pytest.raises(Refused, match="not_allowed"):
            record_outcome(by=HOLDER, at=noon, booking=came, result=Result(kind="employed"))

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"kind": "rich"}, "unknown_outcome"), ({"kind": "passed", "after_days": 7}, "unknown_outcome"),
            ({"kind": "passed", "people": 4}, "too_many"), ({"kind": "passed", "people": -1}, "too_many"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, came, noon, told, code):
        def deed():
            record_outcome(by=offers.officer(), at=noon, booking=came, result=Result(**told))

        assert refused(code, deed)

    def test_refuses_an_order_of_another_offer(self, came, noon):
        other = offers.offer(at=noon)
        order = Training.objects.create(
            code="7K3M-92QD", offer=other, organization=organization(), places=2, role="拉面师",
            **signed(offers.officer(), noon),
        )  # fmt: skip
        told = Result(kind="employed", training=order)
        assert refused(
            "not_their_order",
            lambda: record_outcome(by=offers.officer(), at=noon, booking=came, result=told),
        )

    def test_refuses_whoever_did_not_come(self, noon):
        booked = offers.booked(offers.session(at=noon), at=noon)
        assert refused(
            "not_attended",
            lambda: record_outcome(
                by=offers.officer(), at=noon, booking=booked, result=Result(kind="passed")
            ),
        )

    @pytest.mark.parametrize(
        ("by", "code"),
        [
            (offers.officer("别的单位"), "not_own_unit"),
            (actor(Role.CLERK, unit=offers.LABOUR), "not_allowed"),
            (actor(Role.SUPERVISOR), "not_allowed"),
        ],
    )
    def test_refuses_everybody_but_the_organizer(self, came, noon, by, code):
        def deed():
            record_outcome(by=by, at=noon, booking=came, result=Result(kind="passed"))

        assert refused(code, deed)


class TestDatabase:
    @pytest.mark.parametrize("people", [4, -1])
    def test_keeps_the_sum_between_nobody_and_the_booking(self, came, noon, people):
        with pytest.raises(DatabaseError), transaction.atomic():
            Outcome.objects.create(
                booking=came, kind="passed", people=people, **signed(offers.officer(), noon)
            )

    def test_lets_in_what_stays_between_them(self, came, noon):
        by = signed(system("test"), noon + timedelta(days=1))
        for people in (3, -3, 2):
            Outcome.objects.create(booking=came, kind="passed", people=people, **by)
        assert stands(came, "passed") == 2


@pytest.mark.django_db(transaction=True)
class TestRace:
    def hurry(self, noon):
        """Return how many failed, how many rows there are and what stands, when six tell the same."""
        session = offers.session(at=noon)
        booked = offers.booked(session, at=noon, size=3)
        offers.attended(session, booked)
        told = Result(kind="completed", people=2)
        failures = at_once(
            6,
            lambda _n: record_outcome(by=offers.officer(), at=noon, booking=booked, result=told),
        )
        return len(failures), booked.outcomes.count(), stands(booked, "completed")

    def test_counts_once_what_several_tell_at_the_same_moment(self, noon):
        assert self.hurry(noon) == (0, 1, 2)

    def test_control_counts_more_when_nobody_waits(self, noon, monkeypatch):
        def careless(booking, result):
            stand = read(booking, result)
            meet.wait(timeout=10)
            return stand

        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets one write at a time: nobody reads meanwhile")
        meet, read = threading.Barrier(6), outcomes._standing
        monkeypatch.setattr(outcomes, "_standing", careless)
        monkeypatch.setattr(
            outcomes.waiting, "held", lambda *, booking, **_n: Booking.objects.get(pk=booking.pk)
        )
        failed, rows, _stand = self.hurry(noon)
        assert (failed, rows) != (0, 1)
