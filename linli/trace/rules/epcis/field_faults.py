"""What is wrong with the value of one field of an event (EPCIS 2.0, the shapes of its JSON schema). Pure.

Every check takes a value, the path to it, and a list that it adds faults to.
"""

import re
from collections.abc import Callable
from datetime import datetime
from math import isfinite
from typing import Any, Final

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.event_shapes import Fault, own

Faults = list[Fault]
Check = Callable[[Any, str, Faults], None]

_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!#$&-;=?-Z\[\]_a-z~]|%[0-9A-Fa-f]{2})+")
_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
)
_OFFSET: Final = re.compile(r"[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)")
_UNIT: Final = re.compile(r"[A-Z0-9]{2,3}")
_HEX: Final = re.compile(r"[A-Fa-f0-9]+")
_ACTIONS: Final = frozenset({"ADD", "OBSERVE", "DELETE"})


def uri(value: object, path: str, faults: Faults) -> None:
    """Check a URI with a scheme, without blanks or letters beyond ASCII: `uri`."""
    if not isinstance(value, str) or not _URI.fullmatch(value):
        faults.append(Fault(path, "uri"))


def time(value: object, path: str, faults: Faults) -> None:
    """Check a moment with its zone that is in the calendar: `time`."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            datetime.fromisoformat(value.upper())
        except ValueError:
            pass
        else:
            return
    faults.append(Fault(path, "time"))


def _like(pattern: re.Pattern[str], code: str) -> Check:
    def check(value: object, path: str, faults: Faults) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            faults.append(Fault(path, code))

    return check


offset: Final = _like(_OFFSET, "offset")
unit: Final = _like(_UNIT, "unit")
hexadecimal: Final = _like(_HEX, "hexadecimal")


def action(value: object, path: str, faults: Faults) -> None:
    """Check one of the three actions: `action`."""
    if not isinstance(value, str) or value not in _ACTIONS:
        faults.append(Fault(path, "action"))


def number(value: object, path: str, faults: Faults) -> None:
    """Check a number, which neither a text nor a truth nor infinity is: `number`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        faults.append(Fault(path, "number"))


def text(value: object, path: str, faults: Faults) -> None:
    """Check a text: `text`."""
    if not isinstance(value, str):
        faults.append(Fault(path, "text"))


def truth(value: object, path: str, faults: Faults) -> None:
    """Check true or false: `truth`."""
    if not isinstance(value, bool):
        faults.append(Fault(path, "truth"))


def word(kind: str) -> Check:
    """Return the check of a standard word, or somebody's own URI: `vocabulary`, or `uri` where it is badly written."""

    def check(value: object, path: str, faults: Faults) -> None:
        if not vocabulary.known(kind, value):
            faults.append(Fault(path, "vocabulary"))
        elif isinstance(value, str) and ":" in value:
            uri(value, path, faults)

    return check


def each(check: Check, *, unique: bool = False, least: int = 0) -> Check:
    """Return the check of a list: `list` where it is none, `empty` too short, `repeated` where one comes twice."""

    def checked(value: object, path: str, faults: Faults) -> None:
        if not isinstance(value, list):
            faults.append(Fault(path, "list"))
            return
        if len(value) < least:
            faults.append(Fault(path, "empty"))
        for place, one in enumerate(value):
            check(one, f"{path}[{place}]", faults)
        if unique and len({repr(one) for one in value}) < len(value):
            faults.append(Fault(path, "repeated"))

    return checked


def fields(
    known: dict[str, Check], required: tuple[str, ...] = (), *, extensible: bool = True
) -> Check:
    """Return the check of a mapping: `mapping` where it is none, `missing` and `unknown` for its fields."""

    def checked(value: object, path: str, faults: Faults) -> None:
        if not isinstance(value, dict):
            faults.append(Fault(path, "mapping"))
            return
        check_fields(value, path, faults, known)
        for name in value:
            if name not in known and not (extensible and extension(name)):
                faults.append(Fault(f"{path}.{name}", "unknown"))
        for name in required:
            if name not in value:
                faults.append(Fault(f"{path}.{name}", "missing"))

    return checked


def check_fields(value: dict[str, Any], path: str, faults: Faults, known: dict[str, Check]) -> None:
    """Add what is wrong with those fields of a mapping that are known."""
    lead = f"{path}." if path else ""
    for name, one in value.items():
        check = known.get(name)
        if check is not None:
            check(one, lead + name, faults)


def extension(name: str) -> bool:
    """Return whether a name is an extension's, with a namespace that is a URI or a prefix."""
    if not own(name):
        return False
    if name[:1] == "{":
        namespace, _, local = name[1:].partition("}")
        return bool(local) and ":" in namespace
    return _URI.fullmatch(name) is not None


def declared(value: object, path: str, faults: Faults) -> None:
    """Check a declaration that an event was wrong."""
    _DECLARATION(value, path, faults)


def ilmd(value: object, path: str, faults: Faults) -> None:
    """Check master data of a lot: extensions only, `namespace` for a name without one."""
    if not isinstance(value, dict):
        faults.append(Fault(path, "mapping"))
        return
    faults += [Fault(f"{path}.{name}", "namespace") for name in value if not extension(name)]


def dispositions(value: object, path: str, faults: Faults) -> None:
    """Check dispositions that last: at least one set or unset."""
    _LASTING(value, path, faults)
    if isinstance(value, dict) and not value:
        faults.append(Fault(path, "empty"))


quantities: Final = each(
    fields({"epcClass": uri, "quantity": number, "uom": unit}, ("epcClass",), extensible=False)
)
place: Final = fields({"id": uri}, ("id",))
_words: Final = each(word(vocabulary.DISPOSITION), unique=True, least=1)
_LASTING: Final = fields({"set": _words, "unset": _words}, extensible=False)
_DECLARATION: Final = fields(
    {"declarationTime": time, "reason": word(vocabulary.REASON), "correctiveEventIDs": each(uri)},
    ("declarationTime",),
)


def pairs(of: str, kind: str, *, typed: bool = True, least: int = 0) -> Check:
    """Return the check of a list of typed things, as transactions, sources and destinations are."""
    required = ("type", of) if typed else (of,)
    return each(fields({"type": word(kind), of: uri}, required, extensible=False), least=least)
