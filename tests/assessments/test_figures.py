"""What assessments count of themselves: exact numbers, by place and year, never of people."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from linli.assessments.actions import awarding, correcting, register
from linli.assessments.figures import FIGURES
from linli.assessments.models import Finding, Score
from linli.facts.actions import compute
from linli.facts.models import Fact, Indicator
from linli.kernel.actors import system
from tests.town import assessments as town
from tests.town import impacts, inspections, notices

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
NEXT = datetime(2027, 5, 3, 2, tzinfo=UTC)
PLACE = "620200"


@pytest.fixture
def counted():
    """What a figure says at a moment, by year."""

    def cells(name, at=NOW):
        figure = next(one for one in FIGURES if one.name == f"assessments.{name}")
        with time_machine.travel(at, tick=False):
            found = [(one.area, one.period.start.year, one.value) for one in figure.cells(at)]
        assert {area for area, _year, _value in found} <= {PLACE}
        return {of_year: value for _area, of_year, value in found}

    return cells


def test_counts_nothing_of_nothing_and_nobody(db):
    assert [one.name for one in FIGURES if list(one.cells(NOW))] == []
    assert not any(one.about_people for one in FIGURES)


def test_counts_units_by_scheme_and_level_until_they_are_withdrawn(counted):
    held = notices.round_(at=NOW)
    award, named_at = notices.named("甲社区", at=NOW, of=held)
    code = held.scheme.code.lower().replace("-", "")

    assert counted("units_named", NEXT) == {2026: 1, 2027: 1}
    assert counted(f"named_{code}_1", NEXT) == {2026: 1, 2027: 1}
    assert counted(f"named_{code}_2", NEXT) == {}
    task = notices.rechecked(award, at=named_at)
    ended = awarding.Outcome("withdrawn", "窗口已撤。", task)
    with time_machine.travel(NEXT, tick=False):
        awarding.conclude(by=town.planner(), at=NEXT, award=award, outcome=ended)
    assert counted("units_named", NEXT) == {2026: 1, 2027: 0}


def test_keeps_what_it_counts_as_facts(db):
    notices.named("甲社区", at=NOW)
    with time_machine.travel(NEXT, tick=False):
        for figure in FIGURES:
            compute(by=system("facts compute"), at=NEXT, figure=figure)
        again = [compute(by=system("facts compute"), at=NEXT, figure=one) for one in FIGURES]

    named = Fact.objects.current().filter(indicator__code="assessments.units_named")
    assert sorted(named.values_list("period_from__year", "value")) == [(2026, 1), (2027, 1)]
    assert not Indicator.objects.filter(about_people=True).exists()
    assert all(one.skipped for one in again)


def test_tells_scores_and_days_in_a_stage(counted):
    held = notices.round_(at=NOW)
    full = notices.scored("甲社区", at=NOW, of=held)
    half = {"self": {"a": "no", "b": "12"}} | {
        one: {"a": "yes", "b": "0"} for one in ("cross", "site")
    }
    notices.told(full, notices.scored("乙社区", at=NOW, of=held, says=half), at=NOW)

    share = (10_000 + last_share("乙社区")) / 2
    assert counted("score_mean") == {2026: (Decimal(share) / 100).quantize(Decimal("0.1"))}
    assert counted("days_in_notice", NEXT) == {}
    later = notices.ended(full, at=NOW)
    days = Decimal((later - NOW).total_seconds()) / 86_400
    assert counted("days_in_notice", NEXT) == {2026: days.quantize(Decimal("0.1"))}


def last_share(name):
    return Score.objects.filter(candidacy__subject__name=name).last().share


def test_counts_objections_and_those_upheld(counted):
    one = notices.scored("甲社区", at=NOW, of=notices.round_(at=NOW))
    notices.told(one, at=NOW)
    first, second = (notices.objected(one, at=NOW).objection for _ in range(2))
    assert (counted("objections"), counted("objections_upheld")) == ({2026: 2}, {})

    notices.resolved(first, at=NOW)
    notices.resolved(second, at=NOW, upheld=True, back="score")

    assert (counted("objections"), counted("objections_upheld")) == ({2026: 2}, {2026: 1})


def test_counts_inspections_once_they_are_published(counted):
    made = inspections.made(at=NOW)
    assert counted("inspections") == {}
    later = NOW + timedelta(days=60)
    register.publish_due(at=later)
    found = made.findings.count()

    assert counted("inspections", later) == {2026: 1}
    assert counted("findings", later) == {2026: found}
    order = correcting.order(
        by=inspections.officer(), at=later, finding=made.findings.first(), words="修好", days=5
    )
    seen = correcting.Seen(met=True, words="已修好")
    correcting.check(by=inspections.officer(), at=NEXT, order=order, seen=seen)
    assert Finding.objects.filter(state=Finding.CLOSED).count() == 1
    assert counted("findings_closed", NEXT) == {2027: 1}


def test_counts_decisions_and_those_that_were_turned(counted):
    later = NOW + timedelta(days=31)
    edition = impacts.questions(at=NOW)
    for number, outcome in enumerate(("go", "change", "stop")):
        impact = impacts.opened(at=NOW, edition=edition, name=f"决策{number}")
        impacts.assessed(impact, at=NOW)
        impacts.decided(impact, at=later, outcome=outcome)

    assert counted("decisions_assessed", later) == {2026: 3}
    assert counted("decisions_turned", later) == {2026: 2}
