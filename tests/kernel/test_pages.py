import pytest

import linli
from linli.kernel.actors import Role
from tests.town.staff import account

pytestmark = pytest.mark.django_db


def test_answers_health(client):
    response = client.get("/health")

    assert response.json() == {"status": "pass", "version": linli.__version__}


def test_reports_ill_health_when_a_migration_waits(client):
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    [last] = MigrationLoader(None).graph.leaf_nodes("kernel")
    MigrationRecorder(connection).record_unapplied(*last)

    response = client.get("/health")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["output"] == "migrations are waiting"


def test_sends_a_strict_policy(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_signs_staff_in_and_out(client):
    account(Role.PLANNER, username="planner")

    page = client.post("/account/login/", {"login": "planner", "password": "long-enough-1"})

    assert page.status_code == 302
    assert page.url == "/console/"
    assert client.get("/console/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/console/").status_code == 302


def test_refuses_a_wrong_password_and_keeps_the_name_typed(client):
    account(Role.PLANNER, username="planner")

    page = client.post("/account/login/", {"login": "planner", "password": "wrong"})

    assert page.wsgi_request.user.is_authenticated is False
    assert 'value="planner"' in page.content.decode()


def test_keeps_out_an_account_that_was_closed(client):
    closed = account(Role.PLANNER, username="planner")
    client.force_login(closed)
    closed.is_active = False
    closed.save()

    assert client.get("/console/").status_code == 302


def test_signs_nobody_up(client):
    page = client.post("/account/signup/", {"username": "x", "password1": "long-enough-1"})

    assert "planner" not in page.content.decode()
    from linli.kernel.models import Staff

    assert Staff.objects.count() == 0
