"""Bringing a breakdown table: every row's fate, all or nothing, nothing twice, nothing about persons."""

import contextlib
import threading
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from linli.facts.models import Evidence
from linli.kernel import files, sheets
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans.actions import breakdown
from linli.plans.actions.breakdown import Table, import_breakdown
from linli.plans.models import Measure, Programme, ProgrammeQuerySet, Step, Task
from linli.plans.queries import breakdown as queries
from linli.plans.rules.breakdown import Fate, Reading
from linli.plans.rules.table_reading import guessed
from tests.plans.task_desk import desk, said
from tests.town import directory
from tests.town import plans as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

HEADER = ("序号", "重点任务", "具体措施", "牵头单位", "责任单位", "配合单位", "完成时限", "目标")
ROWS = [
    (1, "开展职业技能培训", "举办汉语培训班", "市人社局", "市教育局", "", "2026年6月底", "培训600人次"),
    (2, "", "举办技能大赛", "市人社局", "", "市教育局", "年底", ""),
    (3, "改善窗口服务", "设立双语服务窗口", "市教育局", "", "", "2026.9.30", ""),
]  # fmt: skip


def csv(rows=ROWS, header=HEADER):
    return sheets.write_csv(header, rows).encode()


def xlsx_with_merged_cells():
    """A table as offices keep them: a title over it, one measure over two rows."""
    book = Workbook()
    sheet = book.active
    sheet.append(["嘉峪关市创建工作任务分解表"])
    sheet.merge_cells("A1:H1")
    for row in (HEADER, *ROWS):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def table(data, name="任务分解表.csv", **overrides):
    columns = guessed(sheets.read_sheet(data).columns)
    given = {"columns": columns, "year": 2026, "otherwise": "其他"} | overrides
    return Table(data, name, Reading(**given))


def take(programme, data, *, at, by=None, **overrides):
    by = by or town.planner()
    return import_breakdown(by=by, at=at, programme=programme, table=table(data, **overrides))


@pytest.fixture
def programme(noon):
    directory.unit(town.LEAD)
    directory.unit(town.OTHER)
    return town.programme(at=noon)


@pytest.mark.parametrize("make", [csv, xlsx_with_merged_cells])
def test_makes_tasks_of_a_table(programme, noon, make):
    found = take(programme, make(), at=noon)

    assert [row.fate for row in found] == [Fate.NEW] * 3
    assert [
        (t.measure.title, t.title, t.lead.name, t.due_on)
        for t in Task.objects.select_related("measure", "lead")
    ] == [
        ("开展职业技能培训", "举办汉语培训班（培训600人次）", town.LEAD, date(2026, 6, 30)),
        ("开展职业技能培训", "举办技能大赛", town.LEAD, date(2026, 12, 31)),
        ("改善窗口服务", "设立双语服务窗口", town.OTHER, date(2026, 9, 30)),
    ]
    assert [(s.unit.name, s.part) for s in Task.objects.first().shares.all()] == [
        (town.OTHER, "responsible")
    ]


def test_rests_every_task_on_the_file(programme, noon):
    data = csv()

    take(programme, data, at=noon)

    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.file_name) == ("file", "任务分解表.csv")
    assert files.fetch(evidence.digest) == data
    assert set(Task.objects.values_list("evidence", flat=True)) == {evidence.pk}
    assert set(Measure.objects.values_list("evidence", flat=True)) == {evidence.pk}


def test_adds_nothing_the_second_time(programme, noon):
    take(programme, csv(), at=noon)

    again = take(programme, csv(), at=noon)

    assert [row.fate for row in again] == [Fate.KNOWN] * 3
    assert (Task.objects.count(), Measure.objects.count(), Evidence.objects.count()) == (3, 2, 1)


def test_adds_only_what_is_new_to_the_measures_that_are_there(programme, noon):
    take(programme, csv(ROWS[:2]), at=noon)

    found = take(programme, csv(), at=noon)

    assert [row.fate for row in found] == [Fate.KNOWN, Fate.KNOWN, Fate.NEW]
    assert Measure.objects.count() == 2


def test_promises_at_once_in_a_published_programme(programme, noon):
    town.task(at=noon, measure=town.measure(at=noon, programme=programme))
    town.actions.publish_programme(by=town.planner(), at=noon, programme=programme)

    take(programme, csv(), at=noon)

    assert not Task.objects.filter(promised_at__isnull=True).exists()


def test_takes_an_indicator_with_its_target(programme, noon):
    town.indicator()
    header = ("任务", "牵头单位", "完成时限", "考核指标", "目标值")

    take(
        programme, csv([("开展培训", "市人社局", "年底", "培训人次", "不少于600")], header), at=noon
    )

    task = Task.objects.select_related("indicator").get()
    assert (task.title, task.indicator.code, task.target) == ("开展培训", "training.places", 600)


def nothing_written():
    return (Task.objects.count(), Measure.objects.count(), Evidence.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_refuses_all_but_planners(programme, noon, role):
    with pytest.raises(Refused) as refused:
        take(programme, csv(), at=noon, by=actor(role))

    assert refused.value.code == "not_allowed"
    assert nothing_written()


@pytest.mark.parametrize(
    "wrong", [(4, "", "", "市人社局", "", "", "", ""), (4, "", "做事", "市外星局", "", "", "", "")]
)
def test_refuses_the_whole_table_for_one_row(programme, noon, wrong):
    with pytest.raises(Refused) as refused:
        take(programme, csv([*ROWS, wrong]), at=noon)

    assert refused.value.code == "rows_with_errors"
    assert nothing_written()


def test_refuses_a_table_that_is_too_long(programme, noon, monkeypatch):
    monkeypatch.setattr(queries, "MOST_ROWS", 2)
    with pytest.raises(Refused) as refused:
        take(programme, csv(), at=noon)

    assert refused.value.code == "too_many_rows"
    assert nothing_written()


def test_refuses_columns_about_persons_when_it_is_taken_over(programme, noon):
    data = csv([("甲", "做事", "甲")], ("姓名", "任务", "族别"))
    with pytest.raises(Refused) as refused:
        import_breakdown(
            by=town.planner(), at=noon, programme=programme,
            table=Table(data, "x.csv", Reading({"task": 1}, 2026, "其他")),
        )  # fmt: skip

    assert refused.value.code == "trait_of_a_person"
    assert nothing_written()


def test_keeps_the_record_of_every_row(programme, noon):
    take(programme, csv(), at=noon)

    verbs = Step.objects.exclude(subject=programme.code).values_list("verb", "by_role")
    assert sorted(verbs) == [("added", "planner")] * 5


def two_confirm_at_once(noon, monkeypatch, take_over):
    """Return what failed. Both have judged the rows before either writes, unless something holds one up."""
    programme, planned = Programme.objects.get(), table(csv())
    looked, judge = threading.Barrier(2), breakdown.fates

    def judge_together(*given):
        found = judge(*given)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(0.5)
        return found

    monkeypatch.setattr(breakdown, "fates", judge_together)
    return at_once(
        2, lambda _: take_over(by=town.planner(), at=noon, programme=programme, table=planned)
    )


@pytest.mark.django_db(transaction=True)
def test_adds_every_task_once_when_two_confirm_at_once(programme, noon, monkeypatch):
    failures = two_confirm_at_once(noon, monkeypatch, import_breakdown)

    assert failures == []
    assert (Task.objects.count(), Measure.objects.count()) == (3, 2)


@pytest.mark.django_db(transaction=True)
def test_would_add_them_twice_without_transaction_and_lock(programme, noon, monkeypatch):
    monkeypatch.setattr(ProgrammeQuerySet, "select_for_update", lambda self, **_: self)

    two_confirm_at_once(noon, monkeypatch, import_breakdown.__wrapped__)

    assert Task.objects.count() > 3


# The pages


START = "/console/ledger/import/"


def upload(client, data, *, name="任务分解表.csv", programme=None, status=302):
    code = (programme or Programme.objects.get()).code
    answer = client.post(f"/en{START}", {"programme": code, "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == status, said(answer)
    return answer


def mapping(page):
    """Return what the page's form holds, as its confirm button would send it."""
    form = page.context["form"]
    return {field.name: field.value() for field in form if field.value() not in (None, "", False)}


@pytest.fixture
def planner(programme):
    return desk(town.planner())


def test_shows_what_every_row_would_become_and_then_does_it(planner, noon):
    address = upload(planner, xlsx_with_merged_cells(), name="任务分解表.xlsx")["Location"]

    page = planner.get(address)

    assert page.status_code == 200
    assert [(r["row"].row.line, r["row"].fate) for r in page.context["rows"]] == [
        (3, Fate.NEW), (4, Fate.NEW), (5, Fate.NEW),
    ]  # fmt: skip
    assert Task.objects.count() == 0

    done = planner.post(address, mapping(page), follow=True)

    assert Task.objects.count() == 3
    assert "3 tasks were added." in said(done)
    again = planner.post(address, mapping(page), follow=True)
    assert Task.objects.count() == 3
    assert "Nothing was new" in said(again)


def test_shows_the_reason_of_every_wrong_row_and_offers_no_way_on(planner):
    rows = [
        (1, "甲类", "", "市人社局", "", "", "", ""),
        (2, "甲类", "做事", "市外星局", "", "", "尽快", ""),
        (3, "甲类", "别的事", "市人社局", "", "", "年底", ""),
    ]
    address = upload(planner, csv(rows))["Location"]

    page = planner.get(address)

    assert "There is no task in this row." in said(page)
    assert "No unit of this place is called 市外星局." in said(page)
    assert "This names no one day: 尽快." in said(page)
    assert "2 rows have errors." in said(page)
    assert (
        'method="post"' not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    )
    answer = planner.post(address, mapping(page))
    assert answer.status_code == 422
    assert "Nothing was taken over." in said(answer)
    assert Task.objects.count() == 0


def test_reads_the_table_as_the_planner_says(planner):
    data = csv([("甲", "做事", "市人社局、各部门", "6月")], ("栏一", "栏二", "栏三", "栏四"))
    address = upload(planner, data)["Location"]
    assert planner.get(address).status_code == 422  # nothing could be guessed

    columns = {
        "measure": 0,
        "task": 1,
        "responsible": 2,
        "due": 3,
        "otherwise": "其他",
        "year": 2027,
    }
    page = planner.get(address, columns)
    assert "No unit of this place is called 各部门." in said(page)
    page = planner.get(address, columns | {"skips_unknown": "on"})

    (row,) = page.context["rows"]
    assert (row["row"].fate, row["row"].due_on) == (Fate.NEW, date(2027, 6, 30))
    planner.post(address, mapping(page))
    task = Task.objects.select_related("lead", "measure").get()
    assert (task.measure.title, task.lead.name) == ("甲", town.LEAD)


def test_keeps_nothing_of_a_table_about_persons(planner):
    data = csv([("甲", "做事", "")], ("姓名", "任务", "民族"))

    answer = upload(planner, data, status=422)

    assert "describes persons" in said(answer)
    with pytest.raises(FileNotFoundError):
        files.fetch(files.digest_of(data))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\0\0"])
def test_says_when_it_is_no_table(planner, data):
    answer = upload(planner, data, status=422)

    assert answer.context["form"].errors["file"]


def test_says_when_a_table_has_no_rows(planner):
    address = upload(planner, csv([]))["Location"]

    assert "This table has no row." in said(planner.get(address))


def test_opens_no_file_for_words_that_are_not_ours(planner):
    assert planner.get(f"{START}x:y:z/").status_code == 404


def test_escapes_what_a_table_holds(planner):
    address = upload(planner, csv([(1, "<b>甲</b>", "<script>x</script>", "", "", "", "", "")]))[
        "Location"
    ]

    html = planner.get(address).content.decode()

    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


@pytest.mark.parametrize("who", [town.officer, town.supervisor])
def test_leaves_tables_to_planners(planner, who):
    address = upload(planner, csv())["Location"]
    other = desk(who())

    for path in (START, address):
        assert other.get(path).status_code == 403
        assert other.post(path, {}).status_code == 403
    assert Task.objects.count() == 0


def test_asks_strangers_to_sign_in(client, planner):
    address = upload(planner, csv())["Location"]

    for path in (START, address):
        assert "/account/login/" in client.get(path)["Location"]


@pytest.mark.parametrize("count", [1, 60])
def test_asks_the_database_the_same_however_long_the_table(
    planner, count, django_assert_max_num_queries
):
    rows = [
        (n, "甲类", f"第{n}件事", "市人社局、市教育局", "", "", "年底", "") for n in range(count)
    ]
    address = upload(planner, csv(rows))["Location"]

    with django_assert_max_num_queries(12):
        planner.get(address)


def test_keeps_nothing_of_a_table_that_is_too_long(planner, monkeypatch):
    monkeypatch.setattr(queries, "MOST_ROWS", 2)

    data = csv([(n, "甲类", f"太长的表第{n}行", "", "", "", "", "") for n in range(3)])

    answer = upload(planner, data, status=422)

    assert "more than 1,000 rows" in said(answer)
    with pytest.raises(FileNotFoundError):
        files.fetch(files.digest_of(data))
