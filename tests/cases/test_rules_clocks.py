"""The three clocks: what may move a promised day, and nothing else."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from linli.cases.actions.steps import CALENDAR
from linli.cases.rules import clocks
from linli.cases.rules.clocks import Clocks, Days

DAYS = Days(1, 5, 10)
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


def closing(day, month=11):
    return datetime(2026, month, day, 10, tzinfo=UTC)  # six in the evening over there


def begun():
    return clocks.begun(MONDAY, DAYS, CALENDAR)[0]


def test_starts_all_three_at_once():
    made, happened = clocks.begun(MONDAY, DAYS, CALENDAR)

    assert (made.step, made.unit, made.case) == (closing(24), closing(30), closing(7, 12))
    assert made.next == closing(24)
    assert [(one.clock, one.verb) for one in happened] == [
        ("step", "started"),
        ("unit", "started"),
        ("case", "started"),
    ]


def test_gives_the_step_of_working_the_days_of_the_unit():
    after, happened = clocks.working(begun(), MONDAY)

    assert (after.step, after.unit, after.case) == (closing(30), closing(30), closing(7, 12))
    assert [(one.clock, one.verb, one.due_at) for one in happened] == [
        ("step", "started", closing(30))
    ]


def test_gives_the_unit_that_accepts_its_own_days_and_the_case_none():
    friday = MONDAY + timedelta(days=4)

    after, _ = clocks.given_over(begun(), friday, DAYS, CALENDAR)

    assert (after.unit, after.case) == (closing(4, 12), closing(7, 12))
    assert after.next == closing(4, 12)


def test_shifts_by_the_working_days_of_a_pause_and_by_no_more():
    friday, tuesday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=8)

    still, _ = clocks.paused(begun(), friday, "papers")
    after, happened = clocks.resumed(still, tuesday, CALENDAR)

    assert (still.next, still.pauses) == (None, 1)
    # Two working days, Monday and Tuesday; the weekend was nobody's.
    assert (after.step, after.case) == (closing(26), closing(9, 12))
    assert {one.verb for one in happened} == {"resumed"}


def test_shifts_by_nothing_within_a_day():
    still, _ = clocks.paused(begun(), MONDAY, "papers")

    after, _ = clocks.resumed(still, MONDAY + timedelta(hours=5), CALENDAR)

    assert (after.step, after.unit, after.case) == (begun().step, begun().unit, begun().case)


def test_counts_an_extension():
    after, happened = clocks.extended(begun(), MONDAY, 5, "expert", CALENDAR)

    assert (after.case, after.moves) == (closing(14, 12), 1)
    assert {(one.verb, one.kind) for one in happened} == {("moved", "expert")}


def test_takes_up_an_answered_case_where_it_was_promised():
    stopped, _ = clocks.stopped(begun(), MONDAY, CALENDAR, "answered")
    late = MONDAY + timedelta(days=21)

    after, _ = clocks.taken_up(stopped, late, DAYS, CALENDAR)

    assert stopped.next is None
    assert after.case == closing(7, 12)
    assert after.next == closing(30)  # the unit's day, long past: it is overdue at once


def test_says_which_clock_has_passed():
    after, happened = clocks.risen(begun(), 2)

    assert after.level == 2
    assert [(one.clock, one.verb, one.due_at, one.kind) for one in happened] == [
        ("step", "passed", closing(24), "2")
    ]


def test_forgets_the_level_once_nothing_is_late():
    late, _ = clocks.risen(begun(), 2)
    wednesday = MONDAY + timedelta(days=2)

    assert clocks.working(late, wednesday)[0].level == 0
    assert clocks.next_step(late, wednesday, DAYS, CALENDAR)[0].level == 0
    overdue = MONDAY + timedelta(days=30)
    assert clocks.next_step(late, overdue, DAYS, CALENDAR)[0].level == 2


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 400)), max_size=6))
def test_gives_pauses_together_no_more_than_the_time_they_took(pauses):
    at, made = MONDAY, begun()
    for wait, hours in pauses:
        at += timedelta(hours=wait)
        made, _ = clocks.paused(made, at, "court")
        at += timedelta(hours=hours)
        made, _ = clocks.resumed(made, at, CALENDAR)

    given_more = CALENDAR.between(begun().case, made.case)
    assert 0 <= given_more <= CALENDAR.between(MONDAY, at)


class Running(RuleBasedStateMachine):
    """Whatever happens, in whatever order: the events fold to the clocks, and no day comes nearer."""

    def __init__(self):
        super().__init__()
        self.at = MONDAY
        self.clocks, happened = clocks.begun(MONDAY, DAYS, CALENDAR)
        self.events, self.free = [], 0
        self.keep((self.clocks, happened))

    def keep(self, turned):
        before, (self.clocks, happened) = self.clocks, turned
        self.events += [(self.at, one.clock, one.verb, one.due_at, one.kind) for one in happened]
        assert self.clocks.case >= before.case
        assert self.clocks.pauses >= before.pauses
        assert self.clocks.moves >= before.moves
        if self.clocks.case > before.case:
            ended_pause = before.paused_at is not None and self.clocks.paused_at is None
            assert ended_pause or self.clocks.moves == before.moves + 1

    def is_running(self):
        return self.clocks.running and self.clocks.paused_at is None

    @rule(hours=st.integers(1, 120))
    def wait(self, hours):
        self.at += timedelta(hours=hours)

    @precondition(is_running)
    @rule(work=st.booleans())
    def step(self, work):
        turned = (
            clocks.working(self.clocks, self.at)
            if work
            else clocks.next_step(self.clocks, self.at, DAYS, CALENDAR)
        )
        self.keep(turned)

    @precondition(is_running)
    @rule()
    def accept(self):
        self.keep(clocks.given_over(self.clocks, self.at, DAYS, CALENDAR))

    @precondition(is_running)
    @rule()
    def pause(self):
        self.keep(clocks.paused(self.clocks, self.at, "papers"))

    @rule()
    def resume(self):
        self.keep(clocks.resumed(self.clocks, self.at, CALENDAR))

    @precondition(is_running)
    @rule(more=st.integers(1, 5))
    def extend(self, more):
        self.keep(clocks.extended(self.clocks, self.at, more, "hard", CALENDAR))

    @rule()
    def answer(self):
        self.keep(clocks.stopped(self.clocks, self.at, CALENDAR, "answered"))

    @precondition(lambda self: not self.clocks.running)
    @rule()
    def object(self):
        self.keep(clocks.taken_up(self.clocks, self.at, DAYS, CALENDAR))

    @precondition(lambda self: self.is_running() and self.clocks.next < self.at)
    @rule()
    def rise(self):
        self.keep(clocks.risen(self.clocks, self.clocks.level + 1))

    @invariant()
    def folds(self):
        assert clocks.folded(self.events) == self.clocks

    @invariant()
    def stands_still_only_for_a_reason(self):
        assert (self.clocks.next is None) == (not self.is_running())

    @invariant()
    def never_before_the_promise(self):
        assert self.clocks.case >= closing(7, 12)


TestRunning = Running.TestCase


def test_would_notice_an_event_that_was_not_written():
    made, happened = clocks.begun(MONDAY, DAYS, CALENDAR)
    still, more = clocks.paused(made, MONDAY, "papers")
    events = [(MONDAY, one.clock, one.verb, one.due_at, one.kind) for one in (*happened, *more[:2])]

    assert clocks.folded(events) != still
    assert isinstance(still, Clocks)
