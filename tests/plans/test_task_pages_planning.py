"""Programmes, the form of a task with the load of its unit, and policy documents, without a script."""

from datetime import date

import pytest

from linli.plans.models import Measure, PolicyDocument, Programme, Share, Task
from tests.plans.task_desk import desk, page, said, send
from tests.town import directory
from tests.town import plans as town

pytestmark = pytest.mark.django_db

PROGRAMMES = "/console/programmes/"


@pytest.fixture
def planner():
    return desk(town.planner())


@pytest.fixture
def measure(noon):
    directory.unit(town.LEAD)
    directory.unit(town.OTHER)
    return town.measure(at=noon)


# Programmes


def test_begins_a_programme_and_adds_a_measure(planner):
    directory.unit(town.LEAD)
    given = {
        "title": "创建工作方案",
        "area": "620200",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }

    made = send(planner, f"{PROGRAMMES}new/", **given)

    programme = Programme.objects.get()
    assert made["Location"] == f"/en{PROGRAMMES}{programme.code}/"
    assert "This programme has no measure yet." in page(planner, f"{PROGRAMMES}{programme.code}/")
    send(planner, f"{PROGRAMMES}{programme.code}/measures/", title="开展培训")
    assert "开展培训 Add a task – 开展培训 No task yet." in page(
        planner, f"{PROGRAMMES}{programme.code}/"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("area", "999999"), ("starts_on", "x"), ("ends_on", "2025-01-01")],
)
def test_begins_no_programme_that_makes_no_sense(planner, field, value):
    directory.unit(town.LEAD)
    given = {"title": "方案", "area": "620200", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}

    answer = send(planner, f"{PROGRAMMES}new/", 422, **given | {field: value})

    assert field in answer.context["form"].errors
    assert Programme.objects.count() == 0


def test_adds_no_measure_without_a_name(planner, measure):
    send(planner, f"{PROGRAMMES}{measure.programme.code}/measures/", 422, title=" ")

    assert Measure.objects.count() == 1


def test_says_what_publishing_fixes_before_it_publishes(planner, noon, measure):
    town.task(at=noon, measure=measure)
    town.task(at=noon, measure=measure, title="另一任务", due_on=None, lead=None)
    address = f"{PROGRAMMES}{measure.programme.code}/publish/"

    text = page(planner, address)

    assert "the first promise stands for ever" in text
    assert "Tasks that are promised 2 With a due day 1 With a target 0" in text
    assert "Without a due day 1" in text
    assert "Without a lead unit 1" in text
    assert Programme.objects.get().published_at is None

    send(planner, address)

    assert Programme.objects.get().published_at is not None
    again = send(planner, address, 422)
    assert "This programme is published: what it promises stands." in said(again)


def test_publishes_no_programme_without_a_task(planner, measure):
    answer = send(planner, f"{PROGRAMMES}{measure.programme.code}/publish/", 422)

    assert "There is no task in this programme yet." in said(answer)
    assert Programme.objects.get().published_at is None


def test_edits_a_programme_but_not_the_days_that_are_promised(planner, noon, measure):
    town.task(at=noon, measure=measure)
    town.actions.publish_programme(by=town.planner(), at=noon, programme=measure.programme)
    given = {"title": "新名", "area": "620200", "starts_on": "2020-01-01", "ends_on": "2020-12-31"}

    send(planner, f"{PROGRAMMES}{measure.programme.code}/edit/", **given)

    programme = Programme.objects.get()
    assert (programme.title, programme.starts_on) == ("新名", date(2026, 1, 1))


def test_finds_programmes_by_words(planner, noon):
    town.programme(at=noon, title="甲方案")
    town.programme(at=noon, title="乙方案")

    assert "甲方案" in (text := page(planner, f"{PROGRAMMES}?words=甲"))
    assert "乙方案" not in text
    assert "No programme answers these words." in page(planner, f"{PROGRAMMES}?words=丙")


def test_says_when_there_is_no_programme(planner):
    assert "There is no programme yet." in page(planner, PROGRAMMES)


@pytest.mark.parametrize(
    "address", [f"{PROGRAMMES}?words=\0&page=x", "/console/documents/?status=x&words=\0"]
)
def test_survives_nonsense_in_the_address(planner, address):
    assert planner.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_asks_the_database_the_same_however_many_there_are(
    planner, noon, count, django_assert_max_num_queries
):
    programme = town.programme(at=noon)
    for number in range(count):
        town.task(
            at=noon, measure=town.measure(at=noon, programme=programme, title=f"措施{number}")
        )
        town.programme(at=noon, title=f"方案{number}")

    with django_assert_max_num_queries(11):
        planner.get(f"{PROGRAMMES}{programme.code}/")
    with django_assert_max_num_queries(5):
        planner.get(PROGRAMMES)


# The form of a task


def given(**overrides):
    return {
        "title": "举办汉语培训班", "lead": directory.unit(town.LEAD).code, "responsible": "市教育局",
        "supporting": "", "starts_on": "", "due_on": "2026-06-30", "indicator": "",
        "target_sense": "at_least", "target": "",
    } | overrides  # fmt: skip


def test_adds_a_task_with_units_by_their_short_names(planner, measure):
    send(planner, f"/console/measures/{measure.code}/tasks/new/", **given())

    task = Task.objects.get()
    assert (task.title, task.lead.name, task.due_on) == (
        "举办汉语培训班",
        town.LEAD,
        date(2026, 6, 30),
    )
    assert [(s.unit.name, s.part) for s in Share.objects.all()] == [(town.OTHER, "responsible")]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("responsible", "市外星局", "“市外星局” is no unit of this place."),
        ("responsible", "市人社局", f"{town.LEAD} has another part already."),
        ("target", "600", "Say which indicator the target is of."),
        ("due_on", "x", "Enter a valid date."),
        ("starts_on", "2027-01-01", "The due day is before the start."),
    ],
)
def test_adds_no_task_that_makes_no_sense(planner, measure, field, value, sentence):
    answer = send(
        planner, f"/console/measures/{measure.code}/tasks/new/", 422, **given(**{field: value})
    )

    assert sentence in said(answer)
    assert Task.objects.count() == 0


def test_edits_a_task_but_nothing_that_is_promised(planner, noon):
    task = town.promised_task(at=noon, target=600)
    directory.unit(town.OTHER)
    address = f"/console/tasks/{task.code}/edit/"
    assert 'name="due_on"' not in planner.get(address).content.decode()

    send(planner, address, **given(title="新名", due_on="2030-01-01", target="1"))

    task.refresh_from_db()
    assert (task.title, task.due_on, task.target) == ("新名", date(2026, 12, 31), 600)


def test_shows_the_load_of_a_unit(planner, noon, measure):
    town.task(at=noon, measure=measure, due_on=date(2026, 12, 31))
    unit = directory.unit(town.LEAD)

    script = {"HX-Request": "true"}
    answer = planner.get(f"/en/console/ledger/load/?lead={unit.code}", headers=script)

    assert [(m.month, m.due, m.running) for m in answer.context["load"]][:3] == [
        (date(2026, 11, 1), 0, 1), (date(2026, 12, 1), 1, 1), (date(2027, 1, 1), 0, 0),
    ]  # fmt: skip
    assert "<html" not in answer.content.decode()
    none = planner.get("/en/console/ledger/load/?lead=", headers=script)
    assert "Choose a unit" in none.content.decode()


def test_warns_before_a_unit_gets_more_than_it_can_carry(planner, noon, measure):
    for number in range(5):
        town.task(at=noon, measure=measure, title=f"任务{number}", due_on=date(2027, 6, 20))
    address = f"/console/measures/{measure.code}/tasks/new/"
    wish = given(due_on="2027-06-30")

    warned = send(planner, address, 200, **wish)

    assert "This is more than the unit can carry" in said(warned)
    assert "June 2027: 6 fall due, 6 run" in said(warned)
    assert Task.objects.count() == 5
    # Its answer holds for this unit alone.
    other = directory.unit(town.OTHER)
    for number in range(5):
        town.task(
            at=noon, measure=measure, title=f"别的{number}", due_on=date(2027, 6, 20), lead=other
        )
    wish["responsible"] = ""
    send(planner, address, 200, **wish | {"sure": wish["lead"], "lead": other.code})

    send(planner, address, **wish | {"sure": wish["lead"]})

    assert Task.objects.filter(title="举办汉语培训班").count() == 1


# Policy documents


def test_records_documents_and_what_replaces_them(planner):
    directory.unit(town.LEAD)
    record = {
        "title": "实施方案",
        "number": "嘉办发〔2025〕12号",
        "area": "620200",
        "status": "in_force",
        "issued_on": "2025-12-01",
    }

    send(planner, "/console/documents/new/", **record)
    old = PolicyDocument.objects.get()
    assert "No policy document" not in page(planner, "/console/documents/")
    taken = send(planner, f"/console/documents/{old.code}/replace/", 422, **record)
    assert "A document of this place bears this number." in said(taken)
    send(
        planner,
        f"/console/documents/{old.code}/replace/",
        **record | {"title": "修订方案", "number": "嘉办发〔2026〕3号"},
    )

    new = PolicyDocument.objects.get(supersedes=old)
    assert "Replaced by 修订方案" in page(planner, f"/console/documents/{old.code}/")
    assert "Replaces 实施方案" in page(planner, f"/console/documents/{new.code}/")
    again = send(
        planner, f"/console/documents/{old.code}/replace/", 422, **record | {"number": "x"}
    )
    assert "Another document took its place already." in said(again)


def test_filters_documents_by_status_and_words(planner, noon):
    old = town.actions.record_document(
        by=town.planner(),
        at=noon,
        draft=town.actions.DocumentDraft(title="旧方案", area=directory.area()),
    )
    town.actions.replace_document(
        by=town.planner(), at=noon, document=old,
        draft=town.actions.DocumentDraft(title="新方案", area=directory.area()),
    )  # fmt: skip

    text = page(planner, "/console/documents/?status=replaced&words=方案")

    assert "旧方案" in text
    assert "新方案" not in text
    assert "No document answers these filters." in page(planner, "/console/documents/?words=丙")


def test_lists_the_programmes_that_carry_a_document_out(planner, noon):
    made = town.actions.record_document(
        by=town.planner(),
        at=noon,
        draft=town.actions.DocumentDraft(title="方案", area=directory.area()),
    )
    town.programme(at=noon, title="落实计划", document=made)

    assert "落实计划" in page(planner, f"/console/documents/{made.code}/")
