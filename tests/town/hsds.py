"""The published schemas of HSDS, made strict: nothing may stand in an answer that they do not name."""

import json
from functools import cache

from jsonschema import Draft202012Validator, FormatChecker


@cache
def strict(shared, entity):
    """Return a validator for one entity, all that it refers to included, closed everywhere."""
    schema = _closed(shared / "conformance/hsds/3.1-dev/schema", entity)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def page(shared, entity):
    """Return a validator for a page of a list: the envelope of openapi.json, with nothing left out of it."""
    description = json.loads((shared / "conformance/hsds/3.1-dev/schema/openapi.json").read_text())
    envelope = description["components"]["schemas"]["Page"]
    schema = {
        **envelope,
        "properties": envelope["properties"]
        | {"contents": {"type": "array", "items": strict(shared, entity).schema}},
        "required": [*envelope["properties"], "contents"],
        "additionalProperties": False,
    }
    return Draft202012Validator(schema, format_checker=FormatChecker())


def faults(validator, told):
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(told)]


# What the API's own examples add to the entities: *_full.json, service_at_location_list.json.
ADDED = {
    "organization": {"services": {"type": "array", "items": {"$ref": "service.json"}}},
    "service_at_location": {"service": {"$ref": "service.json"}},
}


def _closed(folder, entity, inside=()):
    schema = json.loads((folder / f"{entity}.json").read_text())
    named = schema["properties"] | ({} if inside else ADDED.get(entity, {}))
    return {
        "type": "object",
        "properties": {
            name: _opened(folder, said, (*inside, entity)) for name, said in named.items()
        },
        "required": schema.get("required", []),
        "additionalProperties": False,
    }


def _opened(folder, said, inside):
    if "$ref" in said:
        entity = said["$ref"].removesuffix(".json")
        # A thing inside itself is told once.
        return False if inside.count(entity) else _closed(folder, entity, inside)
    if "items" in said:
        return said | {"items": _opened(folder, said["items"], inside)}
    return {key: value for key, value in said.items() if key in {"type", "format", "enum"}}
