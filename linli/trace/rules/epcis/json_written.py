"""Plain events written as EPCIS 2.0 JSON-LD again: what a capture was, or the answer to a query. Pure.

Reading what is written here gives the same events.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from linli.trace.rules.epcis.event_shapes import CAPTURE, QUERY, Event
from linli.trace.rules.epcis.json_events import STANDARD

CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
VERSION: Final = "2.0"

_Prefixes = dict[str, str]


def capture_document(events: Sequence[Event], created: str) -> dict[str, Any]:
    """Return a file of events; `created` is a moment with its zone."""
    return _document(CAPTURE, events, created, lambda listed: {"eventList": listed})


def query_document(
    events: Sequence[Event], created: str, query: str, subscription: str = ""
) -> dict[str, Any]:
    """Return the answer to a query of that name, or to a subscription."""
    named = {"queryName": query} | ({"subscriptionID": subscription} if subscription else {})
    return _document(
        QUERY,
        events,
        created,
        lambda listed: {"queryResults": named | {"resultsBody": {"eventList": listed}}},
    )


def json_event(event: Event) -> dict[str, Any]:
    """Return one event with a context of its own."""
    prefixes = _prefixes([event])
    written = {_name(name, prefixes): _written(one, prefixes) for name, one in event.items()}
    return {"@context": _context(prefixes)} | written


def _document(
    kind: str, events: Sequence[Event], created: str, body: Callable[[list[object]], dict[str, Any]]
) -> dict[str, Any]:
    prefixes = _prefixes(events)
    return {
        "@context": _context(prefixes),
        "type": kind,
        "schemaVersion": VERSION,
        "creationDate": created,
        "epcisBody": body([_written(event, prefixes) for event in events]),
    }


def _context(prefixes: _Prefixes) -> list[Any]:
    own = {prefix: namespace for namespace, prefix in prefixes.items() if prefix not in STANDARD}
    return [CONTEXT, own] if own else [CONTEXT]


def _prefixes(events: Iterable[Event]) -> _Prefixes:
    """Return a prefix for each namespace: the standard's own, and `x1`, `x2` … in the alphabet's order."""
    found = {
        name[1:].partition("}")[0] for event in events for name in _names(event) if name[:1] == "{"
    }
    standard = {namespace: prefix for prefix, namespace in STANDARD.items()}
    own = {
        namespace: f"x{place}" for place, namespace in enumerate(sorted(found - set(standard)), 1)
    }
    return {namespace: prefix for namespace, prefix in standard.items() if namespace in found} | own


def _names(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _names(one)
    elif isinstance(value, list):
        for one in value:
            yield from _names(one)


def _written(value: object, prefixes: _Prefixes) -> object:
    if isinstance(value, dict):
        return {_name(name, prefixes): _written(one, prefixes) for name, one in value.items()}
    if isinstance(value, list):
        return [_written(one, prefixes) for one in value]
    return value


def _name(name: str, prefixes: _Prefixes) -> str:
    if name[:1] != "{":
        return name
    namespace, _, local = name[1:].partition("}")
    return f"{prefixes[namespace]}:{local}"
