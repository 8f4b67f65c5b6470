"""Pages of boards: built without a script, published, shown, and on a wall screen by screen."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model

from linli.atlas.models import Board, BoardTile
from linli.kernel.actors import Role
from tests.town import atlas_cells as town
from tests.town import directory
from tests.town.staff import account

pytestmark = pytest.mark.django_db
AT = "/en/console/boards/"
TITLES = {"title": "大厅数字", "title_hant": "大廳數字", "title_en": "Figures of the hall"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(town.AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def areas():
    found = town.places()
    for year, held in ((2022, 9), (2023, 10), (2024, 12)):
        town.stated(town.courses(), found[town.ONE], str(year), held)
        town.stated(town.residents(), found[town.ONE], str(year), 60_000)
    town.stated(town.courses(), found[town.TWO], "2024", 7)
    town.rate()
    return found


@pytest.fixture
def staff(client):
    def come(role=Role.OFFICER, unit=town.UNIT, name="经办人"):
        directory.unit(unit)
        person = get_user_model().objects.create(
            username=uuid4().hex, name=name, role=role, unit=unit, password="long-enough-1"
        )
        client.force_login(person)
        return client

    return come


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_builds_publishes_and_shows_a_board(staff, areas, client):
    officer = staff()
    assert text(officer.post(f"{AT}new/", TITLES | {"title_en": "", "seconds": 20, "at_once": 2}), 422)  # fmt: skip
    officer.post(f"{AT}new/", TITLES | {"seconds": 20, "at_once": 2})
    board = Board.objects.get()
    at = f"{AT}{board.code}/"
    part = {"what": "indicator:training.courses", "kind": "figure", "area": "甲县"}
    for changed in (
        {"area": "无此地"}, {"period": "昨天"}, {"what": "indicator:none"}, {"kind": "map"}, {"caption": "一"}, {"area": "\0"},
    ):  # fmt: skip
        assert text(officer.post(f"{at}tiles/new/", part | changed), 422)
    officer.post(f"{at}tiles/new/", part)
    officer.post(f"{at}tiles/new/", part | {"kind": "trend", "area": "620201"})
    officer.post(f"{at}tiles/new/", part | {"kind": "places", "area": "620200", "what": "rate:training.per_ten_thousand"})  # fmt: skip
    last = BoardTile.objects.last()
    assert last.rate
    officer.post(f"{at}tiles/{last.pk}/up/")
    page = text(officer.get(at))
    assert page.count("boards__one") == 3
    assert "/publish/" not in page
    assert client.get(f"/en/boards/{board.code}/").status_code == 404
    planner = staff(Role.PLANNER, name="规划员")
    seen = re.search(r'name="seen" value="(\w{64})"', text(planner.get(at)))[1]
    planner.post(f"{at}publish/", {"seen": "0" * 64})
    assert client.get(f"/en/boards/{board.code}/").status_code == 404
    planner.post(f"{at}publish/", {"seen": seen})
    client.logout()
    page = text(client.get(f"/en/boards/{board.code}/"))
    assert "Figures of the hall" in page
    assert "<strong>12</strong>" in page
    assert page.index("boardpart--places") < page.index("boardpart--trend")
    assert board.code in text(client.get("/en/boards/"))
    planner = staff(Role.PLANNER, name="规划员")
    planner.post(f"{at}down/")
    assert client.get(f"/en/boards/{board.code}/").status_code == 404


def test_changes_and_removes_a_part(staff, areas):
    made = town.board(("figure", town.courses(), areas[town.ONE]))
    officer, tile = staff(), made.tiles.get()
    at = f"{AT}{made.code}/tiles/{tile.pk}/"
    said = {
        "what": "indicator:training.courses", "kind": "figure", "area": "620202", "period": "2024年", "caption": "培训",
        "caption_hant": "培訓", "caption_en": "Training",
    }  # fmt: skip
    assert 'value="620201"' in text(officer.get(at))
    officer.post(at, said)
    tile.refresh_from_db()
    assert (tile.area_id, tile.period, tile.caption_en) == ("620202", "2024", "Training")
    assert officer.post(f"{at}sideways/").status_code == 404
    officer.post(f"{AT}{made.code}/edit/", TITLES | {"title_en": "Renamed", "seconds": 60, "at_once": 6})  # fmt: skip
    assert "Renamed" in text(officer.get(f"{AT}{made.code}/"))
    officer.post(f"{at}remove/")
    assert not BoardTile.objects.exists()
    assert officer.post(f"{at}remove/").status_code == 404


def test_shows_an_officer_the_own_units_boards_alone(staff, areas):
    made = town.board(("figure", town.courses(), areas[town.ONE]))
    other = staff(unit="嘉峪关市教育局")
    assert other.get(f"{AT}{made.code}/").status_code == 404
    assert other.post(f"{AT}{made.code}/tiles/{made.tiles.get().pk}/remove/").status_code == 404
    assert made.code not in text(other.get(AT))
    assert staff(Role.CLERK).get(AT).status_code == 403


def test_stands_on_a_wall_screen_by_screen(client, areas, django_assert_max_num_queries):
    code = _published(areas)
    with django_assert_max_num_queries(12):
        first = client.get(f"/en/boards/{code}/wall/")
    page = text(first)
    assert first["Refresh"] == f"20; url=/en/boards/{code}/wall/?screen=2"
    assert page.count("boardpart--") == 4
    assert not re.search(r"<script|<button|<form|<input", page)
    assert f"http://testserver/en/boards/{code}/" in page
    last = client.get(f"/en/boards/{code}/wall/?screen=2")
    assert text(last).count("boardpart--") == 1
    assert last["Refresh"].endswith("?screen=1")
    for typed in ("0", "99", "-1", "9" * 50, "\0", "甲"):
        assert client.get(f"/en/boards/{code}/wall/", {"screen": typed}).status_code == 200


def test_speaks_the_readers_language(client, areas):
    code = _published(areas)
    assert "大厅数字" in text(client.get(f"/boards/{code}/"))
    assert "大廳數字" in text(client.get(f"/zh-hant/boards/{code}/"))
    assert "Figures of the hall" in text(client.get(f"/en/boards/{code}/"))


def test_shows_in_few_queries(client, areas, django_assert_max_num_queries):
    code = _published(areas)
    with django_assert_max_num_queries(14):
        page = text(client.get(f"/en/boards/{code}/"))
    assert "2 sessions more (+20%)" in page
    assert page.count("/en/atlas/cell/?") > 6
    assert not client.cookies


def test_keeps_back_on_a_board_what_the_gate_keeps_back(client, areas, monkeypatch):
    town.kept_back(monkeypatch, (town.residents(), "2024", areas[town.TWO]))
    code = _published(areas)
    page = text(client.get(f"/en/boards/{code}/"))
    assert "boardbars__row--kept_back" in page


def _published(areas):
    made = town.board(
        ("figure", town.courses(), areas[town.ONE]), ("figure", town.rate(), areas[town.ONE]),
        ("trend", town.courses(), areas[town.ONE]), ("map", town.courses(), areas[town.CITY]),
        ("places", town.rate(), areas[town.CITY]),
    )  # fmt: skip
    town.published(made)
    return made.code


def test_officer_without_a_unit_begins_nothing(client):
    client.force_login(account(Role.OFFICER))
    assert text(client.post(f"{AT}new/", TITLES | {"seconds": 20, "at_once": 2}), 422)
    assert not Board.objects.exists()
