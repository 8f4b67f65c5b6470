"""What the demo says of the five places is what the sources say, each with its sentence; and its plans live."""

from decimal import Decimal

import pytest

from linli.demo import town
from linli.facts.models import Evidence, Fact
from linli.facts.queries import contradictions
from linli.plans import queries
from linli.plans.models import Meeting, Programme, Task
from linli.plans.rules.lamp import Lamp
from linli.reports.models import Verdict

pytestmark = pytest.mark.django_db

QILIHE, JIAYUGUAN, LANZHOU, LIUBEI, JINNIU = "620103", "620200", "620100", "450205", "510106"
# DOMAIN.md: place, indicator, value, bound, year in which the period begins.
KNOWN = {
    (QILIHE, "area.groups", "45", "exact", 2018),
    (QILIHE, "area.minority_residents", "100000", "approx_below", 2018),
    (QILIHE, "area.minority_share", "15.4", "exact", 2018),
    (QILIHE, "plans.lines", "9", "exact", 2018),
    (JIAYUGUAN, "area.groups", "29", "exact", 2019),
    (JIAYUGUAN, "area.minority_residents", "6200", "more_than", 2019),
    (JIAYUGUAN, "funds.paired_assistance", "8000000", "exact", 2019),
    (JIAYUGUAN, "projects.floor_area", "7000.3", "exact", 2019),
    (JIAYUGUAN, "jobs.posts_offered", "151", "exact", 2019),
    (LANZHOU, "funds.price_subsidy", "2250480", "exact", 2016),
    (LANZHOU, "funds.price_subsidy_city", "1125240", "exact", 2016),
    (LANZHOU, "funds.price_subsidy_county", "1125240", "exact", 2016),
    (LANZHOU, "training.trainees", "70", "exact", 2016),
    (LANZHOU, "training.officials", "50", "exact", 2016),
    (LANZHOU, "training.teachers", "55", "exact", 2016),
    (LANZHOU, "training.attendances", "300", "approx", 2016),
    (LIUBEI, "schools.lesson_coverage", "100", "exact", 2022),
    (LIUBEI, "meetings.joint", "2", "exact", 2022),
    (LIUBEI, "recognition.units_honoured", "10", "exact", 2022),
    (LIUBEI, "recognition.national", "1", "exact", 2022),
    (LIUBEI, "recognition.regional", "7", "exact", 2022),
    (LIUBEI, "recognition.city", "42", "exact", 2022),
    (JINNIU, "area.minority_residents", "30000", "more_than", 2022),
    (JINNIU, "training.courses", "10", "exact", 2022),
    (JINNIU, "training.attendances", "500", "approx_below", 2022),
    (JINNIU, "training.craft_sessions", "50", "more_than", 2022),
    (JINNIU, "training.craft_women", "1000", "approx_below", 2022),
    (JINNIU, "requests.settled", "10", "more_than", 2022),
    (JINNIU, "stations.open", "5", "exact", 2022),
    (JINNIU, "places.theme_streets", "19", "exact", 2022),
    (JINNIU, "places.park_sites", "3", "exact", 2022),
    (JINNIU, "exchange.teams", "6", "exact", 2010),
    (JINNIU, "exchange.sent", "158", "exact", 2010),
    (JINNIU, "funds.public", "303000000", "exact", 2010),
    (JINNIU, "funds.social", "48360000", "exact", 2010),
    (JINNIU, "projects.done", "260", "exact", 2010),
    (JINNIU, "economy.gdp_growth", "14.58", "exact", 2010),
    (JINNIU, "economy.poverty_rate", "22.88", "exact", 2014),
    (JINNIU, "economy.poverty_rate", "0.26", "exact", 2019),
}


@pytest.fixture
def filled(noon):
    town.fill(size=1, at=noon)
    return noon


def test_holds_what_the_sources_say_with_the_sentence(filled):
    claims = Fact.objects.filter(evidence__kind=Evidence.SPAN).select_related("evidence")
    said = {
        (fact.area_id, code, fact.value, fact.bound, fact.period_from.year)
        for fact, code in zip(
            claims.order_by("pk"),
            claims.order_by("pk").values_list("indicator__code", flat=True),
            strict=True,
        )
    }

    assert {(*row[:2], Decimal(row[2]), *row[3:]) for row in KNOWN} - said == set()
    assert all(fact.status == Fact.CLAIMED for fact in claims)
    assert all(fact.evidence.address.startswith("/reports/") for fact in claims)
    assert not Verdict.objects.filter(out_of_scope=True, verb__in=["accept", "merge"]).exists()


def test_keeps_a_live_plan_for_each_place(filled):
    for area in (QILIHE, JIAYUGUAN, LANZHOU, LIUBEI, JINNIU):
        counts = queries.public_ledger(queries.Filters(area=area, year=filled.year), filled).counts
        assert counts[Lamp.GREEN] >= 2, area
        assert counts[Lamp.RED] + counts[Lamp.AMBER] >= 2, area
        assert Meeting.objects.filter(body__area=area).count() == 2, area
    everything = queries.public_ledger(queries.Filters(), filled).counts
    assert all(everything[lamp] for lamp in Lamp)
    assert Programme.objects.published().count() == Programme.objects.count() == 10
    assert not Task.objects.filter(promised_at=None).exists()


def test_shows_drift_a_contradiction_and_what_others_confirm(filled):
    moved = [task for task in Task.objects.all() if task.first_due_on != task.due_on]
    (found,) = contradictions()

    assert len(moved) >= 8
    assert {found.first.value, found.second.value} == {58, 56}
    assert Fact.objects.current().filter(status=Fact.CONFIRMED).count() == 2
