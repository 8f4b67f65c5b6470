"""Reminders: the day before, once for each booking and meeting, to who left a way to reach them."""

from datetime import timedelta

import pytest

from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, offering, reminding
from linli.offers.models import Booking
from linli.offers.tasks import remind
from tests.town import offers

pytestmark = pytest.mark.django_db
TO = ("sms", "13900000001")
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def course(noon):
    """Two evenings, a week apart."""
    begins = noon + timedelta(days=10)
    evenings = [(begins + n * A_DAY, begins + n * A_DAY + 2 * HOUR) for n in (0, 7)]
    return offers.session(at=noon, meetings=evenings, booking_until=begins)


def reminders():
    return Message.objects.filter(once__contains=" reminder ").count()


def test_reminds_of_each_meeting_once(noon, course):
    made = offers.booked(course, at=noon, contact=TO)

    assert remind(course.starts_at - A_DAY - HOUR) == 0
    assert remind(course.starts_at - A_DAY) == 1
    assert remind(course.starts_at - A_DAY + HOUR) == remind(course.starts_at) == 0
    assert remind(course.starts_at + 6 * A_DAY) == 1
    assert remind(course.starts_at + 6 * A_DAY) == 0
    assert reminders() == 2
    assert [step.verb for step in made.steps.all()] == ["booked", "reminded", "reminded"]


def test_reminds_nobody_who_left_no_contact_or_has_no_place(noon, course):
    offers.booked(course, at=noon)
    left = offers.booked(course, at=noon, contact=TO)
    booking.cancel(at=noon, booking=left)
    small = offers.session(
        1, at=noon, meetings=[(course.starts_at, course.ends_at)], booking_until=course.starts_at
    )
    offers.booked(small, at=noon)
    offers.booked(small, at=noon, contact=TO, wait=True)

    assert remind(course.starts_at - HOUR) == 0
    assert reminders() == 0


def test_reminds_nobody_of_what_does_not_take_place(noon, course):
    off = offers.session(
        at=noon, meetings=[(course.starts_at, course.ends_at)], booking_until=course.starts_at
    )
    offers.booked(off, at=noon, contact=TO)
    offering.call_off(by=offers.officer(), at=noon, session=off, why="下雪")
    offers.booked(course, at=noon, contact=("sms", "13900000002"))
    course.meetings.filter(number=1).update(cancelled_at=noon)

    assert remind(course.starts_at - HOUR) == 0


def test_reminds_nobody_who_booked_within_the_day(noon, course):
    offers.booked(course, at=course.starts_at - 23 * HOUR, contact=TO)

    assert remind(course.starts_at - 22 * HOUR) == 0


def test_reminds_nobody_whose_state_changed_meanwhile(noon, course, monkeypatch):
    made = offers.booked(course, at=noon, contact=TO)
    due = reminding._due(course.starts_at - HOUR)
    booking.cancel(at=noon, booking=made)
    monkeypatch.setattr(reminding, "_due", lambda _at: due)

    assert len(due) == 1
    assert remind(course.starts_at - HOUR) == 0
    assert Booking.objects.get().steps.last().verb == "cancelled"


def test_asks_few_questions_however_many_come(noon, course, django_assert_num_queries):
    for _ in range(4):
        offers.booked(course, at=noon, size=2)

    with django_assert_num_queries(1):
        remind(course.starts_at - HOUR)


def test_is_the_calendars(noon):
    with pytest.raises(Refused, match="not_allowed"):
        reminding.remind(by=offers.officer(), at=noon)
