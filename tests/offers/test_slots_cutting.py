"""Appointments are cut from a window's hours, each once, and kept in line with the hours when these change."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.directory import actions as directory_actions
from linli.directory.models import Schedule
from linli.directory.rules.hours import Opening
from linli.kernel.actors import HOLDER, Role, system
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, offering, slots, waiting
from linli.offers.models import Booking, Session, SlotPlan
from linli.offers.rules.slots import cut
from linli.offers.tasks import cut_slots
from tests.town import offers, services
from tests.town import slots as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
TOWN = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=TOWN)
HALF = timedelta(minutes=30)
A_DAY = timedelta(days=1)


def begins(of):
    return [one.starts_at for one in of.sessions.filter(cancelled_at=None).order_by("starts_at")]


def change_hours(plan, *hours):
    """Give the window other hours; they are the place's own then."""
    Schedule.objects.filter(offer=plan.window).delete()
    for draft in hours:
        Schedule.objects.create(
            offer=plan.window, rrule=draft.rrule, starts_on=draft.starts_on, opens_at=draft.opens_at,
            closes_at=draft.closes_at,
        )  # fmt: skip


AFTERNOON = services.schedule(opens_at=time(14), closes_at=time(15))
minutes = st.integers(5, 240)
openings = st.lists(
    st.builds(
        lambda day, opens, length: Opening(
            date(2026, 3, day), time(opens // 60, opens % 60), time((opens + length) // 60, (opens + length) % 60)
        ),
        st.integers(1, 3), st.integers(0, 1000), st.integers(1, 430),
    ),
    max_size=5,
)  # fmt: skip


class TestRule:
    @given(openings, minutes)
    def test_cuts_whole_slots_within_opening_hours_that_never_overlap(self, opened, length):
        found = list(cut(opened, length, UTC))

        for slot in found:
            assert slot.ends_at - slot.starts_at == timedelta(minutes=length)
            assert any(
                datetime.combine(one.day, one.opens_at, UTC) <= slot.starts_at
                and slot.ends_at <= datetime.combine(one.day, one.closes_at, UTC)
                for one in opened
            )
        assert all(one.ends_at <= other.starts_at for one, other in itertools.pairwise(found))

    @given(minutes, st.integers(0, 5))
    def test_leaves_only_a_rest_that_is_too_short(self, length, slots_in_it):
        opens = datetime(2026, 3, 1, 0, 0)  # noqa: DTZ001
        closes = opens + timedelta(minutes=length * slots_in_it + length - 1)
        opening = Opening(opens.date(), opens.time(), closes.time())
        if closes.date() == opens.date():
            assert len(list(cut([opening], length, UTC))) == slots_in_it


class TestPlan:
    def test_cuts_the_hours_of_the_days_ahead(self, noon):
        plan = town.plan(at=noon)  # a Saturday; it looks ahead to Thursday

        days = [MONDAY + n * A_DAY for n in range(4)]
        assert begins(plan) == [day + half for day in days for half in (timedelta(0), HALF)]
        first = plan.sessions.order_by("starts_at").first()
        assert (first.ends_at, first.capacity, first.most_together) == (MONDAY + HALF, 1, 1)
        assert (first.booking_from, first.booking_until) == (noon, MONDAY)
        assert (first.location, first.room) == (plan.window.location, "3号窗口")
        assert first.languages == ["zh-Hans"]
        assert [(one.starts_at, one.ends_at) for one in first.meetings.all()] == [
            (MONDAY, MONDAY + HALF)
        ]

    def test_takes_the_hours_of_the_place_where_a_window_keeps_none(self, noon):
        plan = town.plan(at=noon, at_window=town.window(hours=()), minutes=240)

        assert begins(plan)[:2] == [MONDAY, MONDAY + timedelta(hours=4)]

    def test_knows_holidays_and_the_days_worked_for_them(self, noon):
        eve = datetime(
            2026, 9, 18, 4, tzinfo=UTC
        )  # National Day is off; the Sunday before is worked
        plan = town.plan(at=eve, at_window=town.window(at=eve), minutes=60, days_ahead=15)

        days = {one.astimezone(TOWN).date() for one in begins(plan)}
        assert date(2026, 9, 20) in days
        assert date(2026, 10, 1) not in days

    def test_never_gives_away_what_is_kept_for_who_just_comes(self, noon):
        plan = town.plan(at=noon, places=5, walk_ins=3)
        slot = plan.sessions.first()
        offers.booked(slot, at=noon, size=2)

        with pytest.raises(Refused, match="full"):
            offers.booked(slot, at=noon)
        assert Session.objects.get(pk=slot.pk).taken == 2

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"minutes": 4}, "wrong_numbers"), ({"minutes": 241}, "wrong_numbers"),
            ({"places": 0}, "wrong_numbers"), ({"days_ahead": 91}, "wrong_numbers"),
            ({"walk_ins": 2}, "none_to_book"), ({"minutes": 90}, "no_hours"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, noon, changed, code):
        with pytest.raises(Refused, match=code):
            town.plan(at=noon, **changed)
        assert (SlotPlan.objects.count(), Session.objects.count()) == (0, 0)

    def test_refuses_another_kind_another_unit_and_a_second_plan(self, noon):
        window = town.window()
        course = offers.offer(at=noon)
        with pytest.raises(Refused, match="not_appointments"):
            town.plan(at=noon, of=course, at_window=window)
        offer = town.appointments(at=noon)
        draft = slots.PlanDraft(window=window)
        for by, code in (
            (offers.officer("别的单位"), "not_own_unit"),
            (actor(Role.CLERK, unit=offers.LABOUR), "not_allowed"),
        ):
            with pytest.raises(Refused, match=code):
                slots.plan_slots(by=by, at=noon, offer=offer, draft=draft)
        assert Session.objects.count() == 0

        plan = town.plan(at=noon, of=offer, at_window=window)
        with pytest.raises(Refused, match="planned_already"):
            town.plan(at=noon, of=offer, at_window=window)
        assert SlotPlan.objects.get() == plan

    def test_refuses_what_was_withdrawn(self, noon):
        offer = town.appointments(at=noon)
        type(offer).objects.update(withdrawn_at=noon)

        with pytest.raises(Refused, match="withdrawn"):
            town.plan(at=noon, of=offer)


class TestTick:
    def test_cuts_each_slot_once(self, noon):
        plan = town.plan(at=noon)
        before = begins(plan)

        assert cut_slots(noon) == 0
        assert cut_slots(noon + A_DAY) == 2  # Friday has come into sight
        assert begins(plan)[: len(before)] == before
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(plan=plan, starts_at=MONDAY).update(starts_at=MONDAY + HALF)

    def test_takes_out_what_nobody_booked_when_hours_change(self, noon):
        plan = town.plan(at=noon)
        change_hours(plan, AFTERNOON)

        cut_slots(noon)

        assert {one.astimezone(TOWN).hour for one in begins(plan)} == {14}
        assert plan.sessions.count() == 8

    def test_keeps_what_is_booked_for_who_has_it_and_tells_them_once(self, noon):
        plan = town.plan(at=noon, places=3, walk_ins=0)
        slot = plan.sessions.get(starts_at=MONDAY)
        made = offers.booked(slot, at=noon, contact=("sms", "13900000001"))
        change_hours(plan, AFTERNOON)

        for _ in range(3):
            cut_slots(noon)

        kept = Session.objects.get(pk=slot.pk)
        assert (kept.capacity, kept.taken, kept.cancelled_at) == (1, 1, None)
        assert [step.verb for step in made.steps.all()] == ["booked", "kept"]
        assert made.subject.messages.count() == 2
        with pytest.raises(Refused, match="full"):
            offers.booked(slot, at=noon)

    def test_opens_it_to_others_again_when_the_hours_come_back(self, noon):
        plan = town.plan(at=noon, places=3, walk_ins=0)
        slot = plan.sessions.get(starts_at=MONDAY)
        smaller = plan.sessions.get(starts_at=MONDAY + HALF)
        offers.booked(slot, at=noon)
        offering.resize(by=offers.officer(), at=noon, session=smaller, capacity=1)
        change_hours(plan, AFTERNOON)
        offers.booked(smaller, at=noon)
        cut_slots(noon)
        change_hours(plan, town.MORNING)

        cut_slots(noon)

        assert Session.objects.get(pk=slot.pk).capacity == 3

    def test_leaves_what_an_organizer_made_smaller_or_called_off(self, noon):
        plan = town.plan(at=noon, places=3, walk_ins=0)
        smaller, off = plan.sessions.order_by("starts_at")[:2]
        offering.resize(by=offers.officer(), at=noon, session=smaller, capacity=1)
        offering.call_off(by=offers.officer(), at=noon, session=off, why="窗口人员病假")

        assert cut_slots(noon) == 0

        assert Session.objects.get(pk=smaller.pk).capacity == 1
        assert plan.sessions.filter(starts_at=off.starts_at).get().cancelled_at == noon

    def test_calls_off_what_everybody_has_left(self, noon):
        plan = town.plan(at=noon)
        slot = plan.sessions.get(starts_at=MONDAY)
        booking.cancel(by=HOLDER, at=noon, booking=offers.booked(slot, at=noon))
        change_hours(plan, AFTERNOON)

        cut_slots(noon)

        kept = Session.objects.get(pk=slot.pk)
        assert (kept.cancelled_at, kept.sequence) == (noon, 1)

    def test_calls_off_what_somebody_only_waits_for(self, noon, monkeypatch):
        plan = town.plan(at=noon)
        slot = plan.sessions.get(starts_at=MONDAY)
        first, behind = offers.booked(slot, at=noon), offers.booked(slot, at=noon, wait=True)
        monkeypatch.setattr(waiting, "let_in", lambda **_named: 0)
        booking.cancel(by=HOLDER, at=noon, booking=first)
        change_hours(plan, AFTERNOON)

        cut_slots(noon)

        kept = Session.objects.get(pk=slot.pk)
        assert (kept.cancelled_at, kept.queue) == (noon, 0)
        assert behind.steps.last().verb == "called_off"

    def test_ends_with_the_place_and_with_the_offer(self, noon):
        plan = town.plan(at=noon)
        directory_actions.close_location(
            by=services.planner(), at=noon, location=plan.window.location, on=date(2026, 11, 24)
        )
        cut_slots(noon)
        assert begins(plan) == [MONDAY, MONDAY + HALF]

        type(plan.offer).objects.update(withdrawn_at=noon)
        cut_slots(noon)
        assert begins(plan) == []

    def test_is_the_calendars(self, noon):
        plan = town.plan(at=noon)

        with pytest.raises(Refused, match="not_allowed"):
            slots.recut(by=offers.officer(), at=noon, plan=plan)


class TestEnd:
    def test_leaves_what_is_booked(self, noon):
        plan = town.plan(at=noon)
        slot = plan.sessions.get(starts_at=MONDAY)
        offers.booked(slot, at=noon)

        slots.end_plan(by=offers.officer(), at=noon, plan=plan)

        assert begins(plan) == [MONDAY]
        assert cut_slots(noon + A_DAY) == 0
        with pytest.raises(Refused, match="ended"):
            slots.end_plan(by=offers.officer(), at=noon, plan=plan)

    def test_is_the_units_own(self, noon):
        plan = town.plan(at=noon)

        with pytest.raises(Refused, match="not_own_unit"):
            slots.end_plan(by=offers.officer("别的单位"), at=noon, plan=plan)
        assert SlotPlan.objects.get().ended_on is None


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_cuts_each_slot_once_however_many_cut(self, noon):
        plan = town.plan(at=noon)

        failures = at_once(
            4, lambda _number: slots.recut(by=system("x"), at=noon + A_DAY, plan=plan)
        )

        assert failures == []
        assert len(begins(plan)) == len(set(begins(plan))) == 10

    def test_books_or_takes_out_never_both(self, noon):
        plan = town.plan(at=noon)
        slot = plan.sessions.get(starts_at=MONDAY)
        change_hours(plan, AFTERNOON)

        def hurry(number):
            if number:
                offers.booked(slot, at=noon)
            else:
                cut_slots(noon)

        failures = at_once(2, hurry)

        booked = Booking.objects.count()
        assert Session.objects.filter(pk=slot.pk).count() == booked
        assert len(failures) == 1 - booked
        assert {failure.code for failure in failures} <= {"full", "no_session"}
