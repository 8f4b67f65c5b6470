"""Names of the EPCIS 2.0 query language: which field a name asks, how, and with what kind of value. Pure.

The names follow GS1's query schema (2.0.1) and section 8.2.7.1 of the standard. A name that is not of the
language is not of ours either: a misspelt filter is refused, never ignored, for it would answer too much.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

Operator = Literal["EQ", "GT", "GE", "LT", "LE", "MATCH", "WD", "EXISTS", "HASATTR", "EQATTR"]
Kind = Literal[
    "words", "types", "actions", "moment", "number", "numbers", "flag", "void", "either", "measure"
]


class Asked(NamedTuple):
    """What a parameter's name asks.

    `field` is a field of the language, or an area in which the user's own field `detail` is looked for
    ("event", "ILMD", "ERROR_DECLARATION", "SENSORELEMENT", "SENSORMETADATA", "SENSORREPORT", "readPoint",
    "bizLocation"); for lists with types `detail` is the type, for quantities the unit, for attributes of
    master data the attribute. `inner`: below the first level only.
    """

    operator: Operator
    field: str
    kind: Kind
    detail: str = ""
    inner: bool = False


NO_PREFIXES: Final[Mapping[str, str]] = MappingProxyType({})
AREAS: Final = (
    "ILMD", "ERROR_DECLARATION", "SENSORELEMENT", "SENSORMETADATA", "SENSORREPORT",
    "readPoint", "bizLocation",
)  # fmt: skip
EVENT_TYPES: Final = frozenset(
    ("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent")
) | {"AssociationEvent"}
ACTIONS: Final = frozenset(("ADD", "OBSERVE", "DELETE"))
CONTROLS: Final = frozenset(
    ("orderBy", "orderDirection", "eventCountLimit", "maxEventCount", "perPage", "nextPageToken")
)

_WORDS: Final = (
    "bizStep", "disposition", "persistentDisposition_set", "persistentDisposition_unset",
    "readPoint", "bizLocation", "transformationID", "eventID", "errorReason", "correctiveEventID",
    "type", "deviceID", "dataProcessingMethod", "microorganism", "chemicalSubstance", "bizRules",
    "stringValue", "hexBinaryValue", "uriValue",
)  # fmt: skip
_MATCHES: Final = (
    "epc", "inputEPC", "outputEPC", "anyEPC", "parentID",
    "epcClass", "inputEPCClass", "outputEPCClass", "anyEPCClass",
)  # fmt: skip
_MOMENTS: Final = (
    "eventTime",
    "recordTime",
    "errorDeclarationTime",
    "time",
    "startTime",
    "endTime",
)
_NUMBERS: Final = ("quantity", "percRank")
_COMPARISONS: Final[tuple[Operator, ...]] = ("GT", "GE", "LT", "LE")


def _fixed() -> Iterator[tuple[str, Asked]]:
    yield "eventType", Asked("EQ", "eventType", "types")
    yield "EQ_action", Asked("EQ", "action", "actions")
    yield "EQ_booleanValue", Asked("EQ", "booleanValue", "flag")
    for field in _WORDS:
        yield f"EQ_{field}", Asked("EQ", field, "words")
    for field in ("readPoint", "bizLocation"):
        yield f"WD_{field}", Asked("WD", field, "words")
    for field in _MATCHES:
        yield f"MATCH_{field}", Asked("MATCH", field, "words")
    for field in ("errorDeclaration", "sensorElementList"):
        yield f"EXISTS_{field}", Asked("EXISTS", field, "void")
    for field in _MOMENTS:
        yield f"GE_{field}", Asked("GE", field, "moment")
        yield f"LT_{field}", Asked("LT", field, "moment")
    for field in _NUMBERS:
        yield f"EQ_{field}", Asked("EQ", field, "numbers")
        for operator in _COMPARISONS:
            yield f"{operator}_{field}", Asked(operator, field, "number")
    # The schema writes these two with another line under the word than the standard's text does.
    yield "GE_errorDeclaration_Time", Asked("GE", "errorDeclarationTime", "moment")
    yield "LT_errorDeclaration_Time", Asked("LT", "errorDeclarationTime", "moment")


FIXED: Final = dict(_fixed())

_TYPED: Final = re.compile(r"EQ_(?P<field>bizTransaction|source|destination)_(?P<detail>\S+)")
_MEASURED: Final = re.compile(
    r"(?P<operator>EQ|GT|GE|LT|LE)_"
    r"(?P<field>quantity|value|minValue|maxValue|meanValue|sDev|percValue)_(?P<detail>[A-Z0-9]{2,4})"
)
_ATTRIBUTE: Final = re.compile(r"EQ_?ATTR_(?P<field>[^_\s]+)_(?P<detail>\S+)")
_HAS: Final = re.compile(r"HASATTR_(?P<field>\S+)")
_OWN: Final = re.compile(
    rf"(?P<operator>EQ|GT|GE|LT|LE|EXISTS)_(?P<inner>INNER_)?(?:(?P<area>{'|'.join(AREAS)})_)?"
    r"(?P<detail>[A-Za-z][^\s:]*:\S+|\{\S+\}\S+)"
)


def asked(name: str, prefixes: Mapping[str, str] = NO_PREFIXES) -> Asked | None:
    """Return what a parameter's name asks, or None if the language has no such name.

    A user's field may be written `prefix:field`, `namespace#field` as in XML, or `{namespace}field`.
    """
    fixed = FIXED.get(name)
    if fixed is not None:
        return fixed
    for read in (_typed, _measured, _attribute, _own):
        found = read(name)
        if found is not None:
            return _spelt(found, prefixes)
    return None


def whole_name(name: str, prefixes: Mapping[str, str]) -> str:
    """Return a user's field as `{namespace}field`; with a prefix that nobody explained it stays as it is."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes:
        return f"{{{prefixes[prefix]}}}{local}"
    namespace, sharp, local = name.rpartition("#")
    return f"{{{namespace}}}{local}" if sharp and name[:1] != "{" and namespace and local else name


def _spelt(found: Asked, prefixes: Mapping[str, str]) -> Asked:
    if found.operator in {"HASATTR", "EQATTR"}:
        return found._replace(field=whole_name(found.field, prefixes))
    own = found.field == "event" or found.field in AREAS
    return found._replace(detail=whole_name(found.detail, prefixes)) if own else found


def _typed(name: str) -> Asked | None:
    found = _TYPED.fullmatch(name)
    return Asked("EQ", found["field"], "words", found["detail"]) if found else None


def _measured(name: str) -> Asked | None:
    found = _MEASURED.fullmatch(name)
    if not found:
        return None
    kind: Kind = "numbers" if found["operator"] == "EQ" else "number"
    return Asked(_operator(found["operator"]), found["field"], kind, found["detail"])


def _attribute(name: str) -> Asked | None:
    if found := _HAS.fullmatch(name):
        return Asked("HASATTR", found["field"], "words")
    found = _ATTRIBUTE.fullmatch(name)
    return Asked("EQATTR", found["field"], "words", found["detail"]) if found else None


def _own(name: str) -> Asked | None:
    """A field that users brought: its name has a namespace, as a prefix or as a whole address."""
    found = _OWN.fullmatch(name)
    if not found:
        return None
    operator = _operator(found["operator"])
    kinds: dict[Operator, Kind] = {"EXISTS": "void", "EQ": "either"}
    kind = kinds.get(operator, "measure")
    return Asked(operator, found["area"] or "event", kind, found["detail"], bool(found["inner"]))


def _operator(text: str) -> Operator:
    operators: tuple[Operator, ...] = ("EQ", "GT", "GE", "LT", "LE", "EXISTS")
    return next(one for one in operators if one == text)
