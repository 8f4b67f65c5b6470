"""The fields of one event in XML, read as JSON would have them; versions 1.2 and 2.0. Pure."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.event_shapes import DEPTH, TooDeepError

_WRAPPERS: Final = frozenset({"extension", "baseExtension"})
_LISTS: Final = frozenset(
    {"epcList", "inputEPCList", "outputEPCList", "childEPCs", "correctiveEventIDs"}
)
_QUANTITIES: Final = frozenset(
    {"quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"}
)
_PAIRS: Final = {
    "bizTransactionList": "bizTransaction",
    "sourceList": "source",
    "destinationList": "destination",
}
_KINDS: Final = {
    "bizTransactionList": vocabulary.TRANSACTION_TYPE,
    "sourceList": vocabulary.PARTY_TYPE,
    "destinationList": vocabulary.PARTY_TYPE,
}
_NUMBERS: Final = frozenset(
    {"quantity", "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"}
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})")
_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def unwrapped(element: Element, depth: int = 0) -> Iterator[Element]:
    """Yield the children, and instead of a wrapper of version 1.2 what is in it."""
    if depth > DEPTH:
        raise TooDeepError
    for child in element:
        if child.tag in _WRAPPERS:
            yield from unwrapped(child, depth + 1)
        elif isinstance(child.tag, str):
            yield child


def add(mapping: dict[str, Any], name: str, value: object) -> None:
    """Put a field into a mapping; where it comes again its values make a list."""
    if name not in mapping:
        mapping[name] = value
    elif isinstance(mapping[name], list) and isinstance(value, list):
        mapping[name] += value
    elif isinstance(mapping[name], list):
        mapping[name].append(value)
    else:
        mapping[name] = [mapping[name], value]


def field(element: Element) -> object:
    """Return what a field of an event says, in the form that JSON has for it."""
    name = element.tag
    if name in _LISTS:
        return [_text(one) for one in element]
    if name in _QUANTITIES:
        return [
            {one.tag: _number(one) for one in quantity if _NIL not in one.attrib}
            for quantity in element
        ]
    if name in _PAIRS:
        return [_pair(one, name) for one in element]
    reader = _READERS.get(name)
    return reader(element) if reader else _anything(element, 0)


def _pair(element: Element, name: str) -> dict[str, Any]:
    kind = element.get("type")
    pair = {} if kind is None else {"type": vocabulary.bare(_KINDS[name], kind, urns=True)}
    return pair | {_PAIRS[name]: _text(element)}


def _inner(element: Element) -> dict[str, Any]:
    """Return a mapping of whatever lies within, wrappers of version 1.2 opened."""
    inner: dict[str, Any] = {}
    for child in unwrapped(element):
        add(inner, child.tag, _anything(child, 0))
    return inner


def _dispositions(element: Element) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for one in element:
        word = vocabulary.bare(vocabulary.DISPOSITION, _text(one), urns=True)
        add(words, one.tag, [word])
    return words


def _declared(element: Element) -> dict[str, Any]:
    declared: dict[str, Any] = {}
    for one in unwrapped(element):
        value = field(one) if one.tag in _LISTS else _anything(one, 0)
        add(
            declared,
            one.tag,
            vocabulary.bare(vocabulary.REASON, value, urns=True) if one.tag == "reason" else value,
        )
    return declared


def _sensors(element: Element) -> list[dict[str, Any]]:
    return [_sensor(one) for one in element]


def _sensor(element: Element) -> dict[str, Any]:
    sensor: dict[str, Any] = {}
    for one in unwrapped(element):
        if one.tag == "sensorReport":
            add(sensor, one.tag, [_attributes(one)])
        else:
            add(
                sensor,
                one.tag,
                _attributes(one) if one.tag == "sensorMetadata" else _anything(one, 0),
            )
    return sensor


def _attributes(element: Element) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: _measured(name, value.strip()) for name, value in element.items()
    }
    for one in element:
        add(values, one.tag, _anything(one, 0))
    return values


def _measured(name: str, value: str) -> object:
    if name in _NUMBERS:
        return _as_number(value)
    if name == "booleanValue" and value in {"true", "false", "1", "0"}:
        return value in {"true", "1"}
    return value


def _number(element: Element) -> object:
    return _as_number(_text(element)) if element.tag in _NUMBERS else _text(element)


def _as_number(text: str) -> object:
    """Return a number as JSON would: whole ones whole; what is none stays text, and is found at the check."""
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text)
    return int(number) if number.is_integer() else number


def _certified(element: Element) -> list[Any]:
    return [_anything(element, 0)]


def _anything(element: Element, depth: int) -> object:
    """Return an extension whole: its text, or a mapping of its attributes, what lies within, and `#text`."""
    if depth > DEPTH:
        raise TooDeepError
    whole: dict[str, Any] = dict(element.items())
    for child in element:
        if isinstance(child.tag, str):
            add(whole, child.tag, _anything(child, depth + 1))
    text = _text(element)
    if not whole:
        return text
    return whole | {"#text": text} if text and not len(element) else whole


def _text(element: Element) -> str:
    return (element.text or "").strip()


_READERS: Final = {
    "readPoint": _inner,
    "bizLocation": _inner,
    "persistentDisposition": _dispositions,
    "errorDeclaration": _declared,
    "sensorElementList": _sensors,
    "ilmd": _inner,
    "certificationInfo": _certified,
}
