"""Cells: what may be said of places and nothing else, however many places there are."""

from datetime import timedelta
from decimal import Decimal

import pytest

from linli.atlas.queries import cells as queries
from linli.atlas.queries.cells import cells, histories, tables
from linli.facts import actions
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import of_iso
from linli.facts.rules.released import NotReleased, Released, of_things
from tests.town import atlas_keep, directory, facts
from tests.town import atlas_views as built
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

YEAR = of_iso("2024")


@pytest.fixture
def heard(monkeypatch):
    return atlas_keep.heard(monkeypatch)


def by_code(indicator, *, period=YEAR, as_of=None):
    _, counties = built.town()
    return {cell.area_code: cell for cell in cells(indicator, counties, period, as_of)}


def test_tells_each_place_in_order_and_holes_as_holes():
    facts_of = built.said({"990203": 25, "990201": 40})
    _, counties = built.town()

    found = cells(built.schools(), counties, YEAR)

    assert [cell.area_name for cell in found] == ["东县", "南县", "西县", "北县"]
    assert [cell.value for cell in found] == [40, None, 25, None]
    assert found[0].fact_code == facts_of["990201"].code
    assert (found[0].status, found[0].source) == (Fact.EVIDENCED, "统计局")
    assert found[1].released is None
    assert not found[1].is_kept_back


def test_says_official_counts_of_people_as_published():
    people = facts.indicator(
        "population.residents", name="常住人口", unit="person", about_people=True
    )
    built.said({"990201": 7}, indicator=people)

    said = by_code(people)["990201"].released

    # Seven is fewer than ten; the office that counted has said it, so it is not ours to keep back.
    assert (said.value, said.ground, said.decision) == (7, "published", "统计局")


def test_says_nothing_of_what_the_public_may_not_see(monkeypatch):
    hidden = facts.indicator(
        "people.counted", name="参加人数", unit="person", about_people=True, public=False
    )
    built.said({"990201": 7}, indicator=hidden, evidence=facts.query())

    assert by_code(hidden)["990201"].released is None
    assert histories([hidden], built.town()[1]) == {hidden.pk: []}

    # Control: were it marked public by mistake, the gate would still stand in the way.
    hidden.public = True
    assert by_code(hidden)["990201"].released is None
    monkeypatch.setattr(queries, "sayable", lambda fact: of_things(fact.value))
    assert by_code(hidden)["990201"].value == 7


def test_keeps_back_what_the_gate_keeps_back(heard):
    release = atlas_keep.released()
    twin = Indicator.objects.get(released_by__product=release.product)
    areas = [directory.area(code) for code in atlas_keep.COUNTIES]

    found = {cell.area_code: cell for cell in cells(twin, areas, of_iso("2025"))}

    assert found["990103"].is_kept_back
    assert found["990105"].is_kept_back
    assert found["990103"].status == "kept_back"
    assert found["990103"].released.decision == release.code
    assert found["990103"].fact_code == ""
    assert found["990101"].value % 5 == 0
    assert found["990101"].released.ground == "gate"
    # What was not decided then was not known then.
    earlier = cells(twin, areas, of_iso("2025"), atlas_keep.LATE - timedelta(days=1))
    assert all(cell.released is None for cell in earlier)
    assert [
        one.value for one in histories([twin], areas)[twin.pk] if one.area_code == "990103"
    ] == [None]


def test_takes_the_firmest_statement_then_the_newest():
    built.said({"990201": 39}, source="区报", status=Fact.CLAIMED, at=facts.NOON)
    built.said({"990201": 40}, source="统计局")
    built.said(
        {"990201": 41}, source="晚报", status=Fact.CLAIMED, at=facts.NOON + timedelta(days=1)
    )

    cell = by_code(built.schools())["990201"]

    assert (cell.value, cell.source, cell.others) == (40, "统计局", 2)


def test_knows_what_was_known_then():
    fact = built.said({"990201": 40})["990201"]
    later = facts.NOON + timedelta(days=2)
    evidence = facts.statement("统计局", at=later)
    actions.withdraw(by=actor(), at=later, fact=fact, evidence=evidence, reason="数错了")

    assert by_code(built.schools())["990201"].released is None
    then = by_code(built.schools(), as_of=facts.NOON + timedelta(days=1))
    assert then["990201"].value == 40


def test_asks_exactly_for_the_period():
    built.said({"990201": 40}, period="2024")
    built.said({"990201": 3}, period="2024-01")

    assert by_code(built.schools())["990201"].value == 40
    assert by_code(built.schools(), period=of_iso("2024-01"))["990201"].value == 3
    assert by_code(built.schools(), period=of_iso("2023/2024"))["990201"].released is None


def test_needs_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    built.said(built.SCHOOLS)
    people = facts.indicator(
        "population.residents", name="常住人口", unit="person", about_people=True
    )
    built.said(dict.fromkeys(built.NAMES, 900), indicator=people)
    _, counties = built.town()
    schools = built.schools()

    with django_assert_num_queries(1):
        cells(schools, counties, YEAR)
    with django_assert_num_queries(2):
        found = tables([(schools, YEAR), (people, YEAR), (schools, of_iso("2023"))], counties)
    assert [len(one) for one in found.values()] == [4, 4, 4]
    assert isinstance(found[people.pk, YEAR][0].released, Released)
    assert found[people.pk, YEAR][0].value == Decimal(900)
    with django_assert_num_queries(2):
        histories([schools, people], counties)


def test_nobody_makes_a_released_figure_past_the_gate():
    with pytest.raises(NotReleased):
        Released(Decimal(3), "gate", "X")
