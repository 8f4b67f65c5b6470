import io
import logging

import pytest
import structlog

from linli.kernel import logs


@pytest.fixture
def written():
    """Log to memory as in production, then put the configuration back."""
    stream = io.StringIO()
    config = logs.logging_config(json_lines=True)
    config["handlers"]["stderr"]["stream"] = stream
    logs.configure(config)
    yield stream
    logs.configure(logs.logging_config(json_lines=False))


def test_writes_named_fields(written):
    structlog.stdlib.get_logger("linli.test").info("asked", route="reports:public_list", status=200)

    assert '"route": "reports:public_list"' in written.getvalue()


def test_drops_a_field_that_is_not_named(written):
    structlog.stdlib.get_logger("linli.test").info("asked", telephone="CANARY-138", status=200)

    assert "CANARY" not in written.getvalue()
    assert '"status": 200' in written.getvalue()


def test_drops_the_text_of_foreign_records(written):
    logging.getLogger("django.request").warning("Not Found: %s", "/follow/CANARY-7K3M/")

    assert "CANARY" not in written.getvalue()
    assert "django.request" in written.getvalue()
