from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from linli.facts import actions, queries
from linli.facts.actions import Statement
from linli.facts.models import Fact
from linli.facts.queries import pairs
from linli.kernel.codes import code_of
from tests.town import directory
from tests.town import facts as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def corrected(fact, value, *, at):
    return actions.correct(
        by=actor(), at=at, fact=fact, statement=Statement(Decimal(value)), status=fact.status,
        evidence=fact.evidence, reason="更正",
    )  # fmt: skip


@pytest.fixture
def noise(noon):
    """What a query that forgets a filter would return: another indicator, another place, a withdrawal."""
    town.fact("1", at=noon, indicator=town.indicator("another.one"), source="甲")
    town.fact("2", at=noon, area=directory.area("620100", name="兰州市"), source="甲")
    gone = town.fact("3", at=noon, period="2001", source="甲")
    actions.withdraw(by=actor(), at=noon, fact=gone, evidence=gone.evidence, reason="错")


def test_returns_a_series_as_known_now_and_then(noon, noise, django_assert_num_queries):
    later, area = noon + timedelta(days=1), directory.area()
    first = town.fact("300", at=noon, period="2019")
    town.fact("200", at=noon, period="2018")
    corrected(first, "310", at=later)

    with django_assert_num_queries(1):
        now = [
            (f.period_from.year, int(f.value), f.evidence.source, f.area.name)
            for f in queries.series(first.indicator, area=area)
        ]  # fmt: skip
    assert now == [(2018, 200, "统计局", "嘉峪关市"), (2019, 310, "统计局", "嘉峪关市")]
    then = queries.series(first.indicator, area=area, when=noon)
    assert [int(f.value) for f in then] == [200, 300]
    assert not queries.series(first.indicator, when=noon - timedelta(seconds=1)).exists()
    assert {f.area_id for f in queries.series(first.indicator)} == {"620200", "620100"}


def test_tells_a_figures_story_from_any_of_its_vintages(noon, noise):
    first = town.fact("300", at=noon)
    second = corrected(first, "310", at=noon)
    third = corrected(second, "305", at=noon + timedelta(days=1))
    town.fact("300", at=noon + timedelta(days=1), source="另一家")

    for one in (first, second, third):
        assert queries.vintages(one) == [first, second, third]
        assert queries.newest(one) == third


def test_cites_by_code(noon):
    fact = town.fact(at=noon)
    hidden = town.fact(at=noon, indicator=town.indicator("in.house", public=False))

    assert queries.cited(fact.code) == fact
    assert queries.cited(fact.code.lower().replace("-", " ")) == fact
    assert queries.cited(hidden.code) is None
    assert queries.cited(hidden.code, hidden=True) == hidden
    for code in ("", "no code", "0000-0000", code_of(fact.pk + 999), "ZZZZ-ZZZZ"):
        assert queries.cited(code) is None


def test_gathers_the_facts_of_many_pairs_at_once(noon, noise, django_assert_num_queries):
    here, there = directory.area(), directory.area("620100", name="兰州市")
    one = town.fact("300", at=noon, period="2019")
    two = town.fact("200", at=noon, period="2018")
    other = town.fact("7", at=noon, area=there, period="2018", source="乙")
    wanted = [(one.indicator_id, here.pk), (one.indicator_id, "999999")]

    with django_assert_num_queries(1):
        found = queries.facts_for(wanted)

    assert found == {(one.indicator_id, here.pk): [two, one]}
    assert other in queries.facts_for([(one.indicator_id, there.pk)])[one.indicator_id, there.pk]
    assert queries.facts_for([]) == {}
    assert queries.facts_for(wanted, when=noon - timedelta(seconds=1)) == {}


def test_lists_indicators_by_words_kind_and_who_sees_them(noon):
    town.indicator()
    town.indicator(
        "money.spent", name="支出", name_en="Spent", kind="money", unit="CNY", public=False
    )

    def codes(**asked):
        return [one.code for one in queries.listed_indicators(**asked)]

    assert codes() == ["money.spent", "training.trained"]
    assert codes(words="培训 人次") == ["training.trained"]
    assert codes(words="spent") == codes(kind="money") == codes(public=False) == ["money.spent"]
    assert codes(words="培训", kind="money") == []


def test_counts_what_is_known_of_each_indicator(noon, noise, django_assert_num_queries):
    fact = town.fact(at=noon, period="2020")

    with django_assert_num_queries(1):
        known = queries.fact_counts([fact.indicator])

    assert known[fact.indicator_id][:2] == (2, 2)
    assert known[fact.indicator_id].until.isoformat() == "2021-01-01"


def test_finds_what_contradicts_what_with_both_sources(noon, noise, django_assert_num_queries):
    level = town.indicator("population.all", name="常住人口", adds_up=False)
    a = town.fact("300", at=noon, indicator=level, source="甲")
    town.fact("301", "approx", at=noon, indicator=level, source="乙")
    c = town.fact("310", at=noon, indicator=level, source="丙", evidence=town.span("丙"))
    town.fact("310", at=noon, indicator=level, source="丁", period="2020")
    part = town.fact("30", at=noon, source="甲", period="2019-03")
    whole = town.fact("29", at=noon, source="乙", period="2019")
    town.fact("28", at=noon, source="丙", period="2019-06/2020-05")

    with django_assert_num_queries(2):
        found = [
            (pair.first.pk, pair.second.pk, pair.second.evidence.source, pair.first.indicator.code)
            for pair in queries.contradictions()
        ]

    assert found == [
        (part.pk, whole.pk, "乙", "training.trained"),
        (a.pk, c.pk, "丙", "population.all"),
    ]
    assert len(queries.contradictions(indicator=level)) == 1
    assert queries.contradictions(area=directory.area("620100")) == []
    assert len(queries.contradictions(most=1)) == 1


@pytest.mark.parametrize("how", ["correct", "withdraw"])
def test_finds_no_contradiction_once_one_side_gave_in(noon, how):
    town.fact("300", at=noon, source="甲")
    wrong = town.fact("310", at=noon, source="乙")
    assert len(queries.contradictions()) == 1

    if how == "correct":
        corrected(wrong, "300", at=noon)
    else:
        actions.withdraw(by=actor(), at=noon, fact=wrong, evidence=wrong.evidence, reason="错")

    assert queries.contradictions() == []


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (("300", "exact"), ("300", "more_than"), 1),
        (("300", "exact"), ("300", "at_least"), 0),
        (("300", "less_than"), ("300", "at_least"), 1),
        (("300", "approx_below"), ("300", "exact"), 1),
        (("300", "approx_below"), ("250", "exact"), 0),
        (("300", "more_than"), ("400", "more_than"), 0),
        (("-5", "exact"), ("-4", "exact"), 1),
    ],
)
def test_leaves_no_contradiction_of_the_rule_out(noon, one, other, count):
    town.indicator(kind="growth")
    town.fact(*one, at=noon, source="甲")
    town.fact(*other, at=noon, source="乙")

    assert len(queries.contradictions()) == count
    assert Fact.objects.count() == 2


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL plans from its own statistics"
)
def test_looks_for_contradictions_along_the_index_of_subjects():
    """Another plan takes minutes with some hundred thousand facts."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {pairs._CANDIDATES.format(only='')}")
        steps = [row[3] for row in cursor.fetchall()]

    along = "SEARCH b USING INDEX fact_subject (indicator_id=? AND area_id=? AND period_from<?)"
    assert along in steps
