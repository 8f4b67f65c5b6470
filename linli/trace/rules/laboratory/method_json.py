"""A version of a method as a document of plain data, read and written. Pure.

Every number is text or an integer, so that nothing is lost on the way: {"assays": [{"target": "Sus scrofa", "gene": …,
"names": {"zh-hans": …, "zh-hant": …, "en": …}, "detected_to": "35", …}], "replicates": 2, "controls": {…}, …}.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from linli.trace.rules.laboratory.files import Words
from linli.trace.rules.laboratory.methods import (
    COPIES,
    ROLES,
    Assay,
    Fault,
    Internal,
    Method,
    Window,
    faults,
)
from linli.trace.rules.laboratory.wording import LANGUAGES

MOST_ASSAYS: Final = 12
_TARGET: Final = 60
_TEXTS: Final = frozenset({"assays", "replicates", "controls", "internal", "judges_curves", "reference", "aliases",
                           "roles"})  # fmt: skip
_OF_ASSAY: Final = frozenset({"target", "gene", "names", "detected_to", "absent_from", "positive", "lod", "lod_unit",
                              "blank_from", "spread", "uncertainty"})  # fmt: skip


class NotAMethod(ValueError):
    """A document that is none; `faults` says where and why."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(", ".join(f"{one.path}: {one.code}" for one in found))
        self.faults = found


@dataclass(frozen=True, slots=True)
class Document:
    """A method as read: its rule, the names of its species by language, and the words of instruments for both."""

    method: Method
    names: Mapping[str, Mapping[str, str]]
    words: Words


def read(key: str, version: str, body: Mapping[str, Any]) -> Document:
    """Return the method of a document.

    Raises NotAMethod; codes: all of `methods.faults`, and not_a_number, not_an_object, unknown_field, no_name, unknown_role.
    """
    found = list(_shape(body))
    if found:
        raise NotAMethod(found)
    try:
        method = _method(key, version, body)
    except _Wrong as wrong:
        raise NotAMethod([wrong.fault]) from wrong
    found = [*faults(method), *_names(body), *_roles(body)]
    if found:
        raise NotAMethod(found)
    words = Words(dict(body.get("aliases", {})), dict(body.get("roles", {})))
    return Document(method, {one["target"]: one["names"] for one in body["assays"]}, words)


class _Wrong(ValueError):
    def __init__(self, path: str, code: str) -> None:
        super().__init__(path)
        self.fault = Fault(path, code)


def _shape(body: object) -> Iterator[Fault]:
    if not isinstance(body, Mapping):
        yield Fault("", "not_an_object")
        return
    yield from (Fault(str(name), "unknown_field") for name in body.keys() - _TEXTS)
    assays = body.get("assays")
    if not isinstance(assays, list) or not 0 < len(assays) <= MOST_ASSAYS:
        yield Fault("assays", "missing")
        return
    for number, one in enumerate(assays):
        path = f"assays.{number}"
        if not isinstance(one, Mapping):
            yield Fault(path, "not_an_object")
            continue
        yield from (Fault(f"{path}.{name}", "unknown_field") for name in one.keys() - _OF_ASSAY)
        if not 0 < len(str(one.get("target", ""))) <= _TARGET:
            yield Fault(f"{path}.target", "missing")
    for name in ("controls", "aliases", "roles"):
        if not isinstance(body.get(name, {}), Mapping):
            yield Fault(name, "not_an_object")


def _method(key: str, version: str, body: Mapping[str, Any]) -> Method:
    internal = body.get("internal")
    controls = body.get("controls", {})
    return Method(
        code=key,
        version=version,
        assays=tuple(_assay(one) for one in body["assays"]),
        replicates=_count(body.get("replicates"), "replicates"),
        controls={str(role): _count(n, f"controls.{role}") for role, n in controls.items()},
        internal=_internal(internal) if internal else None,
        judges_curves=body.get("judges_curves", True) is not False,
        reference=str(body.get("reference", "")),
    )


def _assay(one: Mapping[str, Any]) -> Assay:
    path = f"assays.{one['target']}"
    optional = {
        name: None if one.get(name) is None else _number(one[name], f"{path}.{name}")
        for name in ("blank_from", "spread")
    }
    return Assay(
        target=str(one["target"]),
        gene=str(one.get("gene", "")),
        detected_to=_number(one.get("detected_to"), f"{path}.detected_to"),
        absent_from=_number(one.get("absent_from"), f"{path}.absent_from"),
        positive=_window(one.get("positive"), f"{path}.positive"),
        lod=_number(one.get("lod"), f"{path}.lod"),
        lod_unit=str(one.get("lod_unit", COPIES)),
        uncertainty=_number(one.get("uncertainty", 0), f"{path}.uncertainty"),
        **optional,
    )


def _internal(said: object) -> Internal:
    if not isinstance(said, Mapping) or not str(said.get("target", "")):
        raise _Wrong("internal", "not_an_object")
    return Internal(str(said["target"]), _window(said.get("window"), "internal.window"))


def _window(said: object, path: str) -> Window:
    if not isinstance(said, list) or len(said) != 2:
        raise _Wrong(path, "empty_window")
    return Window(_number(said[0], path), _number(said[1], path))


def _count(said: object, path: str) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= 96:
        raise _Wrong(path, "not_a_number")
    return said


def _number(said: object, path: str) -> Decimal:
    """Return a number as it stands; a fraction of JSON's own is no decimal, and is refused."""
    if isinstance(said, bool) or not isinstance(said, int | str) or len(str(said)) > 20:
        raise _Wrong(path, "not_a_number")
    try:
        found = Decimal(said)
    except InvalidOperation as problem:
        raise _Wrong(path, "not_a_number") from problem
    if not found.is_finite():
        raise _Wrong(path, "not_a_number")
    return found


def _names(body: Mapping[str, Any]) -> Iterator[Fault]:
    for one in body["assays"]:
        names = one.get("names")
        for language in LANGUAGES:
            if not isinstance(names, Mapping) or not str(names.get(language, "")).strip():
                yield Fault(f"assays.{one['target']}.names.{language}", "no_name")


def _roles(body: Mapping[str, Any]) -> Iterator[Fault]:
    for name, role in body.get("roles", {}).items():
        if role not in ROLES:
            yield Fault(f"roles.{name}", "unknown_role")
