"""Lists of the console as files, and their saved views. That every list is decided about: tests/permissions/test_lists.py."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from linli.kernel import saved_views
from linli.kernel.actors import Role
from linli.kernel.list_pages import ListPage, lists
from linli.kernel.models import SavedView
from linli.portal.lists import taking
from linli.ui import first_view
from tests.town import directory, plans
from tests.town.staff import account

pytestmark = pytest.mark.django_db
UNITS = "directory:unit_list"
DOCS = Path(__file__).parents[2] / "docs" / "lists.md"


def file_of(client, name, form="csv", query=""):
    return client.get(f"{reverse('portal:list_file', args=[name, form])}{query}")


def rows_of(answer):
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


def test_has_a_page_behind_every_name():
    assert {reverse(name) for name in lists()} != set()
    assert all(one.views_of in lists() for one in lists().values() if one.views_of)


def test_says_in_its_docs_which_lists_stay():
    stays = {name for name, one in lists().items() if one.stays}

    assert set(re.findall(r"^\| `([\w:]+)` \|", DOCS.read_text(), re.MULTILINE)) == stays


def test_would_notice_a_list_that_leaves_though_it_stays(planner, monkeypatch):
    """The control: without the guard, a list that stays leaves."""
    monkeypatch.setattr(taking, "_let_go", lambda _page: None)

    assert file_of(planner, "assessments:conflicts").status_code == 200


def test_takes_away_what_the_filters_show(planner, noon):
    for name in ("甲局", "乙局", "丙处"):
        directory.unit(name)
    page = planner.get(reverse(UNITS)).content.decode()

    head, *rows = rows_of(file_of(planner, UNITS))
    assert all(words in page for words in head)
    assert {row[0].split(" · ")[0] for row in rows} >= {"甲局", "乙局", "丙处"}
    sheet = load_workbook(io.BytesIO(file_of(planner, UNITS, "xlsx").getvalue())).active
    assert next([cell.value or "" for cell in row] for row in sheet) == head
    assert sheet.max_row == len(rows) + 1


def test_takes_away_all_pages_of_what_is_asked_for(planner, noon, monkeypatch):
    area = directory.area()
    for number in range(60):
        plans.programme(at=noon, title=f"方案{number:02}", area=area)

    rows = rows_of(file_of(planner, "plans:programmes"))[1:]

    assert sorted(row[0] for row in rows) == [f"方案{number:02}" for number in range(60)]
    monkeypatch.setattr(taking, "MOST_ROWS", 40)
    answer = file_of(planner, "plans:programmes")
    assert (answer.status_code, answer.streaming) == (422, False)


def test_leaves_counts_of_people_behind(planner, noon):
    """Taken and waiting places count people: they stay in the house, however the file is asked for."""
    page = planner.get(reverse("offers:console_list")).content.decode()
    head, *_rows = rows_of(file_of(planner, "offers:console_list"))

    if head:
        assert len(head) == page.count('<th scope="col"') - 2


@pytest.mark.parametrize("name", ["nothing:here", "plans:ledger", "portal:console"])
def test_knows_no_other_file(planner, name):
    assert file_of(planner, name).status_code == 404
    assert file_of(planner, UNITS, "pdf").status_code == 404


def test_keeps_messages_for_their_reader(planner, noon):
    planner.post(reverse("portal:view_save"), {"name": "x", "page": UNITS, "query": "kind=office"})

    file_of(planner, UNITS).getvalue()

    assert "toast" in planner.get(f"{reverse(UNITS)}?all").content.decode()


def test_saves_shares_opens_and_forgets_a_view(planner):
    answer = planner.post(
        reverse("portal:view_save"),
        {"name": "红灯", "page": "plans:ledger_tree", "query": "?lamp=red&page=3", "shared": "on", "first": "on"},
    )  # fmt: skip
    view = SavedView.objects.get()

    assert (view.page, view.query, view.shared, view.first) == (
        "plans:ledger",
        "lamp=red",
        True,
        True,
    )
    assert answer.url == f"{reverse('plans:ledger')}?lamp=red"
    assert "红灯" in planner.get(f"{reverse('plans:ledger')}?all").content.decode()
    change = reverse("portal:view_change", args=[view.pk])
    for deed in ("keep", "later"):
        planner.post(change, {"deed": deed})
    view.refresh_from_db()
    assert (view.shared, view.first) == (False, False)
    assert planner.post(change, {"deed": "nonsense"}).status_code == 422
    planner.post(change, {"deed": "forget"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("given", [{"name": ""}, {"page": "portal:console"}, {"query": "x" * 600}])
def test_saves_no_view_that_is_wrong(planner, given):
    wrong = {"name": "x", "page": "plans:ledger", "query": "lamp=red"} | given

    assert planner.post(reverse("portal:view_save"), wrong).status_code == 422
    assert not SavedView.objects.exists()


def test_opens_a_list_with_its_first_view(planner, noon):
    owner = account(Role.OFFICER)
    planner.force_login(owner)
    ledger = reverse("plans:ledger")
    draft = saved_views.ViewDraft("plans:ledger", "红灯", "lamp=red", first=True)
    saved_views.save_view(by=owner.actor, at=noon, owner=owner, draft=draft)

    assert planner.get(ledger).url == f"{ledger}?lamp=red"
    assert planner.get(f"/en{ledger}").url == f"/en{ledger}?lamp=red"
    assert planner.get(f"{ledger}?all").status_code == 200
    assert planner.get(f"{ledger}?year=2026").status_code == 200
    planner.force_login(account(Role.SUPERVISOR))
    assert planner.get(ledger).status_code == 200


def test_asks_once_for_the_views_of_a_page(planner, noon, monkeypatch):
    asked = []
    plain = first_view.views_for
    monkeypatch.setattr(
        first_view, "views_for", lambda *given: asked.append(given) or plain(*given)
    )

    planner.get(reverse("plans:ledger"))

    assert len(asked) == 1


def test_shows_no_bar_where_nobody_named_a_list(planner):
    assert 'class="tools small"' not in planner.get("/console/").content.decode()
    assert not lists().get("portal:console", ListPage("x")).files
