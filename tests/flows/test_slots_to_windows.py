"""What is free at a window stands in the directory: counted from what is booked, right within a minute, never typed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from linli.directory.actions.free_times import WindowTimes, tell_free_times
from linli.directory.models import FreeTimes
from linli.flows.slots_to_windows import tell_windows
from linli.kernel.actors import HOLDER
from linli.kernel.editions import edition_of, editions_of, new_edition
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, slots
from tests.cases.console import page
from tests.town import offers
from tests.town import slots as town

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HALF = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def clock(noon):
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def plan(noon):
    return town.plan(at=noon, places=3, walk_ins=1)


def told():
    row = FreeTimes.objects.get()
    return row.next_at, row.free, row.places, row.waiting


def test_tells_the_next_free_time_and_how_many_places(client, noon, plan):
    assert tell_windows(noon) == 1

    assert told() == (MONDAY, 16, 16, 0)
    row = FreeTimes.objects.get()
    assert (row.offer, row.days, row.booked_by) == (plan.window, 5, plan.offer.code)
    for address in (
        f"/services/{plan.window.service.code}/",
        f"/stations/{plan.window.location.code}/",
    ):
        text = page(client, address)
        assert "Next free appointment: 2026-11-23 09:00" in text
        assert "16 of 16 places are free in the next 5 days." in text


def test_follows_what_is_booked(noon, plan):
    tell_windows(noon)
    first, second = plan.sessions.order_by("starts_at")[:2]
    made = offers.booked(first, at=noon, size=2)
    offers.booked(second, at=noon)

    assert tell_windows(noon) == 1
    assert told() == (MONDAY + HALF, 13, 16, 0)

    offers.booked(first, at=noon, size=2, wait=True)
    tell_windows(noon)
    assert told() == (MONDAY + HALF, 13, 16, 1)

    booking.cancel(by=HOLDER, at=noon, booking=made)
    tell_windows(noon)
    assert told() == (MONDAY + HALF, 13, 16, 0)  # offered to who waited: theirs for a day


def test_writes_nothing_while_nothing_changes(noon, plan):
    tell_windows(noon)
    before = edition_of("appointments")

    assert tell_windows(noon) == 0
    assert edition_of("appointments") == before != ""


def test_says_when_nothing_is_free(client, noon, plan):
    for slot in plan.sessions.all():
        offers.booked(slot, at=noon, size=2)

    tell_windows(noon)

    assert told() == (None, 0, 16, 0)
    assert "No appointment is free." in page(client, f"/services/{plan.window.service.code}/")


def test_goes_with_the_plan(client, noon, plan):
    tell_windows(noon)
    slots.end_plan(by=offers.officer(), at=noon, plan=plan)

    assert tell_windows(noon) == 1

    assert FreeTimes.objects.count() == 0
    assert "appointment" not in page(client, f"/services/{plan.window.service.code}/")


@pytest.mark.parametrize("change", [{"published_at": None}, {"withdrawn_at": MONDAY}])
def test_tells_nothing_that_is_not_public(noon, plan, change):
    type(plan.offer).objects.update(**change)

    assert tell_windows(noon) == 0
    assert FreeTimes.objects.count() == 0


def test_shows_it_at_once_on_a_kept_page_and_leaves_the_others(client, noon, plan):
    """A page that was kept goes with the minute's count; the lists of the directory stay."""
    new_edition("directory")
    address = f"/services/{plan.window.service.code}/"
    assert "appointment" not in page(client, address)
    before = edition_of("directory")

    tell_windows(noon)

    assert "Next free appointment" in page(client, address)
    assert edition_of("directory") == before


def test_would_show_what_was_without_the_second_edition(client, noon, plan, monkeypatch):
    """The control."""
    new_edition("directory")
    address = f"/services/{plan.window.service.code}/"
    page(client, address)
    monkeypatch.setattr("linli.directory.actions.free_times.new_edition", lambda name: None)

    tell_windows(noon)

    assert "Next free appointment" not in page(client, address)


def test_adds_two_offers_at_one_window(noon, plan):
    other = town.plan(at=noon, at_window=plan.window, minutes=60, places=1, walk_ins=0)
    for slot in plan.sessions.all():
        offers.booked(slot, at=noon, size=2)

    tell_windows(noon)

    row = FreeTimes.objects.get()
    assert (row.next_at, row.free, row.places, row.booked_by) == (MONDAY, 4, 20, other.offer.code)


def test_asks_few_questions_however_many_windows(noon, plan, django_assert_max_num_queries):
    for number in range(3):
        town.plan(at=noon, at_window=town.window(name=f"事项{number}", station=f"第{number}站"))

    with django_assert_max_num_queries(9):
        tell_windows(noon)
    with django_assert_max_num_queries(6):
        assert tell_windows(noon) == 0


def test_takes_it_from_nobody_but_the_calendar(noon, plan):
    times = [WindowTimes(plan.window_id, None, 0, 1, 0, 5, plan.offer.code)]

    with pytest.raises(Refused, match="not_allowed"):
        tell_free_times(by=offers.officer(), at=noon, times=times)
    assert FreeTimes.objects.count() == 0


def test_is_never_more_than_there_are(noon, plan):
    tell_windows(noon)

    with pytest.raises(IntegrityError), transaction.atomic():
        FreeTimes.objects.update(free=17)


def test_reads_the_marks_of_several_rows_at_once(noon, django_assert_num_queries):
    new_edition("directory")

    with django_assert_num_queries(1):
        marks = editions_of("directory", "appointments")
    assert marks == {"directory": edition_of("directory"), "appointments": ""}
