"""The guided tour: there in a demo alone, ten stops for each role, every one of them a page that answers."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve

from linli.demo import staff
from linli.demo.tour import anew
from linli.demo.tour.views import TOURS
from linli.directory.models import Area
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone, key_of, new_subject
from tests.town.staff import account, actor

BOSS = actor(Role.ADMINISTRATOR, name="管理员(示例)")


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    return settings


@pytest.mark.django_db
def test_has_nothing_where_this_is_no_demo(client):
    assert [client.get(f"/tour/{path}").status_code for path in ("", "resident/", "reset/")] == [
        404, 404, 404,
    ]  # fmt: skip


@pytest.mark.django_db
def test_shows_ten_stops_of_each_role_and_keeps_the_place_in_the_address(demo, client):
    assert set(TOURS) == {"resident", "clerk", "officer", "inspector", "planner", "public"}
    for key, tour in TOURS.items():
        assert len({stop.address for stop in tour.stops}) == 10, key
        answer = client.get(f"/tour/{key}/?stop=3")
        assert tour.stops[2].address in answer.content.decode().replace("&amp;", "&")
        assert answer.context["number"] == 3
        assert not answer.cookies
    assert client.get("/tour/mayor/").status_code == 404


@pytest.mark.parametrize("typed", ["", "0", "-1", "11", "999999", "x", "²", "٣", "1e3"])
@pytest.mark.django_db
def test_shows_a_stop_whatever_the_address_says(demo, client, typed):
    answer = client.get("/tour/public/", {"stop": typed})

    assert answer.status_code == 200
    assert 1 <= answer.context["number"] <= 10


@pytest.mark.django_db
def test_leads_to_pages_that_answer(demo):
    for tour in TOURS.values():
        client = Client()
        if tour.login:
            login = next(one for one in staff.LOGINS if one.username == tour.login)
            client.force_login(account(login.role, username=tour.login))
        for stop in tour.stops:
            assert client.get(stop.address).status_code == 200, (tour.key, stop.address)
            assert stop.address.startswith("/console/") <= bool(tour.login)
            assert resolve(stop.address.partition("?")[0])


@pytest.mark.django_db
def test_asks_the_administrator_before_it_fills_anew(demo, client):
    client.force_login(account(Role.ADMINISTRATOR, username="administrator"))

    assert client.post("/tour/reset/", {}).status_code == 422
    assert not anew.is_under_way()
    assert client.post("/tour/reset/", {"sure": "on"}).status_code == 302
    assert anew.is_under_way()
    assert client.post("/tour/reset/", {"sure": "on"}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PLANNER, Role.OFFICER, Role.CLERK, Role.SUPERVISOR])
def test_lets_nobody_else_fill_anew(demo, client, role):
    client.force_login(account(role, username=role.value))

    assert client.post("/tour/reset/", {"sure": "on"}).status_code == 403
    assert not anew.is_under_way()


@pytest.mark.django_db
def test_leaves_a_database_in_real_use_alone(demo, client):
    """The control: with the demo's own accounts the same is taken (above)."""
    client.force_login(account(Role.ADMINISTRATOR, username="a-real-person"))

    assert client.post("/tour/reset/", {"sure": "on"}).status_code == 422
    with pytest.raises(Refused, match="in_real_use"):
        anew.fill_anew.call()
    assert not anew.is_under_way()


@pytest.mark.django_db(transaction=True)
def test_puts_another_database_under_open_connections_and_ends_what_was_sealed(demo, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a demo on PostgreSQL is filled by `linli demo` into a new database")
    Area.objects.create(code="620200", name="嘉峪关市", level="city", from_year=2000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "linli.sqlite3")])
    Area.objects.create(code="620100", name="兰州市", level="city", from_year=2000)
    entered = new_subject(purpose="case", purge_on=now().date().replace(year=2030), at=now())
    (tmp_path / "keys").mkdir()
    with closing(sqlite3.connect(tmp_path / "keys" / "subjects.sqlite3")) as keys:
        keys.execute("CREATE TABLE keys (code, wrapped, master, purge_on)")
        keys.execute("INSERT INTO keys VALUES ('of-the-new', x'01', 1, '2030-01-01')")
        keys.commit()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        read = other.execute("SELECT count(*) FROM directory_area")
        assert read.fetchone() == (2,)

        anew.put_in_place(tmp_path)

        assert other.execute("SELECT count(*) FROM directory_area").fetchone() == (1,)
    assert list(Area.objects.values_list("name", flat=True)) == ["嘉峪关市"]
    assert "of-the-new" in store().alive("", 10_000)
    with pytest.raises(Gone):
        key_of(entered, at=now())
