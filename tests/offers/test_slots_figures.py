"""What offers count: by place and month, and nothing that rests on fewer than ten."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from linli.facts import actions as facts
from linli.facts.models import Fact, Indicator
from linli.kernel.actors import system
from linli.kernel.signed import signed
from linli.offers.actions import booking, offering
from linli.offers.figures import FIGURES
from linli.offers.models import Attendance, Offer, Outcome, WalkIns
from tests.town import directory, offers

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 5, 4, tzinfo=UTC)
BEGINS = OCTOBER + timedelta(days=30)  # in November
NEXT_YEAR = datetime(2027, 1, 4, 4, tzinfo=UTC)
NOVEMBER = ("620200", date(2026, 11, 1))
BY_NAME = {figure.name: figure for figure in FIGURES}
TWO_EVENINGS = [
    (BEGINS + timedelta(days=day), BEGINS + timedelta(days=day, hours=2)) for day in (0, 7)
]


def cells(name, at=NEXT_YEAR):
    found = BY_NAME[f"offers.{name}"].cells(at)
    return [(cell.area, cell.period.start, cell.value) for cell in found]


def came(made, meeting, many):
    Attendance.objects.create(
        booking=made, meeting=meeting, came=many, mark=f"{made.pk}-{meeting.pk}", at=BEGINS
    )


def ended(made, kind, after_days=0, people=1):
    Outcome.objects.create(
        booking=made, kind=kind, after_days=after_days, people=people, **signed(offers.officer(), BEGINS)
    )  # fmt: skip


@pytest.fixture
def course():
    """A course of two evenings with twenty places; five pairs booked, and one that left again."""
    session = offers.session(20, at=OCTOBER, meetings=TWO_EVENINGS)
    made = [offers.booked(session, at=OCTOBER, size=2) for _ in range(6)]
    booking.cancel(at=OCTOBER, booking=made.pop())
    return session, made


def noise():
    """Nine places of another town, all booked; and what was called off here."""
    elsewhere = directory.area("620201", name="雄关区", level="county")
    small = offers.session(9, at=OCTOBER, of=offers.offer(at=OCTOBER, area=elsewhere))
    for _ in range(9):
        offers.booked(small, at=OCTOBER)
    off = offers.session(50, at=OCTOBER)
    offers.booked(off, at=OCTOBER, size=4)
    offering.call_off(by=offers.officer(), at=OCTOBER, session=off, why="下雪")
    offers.session(50, at=OCTOBER, of=offers.offer(at=OCTOBER, published=False))


def test_counts_places_and_what_was_booked_of_them(course):
    noise()

    assert cells("places") == [(*NOVEMBER, Decimal(20))]
    assert cells("booked") == [(*NOVEMBER, Decimal(10))]
    assert cells("coverage") == [(*NOVEMBER, Decimal("50.0"))]


def test_counts_nothing_that_has_not_begun(course):
    assert all(not list(figure.cells(BEGINS)) for figure in FIGURES)


def test_makes_no_cell_of_fewer_than_ten(course):
    session, made = course
    booking.cancel(at=OCTOBER, booking=made[0])
    for one in made:
        came(one, session.meetings.first(), 1)
        ended(one, "completed")
        ended(one, "employed")
    noise()

    assert {name for name in BY_NAME if cells(name.removeprefix("offers."))} == {"offers.places"}


def test_counts_who_came_once_and_each_time(course):
    session, made = course
    first, second = session.meetings.all()
    for one in made:
        came(one, first, 2)
        came(one, second, 1)
    WalkIns.objects.create(meeting=second, came=3)

    assert cells("attended") == [(*NOVEMBER, Decimal(10))]
    assert cells("person_times") == [(*NOVEMBER, Decimal(18))]


def test_counts_lessons_of_courses_that_were_held():
    offer = offers.offer(at=OCTOBER)
    evenings = [
        (BEGINS + timedelta(days=day), BEGINS + timedelta(days=day, hours=2)) for day in range(12)
    ]
    session = offers.session(2, at=OCTOBER, of=offer, meetings=evenings)
    session.meetings.filter(number__in=[3, 4]).update(cancelled_at=OCTOBER)
    event = offers.offer(at=OCTOBER, kind=Offer.EVENT)
    offers.session(2, at=OCTOBER, of=event, meetings=evenings)

    assert cells("lessons") == [(*NOVEMBER, Decimal(10))]


def test_counts_who_was_trained_and_employed_each_once(course):
    _session, made = course
    for one in made:
        ended(one, "completed", people=1)
        ended(one, "completed", people=1)  # a correction: the sum stands
        ended(one, "employed", people=2)
        ended(one, "employed", after_days=90, people=1)
        ended(one, "passed", people=2)

    ended_on = TWO_EVENINGS[-1][1].date().replace(day=1)
    assert cells("completed") == [("620200", ended_on, Decimal(10))]
    assert cells("employed") == [("620200", ended_on, Decimal(10))]


def test_tells_how_long_people_waited():
    session = offers.session(10, at=OCTOBER)
    holding = [offers.booked(session, at=OCTOBER) for _ in range(10)]
    for _ in range(10):
        offers.booked(session, at=OCTOBER, wait=True)
    for number, one in enumerate(holding):
        at = OCTOBER + timedelta(days=1 if number < 5 else 4)
        if number == 9:
            assert cells("waiting_days") == []
        booking.cancel(at=at, booking=one)

    assert cells("waiting_days") == [("620200", date(2026, 10, 1), Decimal("2.5"))]


def test_becomes_facts_that_rest_on_records(course):
    _session, made = course
    for one in made:
        ended(one, "completed", people=2)

    for figure in FIGURES:
        facts.compute(by=system("compute"), at=NEXT_YEAR, figure=figure)

    kept = Fact.objects.get(indicator__code="offers.completed")
    assert (kept.value, kept.status) == (10, Fact.EVIDENCED)
    public = set(Indicator.objects.filter(public=True).values_list("code", flat=True))
    assert public == {
        "offers.places", "offers.booked", "offers.coverage", "offers.lessons", "offers.waiting_days",
        "offers.works", "offers.quiz_answers", "offers.fair_posts",
    }  # fmt: skip


def test_counts_anew_only_when_something_happened_or_a_day_has_passed(course):
    with time_machine.travel(BEGINS, tick=False) as clock:
        version = FIGURES[0].version()
        assert FIGURES[0].version() == version
        booking.cancel(at=OCTOBER, booking=course[1][0])
        cancelled = FIGURES[0].version()
        assert cancelled != version
        clock.shift(86_400)
        assert FIGURES[0].version() != cancelled


def test_counts_in_few_queries(course, django_assert_max_num_queries):
    for figure in FIGURES:
        with django_assert_max_num_queries(2):
            list(figure.cells(NEXT_YEAR))
