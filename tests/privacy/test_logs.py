"""When something breaks, the log says what kind of fault and where, and nothing of what somebody wrote."""

import io

import pytest
import structlog
from django.test import Client

from linli.kernel import logs
from linli.portal import searching

CANARY = "cnry-0001-words-000000000000"


@pytest.fixture
def written():
    stream = io.StringIO()
    config = logs.logging_config(json_lines=True)
    config["handlers"]["stderr"]["stream"] = stream
    logs.configure(config)
    yield stream
    logs.configure(logs.logging_config(json_lines=False))


def broken(*_):
    try:
        raise LookupError(CANARY)
    except LookupError as error:
        raise ValueError(f"{CANARY} is no number") from error


@pytest.mark.django_db
def test_quotes_nothing_when_a_page_breaks(written, monkeypatch):
    monkeypatch.setattr(searching, "matching", broken)

    answer = Client(raise_request_exception=False).get("/search/?q=x")

    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert CANARY not in written.getvalue()
    assert "builtins.ValueError" in written.getvalue()
    assert "after builtins.LookupError" in written.getvalue()
    assert "test_logs.py" in written.getvalue()


def test_quotes_nothing_that_we_log_ourselves(written):
    log = structlog.stdlib.get_logger("linli.test")
    try:
        broken()
    except ValueError:
        log.exception("failed", kind="test")

    assert CANARY not in written.getvalue()
    assert '"kind": "test"' in written.getvalue()
    assert "builtins.ValueError" in written.getvalue()
