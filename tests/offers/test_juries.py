"""Juries with criteria: exact sums, how far judges agree, old marks beside new ones."""

from fractions import Fraction

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused
from linli.kernel.weighing import divided, weighed
from linli.offers.actions import contests
from linli.offers.forms.contests import CriteriaField
from linli.offers.models import Contest, Criterion, Grade, Mark
from linli.offers.queries.jury import jury, points_given
from linli.offers.queries.works import winners
from tests.town import culture, offers

CRITERIA = (("章法", 2), ("笔法", 1))


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=9))
def test_weighs_exactly_in_any_order(parts):
    total = sum(weight for weight, _points in parts)

    assert weighed(parts) == sum(Fraction(w * p, total) for w, p in parts)
    assert weighed(reversed(parts)) == weighed(parts)


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_divides_half_to_even(amount, by):
    assert divided(amount, by) == round(Fraction(amount, by))


@pytest.fixture
def contest(db, noon):
    return culture.contest(at=noon, criteria=CRITERIA)


@pytest.fixture
def entries(contest, noon):
    return [culture.sent(contest, at=noon).entry for _ in range(3)]


def graded(entry, *points, by="评委甲"):
    verdict = contests.Verdict(grades=dict(enumerate(points, 1)))
    judge = culture.judge(by)
    return contests.grade(by=judge, at=entry.contest.closes_at, entry=entry, given=verdict)


def told(contest):
    at = contest.closes_at
    placed = contests.tell_result(by=offers.officer(), at=at, contest=contest)
    contest.refresh_from_db()
    return placed


def test_decides_by_the_exact_sum_where_whole_points_are_equal(contest, entries):
    graded(entries[0], 80, 81)  # 80 and a third
    graded(entries[1], 80, 80)
    graded(entries[2], 80, 80)

    placed = told(contest)

    assert {mark.points for mark in Mark.objects.all()} == {80}
    assert placed[0] == (entries[0].number, Fraction(241, 3), 1, False)
    assert [one.place for one in placed] == [1, 2, 2]
    assert [one.number for one in winners(contest)] == [entries[0].number]


def test_tells_how_far_judges_agree_by_criterion(contest, entries):
    for judge, points in (("评委甲", (90, 50, 10)), ("评委乙", (90, 50, 10))):
        for entry, one in zip(entries, points, strict=True):
            other = one if judge == "评委甲" else 100 - one
            graded(entry, one, other, by=judge)
    told(contest)

    found = jury(contest)

    assert (found.judges, found.works) == (2, 3)
    assert found.criteria[0] == ("章法", 2, 1.0)
    assert found.criteria[1].alpha < 0 < found.alpha < 1


def test_reads_marks_that_have_no_grades(noon, db):
    old = culture.contest(at=noon)
    one, other = (culture.sent(old, at=noon).entry for _ in range(2))
    culture.judged(old, {one: 90, other: 60}, at=old.closes_at, judges=("评委甲", "评委乙"))
    old.refresh_from_db()

    assert points_given(old)[one.number] == {
        f"{offers.LABOUR}\n评委甲": Fraction(90), f"{offers.LABOUR}\n评委乙": Fraction(90),
    }  # fmt: skip
    assert (jury(old).alpha, jury(old).criteria) == (1.0, [])


def test_thinks_again_without_another_row(contest, entries):
    graded(entries[0], 10, 10)
    graded(entries[0], 70, 40)

    assert list(Grade.objects.values_list("points", flat=True)) == [70, 40]
    assert Mark.objects.get().points == 60


@pytest.mark.parametrize(
    "verdict",
    [
        contests.Verdict(points=80),
        contests.Verdict(grades={1: 80}),
        contests.Verdict(grades={1: 80, 2: 101}),
        contests.Verdict(grades={1: 80, 2: -1}),
        contests.Verdict(points=80, grades={1: 80, 2: 80}),
        contests.Verdict(),
    ],
)
def test_refuses_what_is_no_grade(contest, entries, verdict):
    with pytest.raises(Refused) as refused, transaction.atomic():
        contests.grade(by=culture.judge(), at=contest.closes_at, entry=entries[0], given=verdict)

    assert refused.value.code == "points_wrong"
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    "criteria", [[("", 1)], [("甲", 0)], [("甲", 101)], [("甲", 1), (" 甲", 2)], [("字" * 61, 1)]]
)
def test_refuses_criteria_that_are_none(noon, db, criteria):
    with pytest.raises(Refused) as refused, transaction.atomic():
        culture.contest(at=noon, criteria=criteria)

    assert refused.value.code == "criteria_wrong"
    assert not Contest.objects.exists()


def test_keeps_criteria_and_grades_by_the_database(contest, entries, noon):
    graded(entries[0], 10, 10)
    other = culture.contest(at=noon, criteria=CRITERIA).criteria.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Criterion.objects.update(weight=9)
    with pytest.raises(DatabaseError, match="before works come"), transaction.atomic():
        Criterion.objects.create(contest=contest, number=3, name="又一条", weight=1)
    with pytest.raises(DatabaseError, match="of its contest"), transaction.atomic():
        Grade.objects.create(mark=Mark.objects.get(), criterion=other, points=1)
    for entry in entries[1:]:
        graded(entry, 10, 10)
    told(contest)

    with pytest.raises(DatabaseError, match="until the result"), transaction.atomic():
        Grade.objects.update(points=100)


def test_reads_criteria_a_line_each():
    field = CriteriaField(required=False)

    assert field.clean("章法 40\r\n笔法：60\n\n内容 深度 5") == [
        ("章法", 40), ("笔法", 60), ("内容 深度", 5),
    ]  # fmt: skip
    assert field.clean("") == []
    with pytest.raises(ValidationError):
        field.clean("章法")


def test_asks_the_jury_by_criterion_and_tells_everybody_how_it_agreed(contest, entries, client):
    who = Staff.objects.create(
        username="one",
        name="评委甲",
        role=Role.OFFICER,
        unit=offers.LABOUR,
        password="long-enough-1",
    )
    code, number = contest.offer.code, entries[0].number
    page = f"/en/console/offers/contests/{code}/{number}/"
    with time_machine.travel(contest.closes_at, tick=False):
        client.force_login(who)
        assert [*client.get(page).context["form"].fields] == ["grade_1", "grade_2", "words"]
        assert client.post(page, {"grade_1": "80"}).status_code == 422
        assert client.post(page, {"grade_1": "80", "grade_2": "50"}).status_code == 302
        assert Mark.objects.get().points == 70
        for entry in entries[1:]:
            graded(entry, 20, 90)
        for entry, points in zip(entries, (90, 15, 25), strict=True):
            graded(entry, points, points, by="评委乙")
        told(contest)
        shown = client.get(f"/en/contests/{code}/")

    assert shown.context["jury"].judges == 2
    assert f"{shown.context['jury'].alpha:.2f}" in shown.content.decode()
