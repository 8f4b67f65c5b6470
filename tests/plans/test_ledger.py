import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from linli.directory.models import Area
from linli.facts import actions as facts
from linli.facts.models import Fact
from linli.facts.rules.periods import Period
from linli.facts.rules.statements import Statement
from linli.plans import actions
from linli.plans.models import Task
from linli.plans.queries import Filters, ledger, lit, public_ledger, row_of
from linli.plans.queries.filters import ORDERS
from linli.plans.rules.lamp import PROOF, Known, Lamp, Reason, Standing, why, window
from tests.town import directory
from tests.town import facts as fact_town
from tests.town import plans as town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def codes(found):
    return [row.task.code for row in found.rows()]


@pytest.fixture
def field(noon):
    """Tasks that differ in everything that can be asked of them, and noise beside each."""
    lanzhou = directory.area("620100", name="兰州市")
    first = town.measure(at=noon, title="办好技能培训")
    second = town.measure(at=noon, programme=first.programme, title="开展法律援助")
    programme = town.programme(at=noon, title="兰州方案", area=lanzhou)
    other = directory.unit(town.OTHER)
    made = {
        "plain": town.task(at=noon, measure=first, title="编写教材"),
        "overdue": town.task(at=noon, measure=first, title="开班", due_on=date(2026, 3, 31)),
        "shared": town.task(
            at=noon,
            measure=second,
            title="设立窗口",
            responsible=(other,),
            due_on=date(2027, 3, 31),
        ),
        "elsewhere": town.task(
            at=noon,
            measure=town.measure(at=noon, programme=programme, title="宣传"),
            lead=other,
            title="印发资料",
            due_on=date(2027, 6, 30),
        ),
    }
    actions.publish_programme(by=town.planner(), at=noon, programme=first.programme)
    return made


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "elsewhere plain overdue shared"),
        ({"area": "620200"}, "plain overdue shared"),
        ({"area": "620000"}, "elsewhere plain overdue shared"),
        ({"unit": town.OTHER}, "elsewhere shared"),
        ({"unit": "市教育局"}, ""),
        ({"lamp": "red"}, "overdue"),
        ({"lamp": "grey"}, "elsewhere shared"),
        ({"state": "open", "year": 2026}, "plain overdue"),
        ({"state": "accepted"}, ""),
        ({"words": "法律 窗口"}, "shared"),
        ({"words": "教育局 资料"}, "elsewhere"),
        ({"due_from": date(2026, 12, 31), "due_until": date(2027, 3, 31)}, "plain shared"),
        ({"order": "due"}, "overdue plain shared elsewhere"),
        ({"order": "-due"}, "elsewhere shared plain overdue"),
        ({"order": "lamp"}, "elsewhere shared plain overdue"),
        ({"order": "-lamp"}, "overdue plain elsewhere shared"),
        ({"order": "title"}, "elsewhere overdue plain shared"),
    ],
)
def test_shows_what_the_filters_ask_for_in_their_order(noon, field, asked, expected):
    found = ledger(Filters(**asked), noon)

    names = {task.code: name for name, task in field.items()}
    shown = [names[code] for code in codes(found)]
    if asked.get("order") == "title":  # databases sort Chinese words each in its own way
        shown, expected = sorted(shown), " ".join(sorted(expected.split()))
    assert " ".join(shown) == expected
    assert list(found.lamps) == [field[name].pk for name in shown]


def test_finds_one_programme_and_one_measure(noon, field):
    plain = field["plain"]

    of_programme = ledger(Filters(programme=plain.measure.programme.code), noon)
    of_measure = ledger(Filters(measure=plain.measure.code), noon)

    assert len(codes(of_programme)) == 3
    assert codes(of_measure) == [plain.code, field["overdue"].code]
    assert [row.task.code for row in of_programme.of_measure(plain.measure_id)] == codes(of_measure)


def test_counts_all_lamps_whichever_is_shown(noon, field):
    found = ledger(Filters(lamp="red"), noon)

    assert found.counts == {"green": 0, "grey": 2, "blue": 1, "amber": 0, "red": 1}
    assert found.page(1).paginator.count == 1


def test_shows_the_public_only_what_is_promised(noon, field):
    found = public_ledger(Filters(), noon)

    assert set(codes(found)) == {field[name].code for name in ("plain", "overdue", "shared")}
    assert codes(public_ledger(Filters(), noon - DAY)) == []


def test_orders_by_how_far_promises_moved(noon, field):
    move = actions.ask_move(
        by=town.planner(), at=noon, task=field["overdue"], due_on=date(2027, 1, 1), target=None,
        reason="x",
    )  # fmt: skip
    actions.decide_move(by=town.supervisor(), at=noon, move=move, approved=True)

    found = ledger(Filters(order="-drift"), noon)

    first = found.rows()[0]
    assert (first.task.code, first.drift) == (field["overdue"].code, 276)
    assert [said.reason for said in first.task.approved_moves] == ["x"]
    assert ledger(Filters(order="drift"), noon).rows()[-1].drift == 276


def test_reads_filters_from_an_address_and_writes_them_back(noon):
    filters = Filters(
        area="620200", programme="7K3M-92QD", unit=town.LEAD, lamp="red", state="open", year=2026,
        words="培训 教材", due_from=date(2026, 1, 1), order="-due",
    )  # fmt: skip

    from django.http import QueryDict

    assert Filters.of(QueryDict(filters.query)) == filters
    assert Filters().query == ""
    assert filters.but(lamp="").query == filters.query.replace("lamp=red&", "")


@pytest.mark.parametrize(
    "wrong", ["lamp", "state", "order", "year", "due_from", "due_until", "page", "colour"]
)
def test_leaves_out_what_makes_no_sense_in_an_address(wrong):
    assert Filters.of({wrong: "٢٠٢٦"}) == Filters()


@pytest.mark.parametrize("order", ORDERS)
def test_pages_through_every_task_once(noon, order):
    first = town.task(at=noon)
    for _ in range(6):
        town.task(at=noon, measure=first.measure)

    found = ledger(Filters(order=order), noon)
    pages = [found.page(number, size=3) for number in (1, 2, 3)]

    shown = [row.task.pk for page in pages for row in page]
    assert sorted(shown) == sorted(Task.objects.values_list("pk", flat=True))
    assert [len(page) for page in pages] == [3, 3, 1]
    assert found.page("99", size=3).number == 3
    assert found.page("x", size=3).number == 1


def test_asks_the_database_no_more_for_many_than_for_few(noon, field, django_assert_num_queries):
    measure = field["plain"].measure
    other = directory.unit(town.OTHER)
    for _ in range(20):
        town.task(at=noon, measure=measure, target=5, responsible=(other,))
    fact_town.fact("9", at=noon, indicator=town.indicator(), period="2026")
    read = []

    with django_assert_num_queries(5):  # tasks, facts; rows, shares, moves
        found = ledger(Filters(), noon)
        for row in found.page(1):
            task = row.task
            read += [task.measure.programme.area.name, task.measure.evidence, task.lead]
            read += [task.indicator, task.evidence, task.proof, *task.approved_moves]
            read += [share.unit.name for share in task.shares.all()]
    assert {town.LEAD, town.OTHER, "兰州市"} <= set(map(str, read))
    with django_assert_num_queries(2):
        assert ledger(Filters(lamp="red"), noon).counts["amber"] == 20


def scatter(noon, seed):
    """Write facts and tasks at random, and return each task's standing with every fact there is."""
    draw = random.Random(seed)
    area, noise = directory.area(), directory.area("620100", name="兰州市")
    indicators = [town.indicator(f"random.i{n}") for n in range(3)]
    for n in range(60):
        start = date(2024, 1, 1) + timedelta(days=draw.randrange(1200))
        until = start + timedelta(days=draw.choice([1, 31, 365, 700]))
        given = {
            "indicator": draw.choice(indicators),
            "area": draw.choice([area, area, noise]),
            "evidence": fact_town.statement(f"源{n % 7}", at=noon, words="数"),
        }
        said = Statement(
            Decimal(draw.randrange(10)), draw.choice(["exact", "approx", "at_least", "at_most"])
        )
        status = draw.choice([Fact.CLAIMED, Fact.EVIDENCED, Fact.CONFIRMED])
        fact = facts.record(
            by=town.planner(), at=noon, period=Period(start, until), statement=said, status=status,
            **given,
        )  # fmt: skip
        if draw.random() < 0.2 and not Fact.objects.filter(supersedes=fact).exists():
            facts.withdraw(
                by=town.planner(), at=noon, fact=fact, evidence=fact.evidence, reason="误"
            )
    measure = town.measure(at=noon)
    for _ in range(80):
        due = draw.choice([None, date(2024, 6, 1) + timedelta(days=draw.randrange(1000))])
        starts = draw.choice([None, date(2024, 1, 1)]) if due else None
        town.task(
            at=noon, measure=measure, due_on=due, starts_on=starts, indicator=draw.choice(indicators),
            target=draw.randrange(10), target_sense=draw.choice(["at_least", "at_most"]),
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_lights_the_same_lamps_from_the_best_fact_as_from_all_facts(noon, seed):
    scatter(noon, seed)
    today = localdate(noon)

    found = {one.task: one.why for one in lit(Task.objects.all(), today)}

    seen = set()
    for task in Task.objects.select_related("measure__programme"):
        programme = task.measure.programme
        since, until = window(task.starts_on, task.due_on, (programme.starts_on, programme.ends_on))
        current = Fact.objects.current().filter(indicator=task.indicator, area=programme.area_id)
        known = tuple(Known._make(row) for row in current.values_list(*Known._fields))
        standing = Standing(
            task.state, task.due_on, since, until, task.target, task.target_sense, facts=known
        )
        assert found[task.pk] == why(standing, today)
        seen.add(found[task.pk])
    assert {Reason.DONE, Reason.OVERDUE} <= seen
    assert Fact.objects.current().filter(status__in=PROOF).exists()


def test_counts_figures_of_the_own_place_only(noon):
    task = town.promised_task(at=noon, target=600)
    given = {"period": "2026", "status": Fact.EVIDENCED, "indicator": task.indicator, "at": noon}
    fact_town.fact("900", area=directory.area("620100", name="兰州市"), **given)
    assert row_of(task, noon).lamp == Lamp.BLUE

    fact_town.fact("900", area=Area.objects.get(code="620200"), **given)

    assert row_of(task, noon).why == Reason.DONE


def test_shows_a_late_milestone(noon):
    task = town.promised_task(at=noon)
    given = {"by": town.planner(), "at": noon, "task": task, "title": "教材"}
    late = actions.add_milestone(**given, due_on=date(2026, 6, 30))
    actions.add_milestone(**given, due_on=date(2026, 12, 1))
    assert row_of(task, noon).why == Reason.MILESTONE_LATE

    actions.reach_milestone(by=town.officer(), at=noon, milestone=late, reached_on=date(2026, 7, 9))

    assert row_of(task, noon).why == Reason.UNDER_WAY
