from datetime import date

import pytest

from linli.kernel.actors import Role
from linli.plans.views.rows import columns
from tests.plans.ledger_html import table
from tests.town import directory, plans
from tests.town.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ADDRESS = "/console/ledger/"
PAGES = (
    "",
    "tree/",
    "timeline/",
    "print/",
    "export.xlsx",
    "export.csv",
)


@pytest.fixture
def today(noon, time_machine):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


def titles(answer):
    return [row.task.title for row in answer.context["rows"]]


def texts(answer):
    return answer.content.decode()


def test_shows_a_task_with_its_cells(planner, noon):
    made = plans.promised_task(at=noon, target=600)

    head, rows = table(planner.get("/en" + ADDRESS))

    assert head == [
        "Lamp", "Task", "Code", "Measure", "Lead unit", "Responsible", "Due on", "Moved by days",
        "Target", "State",
    ]  # fmt: skip
    assert rows == [
        [
            "Blue · Under way", "全年培训600人次", made.code, "开展职业技能培训", plans.LEAD, "",
            "2026-12-31", "0", "培训人次 ≥ 600 人次", "Open",
        ]
    ]  # fmt: skip


@pytest.mark.parametrize(("prefix", "tree"), [("/en", "Tree"), ("", "层级")])
def test_names_its_ways_in_the_language_of_the_page(planner, prefix, tree):
    assert tree in texts(planner.get(prefix + ADDRESS))


def test_shows_all_columns_on_demand(planner, noon):
    plans.promised_task(at=noon, starts_on=date(2026, 2, 1))

    head, rows = table(planner.get(f"/en{ADDRESS}?columns=all"))

    assert len(head) == len(columns("all")) == 14
    assert rows[0][head.index("Programme")] == "创建工作方案"
    assert rows[0][head.index("Starts on")] == "2026-02-01"
    assert rows[0][head.index("First promised")] == "2026-12-31"


def test_counts_lamps_as_ways_to_their_tasks(planner, noon):
    measure = plans.measure(at=noon)
    plans.task(at=noon, measure=measure, title="迟", due_on=date(2026, 11, 1))
    plans.task(at=noon, measure=measure, title="近", due_on=date(2026, 12, 1))

    answer = planner.get(ADDRESS)
    lamps = {one["state"]: one for one in answer.context["lamps"]}

    assert {state: one["count"] for state, one in lamps.items()} == {
        "late": 1, "soon": 1, "note": 0, "done": 0, "plain": 0,
    }  # fmt: skip
    only = planner.get(lamps["late"]["address"])
    assert titles(only) == ["迟"]
    back = next(one for one in only.context["lamps"] if one["current"])
    assert titles(planner.get(back["address"])) == ["迟", "近"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=甲", ["培训甲"]),
        ("year=2027", ["建站乙"]),
        ("due_from=2027-01-01&due_until=2027-12-31", ["建站乙"]),
        ("unit=嘉峪关市教育局", ["建站乙"]),
        ("state=accepted", []),
        ("order=-due", ["建站乙", "培训甲"]),
        ("area=620200", ["培训甲", "建站乙"]),
        ("area=510000", []),
        ("year=nonsense&state=x&order=?&due_from=soon&lamp=pink", ["培训甲", "建站乙"]),
    ],
)
def test_filters_by_address(planner, noon, query, found):
    measure = plans.measure(at=noon)
    plans.task(at=noon, measure=measure, title="培训甲")
    other = directory.unit(plans.OTHER)
    plans.task(at=noon, measure=measure, title="建站乙", due_on=date(2027, 5, 1), lead=other)

    assert titles(planner.get(f"{ADDRESS}?{query}")) == found


@pytest.mark.parametrize("where", PAGES[:4])
@pytest.mark.parametrize("query", ["words=%00", "page=x", "open=%00", "columns=%00", "unit=%00"])
def test_survives_nonsense_in_the_address(planner, noon, where, query):
    plans.task(at=noon)

    assert planner.get(f"{ADDRESS}{where}?{query}").status_code == 200


def test_shows_fifty_rows_a_page(planner, noon):
    measure = plans.measure(at=noon)
    for number in range(51):
        plans.task(at=noon, measure=measure, title=f"任务{number:02}")

    assert len(titles(planner.get(ADDRESS))) == 50
    second = planner.get(f"{ADDRESS}?order=title&page=2")
    assert titles(second) == ["任务50"]
    assert "order=title" in texts(second)


def test_says_what_to_do_when_there_is_nothing(planner, client, noon):
    assert "/console/ledger/import/" in texts(planner.get(ADDRESS))
    assert "empty" in texts(planner.get(f"{ADDRESS}tree/"))
    plans.task(at=noon)
    empty = texts(planner.get(f"{ADDRESS}?words=没有"))
    assert 'class="empty"' in empty
    client.force_login(account(Role.OFFICER))
    assert 'class="empty"' not in texts(client.get(ADDRESS))


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(("where", "most"), [("", 14), ("tree/", 11), ("timeline/", 14)])
def test_asks_the_database_the_same_however_many_there_are(
    planner, noon, django_assert_max_num_queries, count, where, most
):
    measure = plans.measure(at=noon)
    for number in range(count):
        plans.task(at=noon, measure=measure, title=f"任务{number}")
    planner.get(ADDRESS + where)

    with django_assert_max_num_queries(most):
        planner.get(ADDRESS + where)


def test_opens_what_the_address_says_in_the_tree(planner, noon):
    made = plans.task(at=noon)
    measure, programme = made.measure, made.measure.programme

    closed = planner.get(f"{ADDRESS}tree/?open=")
    assert programme.title in texts(closed)
    assert measure.title not in texts(closed)
    half = planner.get(f"{ADDRESS}tree/?open={programme.code}")
    assert measure.title in texts(half)
    assert made.title not in texts(half)
    whole = planner.get(f"{ADDRESS}tree/?open={programme.code}&open={measure.code}")
    assert table(whole)[1][0][1] == made.title


def test_leads_from_branch_to_branch_without_script(planner, noon):
    made = plans.task(at=noon)

    page = planner.get(f"{ADDRESS}tree/?words=培训")
    branch = page.context["branches"][0]
    opened = planner.get(branch.branches[0].toggle_at)

    assert branch.is_open  # few are open at first
    assert table(opened)[1][0][1] == made.title
    again = planner.get(opened.context["branches"][0].branches[0].toggle_at)
    assert made.title not in texts(again)
    assert made.measure.title in texts(again)


def test_hands_a_script_one_branch(planner, noon):
    made = plans.task(at=noon)
    measure, programme = made.measure, made.measure.programme

    opened = texts(planner.get(f"{ADDRESS}tree/{measure.code}/?opened=1"))
    assert opened.lstrip().startswith(f'<li class="tree__measure" id="branch-{measure.code}">')
    assert made.title in opened
    assert 'aria-expanded="true"' in opened
    closed = texts(planner.get(f"{ADDRESS}tree/{programme.code}/?opened=0"))
    assert measure.title not in closed
    assert planner.get(f"{ADDRESS}tree/AAAA-AAAA/").status_code == 404


def test_shows_an_officer_everything_and_the_own_units_tasks_in_one_click(client, noon):
    staff = account(Role.OFFICER)
    own = directory.unit(staff.unit)
    measure = plans.measure(at=noon)
    plans.task(at=noon, measure=measure, title="别的单位的")
    plans.task(at=noon, measure=measure, title="本单位的", lead=own)
    client.force_login(staff)

    page = client.get(ADDRESS)
    assert titles(page) == ["别的单位的", "本单位的"]
    mine = next(link for link in page.context["quick"] if "unit=" in link[1])
    assert titles(client.get(mine[1])) == ["本单位的"]


def test_shows_a_supervisor_what_waits_for_review(client, noon):
    measure = plans.measure(at=noon)
    waits = plans.promised_task(at=noon, measure=measure, title="已上报")
    plans.task(at=noon, measure=measure, title="没有上报")
    plans.reported(at=noon, task=waits)
    client.force_login(account(Role.SUPERVISOR))

    waiting = client.get(ADDRESS).context["quick"][2]

    assert titles(client.get(waiting[1])) == ["已上报"]


@pytest.mark.parametrize("role", list(Role)[:3])
@pytest.mark.parametrize("where", PAGES)
def test_lets_all_staff_read(client, noon, role, where):
    plans.task(at=noon)
    client.force_login(account(role))

    assert client.get(ADDRESS + where).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_shows_no_way_to_edit_to_those_who_may_not(client, noon, role):
    made = plans.task(at=noon)
    client.force_login(account(role))

    for page in ("", "tree/?open=" + made.measure.code):
        shown = texts(client.get(ADDRESS + page))
        assert "/edit/" not in shown
        assert 'name="task"' not in shown
        assert "/assign/" not in shown


@pytest.mark.parametrize(
    "where",
    [*PAGES, "tasks/{code}/", "tasks/{code}/edit/", "load/", "tree/{measure}/"],
)
def test_sends_everybody_else_to_sign_in(client, noon, where):
    made = plans.task(at=noon)
    address = ADDRESS + where.format(code=made.code, measure=made.measure.code)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


@pytest.mark.parametrize("where", ["assign/", "tasks/{code}/edit/"])
def test_takes_nothing_from_everybody_else(client, noon, where):
    made = plans.task(at=noon)

    answer = client.post(ADDRESS + where.format(code=made.code), {"title": "x", "name": "x"})

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")
    made.refresh_from_db()
    assert made.title == "全年培训600人次"


def test_escapes_what_a_title_holds(planner, noon):
    plans.task(at=noon, title="<img src=x onerror=alert(1)>")

    for page in ("", "tree/", "timeline/", "print/"):
        assert "<img src=x" not in texts(planner.get(ADDRESS + page))
