"""EPCIS 2.0 in JSON-LD, read to plain events: a document, the answer to a query, or a bare event. Pure.

No context is ever fetched: the standard's prefixes are known here, a file's own come from its `@context`.
"""

import json
import re
from typing import Any, Final, NoReturn

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.event_shapes import (
    CAPTURE,
    DEPTH,
    PATHS,
    QUERY,
    SINGLE,
    Document,
    Event,
    Fault,
    TooDeepError,
)

STANDARD: Final = {
    "epcis": "https://ref.gs1.org/epcis/",
    "cbv": "https://ref.gs1.org/cbv/",
    "cbvmda": "urn:epcglobal:cbv:mda:",
    "gs1": "https://gs1.org/voc/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
}

_Names = dict[str, str]
_ZERO: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_ESCAPED: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def read_json(data: bytes | str) -> Document:
    """Return the events of a JSON-LD file, as `event_shapes` describes them, and what is wrong with the file.

    Faults: `json` unreadable, `depth` too deep, `type` no kind of file that we know, `missing` a part of it.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        found = json.loads(text, parse_constant=_refuse)
        if _ESCAPED.search(text):
            _refuse_halves(found)
    except (ValueError, RecursionError):
        return Document("", faults=(Fault("", "json"),))
    return _from_json(found)


def from_json(found: object) -> Document:
    """Return the same from what a JSON reader already made of a file."""
    try:
        _refuse_halves(found)
    except (ValueError, RecursionError):
        return Document("", faults=(Fault("", "json"),))
    return _from_json(found)


def _from_json(found: object) -> Document:
    if not isinstance(found, dict):
        return Document("", faults=(Fault("", "type"),))
    try:
        return _document(found)
    except TooDeepError:
        return Document(str(found.get("type", "")), faults=(Fault("", "depth"),))


def _document(found: dict[str, Any]) -> Document:
    names = namespaces(found.get("@context"), STANDARD)
    faults = [] if "@context" in found else [Fault("@context", "missing")]
    kind = found.get("type")
    if kind not in (CAPTURE, QUERY):
        return Document(SINGLE, (plain_event(found, names),), tuple(faults))
    header = {name: value for name, value in found.items() if name not in {"@context", "epcisBody"}}
    events, path = _listed(found, kind)
    if not isinstance(events, list):
        return Document(kind, (), (*faults, Fault(path, "missing")), header)
    if kind == QUERY and "queryName" not in found["epcisBody"]["queryResults"]:
        faults.append(Fault("epcisBody.queryResults.queryName", "missing"))
    read: list[Event] = []
    for place, one in enumerate(events):
        if isinstance(one, dict):
            read.append(plain_event(one, names))
        else:
            faults.append(Fault(f"{path}[{place}]", "type"))
    return Document(kind, tuple(read), tuple(faults), header)


def _listed(found: dict[str, Any], kind: str) -> tuple[Any, str]:
    """Return the list of events, None where there is none, and the path to it."""
    value: Any = found
    for step in PATHS[kind].split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value, PATHS[kind]


def namespaces(context: object, before: _Names) -> _Names:
    """Return the prefixes that hold within: those from before and those that a context gives; the latter win."""
    names = dict(before)
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, dict):
            names |= {
                key: value
                for key, value in part.items()
                if isinstance(value, str) and key[:1] != "@"
            }
    return names


def plain_event(event: dict[str, Any], names: _Names) -> Event:
    """Return one event without need of a context: names of extensions whole, standard words bare."""
    plain = dict(_mapping(event, names, 0))
    for name, kind in _WORD_FIELDS:
        if name in plain:
            plain[name] = vocabulary.bare(kind, plain[name])
    for name, kind in _PAIR_FIELDS:
        for pair in _dicts(plain.get(name)):
            _bare(pair, "type", kind)
    _bare_within(plain)
    if isinstance(plain.get("certificationInfo"), str):
        plain["certificationInfo"] = [plain["certificationInfo"]]
    return plain


def _bare_within(plain: Event) -> None:
    found = plain.get("persistentDisposition")
    kept = found if isinstance(found, dict) else {}
    for side in ("set", "unset"):
        if isinstance(kept.get(side), list):
            kept[side] = [vocabulary.bare(vocabulary.DISPOSITION, word) for word in kept[side]]
    if isinstance(plain.get("errorDeclaration"), dict):
        _bare(plain["errorDeclaration"], "reason", vocabulary.REASON)
    for element in _dicts(plain.get("sensorElementList")):
        for report in _dicts(element.get("sensorReport")):
            _bare(report, "type", vocabulary.MEASUREMENT)
            _bare(report, "exception", vocabulary.ALERT)
            _bare(report, "component", vocabulary.COMPONENT)


def _bare(mapping: dict[str, Any], name: str, kind: str) -> None:
    if name in mapping:
        mapping[name] = vocabulary.bare(kind, mapping[name])


def _mapping(value: dict[str, Any], names: _Names, depth: int) -> dict[str, Any]:
    if "@context" in value:
        names = namespaces(value["@context"], names)
    return {
        _named(key, names): one if isinstance(one, str) else _within(one, names, depth + 1)
        for key, one in value.items()
        if key != "@context"
    }


def _within(value: object, names: _Names, depth: int) -> object:
    if depth > DEPTH:
        raise TooDeepError
    if isinstance(value, dict):
        return _mapping(value, names, depth)
    if isinstance(value, list):
        return [one if isinstance(one, str) else _within(one, names, depth + 1) for one in value]
    return value


def _named(key: str, names: _Names) -> str:
    prefix, colon, local = key.partition(":")
    return f"{{{names[prefix]}}}{local}" if colon and prefix in names else key


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _refuse_halves(found: object) -> None:
    """Refuse halves of letters and the letter zero, which neither a hash nor a database can take."""
    if _ZERO.search(json.dumps(found, ensure_ascii=False).encode()):
        raise ValueError


def _refuse(constant: str) -> NoReturn:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(constant)


_WORD_FIELDS: Final = (("bizStep", vocabulary.BIZ_STEP), ("disposition", vocabulary.DISPOSITION))
_PAIR_FIELDS: Final = (
    ("bizTransactionList", vocabulary.TRANSACTION_TYPE),
    ("sourceList", vocabulary.PARTY_TYPE),
    ("destinationList", vocabulary.PARTY_TYPE),
)
