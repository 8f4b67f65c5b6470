"""Who came: devices that were offline add their marks in any order, and nothing is lost or counted twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.kernel.actors import Role, system
from linli.kernel.refusals import Refused
from linli.offers.actions import attending, offering
from linli.offers.actions.attending import Mark
from linli.offers.models import Attendance, Booking, WalkIns
from tests.town import offers
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(noon):
    return offers.session(20, at=noon)


@pytest.fixture
def meeting(session):
    return session.meetings.get()


def take(meeting, *marks, by=None, at=None):
    return attending.take_marks(
        by=by or offers.officer(), at=at or meeting.starts_at, meeting=meeting, marks=marks
    )


def counted(meeting):
    return dict(meeting.attendances.values_list("booking__code", "came"))


def refused(code, deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code and not (
        Attendance.objects.exists() or WalkIns.objects.exists()
    )


class TestTakeMarks:
    def test_counts_a_mark_once_however_often_it_comes(self, session, meeting, noon):
        one = offers.booked(session, at=noon, size=3)
        for _again in range(2):
            assert take(meeting, Mark("a", one.code, 2)).taken == ("a",)

        assert counted(meeting) == {one.code: 2}

    def test_takes_the_larger_number_of_two_devices(self, session, meeting, noon):
        one = offers.booked(session, at=noon, size=3)
        for mark in (Mark("a", one.code, 1), Mark("b", one.code, 3), Mark("c", one.code, 2)):
            take(meeting, mark)

        assert counted(meeting) == {one.code: 3}

    def test_counts_no_more_than_were_booked(self, session, meeting, noon):
        one = offers.booked(session, at=noon, size=2)
        take(meeting, Mark("a", one.code, 9), Mark("b", one.code, 0))

        assert counted(meeting) == {one.code: 2}

    def test_hands_back_codes_that_have_no_place_and_keeps_the_rest(self, session, meeting, noon):
        one = offers.booked(session, at=noon)
        elsewhere = offers.booked(offers.session(at=noon), at=noon)
        merged = take(meeting, Mark("a", one.code, 1), Mark("b", elsewhere.code, 1))

        assert (merged.taken, merged.unknown) == (("a",), (elsewhere.code,))
        assert counted(meeting) == {one.code: 1}

    def test_takes_one_name_for_two_bookings(self, session, meeting, noon):
        one, two = offers.booked(session, at=noon), offers.booked(session, at=noon)
        take(meeting, Mark("a", one.code, 1), Mark("a", two.code, 1))

        assert counted(meeting) == {one.code: 1, two.code: 1}

    def test_turns_who_did_not_come_into_who_did_when_a_device_is_late(
        self, session, meeting, noon
    ):
        one = offers.booked(session, at=noon)
        offers.attended(session)
        take(meeting, Mark("a", one.code, 1), at=session.ends_at + timedelta(days=2))

        one.refresh_from_db()
        assert one.state == Booking.ATTENDED
        assert list(one.steps.values_list("verb", flat=True)) == ["booked", "absent", "attended"]

    @pytest.mark.parametrize(
        ("by", "code"),
        [
            (offers.officer("别的单位"), "not_own_unit"),
            (actor(Role.CLERK, unit="别的单位"), "not_own_unit"),
            (actor(Role.PLANNER, unit=offers.LABOUR), "not_allowed"),
        ],
    )
    def test_refuses_everybody_but_the_unit(self, meeting, by, code):
        assert refused(code, lambda: take(meeting, by=by))
        assert refused(
            code,
            lambda: attending.count_walk_ins(by=by, at=meeting.starts_at, meeting=meeting, came=1),
        )

    def test_refuses_before_the_day_and_too_many(self, session, meeting, noon):
        one = offers.booked(session, at=noon)
        early = meeting.starts_at - timedelta(hours=13)
        assert refused("not_yet", lambda: take(meeting, Mark("a", one.code, 1), at=early))
        many = [Mark(str(n), one.code, 1) for n in range(attending.MOST + 1)]
        assert refused("too_many", lambda: take(meeting, *many))

    def test_refuses_what_does_not_take_place(self, session, meeting, noon):
        offering.call_off(by=offers.officer(), at=noon, session=session, why="下雪")
        meeting.session.refresh_from_db()
        assert refused("skipped", lambda: take(meeting))


class TestAnyOrder(TestCase):
    @given(data=st.data())
    def test_merges_to_the_same_numbers(self, data):
        """Three devices' queues, each sent in pieces, again and in any order, are one list."""
        noon = datetime(2026, 3, 2, 4, tzinfo=UTC)
        session = offers.session(20, at=noon)
        meeting = session.meetings.get()
        codes = [offers.booked(session, at=noon, size=3).code for _n in range(3)]
        written = st.builds(
            Mark, st.uuids().map(str), st.sampled_from([*codes, "7K3M-92QD"]), st.integers(0, 5)
        )
        marks = data.draw(st.lists(written, max_size=8))
        sent = data.draw(st.permutations([*marks, *marks]))
        cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=3).map(sorted))
        for begins, ends in zip([0, *cuts], [*cuts, len(sent)], strict=True):
            take(meeting, *sent[begins:ends])

        largest = {
            code: max((m.came for m in marks if m.code == code), default=0) for code in codes
        }
        assert counted(meeting) == {code: min(3, came) for code, came in largest.items() if came}


class TestWalkIns:
    def test_keeps_the_last_number(self, meeting):
        for came in (4, 3):
            attending.count_walk_ins(
                by=offers.officer(), at=meeting.starts_at, meeting=meeting, came=came
            )
        assert list(WalkIns.objects.values_list("came", flat=True)) == [3]

    @pytest.mark.parametrize("came", [-1, 100_001])
    def test_refuses_no_number_of_people(self, meeting, came):
        def deed():
            attending.count_walk_ins(
                by=offers.officer(), at=meeting.starts_at, meeting=meeting, came=came
            )

        assert refused("no_number", deed)


class TestCloseList:
    def test_tells_who_attended_from_who_did_not(self, session, meeting, noon):
        came, stayed = offers.booked(session, at=noon, size=2), offers.booked(session, at=noon)
        cancelled = offers.booked(session, at=noon)
        Booking.objects.filter(pk=cancelled.pk).update(state="cancelled", ended_at=noon)
        take(meeting, Mark("a", came.code, 1))

        assert attending.close_list(by=offers.officer(), at=session.ends_at, session=session) == 2
        states = dict(session.bookings.values_list("code", "state"))
        assert states == {came.code: "attended", stayed.code: "absent", cancelled.code: "cancelled"}

    def test_refuses_before_the_end_and_when_called_off(self, session, noon):
        def deed(at):
            attending.close_list(by=offers.officer(), at=at, session=session)

        offers.booked(session, at=noon)
        assert refused("not_over", lambda: deed(session.ends_at - timedelta(seconds=1)))
        offering.call_off(by=offers.officer(), at=noon, session=session, why="下雪")
        assert refused("cancelled", lambda: deed(session.ends_at))

    def test_refuses_another_unit(self, session):
        by = offers.officer("别的单位")
        assert refused(
            "not_own_unit",
            lambda: attending.close_list(by=by, at=session.ends_at, session=session),
        )


class TestCloseLists:
    def test_ends_lists_that_were_taken_a_day_after(self, session, meeting, noon):
        came, stayed = offers.booked(session, at=noon), offers.booked(session, at=noon)
        untaken = offers.session(at=noon)
        nobody = offers.booked(untaken, at=noon)
        take(meeting, Mark("a", came.code, 1))
        later = session.ends_at + attending.GRACE

        early = later - timedelta(seconds=1)
        assert attending.close_lists(by=system("calendar"), at=early) == 0
        assert [attending.close_lists(by=system("calendar"), at=later) for _n in range(2)] == [2, 0]
        states = dict(Booking.objects.values_list("code", "state"))
        assert states == {came.code: "attended", stayed.code: "absent", nobody.code: "confirmed"}

    def test_refuses_everybody_but_the_calendar(self, session):
        with pytest.raises(Refused, match="not_allowed"):
            attending.close_lists(by=offers.officer(), at=session.ends_at)


@pytest.mark.django_db(transaction=True)
class TestRace:
    def hurry(self, noon):
        """Return how many devices failed, and what stands, when eight see the same booking."""
        session = offers.session(20, at=noon)
        meeting = session.meetings.get()
        one = offers.booked(session, at=noon, size=4)
        failures = at_once(8, lambda n: take(meeting, Mark(str(n), one.code, 1 + n % 4)))
        return len(failures), counted(meeting).get(one.code)

    def test_merges_devices_that_come_at_once(self, noon):
        assert self.hurry(noon) == (0, 4)

    def test_control_loses_marks_when_nobody_waits(self, noon, monkeypatch):
        def careless(meeting, codes):
            found = Booking.objects.filter(session=meeting.session_id, code__in=codes)
            one = {booking.code: booking for booking in found}
            meet.wait(timeout=5)
            return one

        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets one write at a time: there is nothing to lose")
        meet = threading.Barrier(8)
        monkeypatch.setattr(attending, "_locked", careless)
        failures, _came = self.hurry(noon)
        assert failures
