"""What contests, quizzes and volunteers count: by place and month, and nothing that rests on fewer than ten."""

from datetime import UTC, date, datetime

import pytest

from linli.offers.actions import hours, quizzing
from linli.offers.figures import FIGURES
from linli.offers.models import Booking, Pair, Question
from linli.offers.queries.culture_counts import counted_until
from tests.town import culture, offers

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 5, 4, tzinfo=UTC)
LATER = datetime(2027, 2, 4, 4, tzinfo=UTC)
BY_NAME = {figure.name: figure for figure in FIGURES}


def cells(name, at=LATER):
    found = BY_NAME[f"offers.{name}"].cells(at)
    return [(cell.area, cell.period.start, int(cell.value)) for cell in found]


def test_counts_works_in_the_month_in_which_their_contest_closed():
    contest = culture.contest(at=NOVEMBER, days=30)
    for _ in range(9):
        culture.sent(contest, at=NOVEMBER)
    assert cells("works") == []
    culture.sent(contest, at=NOVEMBER)

    assert cells("works") == [("620200", date(2026, 12, 1), 10)]
    assert cells("works", at=contest.closes_at) == []


def test_counts_answers_in_the_month_in_which_their_quiz_ended():
    quiz = culture.quiz(at=NOVEMBER, drawn=3, ends_on=date(2026, 11, 30))
    Question.objects.filter(pk=quiz.questions.first().pk).update(answered=9, rightly=2)
    assert cells("quiz_answers") == []
    visit = quizzing.draw_visit(at=NOVEMBER, quiz=quiz)
    asked = quizzing.questions_of(at=NOVEMBER, quiz=quiz, visit=visit)
    quizzing.answer(at=NOVEMBER, quiz=quiz, visit=visit, given={one.pk: 0 for one in asked})

    assert cells("quiz_answers") == [("620200", date(2026, 11, 1), 12)]
    assert cells("quiz_answers", at=NOVEMBER) == []


def test_counts_hours_that_ten_people_gave():
    session = offers.session(40, at=NOVEMBER, of=offers.offer(at=NOVEMBER, kind="shift"))
    first, second = (offers.booked(session, at=NOVEMBER, size=size) for size in (4, 4))
    third = offers.booked(session, at=NOVEMBER, size=2)
    Booking.objects.update(state=Booking.ATTENDED)
    for booking in (first, second):
        hours.confirm_hours(by=offers.officer(), at=NOVEMBER, booking=booking, minutes=1000)
    assert cells("volunteer_hours") == []
    hours.confirm_hours(by=offers.officer(), at=NOVEMBER, booking=third, minutes=30)

    assert cells("volunteer_hours") == [("620200", date(2026, 12, 1), (8 * 1000 + 60) // 60)]


def test_counts_pairs_that_both_wanted():
    circle = culture.circle(at=NOVEMBER)
    for number in range(11):
        wanted, offered = (
            culture.neighbour(circle, side, at=NOVEMBER).neighbour for side in ("wanted", "offered")
        )
        pair = Pair.objects.create(
            wanted=wanted, offered=offered, code=f"7K3M-92{number:02}", by_name="", by_role="",
            by_unit="", at=NOVEMBER,
        )  # fmt: skip
        Pair.objects.filter(pk=pair.pk).update(wanted_said=True, offered_said=number > 0 or None)
        assert cells("pairs") == ([("620200", date(2026, 11, 1), 10)] if number > 9 else [])


def test_notices_that_something_is_to_be_counted_anew():
    before = counted_until()
    contest = culture.contest(at=NOVEMBER)
    assert counted_until() == before
    culture.sent(contest, at=NOVEMBER)
    assert counted_until() != before
