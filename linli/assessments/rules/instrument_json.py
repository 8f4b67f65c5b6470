"""A document that somebody brings, read as an instrument: nothing of it guessed, nothing left out. Pure."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from linli.assessments.rules.building import tidied
from linli.assessments.rules.instruments import Form, Item, read


class BadDocument(ValueError):
    """What is wrong with a document: at `path` ("sections[2].items[0].weight")."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def read_json(data: bytes) -> Form:
    """Return the form that a JSON file holds. Raises BadDocument."""
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
        json.dumps(
            document, ensure_ascii=False
        ).encode()  # half a character cannot be kept, or shown
    except (ValueError, RecursionError) as error:
        raise BadDocument("") from error
    _record(document, "", {"languages", "sections"}, _DOCUMENT)
    return tidied(read(document))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadDocument(next(name for name, _value in pairs))
    return found


Check = Callable[[Any, str], None]


def _record(value: Any, path: str, needed: set[str], fields: Mapping[str, Check]) -> None:  # noqa: ANN401
    if not isinstance(value, dict):
        raise BadDocument(path)
    for name in needed - set(value):
        raise BadDocument(f"{path}.{name}".lstrip("."))
    for name, one in value.items():
        here = f"{path}.{name}".lstrip(".")
        if name not in fields:
            raise BadDocument(here)
        fields[name](one, here)


def _a(kind: type) -> Check:
    def check(value: Any, path: str) -> None:  # noqa: ANN401
        if type(value) is not kind:  # True is an int to Python, and no weight
            raise BadDocument(path)

    return check


def _list(of: Check) -> Check:
    def check(value: Any, path: str) -> None:  # noqa: ANN401
        _a(list)(value, path)
        for place, one in enumerate(value):
            of(one, f"{path}[{place}]")

    return check


def _texts(value: Any, path: str) -> None:  # noqa: ANN401
    _a(dict)(value, path)
    for tag, text in value.items():
        _a(str)(text, f"{path}.{tag}")


def _of(needed: set[str], fields: Mapping[str, Check]) -> Check:
    return lambda value, path: _record(value, path, needed, fields)


_ITEM: dict[str, Check] = {
    name: _texts if name in ("text", "guidance") else _a(type(getattr(Item("", "", {}), name)))
    for name in Item.__dataclass_fields__
}
_DOCUMENT: dict[str, Check] = {
    "languages": _list(_a(str)),
    "sections": _list(
        _of(
            {"key", "title", "items"},
            {
                "key": _a(str),
                "title": _texts,
                "items": _list(_of({"key", "kind", "text"}, _ITEM)),
            },
        )
    ),
    "levels": _list(_of({"key", "title", "at"}, {"key": _a(str), "title": _texts, "at": _a(int)})),
}
