"""The calendar's work: the most overdue rises first, taken or not; answers stand; pauses end."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases import tasks
from linli.cases.actions import escalating, handling
from linli.cases.models import Case, ClockEvent, Step
from linli.cases.queries.overdue import answered_until, overdue, paused_until
from linli.kernel.actors import Role, system
from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from tests.town import cases as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
A_DAY = timedelta(days=1)
CALENDAR = system("calendar")


def levels(*cases):
    return [Case.objects.get(pk=case.pk).level for case in cases]


def escalate(at, limit=100):
    return escalating.escalate(by=CALENDAR, at=at, limit=limit)


def test_raises_the_most_overdue_first_taken_or_not():
    unassigned = town.asked(at=MONDAY)
    later = town.asked(at=MONDAY + A_DAY)
    latest = town.taken(at=MONDAY)  # its unit has until next Monday
    at = MONDAY + 8 * A_DAY

    assert [escalate(at, limit=1) for _ in range(4)] == [1, 1, 1, 0]
    found = Step.objects.filter(verb="escalated").order_by("id").values_list("case", "kind")
    assert list(found) == [(unassigned.pk, "step"), (later.pk, "step"), (latest.pk, "step")]
    # To the level that each has earned, in one step.
    assert levels(unassigned, later, latest) == [2, 2, 1]


def test_raises_again_after_three_and_ten_working_days_and_no_further():
    case = town.asked(at=MONDAY)  # due on Tuesday at closing time
    raised = {}
    for day in range(40):
        if escalate(MONDAY + day * A_DAY + timedelta(hours=7)):
            raised[(MONDAY + day * A_DAY).date().isoformat()] = levels(case)[0]

    assert raised == {"2026-11-24": 1, "2026-11-27": 2, "2026-12-08": 3}


def test_raises_nothing_that_waits_for_the_person_or_for_nobody():
    paused = town.taken(at=MONDAY)
    handling.pause(by=town.officer(), at=MONDAY, case=paused, kind="court", words="等。")
    answered, closed = town.answered(at=MONDAY), town.closed(at=MONDAY)

    assert escalate(MONDAY + 60 * A_DAY) == 0
    assert levels(paused, answered, closed) == [0, 0, 0]


def test_shows_the_person_and_keeps_the_clock_as_it_was():
    case = town.asked(at=MONDAY)

    escalate(MONDAY + 3 * A_DAY)

    step, event = Step.objects.last(), ClockEvent.objects.last()
    assert (step.verb, step.kind, step.shown) == ("escalated", "step", True)
    assert (event.clock, event.verb, event.due_at) == ("step", "passed", case.step_due_at)
    assert Case.objects.get().next_due_at == case.next_due_at


def test_raises_nothing_that_was_answered_meanwhile(monkeypatch):
    case, other = town.taken(at=MONDAY), town.taken(at=MONDAY)
    at, found = MONDAY + 10 * A_DAY, overdue

    def answered_meanwhile(cuts, limit):
        late = found(cuts, limit)
        handling.reply(by=town.officer(), at=at, case=case, words="已办。")
        return late

    monkeypatch.setattr(escalating, "overdue", answered_meanwhile)
    escalate(at)

    assert levels(case, other) == [0, 2]


def test_raises_many_in_few_queries(django_assert_max_num_queries):
    made = [town.asked(at=MONDAY) for _ in range(30)]

    with django_assert_max_num_queries(9):
        assert escalate(MONDAY + 3 * A_DAY) == len(made)


def test_does_all_in_one_tick():
    made = [town.asked(at=MONDAY) for _ in range(5)]
    late = MONDAY + 30 * A_DAY

    tasks.escalate(late)

    assert levels(*made) == [3] * 5
    assert tasks.escalate(late) == 0


def plan(queryset):
    """Return how the database would answer, as text."""
    with CaptureQueriesContext(connection) as captured:
        queryset()
    sql = [query["sql"] for query in captured.captured_queries if "cases_case" in query["sql"]]
    said = []
    with connection.cursor() as cursor:
        for statement in sql:
            explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
            cursor.execute(explain + statement)
            said.append(json.dumps(cursor.fetchall(), default=str))
    return said


@pytest.fixture
def no_scans():
    """Small tables are scanned for good reasons; a million cases are not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")


def test_finds_the_overdue_in_the_index_alone(no_scans):
    town.asked(at=MONDAY)

    plans = plan(lambda: overdue([MONDAY + A_DAY] * 3, 100))

    assert len(plans) == 3
    for said in plans:
        assert "COVERING INDEX" in said or "Index Only Scan" in said
        assert "case_overdue" in said
        assert "TEMP B-TREE" not in said
        assert "Sort" not in said


def test_finds_what_the_calendar_ends_from_its_indexes(no_scans):
    town.answered(at=MONDAY)

    (answered,) = plan(lambda: answered_until(MONDAY + A_DAY, 10))
    (paused,) = plan(lambda: paused_until("court", MONDAY + A_DAY, 10))

    assert "case_answered" in answered
    assert "case_paused" in paused


def test_would_see_a_search_that_reads_the_table(no_scans):
    """The control."""
    said = plan(lambda: list(Case.objects.filter(next_due_at__lt=MONDAY, urged=1).values("urged")))

    assert "COVERING INDEX" not in said[0]
    assert "Index Only Scan" not in said[0]


def test_closes_what_nobody_objected_to_for_five_working_days():
    contact = town.Contact("sms", "13800000000")
    case = town.answered(at=MONDAY, contact=contact)
    Message.objects.all().delete()

    assert escalating.close_unanswered(by=CALENDAR, at=MONDAY + 6 * A_DAY) == 0
    assert escalating.close_unanswered(by=CALENDAR, at=MONDAY + 7 * A_DAY) == 1

    case = Case.objects.select_related("subject").get()
    assert (case.state, case.closed_how) == ("closed", "timeout")
    assert case.subject.purge_on == (MONDAY + 187 * A_DAY).date()
    assert Message.objects.count() == 1
    assert Step.objects.last().verb == "timed_out"


def test_closes_nothing_that_was_objected_to():
    from linli.cases.actions import following

    case = town.answered(at=MONDAY)
    following.object_to(at=MONDAY, case=case, words="没有。")

    assert escalating.close_unanswered(by=CALENDAR, at=MONDAY + 30 * A_DAY) == 0


@pytest.mark.parametrize(("kind", "days"), [("papers", 15), ("court", 60)])
def test_ends_a_pause_after_its_longest_time(kind, days):
    case = town.taken(at=MONDAY)
    handling.pause(by=town.officer(), at=MONDAY, case=case, kind=kind, words="等。")
    longest = escalating.longest_ago(by=CALENDAR, at=MONDAY + 200 * A_DAY, days=days)
    assert paused_until(kind, longest, 10) == [case.pk]
    last = MONDAY + A_DAY
    while not escalating.resume_lapsed(by=CALENDAR, at=last):
        last += A_DAY

    from linli.kernel.working_days import working_days_between

    assert working_days_between(MONDAY.date(), last.date()) == days
    assert Case.objects.get().paused_at is None
    assert Step.objects.last().kind == "lapsed"


@pytest.mark.parametrize(
    "deed",
    [
        lambda by: escalating.escalate(by=by, at=MONDAY, limit=1),
        lambda by: escalating.close_unanswered(by=by, at=MONDAY),
        lambda by: escalating.resume_lapsed(by=by, at=MONDAY),
    ],
)
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OFFICER, Role.HOLDER])
def test_leaves_the_calendar_to_the_calendar(deed, role):
    with pytest.raises(Refused, match="not_allowed"):
        deed(actor(role))
