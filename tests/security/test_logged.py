"""What the log says of the way in and of every no: that it happened, when, and whose number; never a word typed."""

import io
import json
from contextlib import suppress

import pytest
from django.test import Client
from structlog.testing import capture_logs

from linli.kernel import logs
from linli.kernel.actors import Role
from linli.kernel.factor_views import EnterCode
from tests.town.staff import account

pytestmark = pytest.mark.django_db
WORD = "CANARY-long-enough"


@pytest.fixture
def written():
    stream = io.StringIO()
    config = logs.logging_config(json_lines=True)
    config["handlers"]["stderr"]["stream"] = stream
    logs.configure(config)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logs.configure(logs.logging_config(json_lines=False))


@pytest.fixture
def planner():
    return account(Role.PLANNER, username="planner")


def told(lines, event):
    return [line for line in lines if line["event"] == event]


def test_says_who_came_in_when_and_by_what(written, planner):
    Client().post("/account/login/", {"login": "planner", "password": "long-enough-1"})

    for event in ("password_right", "signed_in"):
        (line,) = told(written(), event)
        assert (line["code"], line["role"]) == (str(planner.pk), "planner")
        assert line["timestamp"].endswith("Z")


def test_says_that_somebody_did_not_and_not_what_was_typed(written, planner):
    Client().post("/account/login/", {"login": WORD, "password": WORD})
    Client().post("/account/login/", {"login": "planner", "password": WORD})

    assert len(told(written(), "password_wrong")) == 2
    assert told(written(), "signed_in") == []
    assert "CANARY" not in json.dumps(written())


@pytest.mark.parametrize(
    ("path", "status"), [("/console/accounts/", 403), (f"/console/{WORD}/", 404)]
)
def test_says_which_role_was_kept_out_and_where(written, planner, path, status):
    client = Client()
    client.force_login(planner)

    client.get(path)

    line = told(written(), "request")[-1]
    assert (line["status"], line["role"]) == (status, "planner")
    assert {"method", "route", "ms", "timestamp", "level", "logger"} <= {*line}
    assert "CANARY" not in json.dumps(written())


def test_says_which_rule_said_no(written):
    Client().post("/api/desk/cases", {"words": WORD}, content_type="application/json")
    Client().get("/api/desk/cases")

    assert {line["status"] for line in told(written(), "refused")} == {401}
    assert all(line["code"] for line in told(written(), "refused"))
    assert "CANARY" not in json.dumps(written())


def test_says_that_a_form_came_from_elsewhere(written, planner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(planner)

    client.post("/console/views/save/", {"name": WORD})

    assert "django.security.csrf" in {line["event"] for line in written()}
    assert told(written(), "request")[-1]["status"] == 403


def test_says_of_a_fault_where_it_rose_and_not_what_it_said(written, monkeypatch):
    from linli.portal import views

    def broken(*_args, **_named):
        raise RuntimeError(WORD)

    monkeypatch.setattr(views, "render", broken)

    answer = Client(raise_request_exception=False).get("/accessibility/")

    assert answer.status_code == 500
    faults = [line for line in written() if "RuntimeError" in line.get("exception", "")]
    assert faults
    assert "CANARY" not in json.dumps(written())
    assert b"RuntimeError" not in answer.content
    assert b"Traceback" not in answer.content


def test_makes_one_line_of_what_would_be_two(written):
    import structlog

    structlog.stdlib.get_logger("linli.test").info("asked", code='1\n{"event": "forged"}')

    assert [line["event"] for line in written()] == ["asked"]


def test_says_a_wrong_second_step():
    class Step(EnterCode):
        def __init__(self):
            pass

    # No request lies behind it: there is nothing to show, once it is written down.
    with capture_logs() as said, suppress(AttributeError):
        Step().form_invalid(None)

    assert [line["event"] for line in said] == ["factor_wrong"]
