"""The waiting list in earnest: whatever people do in whatever order, the real actions keep what they promise."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from linli.kernel.refusals import Refused
from linli.offers.actions import booking, offering, places, waiting
from linli.offers.models import Booking, Session
from linli.offers.rules.places import DOORS
from linli.offers.rules.waiting import Bound
from tests.town import offers

pytestmark = pytest.mark.django_db
CALENDAR = offers.system("calendar")


class Town(RuleBasedStateMachine):
    """One session. People book, wait, accept, cancel; offers lapse; the session grows and shrinks."""

    noon = None

    def __init__(self):
        super().__init__()
        self.mark = transaction.atomic()
        self.mark.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.mark.__exit__(None, None, None)

    @initialize(
        capacity=st.integers(2, 6),
        passes=st.integers(0, 2),
        days=st.integers(0, 3),
        floor=st.integers(0, 2),
    )
    def begin(self, capacity, passes, days, floor):
        self.at = self.noon
        self.passes, self.days = passes, days
        until = self.noon + timedelta(days=4)
        floors = {"floor_station": floor, "floors_until": until} if floor else {}
        self.session = offers.session(
            capacity,
            at=self.at,
            passes=passes,
            pass_days=days,
            of=offers.offer(at=self.at),
            **floors,
        )

    @rule(size=st.integers(1, 4), door=st.sampled_from(DOORS))
    def come(self, size, door):
        with suppress(Refused):
            offers.booked(self.session, at=self.at, size=size, door=door, wait=True)

    @rule(size=st.integers(1, 2))
    def book_or_go(self, size):
        waited = self.now.queue
        try:
            offers.booked(self.session, at=self.at, size=size)
        except Refused:
            return
        assert waited == 0, "somebody who did not wait went before who waits"

    @rule(number=st.integers(0, 30))
    def cancel(self, number):
        if one := self.some(number, *Booking.HOLDING, Booking.WAITING):
            booking.cancel(at=self.at, booking=one)

    @rule(number=st.integers(0, 30))
    def accept(self, number):
        if one := self.some(number, Booking.OFFERED):
            with suppress(Refused):
                booking.accept(at=self.at, booking=one)

    @rule(hours=st.integers(1, 60))
    def wait(self, hours):
        self.at += timedelta(hours=hours)
        waiting.lapse(by=CALENDAR, at=self.at)
        waiting.go_on(by=CALENDAR, at=self.at)
        assert not Booking.objects.filter(state=Booking.OFFERED, until__lte=self.at).exists()

    @rule(capacity=st.integers(1, 8))
    def resize(self, capacity):
        with suppress(Refused):
            offering.resize(
                by=offers.officer(), at=self.at, session=self.session, capacity=capacity
            )

    @property
    def now(self):
        return Session.objects.get(pk=self.session.pk)

    def some(self, number, *states):
        found = list(Booking.objects.filter(session=self.session, state__in=states).order_by("pk"))
        return found[number % len(found)] if found else None

    @invariant()
    def nothing_is_sold_twice(self):
        now = self.now
        holding = Booking.objects.filter(session=now).holding()
        for door in DOORS:
            sizes = holding.filter(door=door).values_list("size", flat=True)
            assert getattr(now, f"taken_{door}") == sum(sizes)
        assert now.taken <= now.capacity

    @invariant()
    def who_waits_is_counted(self):
        assert self.now.queue == Booking.objects.filter(session=self.session).waiting().count()

    @invariant()
    def nobody_is_overtaken_too_often_or_too_late(self):
        for one in Booking.objects.filter(session=self.session).prefetch_related("steps"):
            passed = [step.at for step in one.steps.all() if step.verb == "passed"]
            assert len(passed) == one.passed <= self.passes
            assert all(at < one.queued_at + timedelta(days=self.days) for at in passed)

    @invariant()
    def whoever_is_first_and_fits_has_got_in(self):
        now = self.now
        if self.at >= now.booking_until:
            return
        waits = [
            one for one in Booking.objects.filter(session=now).waiting() if one.size <= now.capacity
        ]
        kept = now.floors_until is not None and self.at < now.floors_until
        free = now.capacity - now.taken
        if kept:
            free -= max(0, now.floor_station - now.taken_station)
        if waits and waits[0].door == "web":
            assert waits[0].size > free


def machine(noon, **actions):
    return type("TownAtNoon", (Town,), {"noon": noon} | actions)


def run(town, examples=25):
    """Run it, the same each time. What fails is told as it is: to make it shorter would take minutes."""
    run_state_machine_as_test(
        town,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )


def test_keeps_its_promises_whatever_people_do(noon):
    run(machine(noon))


def test_control_finds_who_is_let_in_past_everybody(noon, monkeypatch):
    """Whoever comes takes what is free, though others wait for it."""
    give = places.give

    def anyhow(**named):
        return give(**named | {"waited": True})

    monkeypatch.setattr(places, "give", anyhow)
    monkeypatch.setattr(booking, "bookable", lambda **named: named["session"])

    with pytest.raises(AssertionError, match="did not wait"):
        run(machine(noon), examples=200)


def test_control_finds_places_that_nobody_is_offered(noon, monkeypatch):
    monkeypatch.setattr(waiting, "let_in", lambda **_named: 0)

    with pytest.raises(AssertionError):
        run(machine(noon), examples=200)


def test_control_finds_who_is_overtaken_for_ever(noon, monkeypatch):
    monkeypatch.setattr(Bound, "may_pass", lambda *_asked: True)

    with pytest.raises(AssertionError):
        run(machine(noon), examples=200)


def test_lets_in_who_waited_for_the_end_of_a_floor(noon):
    until = noon + timedelta(days=2)
    session = offers.session(2, at=noon, floor_station=1, floors_until=until)
    offers.booked(session, at=noon)
    waits = offers.booked(session, at=noon, wait=True)

    assert waiting.go_on(by=CALENDAR, at=until - timedelta(seconds=1)) == 0
    assert waiting.go_on(by=CALENDAR, at=until) == 1
    assert waiting.go_on(by=CALENDAR, at=until) == 0
    waits.refresh_from_db()
    assert waits.state == Booking.OFFERED


def test_lets_nobody_in_by_hand(noon):
    with pytest.raises(Refused, match="not_allowed"):
        waiting.go_on(by=offers.officer(), at=noon)


def test_lets_four_thousand_wait_with_few_questions(noon, django_assert_max_num_queries):
    session = offers.session(1, at=noon)
    first = offers.booked(session, at=noon)
    waits = offers.booked(session, at=noon, wait=True)
    subjects = type(waits.subject)
    others = subjects.objects.bulk_create(
        subjects(
            code=f"w{number}", purpose="booking", created_on=noon.date(),
            purge_on=waits.subject.purge_on, log_key=waits.subject.log_key,
        )
        for number in range(4499)
    )  # fmt: skip
    Booking.objects.bulk_create(
        Booking(
            code=f"w{number}", session=session, subject=subject, door="web", size=1, state="waiting",
            booked_at=noon, queued_at=noon + timedelta(seconds=number + 1),
        )
        for number, subject in enumerate(others)
    )  # fmt: skip
    Session.objects.filter(pk=session.pk).update(queue=4500)

    with django_assert_max_num_queries(18):
        booking.cancel(at=noon, booking=first)

    waits.refresh_from_db()
    assert (waits.state, Session.objects.get(pk=session.pk).queue) == (Booking.OFFERED, 4499)
