"""Fields of an event as the query language names them: the values that stand there, none twice. Pure.

An event is as `event_shapes` says; what is not there has no values. Nothing is converted: who wants
`urn:epc:id:…` and web addresses to be the same spells both alike before.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from linli.trace.rules.epcis.event_shapes import own

Event = Mapping[str, object]

_TEXTUAL: Final = ("id", "@id", "@value", "#text")  # where an object carries what it stands for
_EPCS: Final = {
    "epc": ("epcList", "childEPCs"),
    "inputEPC": ("inputEPCList",),
    "outputEPC": ("outputEPCList",),
    "parentID": ("parentID",),
    "anyEPC": ("epcList", "childEPCs", "inputEPCList", "outputEPCList", "parentID"),
    "any": ("epcList", "childEPCs", "inputEPCList", "outputEPCList", "parentID"),
}
_CLASSES: Final = {
    "epcClass": ("quantityList", "childQuantityList"),
    "inputEPCClass": ("inputQuantityList",),
    "outputEPCClass": ("outputQuantityList",),
    "anyEPCClass": (
        "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList",
    ),
    "any": ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"),
}  # fmt: skip
_PATHS: Final = {
    "eventType": ("type",),
    "persistentDisposition_set": ("persistentDisposition", "set"),
    "persistentDisposition_unset": ("persistentDisposition", "unset"),
    "errorDeclarationTime": ("errorDeclaration", "declarationTime"),
    "errorReason": ("errorDeclaration", "reason"),
    "correctiveEventID": ("errorDeclaration", "correctiveEventIDs"),
}
_METADATA: Final = ("sensorElementList", "sensorMetadata")
_REPORT: Final = ("sensorElementList", "sensorReport")
_SENSED: Final = {
    **dict.fromkeys(
        ("time", "deviceID", "dataProcessingMethod", "bizRules"), (_METADATA, _REPORT)
    ),
    **dict.fromkeys(("startTime", "endTime"), (_METADATA,)),
    **dict.fromkeys(
        (
            "type", "microorganism", "chemicalSubstance", "stringValue", "booleanValue",
            "hexBinaryValue", "uriValue", "percRank",
        ),
        (_REPORT,),
    ),
}  # fmt: skip
_MEASURED: Final = ("value", "minValue", "maxValue", "meanValue", "sDev", "percValue")
_LISTED: Final = {
    "bizTransaction": "bizTransactionList", "source": "sourceList", "destination": "destinationList",
}  # fmt: skip
_AREAS: Final[dict[str, tuple[str, ...]]] = {
    "event": (),
    "ILMD": ("ilmd",),
    "ERROR_DECLARATION": ("errorDeclaration",),
    "SENSORELEMENT": ("sensorElementList",),
    "SENSORMETADATA": _METADATA,
    "SENSORREPORT": _REPORT,
    "readPoint": ("readPoint",),
    "bizLocation": ("bizLocation",),
}


def values_at(value: object, path: tuple[str, ...]) -> Iterator[object]:
    """Yield what stands at the end of a path of keys; lists on the way, and at the end, are opened."""
    waiting = [(value, path)]  # no recursion: what strangers nest may be deeper than the stack
    while waiting:
        one, rest = waiting.pop()
        if isinstance(one, list | tuple):
            waiting.extend((inside, rest) for inside in reversed(one))
        elif not rest:
            if one is not None:
                yield one
        elif isinstance(one, Mapping) and rest[0] in one:
            waiting.append((one[rest[0]], rest[1:]))


def plain(value: object) -> object:
    """Return what a value stands for: an object with an id or a text is that id or text."""
    if isinstance(value, Mapping):
        return next((value[key] for key in _TEXTUAL if key in value), value)
    return value


def identifiers(event: Event, field: str) -> Iterator[str]:
    """Yield the identifiers in what MATCH_ names: epc, anyEPC, inputEPCClass …; "any": things and classes alike."""
    paths = [(name,) for name in _EPCS.get(field, ())]
    paths_of_classes = [(name, "epcClass") for name in _CLASSES.get(field, ())]
    for path in (*paths, *paths_of_classes):
        for value in values_at(event, path):
            if isinstance(value, str):
                yield value


def field_values(event: Event, field: str, detail: str = "") -> Iterator[object]:
    """Yield the values of a field of the language.

    `detail` is the type for bizTransaction, source and destination, spelt as the caller compares it, and
    the unit for quantities and measures; quantities without a unit asked are those in any unit.
    """
    if field in _SENSED:
        for path in _SENSED[field]:
            yield from map(plain, values_at(event, (*path, field)))
    elif field in _MEASURED:
        yield from _with_unit(values_at(event, _REPORT), field, detail)
    elif field == "quantity":
        for name in _CLASSES["anyEPCClass"]:
            yield from _with_unit(values_at(event, (name,)), field, detail)
    else:
        yield from map(plain, values_at(event, _PATHS.get(field, (field,))))


def typed_values(event: Event, field: str, same: Callable[[str], bool]) -> Iterator[str]:
    """Yield what is listed under bizTransaction, source or destination with a type that `same` accepts."""
    for one in values_at(event, (_LISTED[field],)):
        if isinstance(one, Mapping) and same(str(one.get("type", ""))):
            value = plain(one.get(field))
            if isinstance(value, str):
                yield value


def own_values(event: Event, area: str, name: str, *, inner: bool) -> Iterator[object]:
    """Yield the values of a user's field in an area of the event: at its first level, or only below it.

    Below means inside another field with a namespace, at any depth.
    """
    for holder in values_at(event, _AREAS[area]):
        if not isinstance(holder, Mapping):
            continue
        if inner:
            for key, value in holder.items():
                if own(key):
                    yield from _below(value, name)
        elif name in holder:
            yield from map(plain, values_at(holder[name], ()))


def _below(value: object, name: str) -> Iterator[object]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, Mapping):
            if name in one:
                yield from map(plain, values_at(one[name], ()))
            waiting.extend(one.values())


def _with_unit(holders: Iterator[object], field: str, unit: str) -> Iterator[object]:
    for one in holders:
        if isinstance(one, Mapping) and field in one and (not unit or one.get("uom") == unit):
            yield one[field]
