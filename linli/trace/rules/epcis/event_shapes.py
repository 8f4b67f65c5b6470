"""What is read from an EPCIS file: events as plain mappings, and what is wrong by path and code. Pure.

An event is a mapping in the form of EPCIS 2.0 JSON: standard words bare (`shipping`), names of extensions as
`{namespace}name`, so that it needs no context to be understood and can be kept as JSON.
"""

from dataclasses import dataclass, field
from typing import Any, Final

Event = dict[str, Any]

CAPTURE, QUERY, SINGLE = "EPCISDocument", "EPCISQueryDocument", "event"

JSON, XML = "json", "xml"
PATHS: Final = {
    CAPTURE: "epcisBody.eventList",
    QUERY: "epcisBody.queryResults.resultsBody.eventList",
}

OBJECT, AGGREGATION, TRANSACTION = "ObjectEvent", "AggregationEvent", "TransactionEvent"
TRANSFORMATION, ASSOCIATION = "TransformationEvent", "AssociationEvent"
EVENT_TYPES: Final = (OBJECT, AGGREGATION, TRANSACTION, TRANSFORMATION, ASSOCIATION)

DEPTH = 64  # how deep extensions may lie within each other


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: where (`eventList[2].bizStep`) and why (`vocabulary`)."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: of which kind and form, its events in order, and what is wrong with the file itself."""

    kind: str
    events: tuple[Event, ...] = ()
    faults: tuple[Fault, ...] = ()
    header: dict[str, Any] = field(default_factory=dict)
    form: str = JSON


class TooDeepError(ValueError):
    """Raised where things lie within each other deeper than anybody needs."""


def own(name: str) -> bool:
    """Return whether a field's name is an extension's: `{namespace}name`, or a whole URI."""
    return name[:1] == "{" or ":" in name
