"""Questions and events spelt alike, so that one thing is found whichever way it was written. Pure.

A scanner says `urn:epc:id:sgtin:…` and a web page `https://…/01/…/21/…` of the same thing. Both are put into the
one spelling at id.gs1.org before they are compared; nothing that is kept or answered is changed.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.canonical_uris import canonical_uri
from linli.trace.rules.epcis.epc_patterns import is_pattern, pattern_prefix
from linli.trace.rules.epcis.event_shapes import Event
from linli.trace.rules.epcis.query_reading import Criterion, Query

_IDPAT: Final = "urn:epc:idpat:"
_SOME: Final = "1"  # stands for any serial number while a pattern is put into the other spelling
_LISTS: Final = ("epcList", "childEPCs", "inputEPCList", "outputEPCList", "parentID")
_AMOUNTS: Final = (
    "quantityList",
    "childQuantityList",
    "inputQuantityList",
    "outputQuantityList",
)
_PLACES: Final = ("readPoint", "bizLocation")
_PAIRS: Final = {
    "bizTransactionList": "bizTransaction",
    "sourceList": "source",
    "destinationList": "destination",
}
_NAMED: Final = frozenset((*_PLACES, *_PAIRS.values(), "transformationID"))


def spelt_event(event: Event) -> Event:
    """Return an event to compare with `spelt_query`: things in both spellings, places and parties in the one."""
    spelt = dict(event)
    for name in _LISTS:
        if name in spelt:
            spelt[name] = _both(spelt[name])
    for name in _AMOUNTS:
        _each(spelt, name, lambda one: one | {"epcClass": _both(one.get("epcClass"))})
    for name, inside in _PAIRS.items():
        _each(spelt, name, lambda one, key=inside: one | {key: _one(one.get(key))})  # type: ignore[misc]
    for name in _PLACES:
        if isinstance(spelt.get(name), dict):
            spelt[name] = spelt[name] | {"id": _one(spelt[name].get("id"))}
    spelt["transformationID"] = _one(spelt.get("transformationID"))
    return spelt


def spelt_query(query: Query) -> Query:
    """Return a query whose identifiers stand in the one spelling, patterns in every spelling that they have."""
    return replace(query, criteria=tuple(_spelt(one) for one in query.criteria))


def meant_things(criterion: Criterion) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return what a spelt MATCH_ criterion means: addresses of things, and beginnings of such; None if neither tells."""
    exact, beginnings = set[str](), set[str]()
    for value in map(str, criterion.values):
        if not is_pattern(value):
            exact.add(value)
        elif not value.startswith(_IDPAT):
            beginnings.add(pattern_prefix(value))
        elif _as_address(value) is None:
            return None
    return frozenset(exact), frozenset(beginnings)


def spellings(kind: str, word: str) -> tuple[str, ...]:
    """Return every way in which a word of the vocabulary may have been kept: bare, as address, as URN."""
    bare = str(vocabulary.bare(kind, word, urns=True))
    urns = {
        vocabulary.BIZ_STEP: "urn:epcglobal:cbv:bizstep:",
        vocabulary.DISPOSITION: "urn:epcglobal:cbv:disp:",
    }
    if bare not in vocabulary.WORDS[kind]:
        return (word,)
    return bare, vocabulary.full(kind, bare), urns[kind] + bare


def _spelt(criterion: Criterion) -> Criterion:
    spec = criterion.asked
    if spec.operator == "MATCH":
        values = [one for value in criterion.values for one in _ways(str(value))]
        return criterion._replace(values=tuple(dict.fromkeys(values)))
    own = spec.field in _PLACES and spec.detail  # a user's own field of a place
    if spec.operator in {"EQ", "WD"} and spec.field in _NAMED and not own:
        return criterion._replace(
            values=tuple(
                canonical_uri(one) if isinstance(one, str) else one for one in criterion.values
            )
        )
    return criterion


def _ways(value: str) -> list[str]:
    if not is_pattern(value):
        return [canonical_uri(value)]
    address = _as_address(value) if value.startswith(_IDPAT) else None
    return [value, canonical_uri(value), address] if address else [value]


def _as_address(pattern: str) -> str | None:
    """Return the address that means what a pattern of serial numbers means: `https://id.gs1.org/01/…/21/*`."""
    if not pattern.endswith(".*") or "*" in pattern[:-1]:
        return None
    one = canonical_uri(pattern.replace(_IDPAT, "urn:epc:id:", 1)[:-1] + _SOME)
    known = one.endswith("/" + _SOME) and not one.startswith("urn:")
    return one[: -len(_SOME)] + "*" if known else None


def _each(event: Event, name: str, spelt: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    if isinstance(event.get(name), list):
        event[name] = [spelt(one) if isinstance(one, dict) else one for one in event[name]]


def _one(value: object) -> object:
    return canonical_uri(value) if isinstance(value, str) else value


def _both(value: object) -> object:
    listed = value if isinstance(value, list) else [value]
    return [way for one in listed for way in dict.fromkeys((_one(one), one)) if one is not None]
