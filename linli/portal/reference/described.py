"""What an OpenAPI description says, in rows for a page: addresses with what they take and what they give. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Told = Mapping[str, Any]
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is sent or answered."""

    name: str
    kind: str
    needed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address asked by one method. keyed: it opens what a key or a passphrase opens."""

    anchor: str
    method: str
    path: str
    words: str
    takes: tuple[Field, ...]
    sends: tuple[Field, ...]
    gives: tuple[Field, ...]
    statuses: tuple[str, ...]


def by_tag(description: Told) -> dict[str, list[Operation]]:
    """Return the operations of a description by their tags, in its order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            tag = (said.get("tags") or [""])[0]
            found.setdefault(tag, []).append(_operation(path, method, said, description))
    return found


def _operation(path: str, method: str, said: Told, description: Told) -> Operation:
    answers = said.get("responses", {})
    good: Told = next((one for status, one in answers.items() if str(status).startswith("2")), {})
    return Operation(
        anchor=str(said.get("operationId", "")).rpartition("_api_")[2] or path.strip("/"),
        method=method.upper(),
        path=path,
        words=str(said.get("description") or said.get("summary") or ""),
        takes=tuple(_taken(said, description)),
        sends=tuple(_fields(_body(said.get("requestBody", {})), description)),
        gives=tuple(_fields(_body(good), description)),
        statuses=tuple(str(status) for status in answers),
    )


def _taken(said: Told, description: Told) -> Iterator[Field]:
    for one in said.get("parameters", ()):
        words = one.get("description") or one.get("schema", {}).get("description", "")
        kind = kind_of(one.get("schema", {}), description)
        yield Field(one["name"], kind, bool(one.get("required")), words)


def _body(said: Told) -> Told:
    for media in said.get("content", {}).values():
        schema: Told = media.get("schema", {})
        return schema
    return {}


def _fields(schema: Told, description: Told, before: str = "", depth: int = 0) -> Iterator[Field]:
    """Yield the fields of a shape, those of what it holds after their own with a dot between."""
    shape = _shape(schema, description)
    needed = shape.get("required", ())
    for name, one in shape.get("properties", {}).items():
        full, inside = f"{before}{name}", one.get("items", one)
        kind = kind_of(one, description)
        yield Field(full, kind, name in needed, one.get("description", ""))
        if depth < _DEPTH and _shape(inside, description).get("properties"):
            dot = "[]." if "items" in one else "."
            yield from _fields(inside, description, f"{full}{dot}", depth + 1)


def kind_of(schema: Told, description: Told) -> str:
    """Return what kind of value a schema wants, in few words."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(kind_of(one, description) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(f'"{one}"' for one in schema["enum"])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if schema.get("type") == "array":
        return f"{kind_of(schema.get('items', {}), description)}[]"
    if "$ref" in schema:
        return kind_of(_shape(schema, description), description)
    return str(schema.get("format") or schema.get("type") or "any")


def _shape(schema: Told, description: Told) -> Told:
    if "$ref" not in schema:
        return schema
    name = str(schema["$ref"]).rpartition("/")[2]
    shape: Told = description["components"]["schemas"][name]
    return shape
