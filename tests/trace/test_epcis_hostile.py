"""Everything below /epcis/ asked what its own description allows and forbids: no fault, nothing undocumented."""

import random
from contextlib import suppress
from copy import deepcopy

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

from linli.trace.exchange.epcis_description import described
from tests.town import goods_told as town
from tests.trace.epcis import a_file, an_event

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NAMES = {
    "epcs": [town.BEEF, town.BEEF_ADDRESS], "bizSteps": ["shipping"], "eventTypes": ["ObjectEvent"],
    "readPoints": [town.SHED], "queries": ["sold"],
}  # fmt: skip


@pytest.fixture
def _one_connection():
    """Keep the test's own connection open between requests, as Django's client does."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)


def thinned(description, chance):
    """A description with few of the many parameters, and one of the lists that are alike: to make up values takes long."""
    description = deepcopy(description)
    for path in [*description["paths"]]:
        if path.startswith(("/epcis/bizL", "/epcis/read", "/epcis/disp")):
            del description["paths"][path]
    for methods in description["paths"].values():
        for name, operation in methods.items():
            if name == "get" and len(operation.get("parameters", ())) > 9:
                operation["parameters"] = chance.sample(operation["parameters"], 9)
    return description


def aimed(case, chance):
    """Put real names and bodies where they belong, as often as not, and few parameters at once."""
    kept = chance.sample(sorted(case.query), min(len(case.query), chance.randint(0, 3)))
    case.query = {name: case.query[name] for name in kept}
    known = NAMES.get(case.operation.path.split("/")[2])
    if known and "name" in (case.path_parameters or {}) and chance.random() < 0.6:
        case.path_parameters["name"] = chance.choice(known)
    if case.method == "POST" and chance.random() < 0.5:
        if "queries" in case.operation.path:
            case.body = {"name": "sold", "query": chance.choice([{}, {"EQ_bizStep": ["shipping"]}])}
        else:
            event = an_event(bizStep=chance.choice(["shipping", "no", 3]))
            case.body = a_file(event) if "capture" in case.operation.path else event


@pytest.mark.usefixtures("_one_connection")
def test_answers_whatever_is_asked_as_described():
    chain = town.chain()
    key = {"Authorization": town.key_of(chain.factory)["HTTP_AUTHORIZATION"]}
    asked, chance = [], random.Random(8)
    few = thinned(described(), chance)
    description = schemathesis.openapi.from_dict(few)
    description.app = get_wsgi_application()
    for found in description.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:

            @seed(20261122)
            @settings(max_examples=4, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case):
                aimed(case, chance)
                response = case.call(headers=key if chance.random() < 0.95 else {})
                asked.append((case.operation.path, response.status_code))
                if response.status_code != 501:  # which says that it is not offered
                    case.validate_response(response, checks=CHECKS)

            with suppress(Unsatisfiable):  # where nothing is asked, nothing can be asked wrongly
                ask()

    assert {path for path, _ in asked} == {*few["paths"]}
    assert {200, 201, 202, 400, 401, 404} <= {status for _, status in asked}
