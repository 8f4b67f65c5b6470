import gc
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import DatabaseError
from openpyxl import Workbook

from linli.facts import actions, queries
from linli.facts.actions import ImportDraft, Imported, Statement, imports
from linli.facts.actions.rows import FIELDS, NewFact, insert
from linli.facts.models import Evidence, Fact
from linli.facts.queries.imports import Fate, dry_run, uncollected
from linli.facts.rules.columns import Layout
from linli.facts.rules.periods import year
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from tests.town import directory
from tests.town import facts as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
D = Decimal

HEAD = "指标,地区,年份,数值,来源\n"
GOOD = HEAD + (
    "training.trained,620200,2018,近300,统计局\n"
    "技能培训人次,嘉峪关市,2019年,\"1,240\",统计局\n"
    "training.trained,620200,2019,1300余,人社局\n"
)  # fmt: skip
LAYOUT = Layout(0, 1, 2, 3, "", 4)


@pytest.fixture
def _town(db):
    directory.area()
    town.indicator()


def draft(text=GOOD, **overrides):
    data = text if isinstance(text, bytes) else text.encode()
    return ImportDraft(**{"data": data, "name": "表.csv", "layout": LAYOUT} | overrides)


def bring(text=GOOD, *, at, by=None, **overrides):
    return actions.import_facts(by=by or actor(), at=at, draft=draft(text, **overrides))


def fates(text, layout=LAYOUT):
    return [
        (row.number, row.fate, row.wrong) for row in dry_run(read_sheet(text.encode()), layout).rows
    ]


@pytest.mark.usefixtures("_town")
def test_takes_a_table_in(noon):
    assert bring(at=noon) == Imported(new=3, corrected=0, known=0)

    facts = Fact.objects.order_by("id")
    assert [
        (f.period_from.year, f.value, f.bound, f.low, f.high, f.status, f.evidence.source)
        for f in facts
    ] == [
        (2018, D(300), "approx_below", D(240), D(300), "claimed", "统计局"),
        (2019, D(1240), "exact", D(1240), D(1240), "claimed", "统计局"),
        (2019, D(1300), "more_than", D(1300), None, "claimed", "人社局"),
    ]
    assert {(f.by_name, f.by_role, f.at) for f in facts} == {("甲", "planner", noon)}
    assert {(e.kind, e.file_name) for e in Evidence.objects.all()} == {("file", "表.csv")}
    assert files.fetch(Evidence.objects.first().digest) == GOOD.encode()


@pytest.mark.usefixtures("_town")
def test_writes_the_same_rows_as_record_would(noon):
    bring(HEAD + "training.trained,620200,2018,≥123456789.012345,统计局\n", at=noon)
    fast = Fact.objects.get()

    slow = town.fact("123456789.012345", "at_least", at=noon, period="2018", source="乙")
    slow.refresh_from_db()

    names = [field.attname for field in Fact._meta.concrete_fields]
    differ = {name for name in names if getattr(fast, name) != getattr(slow, name)}
    assert differ == {"id", "evidence_id"}
    assert set(FIELDS) == set(names) - {"id"}


@pytest.mark.usefixtures("_town")
def test_adds_nothing_when_the_same_table_comes_again(noon):
    bring(at=noon)

    assert bring(at=noon + timedelta(days=1)) == Imported(new=0, corrected=0, known=3)

    assert Fact.objects.count() == 3
    assert Evidence.objects.count() == 2


@pytest.mark.usefixtures("_town")
def test_corrects_what_the_same_source_said_before(noon):
    bring(at=noon)
    changed = GOOD.replace("近300", "280")

    assert bring(changed, at=noon + timedelta(days=1), reason="年报更正") == Imported(0, 1, 2)

    first, second = queries.vintages(Fact.objects.get(value=280))
    assert (first.value, second.value, second.reason) == (D(300), D(280), "年报更正")
    assert Fact.objects.as_of(noon).count() == Fact.objects.current().count() == 3


@pytest.mark.usefixtures("_town")
def test_says_what_becomes_of_every_row(noon):
    directory.area("620102", name="城关区", level="county")
    directory.area("540102", name="城关区", level="county")
    bring(at=noon)

    assert fates(
        HEAD
        + "training.trained,620200,2018,近300,统计局\n"
        + "training.trained,620200,2018,301,统计局\n"
        + "training.trained,620200,2019,1241,统计局\n"
        + "training.trained,620200,2020,7,统计局\n"
        + "training.trained,620200,2020,7.0,统计局\n"
        + "no.such,620200,2020,7,统计局\n"
        + "training.trained,桃花源,2020,7,统计局\n"
        + "training.trained,城关区,2020,7,统计局\n"
        + "training.trained,620200,去年,7,统计局\n"
        + "training.trained,620200,2021,七,统计局\n"
        + "training.trained,620200,2021,7%,统计局\n"
        + "training.trained,620200,2021,0.1234567,统计局\n"
        + "training.trained,620200,2021,7,\n"
        + "training.trained,620200,2021,-7,统计局\n"
    ) == [
        (2, Fate.KNOWN, ""),
        (3, Fate.ERROR, "stated_twice"),
        (4, Fate.CORRECTS, ""),
        (5, Fate.NEW, ""),
        (6, Fate.KNOWN, ""),
        (7, Fate.ERROR, "unknown_indicator"),
        (8, Fate.ERROR, "unknown_area"),
        (9, Fate.ERROR, "ambiguous_area"),
        (10, Fate.ERROR, "unknown_period"),
        (11, Fate.ERROR, "not_a_number"),
        (12, Fate.ERROR, "wrong_unit"),
        (13, Fate.ERROR, "too_precise"),
        (14, Fate.ERROR, "no_source"),
        (15, Fate.ERROR, "below_nought"),
    ]


@pytest.mark.usefixtures("_town")
def test_takes_no_figure_about_a_group_of_a_small_place(noon):
    town.indicator("population.share", name="少数民族人口占比", unit="%", official_only=True)
    directory.area("620200001", name="小地方", level="town")

    assert fates(
        HEAD
        + "population.share,小地方,2020,15.4%,统计局\npopulation.share,620200,2020,15.4%,统计局\n"
    ) == [(2, Fate.ERROR, "official_only"), (3, Fate.NEW, "")]


@pytest.mark.usefixtures("_town")
def test_takes_one_text_for_all_rows_and_an_area_by_an_earlier_name(noon):
    directory.area("620200").names.create(name="嘉峪关", from_year=1965, until_year=1971)
    layout = Layout("training.trained", 0, 1, 2, "at_least", "年鉴")

    actions.import_facts(
        by=actor(), at=noon, draft=draft("地区,年份,数值\n嘉峪关,2019,5\n", layout=layout)
    )

    fact = Fact.objects.get()
    assert (fact.area_id, fact.bound, fact.evidence.source) == ("620200", "at_least", "年鉴")


@pytest.mark.usefixtures("_town")
def test_takes_a_workbook_in(noon):
    book, out = Workbook(), BytesIO()
    for row in (
        ["指标", "地区", "年份", "数值", "来源"],
        ["training.trained", 620200, 2019, 15.5, "甲"],
    ):
        book.active.append(row)
    book.save(out)

    assert bring(out.getvalue(), at=noon, name="表.xlsx").new == 1
    assert Fact.objects.get().value == D("15.5")


@pytest.mark.usefixtures("_town")
@pytest.mark.parametrize(
    ("text", "given", "code"),
    [
        (GOOD + "training.trained,620200,2020,七,统计局\n", {}, "rows_have_errors"),
        (GOOD, {"status": "withdrawn"}, "unknown_status"),
        (GOOD, {"checksum": "another"}, "changed_meanwhile"),
        (GOOD.replace("来源", "民族"), {}, "trait_of_a_person"),
        (GOOD.replace("来源", "身份证号"), {}, "trait_of_a_person"),
        (GOOD.replace("来源", "宗教信仰"), {}, "trait_of_a_person"),
        ("\0\0", {}, "not_a_table"),
        ("", {}, "not_a_table"),
    ],
)
def test_takes_all_of_a_table_or_nothing(noon, monkeypatch, text, given, code):
    kept = []
    monkeypatch.setattr(files, "keep", kept.append)

    with pytest.raises(Refused) as refused:
        bring(text, at=noon, **given)

    assert refused.value.code == code
    assert (Fact.objects.count(), Evidence.objects.count(), kept) == (0, 0, [])


@pytest.mark.usefixtures("_town")
def test_corrects_with_a_reason_and_in_order_only(noon):
    bring(at=noon)
    changed = GOOD.replace("近300", "280")
    for at, reason, code in (
        (noon, "  ", "no_reason"),
        (noon - timedelta(seconds=1), "因", "out_of_order"),
    ):
        with pytest.raises(Refused) as refused:
            bring(changed, at=at, reason=reason)
        assert refused.value.code == code
    assert Fact.objects.count() == 3


@pytest.mark.usefixtures("_town")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_importing_to_planners(noon, role):
    with pytest.raises(Refused) as refused:
        bring(at=noon, by=actor(role))

    assert refused.value.code == "not_allowed"
    assert Fact.objects.count() == 0


@pytest.mark.usefixtures("_town")
def test_writes_nothing_when_it_breaks_off_half_way(noon, monkeypatch):
    """All rows or none: the second of three is one that the database itself refuses."""
    sound = imports._new

    def spoiled(*given):
        first, second, third = sound(*given)
        return [first, second._replace(status="rumoured"), third]

    monkeypatch.setattr(imports, "_new", spoiled)
    with pytest.raises(Refused) as refused:
        bring(at=noon)

    assert refused.value.code == "changed_meanwhile"
    assert (Fact.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.usefixtures("_town")
def test_keeps_the_triggers_on_while_it_is_fast(noon):
    said = town.span()
    rows = [
        NewFact(town.indicator().pk, "620200", year(2019), Statement(D(3)), "evidenced", said.pk)
    ]

    with pytest.raises(DatabaseError, match="a claim, never proof"):
        insert(by=actor(), at=noon, rows=rows)


@pytest.mark.django_db(transaction=True)
def test_takes_a_table_once_from_four_at_a_time(noon):
    directory.area()
    town.indicator()

    failures = at_once(4, lambda _: bring(at=noon))

    assert failures == []
    assert Fact.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_would_take_it_several_times_if_all_looked_first(noon, monkeypatch):
    """The control of the test above: rows judged before the transaction begins."""
    directory.area()
    town.indicator()
    early = dry_run(read_sheet(GOOD.encode()), LAYOUT)
    monkeypatch.setattr(imports, "dry_run", lambda *_: early)

    failures = at_once(4, lambda _: bring(at=noon))

    assert failures == []
    assert Fact.objects.count() == 12


@pytest.mark.usefixtures("_town")
@pytest.mark.parametrize("count", [2, 60])
def test_asks_the_database_the_same_however_many_rows_there_are(
    noon, django_assert_max_num_queries, count
):
    text = HEAD + "".join(f"training.trained,620200,{1900 + n},{n},统计局\n" for n in range(count))
    sheet = read_sheet(text.encode())

    with django_assert_max_num_queries(6):
        assert dry_run(sheet, LAYOUT).count() == {
            "new": count,
            "known": 0,
            "corrects": 0,
            "error": 0,
        }
    with django_assert_max_num_queries(15):
        assert bring(text, at=noon).new == count


def test_lets_the_collector_work_again_whatever_happens():
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()

    with pytest.raises(ZeroDivisionError), uncollected():
        1 / 0  # noqa: B018 - the point
    assert gc.isenabled()
