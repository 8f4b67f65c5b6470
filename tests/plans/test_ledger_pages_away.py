import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from linli.kernel.actors import Role
from linli.plans.models import Milestone
from tests.plans.ledger_html import table
from tests.town import directory, plans
from tests.town.staff import account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LEDGER = "/console/ledger/"
QUERIES = [
    "",
    "columns=all",
    "year=2026&columns=all&order=-due",
    "unit=嘉峪关市教育局&order=title",
    "lamp=red",
    "words=没有这样的",
]


@pytest.fixture
def today(noon, time_machine):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def reader(client):
    """An officer: who may edit nothing sees and takes away the same."""
    client.force_login(account(Role.OFFICER))
    return client


@pytest.fixture
def many(noon):
    """Sixty tasks of every kind, on two pages."""
    measure = plans.measure(at=noon)
    other = directory.unit(plans.OTHER)
    plans.promised_task(at=noon, measure=measure, title="=1+1", target=600, supporting=(other,))
    plans.accepted(at=noon, task=plans.task(at=noon, measure=measure, title="已办结"))
    for number in range(58):
        day = date(2026 + number % 2, 1 + number % 12, 15)
        lead = other if number % 3 else None
        starts = date(2026, 1, 1) if number % 4 else None
        plans.task(at=noon, measure=measure, title=f"任务{number}", due_on=day, lead=lead,
                   starts_on=starts)  # fmt: skip


def on_screen(client, query):
    """Return the head and every row of every page of the list, as they are read on the screen."""
    head, rows, number = [], [], 1
    while True:
        answer = client.get(f"{LEDGER}?{query}&page={number}")
        page = answer.context["page"]
        if page.object_list:
            head, found = table(answer)
            rows += found
        if not page.has_next():
            return head, rows
        number += 1


def of_xlsx(answer):
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    head, *rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return head, [[said(cell) for cell in row] for row in rows]


def said(cell):
    if isinstance(cell, float):
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", QUERIES)
def test_exports_what_the_screen_shows(reader, query):
    head, rows = on_screen(reader, query)

    exported_head, exported = of_xlsx(reader.get(f"{LEDGER}export.xlsx?{query}"))

    assert exported == rows
    assert exported_head == (head or exported_head)
    assert len(rows) == {"": 60, "columns=all": 60, "words=没有这样的": 0}.get(query, len(rows))


@pytest.mark.usefixtures("many")
def test_exports_in_the_language_of_the_screen(reader):
    head, _rows = table(reader.get(f"/en{LEDGER}"))

    exported_head, _ = of_xlsx(reader.get(f"/en{LEDGER}export.xlsx"))

    assert exported_head == head
    assert head[0] == "Lamp"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", QUERIES)
def test_writes_the_same_as_csv(reader, query):
    _head, rows = on_screen(reader, query)

    answer = reader.get(f"{LEDGER}export.csv?{query}")

    text = answer.content.decode("utf-8-sig")
    _exported_head, *exported = csv.reader(io.StringIO(text))
    # What a spreadsheet would run is defused, and nothing else differs.
    assert [[cell.removeprefix("'") for cell in row] for row in exported] == rows
    assert answer["Content-Disposition"] == 'attachment; filename="ledger.csv"'


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["", "year=2026&columns=all&order=-due"])
def test_prints_every_row(reader, query):
    head, rows = on_screen(reader, query)

    printed = reader.get(f"{LEDGER}print/?{query}")

    assert table(printed) == (head, rows)


def test_says_on_paper_what_was_asked_for(reader, noon):
    plans.task(at=noon)

    page = reader.get(f"/en{LEDGER}print/?lamp=blue&year=2026&state=open")

    assert [(str(words), value) for words, value in page.context["asked"]] == [
        ("State", "Open"),
        ("Due in", "2026"),
        ("Lamp", "Blue"),
    ]


def test_draws_each_task_with_its_days(reader, noon):
    made = plans.promised_task(at=noon, starts_on=date(2026, 3, 1), due_on=date(2026, 11, 30))
    Milestone.objects.create(task=made, title="中期", due_on=date(2026, 6, 30))

    page = reader.get(f"/en{LEDGER}timeline/")

    chart = page.context["chart"]
    (bar,) = chart.bars
    assert chart.since == date(2026, 3, 1)
    assert bar.x == 24
    assert bar.x < bar.milestones[0][0] < chart.today < bar.due < chart.width
    assert bar.first is None
    html = page.content.decode()
    assert 'aria-label="Amber · Milestone late; 2026-03-01 – 2026-11-30"' in html
    assert '<use href="#gantt-soon"' in html
    assert '<use href="#gantt-ahead"' in html


def test_shows_how_far_a_promise_has_moved(reader, noon):
    from linli.plans import actions

    made = plans.promised_task(at=noon)
    move = actions.ask_move(
        by=plans.planner(), at=noon, task=made, due_on=date(2027, 3, 31), target=None, reason="汛期"
    )
    actions.decide_move(by=plans.supervisor(), at=noon, move=move, approved=True, words="同意")

    page = reader.get(f"/en{LEDGER}timeline/")

    (bar,) = page.context["chart"].bars
    assert bar.moved == (bar.first, bar.due)
    html = page.content.decode()
    assert "first promised for 2026-12-31, 90 days later" in html
    assert 'class="gantt__drift"' in html
    assert table(reader.get(LEDGER))[1][0][7] == "90"


def test_reads_milestones_of_the_page_alone(reader, noon, django_assert_max_num_queries):
    measure = plans.measure(at=noon)
    for number in range(3):
        made = plans.task(at=noon, measure=measure, title=f"{number}")
        Milestone.objects.create(task=made, title="中期", due_on=date(2026, 6, 30))
    reader.get(f"{LEDGER}timeline/")

    with django_assert_max_num_queries(15):
        reader.get(f"{LEDGER}timeline/")
