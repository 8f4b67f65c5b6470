"""Which events a query means: every criterion holds, by itself, for a value of the event. Pure.

A criterion about a field that an event does not have does not hold, whatever is asked about it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Any, Final

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.epc_patterns import matches_pattern
from linli.trace.rules.epcis.event_fields import (
    Event,
    field_values,
    identifiers,
    own_values,
    typed_values,
)
from linli.trace.rules.epcis.event_shapes import own
from linli.trace.rules.epcis.query_parameters import AREAS, Asked
from linli.trace.rules.epcis.query_reading import Criterion, Query
from linli.trace.rules.epcis.query_values import read_moment, read_number

_OWN: Final = frozenset(("event", *AREAS))
_LISTED: Final = frozenset(("bizTransaction", "source", "destination"))
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "EQ": eq, "GT": gt, "GE": ge, "LT": lt, "LE": le,
}  # fmt: skip
_KINDS: Final = {
    "bizStep": vocabulary.BIZ_STEP,
    "disposition": vocabulary.DISPOSITION,
    "persistentDisposition_set": vocabulary.DISPOSITION,
    "persistentDisposition_unset": vocabulary.DISPOSITION,
    "errorReason": vocabulary.REASON,
    "type": vocabulary.MEASUREMENT,
    "bizTransaction": vocabulary.TRANSACTION_TYPE,
    "source": vocabulary.PARTY_TYPE,
    "destination": vocabulary.PARTY_TYPE,
}


@dataclass(frozen=True, slots=True)
class Masters:
    """What is known of places and words besides events: the place each lies in, and attributes by name."""

    parents: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)


NOTHING_KNOWN: Final = Masters()


def meant(
    events: Iterable[Event], query: Query, masters: Masters = NOTHING_KNOWN
) -> Iterator[Event]:
    """Yield the events that a query means, in the order in which they come."""
    return (event for event in events if means(query, event, masters))


def means(query: Query, event: Event, masters: Masters = NOTHING_KNOWN) -> bool:
    """Say whether a query means an event. EPCIS 2.0, section 8.2.7.1."""
    return all(holds(one, event, masters) for one in query.criteria)


def holds(criterion: Criterion, event: Event, masters: Masters = NOTHING_KNOWN) -> bool:
    """Say whether one criterion holds for an event."""
    return _HOLDS.get(criterion.asked.operator, _compared)(criterion, event, masters)


def _compared(criterion: Criterion, event: Event, _: Masters) -> bool:
    compare = _COMPARE[criterion.asked.operator]
    kind = None if criterion.asked.field in _LISTED else _KINDS.get(criterion.asked.field)
    wanted = [_word(value, kind) if isinstance(value, str) else value for value in criterion.values]
    return any(
        _holds_between(compare, value, one, kind)
        for value in _values(event, criterion.asked)
        for one in wanted
    )


def _values(event: Event, spec: Asked) -> Iterable[object]:
    if spec.field in _OWN and spec.detail:
        return own_values(event, spec.field, spec.detail, inner=spec.inner)
    if spec.field in _LISTED:
        kind = _KINDS[spec.field]
        wanted = _word(spec.detail, kind)
        return typed_values(event, spec.field, lambda said: _word(said, kind) == wanted)
    return field_values(event, spec.field, spec.detail)


def _holds_between(
    compare: Callable[[Any, Any], bool], value: object, wanted: object, kind: str | None
) -> bool:
    """Compare as what is wanted: as a moment, a number, a flag, or a word however it is spelt."""
    said: object
    if isinstance(wanted, datetime):
        said = read_moment(value)
    elif isinstance(wanted, bool):
        said = value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value))
    elif isinstance(wanted, Decimal):
        said = read_number(value)
    else:
        said = _word(value, kind)
    return said is not None and compare(said, wanted)


def _word(value: object, kind: str | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if not isinstance(value, str):
        return None
    return str(vocabulary.bare(kind, value, urns=True)) if kind else value


def _matched(criterion: Criterion, event: Event, _: Masters) -> bool:
    return any(
        matches_pattern(str(pattern), one)
        for one in identifiers(event, criterion.asked.field)
        for pattern in criterion.values
    )


def _exists(criterion: Criterion, event: Event, _: Masters) -> bool:
    """An empty field is none: an empty text, list or object."""
    empty: tuple[object, ...] = ("", [], {})
    return any(value not in empty for value in _values(event, criterion.asked))


def _within(criterion: Criterion, event: Event, masters: Masters) -> bool:
    """In the place asked, or in one that lies in it, however deep."""
    wanted = set(criterion.values)
    return any(
        not wanted.isdisjoint(_lineage(str(value), masters.parents))
        for value in field_values(event, criterion.asked.field)
    )


def _lineage(place: str, parents: Mapping[str, str]) -> set[str]:
    """A place and all it lies in; a place that is said to lie in itself ends it."""
    found = set[str]()
    current: str | None = place
    while current is not None and current not in found:
        found.add(current)
        current = parents.get(current)
    return found


def _has_attribute(criterion: Criterion, event: Event, masters: Masters) -> bool:
    return any(
        any(known.get(str(name)) for name in criterion.values)
        for known in _known(criterion, event, masters)
    )


def _attribute_is(criterion: Criterion, event: Event, masters: Masters) -> bool:
    wanted = set(criterion.values)
    return any(
        not wanted.isdisjoint(known.get(criterion.asked.detail, ()))
        for known in _known(criterion, event, masters)
    )


def _known(
    criterion: Criterion, event: Event, masters: Masters
) -> Iterator[Mapping[str, Sequence[str]]]:
    name = criterion.asked.field
    values = (
        own_values(event, "event", name, inner=False) if own(name) else field_values(event, name)
    )
    for value in values:
        yield masters.attributes.get(str(value), {})


_HOLDS: Final[dict[str, Callable[[Criterion, Event, Masters], bool]]] = {
    "MATCH": _matched, "EXISTS": _exists, "WD": _within,
    "HASATTR": _has_attribute, "EQATTR": _attribute_is,
}  # fmt: skip
