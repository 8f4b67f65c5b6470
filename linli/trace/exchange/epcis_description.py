"""What stands below /epcis/, described for programs (OpenAPI 3.0): /epcis/openapi.json."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from linli.trace.models import Capture
from linli.trace.rules.epcis.event_shapes import EVENT_TYPES
from linli.trace.rules.epcis.query_parameters import ACTIONS, FIXED, Kind
from linli.trace.rules.epcis.query_reading import MOST_PER_PAGE, PER_PAGE

_TEXT: Final = {"type": "string"}
_LISTS: Final = ("epcs", "bizSteps", "bizLocations", "readPoints", "dispositions")
_WORDS: Final = {"type": "array", "items": _TEXT}
_KINDS: Final[Mapping[Kind, Mapping[str, Any]]] = {
    "words": _WORDS,
    "types": {"type": "array", "items": {"type": "string", "enum": list(EVENT_TYPES)}},
    "actions": {"type": "array", "items": {"type": "string", "enum": sorted(ACTIONS)}},
    "moment": {"type": "string", "format": "date-time"},
    "number": {"type": "number"},
    "numbers": {"type": "array", "items": {"type": "number"}},
    "flag": {"type": "boolean"},
    "void": _TEXT,
}
_PAGES: Final = {
    "perPage": {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
    "nextPageToken": _TEXT,
}
_CONTROLS: Final = {
    **_PAGES,
    "orderBy": _TEXT,
    "orderDirection": {"type": "string", "enum": ["ASC", "DESC"]},
    "eventCountLimit": {"type": "integer", "minimum": 1},
    "maxEventCount": {"type": "integer", "minimum": 1},
}
_REFUSALS: Final = {
    "400": "Something that was sent is wrong; `faults` name it.",
    "401": "No key, or one that opens nothing.",
    "403": "The role behind the key may not do this.",
    "404": "There is no such thing, or none that this key may read.",
    "406": "Another version, or a form that is not spoken.",
    "409": "The name is taken, or what was sent does not fit what stands.",
    "413": "Too much at once.",
    "414": "The address is too long.",
    "415": "Neither JSON-LD nor XML.",
    "429": "Too often in a short time; `Retry-After` says when to come back.",
    "501": "Not offered yet.",
}
_OF_ALL: Final = ("400", "401", "403", "404", "406", "414", "429")


@require_safe
def epcis_description(request: HttpRequest) -> JsonResponse:
    """Answer the description of everything below /epcis/."""
    response = JsonResponse(described())
    response["Cache-Control"] = "public, max-age=3600"
    return response


@cache
def described() -> dict[str, Any]:
    """Return the description."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Linli EPCIS 2.0", "version": "2.0.0"},
        "security": [{"key": []}],
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
            "responses": {status: _refusal(words) for status, words in _REFUSALS.items()},
        },
        "paths": {**_capture(), **_events(), **_resources(), **_queries()},
    }


def _schemas() -> dict[str, Any]:
    fault = _object({"parameter": _TEXT, "path": _TEXT, "code": _TEXT, "title": _TEXT}, "code")
    problem = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "faults": _list(fault)}
    event = {"eventID": _TEXT, "type": _TEXT, "eventTime": _KINDS["moment"]}
    results = _object({"queryName": _TEXT, "resultsBody": {"type": "object"}}, "queryName", "resultsBody")  # fmt: skip
    body = _object({"queryResults": results}, "queryResults")
    document = {"type": {"type": "string", "enum": ["EPCISQueryDocument"]}, "epcisBody": body}
    job = {
        "captureID": _TEXT,
        "createdAt": _KINDS["moment"],
        "running": {"type": "boolean"},
        "success": {"type": "boolean"},
        "captureErrorBehaviour": {"type": "string", "enum": [one for one, _ in Capture.BEHAVIOURS]},
    }
    query = {"name": _TEXT, "query": {"type": "object"}, "createdAt": _KINDS["moment"]}
    return {
        "Problem": _object(problem, "type", "title", "status"),
        "Event": _object(event, *event),
        "QueryDocument": _object(document, *document),
        "Collection": _object({"type": _TEXT, "member": _list(_TEXT)}, "type", "member"),
        "Job": _object(job, *job),
        "Query": _object(query, *query),
        "Queries": _object({"queries": _list(_ref("Query"))}, "queries"),
    }


def _capture() -> dict[str, Any]:
    told = {"required": True, "content": {form: {"schema": {"type": "object"}} for form in ("application/ld+json", "application/json")}}  # fmt: skip
    headers = [_parameter("GS1-Capture-Error-Behaviour", _TEXT, where="header")]
    listed = {"description": "Jobs", "content": {"application/json": {"schema": _list(_ref("Job"))}}}  # fmt: skip
    job = {"description": "A job", "content": {"application/json": {"schema": _ref("Job")}}}
    taken = _operation({"202": {"description": "Taken: the job's address"}}, "409", "413", "415")
    kept = _operation({"201": _answer("The event", "Event")}, "409", "413", "415")
    return {
        "/epcis/capture": {
            "get": _operation({"200": listed}) | {"parameters": _parameters(_PAGES)},
            "post": taken | {"requestBody": told, "parameters": headers},
        },
        "/epcis/capture/{captureID}": {
            "parameters": [_parameter("captureID", _TEXT, where="path")],
            "get": _operation({"200": job}),
        },
        "/epcis/events": {"post": kept | {"requestBody": told}, "get": _asked()},
    }


def _events() -> dict[str, Any]:
    one = _operation({"200": _answer("One event", "Event")})
    return {
        "/epcis/events/{eventID}": {
            "parameters": [_parameter("eventID", _TEXT, where="path")],
            "get": one,
        }
    }


def _resources() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in ("eventTypes", *_LISTS):
        one = _operation({"200": _answer("Names", "Collection")})
        place = [_parameter("name", _TEXT, where="path")]
        pages = _parameters(_PAGES) if kind in _LISTS else []
        found[f"/epcis/{kind}"] = {"get": one | {"parameters": pages}}
        found[f"/epcis/{kind}/{{name}}"] = {"parameters": place, "get": one}
        found[f"/epcis/{kind}/{{name}}/events"] = {"parameters": place, "get": _asked()}
    return found


def _queries() -> dict[str, Any]:
    sent = _object({"name": {"type": "string", "pattern": "^[A-Za-z0-9_.~-]{1,60}$"}, "query": {"type": "object"}}, "name", "query")  # fmt: skip
    body = {"required": True, "content": {"application/json": {"schema": sent}}}
    made = _operation({"201": _answer("The query", "Query")}, "409", "413")
    place = [_parameter("name", _TEXT, where="path")]
    ran = _operation({"200": _answer("Events", "QueryDocument")}, "413")
    return {
        "/epcis/queries": {
            "get": _operation({"200": _answer("Queries", "Queries")}),
            "post": made | {"requestBody": body},
        },
        "/epcis/queries/{name}": {
            "parameters": place,
            "get": _operation({"200": _answer("The query", "Query")}),
            "delete": _operation({"204": {"description": "Taken away"}}),
        },
        "/epcis/queries/{name}/events": {
            "parameters": place,
            "get": ran | {"parameters": _parameters(_PAGES)},
        },
        "/epcis/queries/{name}/subscriptions": {
            "parameters": place,
            "get": _operation({}, "501"),
            "post": _operation({}, "501"),
        },
    }


def _asked() -> dict[str, Any]:
    names = _CONTROLS | {name: _KINDS[spec.kind] for name, spec in FIXED.items()}
    answers = _operation({"200": _answer("Events, newest first", "QueryDocument")}, "413")
    return answers | {"parameters": _parameters(names)}


def _operation(answers: Mapping[str, Any], *refusals: str) -> dict[str, Any]:
    said = {one: {"$ref": f"#/components/responses/{one}"} for one in (*_OF_ALL, *refusals)}
    return {"responses": {**answers, **said}}


def _answer(words: str, schema: str) -> dict[str, Any]:
    content = {
        form: {"schema": _ref(schema)} for form in ("application/ld+json", "application/json")
    }
    return {"description": words, "content": content}


def _refusal(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": _ref("Problem")}}}  # fmt: skip


def _parameters(schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_parameter(name, schema) for name, schema in schemas.items()]


def _parameter(name: str, schema: Mapping[str, Any], *, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


def _object(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
