from datetime import date

import pytest

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.plans.models import Step, Task
from tests.plans.ledger_html import table
from tests.town import directory, plans
from tests.town.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LEDGER = "/console/ledger/"
SCRIPT = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def today(noon, time_machine):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


def cells(task, **changes):
    given = {
        "title": task.title,
        "lead": task.lead.code if task.lead else "",
        "starts_on": task.starts_on or "",
        "due_on": task.due_on or "",
    }
    return given | changes


def edit(task):
    return f"{LEDGER}tasks/{task.code}/edit/"


def test_edits_a_row_in_place(planner, noon):
    made = plans.task(at=noon)
    other = directory.unit(plans.OTHER)
    changes = cells(made, title="改过的", lead=other.code, due_on="2026/11/30")

    answer = planner.post(edit(made), changes, **SCRIPT)

    made.refresh_from_db()
    assert (made.title, made.lead, made.due_on) == ("改过的", other, date(2026, 11, 30))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert shown.lstrip().startswith(f'<tr id="task-{made.code}">')
    assert "2026-11-30" in shown
    assert [step.verb for step in Step.objects.filter(subject=made.code)] == ["added", "edited"]


def test_edits_a_row_on_a_page_of_its_own_and_leads_back(planner, noon):
    made = plans.task(at=noon)
    came_from = f"{LEDGER}?year=2026&page=2"

    page = planner.get(edit(made), headers={"Referer": f"http://testserver{came_from}"})
    assert "<h1" in page.content.decode()
    back = page.context["back"]
    answer = planner.post(edit(made), cells(made, title="改过的", back=back))

    assert answer.status_code == 302
    assert answer.url == f"{came_from}#task-{made.code}"
    made.refresh_from_db()
    assert made.title == "改过的"


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/console/ledger/", "//elsewhere.example", "/console/", ""]
)
def test_leads_back_to_the_ledger_alone(planner, noon, back):
    made = plans.task(at=noon)

    answer = planner.post(edit(made), cells(made, back=back))

    assert answer.url == f"{LEDGER}#task-{made.code}"


@pytest.mark.parametrize("script", [{}, SCRIPT])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"lead": "no-such"}, "lead"),
        ({"due_on": "soon"}, "due_on"),
        ({"starts_on": "2027-01-01", "due_on": "2026-12-31"}, "due_on"),
    ],
)
def test_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(
    planner, noon, changes, field, script
):
    made = plans.task(at=noon)
    typed = cells(made, title="未保存的") | changes

    answer = planner.post(edit(made), typed, **script)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    shown = answer.content.decode()
    assert f'id="{made.code}-{field}_error"' in shown
    assert shown.lstrip().startswith("<tr") == bool(script)
    if "title" not in changes:
        assert "未保存的" in shown
    made.refresh_from_db()
    assert made.title == "全年培训600人次"
    assert not Step.objects.filter(subject=made.code, verb="edited").exists()


def test_puts_a_refusal_beside_its_field(planner, noon):
    other = directory.unit(plans.OTHER)
    made = plans.task(at=noon, supporting=(other,))

    answer = planner.post(edit(made), cells(made, lead=other.code), **SCRIPT)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["lead"]
    made.refresh_from_db()
    assert made.lead.name == plans.LEAD


def test_leaves_a_promised_day_to_a_move(planner, noon):
    made = plans.promised_task(at=noon)

    page = planner.get(edit(made), **SCRIPT)
    assert set(page.context["form"].fields) == {"title", "lead"}
    assert f"/console/tasks/{made.code}/#move" in page.content.decode()
    answer = planner.post(edit(made), cells(made, title="措辞", due_on="2027-06-30"), **SCRIPT)

    assert answer.status_code == 200
    made.refresh_from_db()
    assert (made.title, made.due_on) == ("措辞", date(2026, 12, 31))


def test_links_a_promised_day_to_the_move_and_an_open_one_to_the_form(planner, noon):
    promised = plans.promised_task(at=noon)
    free = plans.task(at=noon)

    rows = {row.code: row for row in planner.get(LEDGER).context["rows"]}
    due = {code: next(c for c in row.cells if c.key == "due_on") for code, row in rows.items()}

    assert due[promised.code].at == f"/console/tasks/{promised.code}/#move"
    assert due[free.code].at == f"{edit(free)}?columns=&cell=due_on"


def test_edits_nothing_of_a_closed_task(planner, noon):
    made = plans.accepted(at=noon)

    assert planner.get(LEDGER).context["rows"][0].edit_at == ""
    answer = planner.post(edit(made), cells(made, title="另一个"), **SCRIPT)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    made.refresh_from_db()
    assert made.title == "全年培训600人次"


def test_shows_the_row_again_when_the_form_is_left(planner, noon):
    made = plans.task(at=noon)

    answer = planner.get(f"{LEDGER}tasks/{made.code}/?columns=tree", **SCRIPT)

    shown = answer.content.decode()
    assert shown.lstrip().startswith(f'<tr id="task-{made.code}">')
    assert made.measure.title not in shown


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_lets_planners_alone_edit_and_assign(client, noon, role):
    made = plans.task(at=noon)
    client.force_login(account(role))

    assert client.get(edit(made)).status_code == 403
    assert client.post(edit(made), cells(made, title="x")).status_code == 403
    assert client.get(f"{LEDGER}load/").status_code == 403
    unit = directory.unit(plans.OTHER)
    given = {"task": [made.code], "unit": unit.code}
    assert client.post(f"{LEDGER}assign/", given).status_code == 403
    made.refresh_from_db()
    assert (made.title, made.lead.name) == ("全年培训600人次", plans.LEAD)


def told(answer, client):
    return [str(message) for message in client.get(answer.url).context["messages"]]


def test_gives_many_tasks_to_one_unit(planner, noon):
    measure = plans.measure(at=noon)
    made = [plans.task(at=noon, measure=measure, title=f"任务{n}") for n in range(3)]
    other = directory.unit(plans.OTHER)
    given = {
        "task": [task.code for task in made[:2]],
        "unit": other.code,
        "back": f"{LEDGER}?year=2026",
    }

    answer = planner.post(f"/en{LEDGER}assign/", given | {"back": f"/en{LEDGER}?year=2026"})

    assert answer.url == f"/en{LEDGER}?year=2026"
    assert told(answer, planner) == [f"2 tasks given to {plans.OTHER}."]
    assert [task.lead for task in Task.objects.order_by("position")] == [
        other,
        other,
        made[2].lead,
    ]


def test_says_which_were_refused_and_why_and_gives_the_others(planner, noon):
    measure = plans.measure(at=noon)
    other = directory.unit(plans.OTHER)
    plans.task(at=noon, measure=measure, title="可以")
    plans.task(at=noon, measure=measure, title="已配合", supporting=(other,))
    closed = plans.promised_task(at=noon, measure=measure, title="已办结")
    plans.accepted(at=noon, task=closed)
    codes = list(Task.objects.values_list("code", flat=True))

    answer = planner.post(f"/en{LEDGER}assign/", {"task": codes, "unit": other.code})

    (words,) = told(answer, planner)
    assert words.startswith(f"1 task given to {plans.OTHER}. Not given: ")
    assert "Not given: 已配合. A unit has one part" in words
    assert "Not given: 已办结. This task is accepted" in words
    assert list(Task.objects.filter(lead=other).values_list("title", flat=True)) == ["可以"]


@pytest.mark.parametrize(("chosen", "unit"), [(False, True), (True, False), (False, False)])
def test_asks_for_what_is_missing_and_keeps_what_was_chosen(planner, noon, chosen, unit):
    made = plans.task(at=noon)
    other = directory.unit(plans.OTHER)
    given = {"task": [made.code] if chosen else [], "unit": other.code if unit else ""}

    answer = planner.post(f"{LEDGER}assign/", given)

    assert answer.status_code == 422
    assert answer.context["form"].errors
    shown = answer.content.decode()
    assert (f'value="{made.code}" checked' in shown) == chosen
    assert (f'value="{other.code}" selected' in shown) == unit
    made.refresh_from_db()
    assert made.lead.name == plans.LEAD


@pytest.fixture
def busy(noon):
    """A unit with five tasks due in December, and a sixth that somebody would give it."""
    measure = plans.measure(at=noon)
    other = directory.unit(plans.OTHER)
    for number in range(5):
        plans.task(at=noon, measure=measure, title=f"已有{number}", lead=other)
    return other, plans.task(at=noon, measure=measure, title="第六项")


def test_asks_again_before_a_unit_carries_too_much(planner, busy):
    other, sixth = busy
    given = {"task": [sixth.code], "unit": other.code}

    answer = planner.post(f"{LEDGER}assign/", given)

    assert answer.status_code == 200
    assert answer.context["months"] == "2026-12"
    sixth.refresh_from_db()
    assert sixth.lead.name == plans.LEAD

    sure = planner.post(f"{LEDGER}assign/", given | {"sure": other.code})

    assert sure.status_code == 302
    sixth.refresh_from_db()
    assert sixth.lead == other


def test_asks_again_when_the_unit_was_changed_after_the_warning(planner, busy):
    other, sixth = busy
    quiet = directory.unit("嘉峪关市司法局")

    answer = planner.post(
        f"{LEDGER}assign/", {"task": [sixth.code], "unit": other.code, "sure": quiet.code}
    )

    assert answer.status_code == 200
    sixth.refresh_from_db()
    assert sixth.lead.name == plans.LEAD


def test_shows_the_load_of_a_unit_by_month(planner, busy):
    other, _sixth = busy

    page = planner.get(f"/en{LEDGER}load/?unit={other.code}")
    head, rows = table(page)
    assert head[:3] == ["Month", "2026-11", "2026-12"]
    assert rows[1][:3] == ["Tasks falling due", "0", "5"]
    fragment = planner.get(f"{LEDGER}load/?unit={other.code}", **SCRIPT).content.decode()
    assert "<h1" not in fragment
    assert other.name in fragment
    assert planner.get(f"{LEDGER}load/?unit=%00").status_code == 200
    assert Unit.objects.count() == 2
