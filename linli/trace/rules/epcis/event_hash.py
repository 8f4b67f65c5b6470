"""The name of an event that comes from what it says: its hash id (CBV 2.0 §8.9). Pure.

The same event in JSON or XML, with its fields in any order, has the same id; so a second capture changes nothing.
What says when it was recorded, its old id and a later error declaration are no part of it.
"""

import hashlib
from collections.abc import Callable, Collection
from typing import Any, Final

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.event_shapes import Event, own
from linli.trace.rules.epcis.spellings import instant, plain

LEFT_OUT: Final = frozenset({"type", "recordTime", "eventID", "errorDeclaration", "@context"})
_COMMENTS: Final = frozenset(
    {"rdfs:comment", "comment", "{http://www.w3.org/2000/01/rdf-schema#}comment"}
)


def event_id(event: Event, without: Collection[str] = ()) -> str:
    """Return the id `ni:///sha-256;…?ver=CBV2.0` of an event; `without` as in `prehash`."""
    digest = hashlib.sha256(prehash(event, without).encode()).hexdigest()
    return f"ni:///sha-256;{digest}?ver=CBV2.0"


def prehash(event: Event, without: Collection[str] = ()) -> str:
    """Return the text that is hashed: names and values of all fields, each in its place and its one spelling.

    Fields follow the order of the standard; lists whose order means nothing, and extensions, the alphabet.
    `without` names the extensions (`{namespace}name`) that two keepers agreed to leave out.
    """
    text = ["eventType=", str(event.get("type", ""))]
    text += [written(name, event[name]) for name, written in _ORDER if name in event]
    rest = [
        _anything(name, value)
        for name, value in event.items()
        if name not in _PLACED and name not in LEFT_OUT and name not in without
    ]
    listed = [written(name, event[name]) for name, written in _LISTED if name in event]
    listed.append(_unplaced(event.get("sensorElementList")))
    return "".join(text) + "".join(sorted(rest + listed))


def _value(name: str, value: object) -> str:
    text = plain(value)
    return f"{name}={text}" if text else ""


def _moment(name: str, value: object) -> str:
    return f"{name}={instant(str(value))}"


def _each(name: str, value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return "".join(sorted(_value(name, one) for one in values))


def _as_word(kind: str) -> Callable[[str, Any], str]:
    def written(name: str, value: object) -> str:
        return (
            f"{name}={vocabulary.full(kind, value.strip())}"
            if isinstance(value, str)
            else _value(name, value)
        )

    return written


def _things(name: str, value: object) -> str:
    inner = _each("epc", value)
    return name + inner if inner else ""


def _quantities(name: str, value: object) -> str:
    inner = sorted(_fields("quantityElement", one, _QUANTITY) for one in _dicts(value))
    return name + "".join(inner) if inner else ""


def _place(name: str, value: object) -> str:
    return _fields(name, value if isinstance(value, dict) else {"id": value}, (("id", _value),))


def _dispositions(name: str, value: object) -> str:
    word = _as_word(vocabulary.DISPOSITION)
    text = name
    for side in ("set", "unset"):
        words = value.get(side, []) if isinstance(value, dict) else []
        text += "".join(
            sorted(word(side, one) for one in (words if isinstance(words, list) else [words]))
        )
    return text if text != name else ""


def _fields(name: str, value: dict[str, Any], order: "_Order") -> str:
    """Return a mapping: its fields in order, then its extensions in the alphabet's."""
    inner = "".join(written(key, value[key]) for key, written in order if key in value)
    inner += "".join(sorted(_anything(key, one) for key, one in value.items() if own(key)))
    return name + inner if inner else ""


def _pairs(of: str, kind: str) -> Callable[[str, Any], str]:
    """Return how a list of type and value is written: pairs in the alphabet's order, the type first."""
    word = _as_word(kind)

    def written(name: str, value: object) -> str:
        pairs = [
            (word("type", one["type"]) if "type" in one else "") + _value(of, one.get(of))
            for one in _dicts(value)
        ]
        return name + "".join(sorted(pairs)) if pairs else ""

    return written


def _sensors(name: str, value: object) -> str:
    inner = sorted(_sensor(one) for one in _dicts(value))
    return name + "".join(inner) if inner else ""


def _sensor(element: dict[str, Any]) -> str:
    text = ""
    if isinstance(element.get("sensorMetadata"), dict):
        text += _fields("sensorMetadata", element["sensorMetadata"], _METADATA)
    reports = _dicts(element.get("sensorReport"))
    text += "".join(sorted(_fields("sensorReport", one, _REPORT) for one in reports))
    text += "".join(sorted(_anything(key, one) for key, one in element.items() if own(key)))
    return "sensorElement" + text if text else ""


def _unplaced(value: object) -> str:
    """Return what elements of sensors say in fields that have no place: published hashes have it at the end."""
    elements = []
    for element in _dicts(value):
        left = [_left("sensorMetadata", element.get("sensorMetadata"), _METADATA)]
        left += sorted(
            _left("sensorReport", one, _REPORT) for one in _dicts(element.get("sensorReport"))
        )
        if any(left):
            elements.append("sensorElement" + "".join(left))
    return "sensorElementList" + "".join(sorted(elements)) if elements else ""


def _left(name: str, value: object, order: "_Order") -> str:
    placed = {key for key, _ in order}
    fields = value.items() if isinstance(value, dict) else ()
    left = [_anything(key, one) for key, one in fields if key not in placed and not own(key)]
    return name + "".join(sorted(left)) if left else ""


def _anything(name: str, value: object) -> str:
    """Return a field that has no place in the order: name, value, and what lies within, in the alphabet's order."""
    if name in _COMMENTS:
        return ""
    if isinstance(value, list):
        return "".join(sorted(_anything(name, one) for one in value))
    if isinstance(value, dict):
        text = plain(value["#text"]) if "#text" in value else ""
        inner = [_anything(key, one) for key, one in value.items() if key != "#text"]
        return name + ("=" + text if text else "") + "".join(sorted(inner))
    text = plain(value)
    return f"{name}={text}" if text else name


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


_Order = tuple[tuple[str, Callable[[str, Any], str]], ...]
_QUANTITY: Final[_Order] = tuple((name, _value) for name in ("epcClass", "quantity", "uom"))
_METADATA: Final[_Order] = (
    ("time", _moment), ("startTime", _moment), ("endTime", _moment), ("deviceID", _value),
    ("deviceMetadata", _value), ("rawData", _value), ("dataProcessingMethod", _value), ("bizRules", _value),
)  # fmt: skip
_REPORT: Final[_Order] = (
    ("type", _as_word(vocabulary.MEASUREMENT)), ("exception", _as_word(vocabulary.ALERT)), ("deviceID", _value),
    ("deviceMetadata", _value), ("rawData", _value), ("dataProcessingMethod", _value), ("time", _moment),
    ("microorganism", _value), ("chemicalSubstance", _value), ("value", _value),
    ("component", _as_word(vocabulary.COMPONENT)), ("stringValue", _value), ("booleanValue", _value),
    ("hexBinaryValue", _value), ("uriValue", _value), ("minValue", _value), ("maxValue", _value),
    ("meanValue", _value), ("sDev", _value), ("percRank", _value), ("percValue", _value), ("uom", _value),
    ("coordinateReferenceSystem", _value),
)  # fmt: skip
_ORDER: Final[_Order] = (
    ("eventTime", _moment), ("eventTimeZoneOffset", lambda name, value: f"{name}={value}"),
    ("certificationInfo", _each), ("parentID", _value), ("epcList", _things), ("inputEPCList", _things),
    ("childEPCs", _things), ("quantityList", _quantities), ("childQuantityList", _quantities),
    ("inputQuantityList", _quantities), ("outputEPCList", _things), ("outputQuantityList", _quantities),
    ("action", _value), ("transformationID", _value), ("bizStep", _as_word(vocabulary.BIZ_STEP)),
    ("disposition", _as_word(vocabulary.DISPOSITION)), ("persistentDisposition", _dispositions),
    ("readPoint", _place), ("bizLocation", _place), ("sensorElementList", _sensors),
)  # fmt: skip
# The published hashes have these among the rest, in the alphabet's order.
_LISTED: Final[_Order] = (
    ("bizTransactionList", _pairs("bizTransaction", vocabulary.TRANSACTION_TYPE)),
    ("sourceList", _pairs("source", vocabulary.PARTY_TYPE)),
    ("destinationList", _pairs("destination", vocabulary.PARTY_TYPE)),
)
_PLACED: Final = frozenset(name for name, _ in _ORDER + _LISTED)
