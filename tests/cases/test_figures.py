"""What cases count about the offices: by place and month, and nothing that rests on fewer than ten."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from linli.cases.actions import following, handling
from linli.cases.figures import FIGURES
from linli.cases.models import Case
from linli.facts import actions as facts
from linli.facts.models import Fact
from linli.kernel.actors import system
from tests.town import cases as town
from tests.town import directory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 4, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 4, 4, tzinfo=UTC)
BY_NAME = {figure.name: figure for figure in FIGURES}


def cells(name, at=NEXT_YEAR):
    found = BY_NAME[f"cases.{name}"].cells(at)
    return [(cell.area, cell.period.start, cell.value) for cell in found]


NOVEMBER = ("620200", date(2026, 11, 1))


@pytest.fixture
def month():
    """Ten cases of November: eight answered after two days, one reopened of them, one withdrawn, one open."""
    made = [town.taken(at=MONDAY) for _ in range(10)]
    for case in made[:8]:
        handling.reply(by=town.officer(), at=MONDAY + timedelta(days=2), case=case, words="好。")
    following.object_to(at=MONDAY + timedelta(days=3), case=made[0], words="没有。")
    following.withdraw(at=MONDAY, case=made[8])
    return made


def noise():
    """Nine cases of another place: too few to be told."""
    elsewhere = directory.area("620201", name="雄关区", level="county")
    for _ in range(9):
        town.closed(at=MONDAY, area=elsewhere)


def test_counts_what_was_asked(month):
    noise()

    assert cells("asked") == [(*NOVEMBER, Decimal(10))]


def test_makes_no_cell_of_fewer_than_ten(month):
    Case.objects.get(pk=month[0].pk)
    noise()

    for figure in FIGURES:
        assert all(cell.area == "620200" for cell in figure.cells(NEXT_YEAR))
    assert cells("answered_in_time") == []  # nine, without the one that was withdrawn
    town.taken(at=MONDAY)
    assert cells("answered_in_time") == [(*NOVEMBER, Decimal("70.0"))]


def test_tells_how_many_were_not_solved(month):
    assert cells("reopened") == []
    for _ in range(2):
        town.answered(at=MONDAY)

    assert cells("reopened") == [(*NOVEMBER, Decimal("10.0"))]


def test_tells_the_bounces(month):
    from linli.cases.actions import handing

    hand_over = town.handed_on(at=MONDAY, case=month[9])
    handing.decline(
        by=town.officer(town.LEGAL), at=MONDAY, hand_over=hand_over, kind="not_ours", words="不。"
    )

    assert cells("bounces") == [(*NOVEMBER, Decimal(1))]


def test_tells_the_median_of_days(month):
    for _ in range(2):
        town.answered(at=MONDAY)

    assert cells("median_days") == [(*NOVEMBER, Decimal("2.0"))]


def test_tells_the_ratings_of_a_month():
    for number in range(10):
        token = following.offer_rating(at=MONDAY, case=town.closed(at=MONDAY))
        solved = "yes" if number < 6 else "no"
        if number == 9:
            assert cells("rating") == []
        following.rate(token=token, grade=5 if number < 5 else 2, solved=solved, at=MONDAY)

    assert cells("rating") == [(*NOVEMBER, Decimal("3.5"))]
    assert cells("rated_solved") == [(*NOVEMBER, Decimal("60.0"))]


def test_becomes_facts(month):
    for figure in FIGURES:
        facts.compute(by=system("compute"), at=NEXT_YEAR, figure=figure)

    assert Fact.objects.filter(indicator__code="cases.asked").get().value == 10


def test_counts_anew_only_when_something_happened(month):
    version = FIGURES[0].version()

    assert FIGURES[0].version() == version
    following.add(at=MONDAY, case=month[9], words="还有。")
    assert FIGURES[0].version() != version
