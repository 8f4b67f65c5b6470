"""Queues: each unit sees its own, the most overdue first, nothing sealed, in one query however many."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases.actions import escalating, following, handing, handling
from linli.cases.models import Case
from linli.cases.queries import (
    QueueFilters,
    desk_of_supervision,
    public_cases,
    queue,
    queue_count,
    timeline,
)
from linli.cases.queries.queue import PAGE
from linli.kernel.actors import system
from tests.town import cases as town
from tests.town import directory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noise():
    """A case of another unit, which no query may show."""
    town.asked(at=MONDAY, topic=town.topic("paper", unit=town.LEGAL))


def codes(unit=town.HOUSING, at=MONDAY, **filters):
    return [row.code for row in queue(unit, QueueFilters(**filters), at).rows]


def test_shows_what_runs_the_most_overdue_first():
    later, first = town.asked(at=MONDAY + A_DAY), town.asked(at=MONDAY)
    town.answered(at=MONDAY)

    assert codes() == [first.code, later.code]
    row = queue(town.HOUSING, QueueFilters(), MONDAY + 3 * A_DAY).rows[0]
    assert (row.topic, row.topic_name, row.area, row.unit) == (
        "street-lamp",
        "路灯",
        "嘉峪关市",
        town.HOUSING,
    )
    assert (row.state, row.left, row.late) == ("received", -2, True)


def test_shows_each_part_of_the_work():
    running, answered = town.taken(at=MONDAY), town.answered(at=MONDAY)
    paused, closed = town.taken(at=MONDAY), town.closed(at=MONDAY)
    handling.pause(by=town.officer(), at=MONDAY, case=paused, kind="court", words="等。")
    offered = town.handed_on(at=MONDAY).case
    joint = town.taken(at=MONDAY)
    legal = town.unit(town.LEGAL)
    handling.join(by=town.officer(), at=MONDAY, case=joint, unit=legal, words="请。")

    assert set(codes()) == {running.code, offered.code, joint.code}
    assert set(codes(shown="waiting")) == {answered.code, paused.code}
    assert codes(shown="closed") == [closed.code]
    assert codes(town.LEGAL, shown="offered") == [offered.code]
    assert codes(town.LEGAL, shown="joint") == [joint.code]


def test_moves_a_case_to_the_queue_of_the_unit_that_accepted():
    hand_over = town.handed_on(at=MONDAY)
    code = hand_over.case.code

    handing.accept(by=town.officer(town.LEGAL), at=MONDAY, hand_over=hand_over)

    assert code not in codes()
    assert code in codes(town.LEGAL)


def test_filters_by_what_a_unit_asks_for():
    elsewhere = directory.area("620201", name="雄关区", level="county")
    plain = town.asked(at=MONDAY)
    road = town.asked(at=MONDAY, topic=town.topic("road", kind="complaint"))
    away = town.asked(at=MONDAY, area=elsewhere)
    urged = town.taken(at=MONDAY)
    following.urge(at=MONDAY, case=urged)
    late = MONDAY + 3 * A_DAY

    assert codes(topic="road") == codes(kind="complaint") == [road.code]
    assert codes(area="620201") == [away.code]
    assert set(codes(area="620200")) == {plain.code, road.code, away.code, urged.code}
    assert codes(urged=True) == [urged.code]
    assert set(codes(unassigned=True)) == {plain.code, road.code, away.code}
    assert set(codes(at=late, late=True)) == {plain.code, road.code, away.code}
    escalating.escalate(by=system("calendar"), at=late, limit=9)
    assert set(codes(escalated=True)) == {plain.code, road.code, away.code}
    assert codes(bounced=True) == []


def test_shows_supervision_what_has_risen_of_all_units():
    own, taken = town.asked(at=MONDAY - A_DAY), town.taken(at=MONDAY)
    legal = Case.objects.get(unit__name=town.LEGAL)
    late = MONDAY + 3 * A_DAY
    escalating.escalate(by=system("calendar"), at=late, limit=9)

    assert [r.code for r in desk_of_supervision(QueueFilters(), late).rows] == [
        own.code,
        legal.code,
    ]
    assert taken.code not in [r.code for r in desk_of_supervision(QueueFilters(), late).rows]


@pytest.mark.parametrize("shown", ["running", "closed", "waiting"])
def test_pages_by_key_and_shows_each_case_once(shown):
    make = {"running": town.asked, "closed": town.closed, "waiting": town.answered}[shown]
    made = [make(at=MONDAY + timedelta(hours=n // 3)) for n in range(PAGE + 5)]

    first = queue(town.HOUSING, QueueFilters(shown=shown), MONDAY)
    second = queue(town.HOUSING, QueueFilters(shown=shown, after=first.next), MONDAY)

    seen = [row.code for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), second.next) == (PAGE, 5, "")
    assert sorted(seen) == sorted(case.code for case in made)
    assert queue_count(town.HOUSING, QueueFilters(shown=shown), MONDAY) == PAGE + 5


@pytest.mark.parametrize("after", ["x", "2026", "2026-11-23 1", "2026-11-23T00:00 x", "x 1"])
def test_begins_anew_with_a_key_that_is_none(after):
    case = town.asked(at=MONDAY)

    assert codes(after=after) == [case.code]


def test_reads_a_page_in_one_query_and_nothing_sealed():
    for _ in range(5):
        town.asked(at=MONDAY)

    with CaptureQueriesContext(connection) as captured:
        rows = queue(town.HOUSING, QueueFilters(), MONDAY).rows

    assert len(captured) == 1
    said = captured.captured_queries[0]["sql"]
    sealed = ("words", "wish", "place", "contact", "reply_language", "secret")
    assert not any(f'"cases_case"."{name}"' in said for name in sealed)
    assert town.WORDS not in repr(rows)


def test_reads_the_queue_from_its_index():
    town.asked(at=MONDAY)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as captured:
        queue(town.HOUSING, QueueFilters(), MONDAY)
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + captured.captured_queries[0]["sql"])
        said = repr(cursor.fetchall())

    assert "case_queue" in said
    assert "TEMP B-TREE" not in said


def test_shows_the_public_what_may_be_public():
    hidden = town.topic("violence", unit=town.HOUSING, sensitive=True)
    shown = town.asked(at=MONDAY, public=True)
    town.asked(at=MONDAY)
    town.asked(at=MONDAY, topic=hidden, public=True)

    assert [case.code for case in public_cases()] == [shown.code]


def test_tells_what_happened_without_words_or_notes():
    case = town.answered(at=MONDAY)
    handling_note = town.taken(at=MONDAY)
    handling.note(by=town.officer(), at=MONDAY, case=handling_note, words="内部。")

    assert [moment.verb for moment in timeline(case)] == ["asked", "taken", "replied"]
    assert [moment.verb for moment in timeline(handling_note)] == ["asked", "taken"]
