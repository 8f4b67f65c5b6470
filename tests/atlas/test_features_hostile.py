"""Everything below /ogc/ asked what its own description allows and forbids: no fault, nothing undocumented."""

import random
from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from linli.atlas.queries import features
from linli.atlas.schemas.features_description import description
from linli.kernel import open_data
from tests.town import atlas_open_data as town

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def _town(noon):
    features.forget()
    town.places(at=noon)
    # Keep the test's own connection open between requests, as Django's client does.
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)
    features.forget()


def test_answers_whatever_is_asked_as_described():
    said = description("/ogc", "Linli", open_data.collections().values())
    described = schemathesis.openapi.from_dict(said)
    described.validate()  # /conf/core/api-definition-success, /conf/oas30/oas-definition-2
    described.app = get_wsgi_application()
    asked, chance = [], random.Random(9)
    for found in described.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:

            @seed(20261123)
            @settings(max_examples=2, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case):
                if "featureId" in (case.path_parameters or {}) and chance.random() < 0.5:
                    case.path_parameters |= {"collectionId": "areas", "featureId": "620102"}
                response = case.call()
                asked.append((case.operation.path, response.status_code))
                case.validate_response(response, checks=CHECKS)

            with suppress(Unsatisfiable):  # where nothing is asked, nothing can be asked wrongly
                ask()

    assert {path for path, _ in asked} == {*said["paths"]}
    assert {200, 400, 404} <= {status for _, status in asked}
