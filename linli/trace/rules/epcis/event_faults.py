"""What is wrong with an event or a whole file, by path and code (EPCIS 2.0 §7). Pure.

Written by hand after the standard's schema: two thousand events a second on one core would be too many for a
general validator. Nothing is mended here, and nothing is refused for a word that somebody owns.
"""

from typing import Final

from linli.trace.rules.epcis import field_faults, vocabulary
from linli.trace.rules.epcis.event_shapes import (
    AGGREGATION,
    ASSOCIATION,
    CAPTURE,
    JSON,
    OBJECT,
    PATHS,
    SINGLE,
    TRANSACTION,
    TRANSFORMATION,
    Document,
    Event,
    Fault,
)
from linli.trace.rules.epcis.field_faults import Check, Faults
from linli.trace.rules.epcis.sensor_faults import sensors


def document_faults(document: Document) -> list[Fault]:
    """Return all that is wrong with a file: what its reader found, its head, and each of its events.

    Codes: those of the readers, and of `event_faults`. No fault means that it may be captured. In XML a thing may
    come twice in a list, in JSON not; their schemas say so.
    """
    faults = list(document.faults)
    if document.kind == CAPTURE:
        field_faults.check_fields(document.header, "", faults, {"creationDate": field_faults.time})
        faults += [Fault(name, "missing") for name in _HEAD if name not in document.header]
    if document.form == JSON and document.kind == CAPTURE:
        faults += [
            Fault(name, "unknown")
            for name in document.header
            if name not in _HEADER and not field_faults.extension(name)
        ]
    path = PATHS.get(document.kind, "")
    for place, event in enumerate(document.events):
        faults += event_faults(event, "" if document.kind == SINGLE else f"{path}[{place}]")
    return (
        faults if document.form == JSON else [fault for fault in faults if fault.code != "repeated"]
    )


def event_faults(event: Event, path: str = "") -> list[Fault]:
    """Return all that is wrong with one plain event; the path to it leads every fault's path.

    Codes: `event_type`, `missing`, `unknown` (a field), `namespace`, `uri`, `time`, `offset`, `action`,
    `vocabulary`, `unit`, `number`, `text`, `truth`, `hexadecimal`, `list`, `mapping`, `empty`, `repeated`,
    `nothing_named` (no thing it is about), `ilmd_without_add`, `inputs_or_outputs`.
    """
    faults: Faults = []
    kind = event.get("type")
    known = _FIELDS.get(kind) if isinstance(kind, str) else None
    if known is None and not (isinstance(kind, str) and field_faults.extension(kind)):
        return [Fault(f"{path}.type" if path else "type", "event_type")]
    field_faults.check_fields(event, path, faults, known or _COMMON)
    lead = f"{path}." if path else ""
    for name in event if known is not None else ():
        if known is not None and name not in known and not field_faults.extension(name):
            faults.append(Fault(lead + name, "unknown"))
    for name in _REQUIRED.get(str(kind), _ALWAYS):
        if name not in event:
            faults.append(Fault(lead + name, "missing"))
    if known is not None:
        faults += [Fault(lead + name, code) for name, code in _WHOLE[str(kind)](event)]
    return faults


_Found = list[tuple[str, str]]


def _object(event: Event) -> _Found:
    sensed = event.get("sensorElementList") and "readPoint" in event
    found: _Found = []
    if "epcList" not in event and not event.get("quantityList") and not sensed:
        found.append(("epcList", "nothing_named"))
    if "ilmd" in event and event.get("action") in ("OBSERVE", "DELETE"):
        found.append(("ilmd", "ilmd_without_add"))
    return found


def _within(event: Event) -> _Found:
    """An aggregation or association: something within, unless all is taken out."""
    if event.get("childEPCs") or event.get("childQuantityList") or event.get("action") == "DELETE":
        return []
    return [("childEPCs", "nothing_named")]


def _transaction(event: Event) -> _Found:
    if "epcList" in event or event.get("quantityList") or event.get("action") == "DELETE":
        return []
    return [("epcList", "nothing_named")]


def _transformation(event: Event) -> _Found:
    """Both sides, unless an id joins this event to others that have the other side."""
    inputs = event.get("inputEPCList") or event.get("inputQuantityList")
    outputs = event.get("outputEPCList") or event.get("outputQuantityList")
    if (inputs and outputs) or ("transformationID" in event and (inputs or outputs)):
        return []
    return [("outputEPCList" if inputs else "inputEPCList", "inputs_or_outputs")]


def _any(_value: object, _path: str, _faults: Faults) -> None:
    """Let everything pass."""


_HEAD: Final = ("schemaVersion", "creationDate")
_HEADER: Final = frozenset(
    {*_HEAD, "id", "type", "instanceIdentifier", "sender", "receiver", "epcisHeader"}
)
_ALWAYS: Final = ("type", "eventTime", "eventTimeZoneOffset")
_REQUIRED: Final = {
    OBJECT: (*_ALWAYS, "action"),
    AGGREGATION: (*_ALWAYS, "action"),
    ASSOCIATION: (*_ALWAYS, "action", "parentID"),
    TRANSACTION: (*_ALWAYS, "action", "bizTransactionList"),
    TRANSFORMATION: _ALWAYS,
}
_COMMON: Final[dict[str, Check]] = {
    "type": _any,
    "eventTime": field_faults.time,
    "recordTime": field_faults.time,
    "eventTimeZoneOffset": field_faults.offset,
    "eventID": field_faults.uri,
    "certificationInfo": field_faults.each(field_faults.uri),
    "errorDeclaration": field_faults.declared,
}
_SHARED: Final[dict[str, Check]] = _COMMON | {
    "bizStep": field_faults.word(vocabulary.BIZ_STEP),
    "disposition": field_faults.word(vocabulary.DISPOSITION),
    "persistentDisposition": field_faults.dispositions,
    "readPoint": field_faults.place,
    "bizLocation": field_faults.place,
    "bizTransactionList": field_faults.pairs(
        "bizTransaction", vocabulary.TRANSACTION_TYPE, typed=False
    ),
    "sourceList": field_faults.pairs("source", vocabulary.PARTY_TYPE),
    "destinationList": field_faults.pairs("destination", vocabulary.PARTY_TYPE),
    "sensorElementList": sensors,
}
_once: Final = field_faults.each(field_faults.uri, unique=True)
_many: Final = field_faults.each(field_faults.uri)
_CHILDREN: Final[dict[str, Check]] = {
    "action": field_faults.action,
    "parentID": field_faults.uri,
    "childEPCs": _many,
    "childQuantityList": field_faults.quantities,
}
_FIELDS: Final[dict[str, dict[str, Check]]] = {
    OBJECT: _SHARED
    | {
        "action": field_faults.action,
        "epcList": _once,
        "quantityList": field_faults.quantities,
        "ilmd": field_faults.ilmd,
    },
    AGGREGATION: _SHARED | _CHILDREN,
    ASSOCIATION: _SHARED | _CHILDREN,
    TRANSACTION: _SHARED
    | {
        "action": field_faults.action,
        "parentID": field_faults.uri,
        "epcList": _many,
        "quantityList": field_faults.quantities,
        "bizTransactionList": field_faults.pairs(
            "bizTransaction", vocabulary.TRANSACTION_TYPE, typed=False, least=1
        ),
    },
    TRANSFORMATION: _SHARED
    | {
        "inputEPCList": _once,
        "inputQuantityList": field_faults.quantities,
        "outputEPCList": _once,
        "outputQuantityList": field_faults.quantities,
        "transformationID": field_faults.uri,
        "ilmd": field_faults.ilmd,
    },
}
_WHOLE: Final = {
    OBJECT: _object,
    AGGREGATION: _within,
    ASSOCIATION: _within,
    TRANSACTION: _transaction,
    TRANSFORMATION: _transformation,
}
