"""A case under everything that can be done to it: the first promise stands, the events fold to the row, and
there is always a way on. And what the database holds of it, with its controls.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from linli.cases.actions import escalating, following, handing, handling
from linli.cases.actions.steps import clocks_of
from linli.cases.models import Case, ClockEvent, HandOver, Step
from linli.cases.rules.clocks import folded
from linli.cases.rules.reasons import DECLINES, EXTENSIONS, PAUSES
from linli.kernel.actors import system
from linli.kernel.refusals import Refused
from tests.town import cases as town

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
CALENDAR = system("calendar")
REACHED, REFUSED = Counter(), Counter()


class Life(RuleBasedStateMachine):
    """One case, and everybody who may do something with it, in any order at any time."""

    @initialize(sensitive=st.booleans(), ticked=st.booleans())
    def ask(self, sensitive, ticked):
        self.at = MONDAY
        topic = town.topic(f"lamp-{sensitive}", sensitive=sensitive)
        fields = town.MAY_PASS_ON if ticked else town.BY_DEFAULT
        self.case = town.asked(at=MONDAY, topic=topic, fields_granted=fields)
        self.first, self.before = self.case.first_due_at, None
        self.look()

    def try_to(self, deed, **given):
        try:
            deed(at=self.at, **given)
        except Refused as refused:
            REFUSED[refused.code] += 1
        self.look()

    def look(self):
        self.case = Case.objects.select_related("unit", "topic", "subject").get(pk=self.case.pk)
        case = self.case
        REACHED[case.state] += 1
        REACHED["paused"] += case.paused_at is not None

    def way(self):
        pending = HandOver.objects.select_related("to_unit", "case", "grant")
        return pending.filter(case=self.case, state__in=["proposed", "waiting"]).first()

    @rule(hours=st.integers(1, 100))
    def wait(self, hours):
        self.at += timedelta(hours=hours)

    @rule(own=st.booleans())
    def take(self, own):
        unit = self.case.unit.name if own else town.LEGAL
        self.try_to(handling.take, by=town.officer(unit), case=self.case)

    @rule()
    def reply(self):
        self.try_to(handling.reply, by=self.officer(), case=self.case, words="已办。")

    @rule(kind=st.sampled_from(sorted(PAUSES)))
    def pause(self, kind):
        self.try_to(handling.pause, by=self.officer(), case=self.case, kind=kind, words="等。")

    @rule()
    def resume(self):
        self.try_to(handling.resume, by=self.officer(), case=self.case)

    @rule(days=st.integers(1, 6), kind=st.sampled_from(EXTENSIONS))
    def extend(self, days, kind):
        self.try_to(
            handling.extend, by=self.officer(), case=self.case, days=days, kind=kind, words="难。"
        )

    @rule(to=st.sampled_from([town.LEGAL, town.TRIAGE, town.HOUSING]))
    def hand_on(self, to):
        self.try_to(
            handing.hand_on, by=self.officer(), case=self.case, unit=town.unit(to),
            kind="competence", words="请办。", fields=town.MAY_PASS_ON,
        )  # fmt: skip

    @rule(how=st.sampled_from(["accept", "decline", "leave", "keep", "back"]))
    def decide(self, how):
        if (hand_over := self.way()) is None:
            return
        other = town.officer(hand_over.to_unit.name)
        if how == "accept":
            self.try_to(handing.accept, by=other, hand_over=hand_over)
        elif how == "decline":
            self.try_to(
                handing.decline, by=other, hand_over=hand_over, kind=DECLINES[0], words="不属于。"
            )
        elif how == "leave":
            self.try_to(handing.give_leave, hand_over=hand_over)
        elif how == "keep":
            self.try_to(handing.refuse_leave, hand_over=hand_over)
        else:
            self.try_to(handing.call_back, by=self.officer(), hand_over=hand_over)

    @rule(deed=st.sampled_from(["add", "note", "urge", "object", "close"]))
    def say(self, deed):
        due = self.case.due_at, self.case.next_due_at, self.case.paused_at
        if deed == "add":
            self.try_to(following.add, case=self.case, words="补充。")
        elif deed == "note":
            self.try_to(handling.note, by=self.officer(), case=self.case, words="内部。")
        elif deed == "urge":
            self.try_to(following.urge, case=self.case)
        elif deed == "object":
            return self.try_to(following.object_to, case=self.case, words="没有解决。")
        else:
            return self.try_to(following.close, case=self.case)
        if due[2] is None:
            assert (self.case.due_at, self.case.next_due_at, self.case.paused_at) == due
        return None

    @rule(really=st.integers(0, 4))
    def withdraw(self, really):
        if really == 0:
            self.try_to(following.withdraw, case=self.case)

    @rule(tick=st.sampled_from(["escalate", "close", "resume"]))
    def tick(self, tick):
        if tick == "escalate":
            self.try_to(escalating.escalate, by=CALENDAR, limit=100)
        elif tick == "close":
            self.try_to(escalating.close_unanswered, by=CALENDAR)
        else:
            self.try_to(escalating.resume_lapsed, by=CALENDAR)

    def officer(self):
        return town.officer(self.case.unit.name)

    @invariant()
    def keeps_the_first_promise(self):
        if hasattr(self, "case"):
            assert self.case.first_due_at == self.first
            assert self.case.due_at >= self.first

    @invariant()
    def folds_to_the_row(self):
        if hasattr(self, "case"):
            events = ClockEvent.objects.filter(case=self.case).order_by("id")
            made = folded(events.values_list("at", "clock", "verb", "due_at", "kind"))
            now = clocks_of(by=CALENDAR, at=self.at, case=self.case)
            assert made == now
            assert self.case.next_due_at == made.next

    @invariant()
    def counts_what_bounced(self):
        if hasattr(self, "case"):
            bounced = HandOver.objects.filter(case=self.case, bounce=True).count()
            assert self.case.bounces == bounced

    @invariant()
    def has_a_way_on(self):
        """What waits for a unit has a clock or a pause that ends; what waits for the person, a timeout."""
        if hasattr(self, "case") and self.case.state in Case.OPEN:
            waits = self.case.next_due_at or self.case.paused_at
            assert self.case.state == Case.ANSWERED or waits

    def teardown(self):
        """Whatever happened, the calendar and the unit bring it to an end."""
        if not hasattr(self, "case") or self.case.state not in Case.OPEN:
            return
        self.at += timedelta(days=120)
        self.try_to(escalating.resume_lapsed, by=CALENDAR)
        if hand_over := self.way():
            self.try_to(handing.call_back, by=self.officer(), hand_over=hand_over)
        self.take(own=True)
        self.reply()
        self.at += timedelta(days=30)
        self.try_to(escalating.close_unanswered, by=CALENDAR)
        assert self.case.state == Case.CLOSED


def test_lives_through_everything_that_can_be_done():
    REACHED.clear()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=50,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert {"received", "working", "answered", "closed"} <= set(REACHED)
    assert REACHED.total() + REFUSED.total() > 1500
    assert len(REFUSED) > 5


def test_reaches_every_state():
    town.asked(at=MONDAY)
    town.taken(at=MONDAY)
    town.answered(at=MONDAY)
    town.closed(at=MONDAY)
    following.withdraw(at=MONDAY, case=town.asked(at=MONDAY))

    reached = Case.objects.order_by().values_list("state", flat=True)
    assert sorted(reached) == sorted(state for state, _ in Case.STATES)


def refused_by_the_database(message, **changes):
    case = Case.objects.get()
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changes)


LATER = MONDAY + timedelta(days=300)


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("never changes", {"first_due_at": LATER}),
        ("never changes", {"asked_at": MONDAY - timedelta(days=1)}),
        ("counted extension", {"due_at": LATER}),
        ("stay counted", {"paused_at": MONDAY, "next_due_at": None}),
        ("stay counted", {"bounces": 1}),
    ],
)
def test_holds_the_promise_in_the_database(message, changes):
    case = town.taken(at=MONDAY)
    Case.objects.filter(pk=case.pk).update(bounces=2)

    refused_by_the_database(message, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"due_at": LATER, "moves": 1},
        {"paused_at": MONDAY, "next_due_at": None, "pauses": 1},
        {"bounces": 3},
        {"unit_due_at": LATER},
    ],
)
def test_lets_the_counted_change_through(changes):
    """The control: the same columns, counted as they must be."""
    case = town.taken(at=MONDAY)

    assert Case.objects.filter(pk=case.pk).update(**changes) == 1


def test_lets_a_due_day_slip_without_the_trigger():
    """The control: it is the trigger that holds the day, and nothing else on the way."""
    town.taken(at=MONDAY)
    name, table = "cases_case_clock_never_reset", "cases_case"
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")

    assert Case.objects.update(due_at=LATER) == 1


def test_never_rewrites_what_happened_to_a_clock():
    town.asked(at=MONDAY)

    for change in (
        lambda: ClockEvent.objects.update(due_at=LATER),
        ClockEvent.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    for change in (lambda: Step.objects.update(verb="closed"), Step.objects.all().delete):
        with pytest.raises(DatabaseError, match=r"never changed|append-only"), transaction.atomic():
            change()
