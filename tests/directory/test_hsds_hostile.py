"""The API of HSDS asked hundreds of things that its own description allows and forbids: no fault, nothing undocumented."""

from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.directory.test_hsds import town  # noqa: F401 - the same town

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def _one_connection():
    """Keep the test's own connection open between requests, as Django's client does."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)


MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.mark.usefixtures("_one_connection")
def test_answers_whatever_is_asked_as_described(town):  # noqa: F811
    description = schemathesis.openapi.from_wsgi("/hsds/openapi.json", get_wsgi_application())
    asked = []
    for found in description.get_all_operations():
        operation = found.ok()
        for mode in MODES:

            @seed(20261122)
            @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case):
                response = case.call()
                asked.append((case.operation.path, response.status_code))
                case.validate_response(response, checks=CHECKS)

            with suppress(Unsatisfiable):  # where nothing is asked, nothing can be asked wrongly
                ask()

    assert len({path for path, _ in asked}) == 11
    assert len(asked) > 300
    assert {200, 404, 422} <= {status for _, status in asked}
