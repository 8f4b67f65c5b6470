"""What is said against an event later: declarations that it is wrong, and the events that stand instead. Pure.

Nothing captured is ever changed. A declaration repeats the event whole and adds when, why, and what holds now
(EPCIS 2.0 §7.4.1.2); so it has the same hash id as the event that it is about, and needs a key of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.event_shapes import Event, Fault
from linli.trace.rules.epcis.spellings import instant

DID_NOT_OCCUR, INCORRECT_DATA = "did_not_occur", "incorrect_data"
REASONS: Final = (DID_NOT_OCCUR, INCORRECT_DATA)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One statement that an event is wrong: since when (UTC), why, and which events stand instead."""

    at: str
    reason: str = ""
    correctives: tuple[str, ...] = ()


def declaration(event: Event) -> Declaration | None:
    """Return what an event declares about itself, None where it is an event like others."""
    found = event.get("errorDeclaration")
    if not isinstance(found, dict):
        return None
    correctives = found.get("correctiveEventIDs")
    return Declaration(
        instant(str(found.get("declarationTime", ""))),
        str(found.get("reason", "")),
        tuple(map(str, correctives)) if isinstance(correctives, list) else (),
    )


def declared(event: Event, at: str, reason: str, correctives: Sequence[str] = ()) -> Event:
    """Return the declaration that an event is wrong: the event whole, with its id, the time and the reason."""
    said = {"declarationTime": at, "reason": reason}
    more = {"correctiveEventIDs": list(correctives)} if correctives else {}
    return event | {"eventID": name_of(event), "errorDeclaration": said | more}


def name_of(event: Event) -> str:
    """Return the id by which others speak of an event: its own, else the one made from what it says."""
    given = event.get("eventID")
    return given if isinstance(given, str) and given else event_id(event)


def standing(events: Iterable[Event]) -> list[Event]:
    """Return the events that hold, in their order: no declarations, and none that a declaration is about."""
    listed = list(events)
    wrong = {name for event in listed if declaration(event) for name in _names(event)}
    return [event for event in listed if declaration(event) is None and not wrong & _names(event)]


def instead_of(name: str, events: Iterable[Event]) -> tuple[str, ...]:
    """Return the ids of the events that hold instead of one, through all corrections of corrections.

    Empty where it did not happen, or nobody said what holds; itself where nobody declared it wrong. Corrections
    that go round in a circle leave nothing standing.
    """
    said: dict[str, list[str]] = {}
    for event in events:
        found = declaration(event)
        for one in _names(event) if found else ():
            said.setdefault(one, []).extend(found.correctives if found else ())
    ends: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in said:
            waiting += said[one]
        else:
            ends[one] = None
    return tuple(ends)


def declaration_faults(
    statement: Event, original: Event | None, known: Iterable[str]
) -> list[Fault]:
    """Return what is wrong with a declaration, given the event that it is about and the ids that are known.

    Codes: `no_declaration`, `unknown_event` nothing is known under its id, `differs` it does not repeat the event,
    `before_event` declared before it happened, `itself` it would correct itself, `unknown_corrective`.
    """
    found = declaration(statement)
    if found is None:
        return [Fault("errorDeclaration", "no_declaration")]
    faults = []
    if original is None:
        faults.append(Fault("eventID", "unknown_event"))
    elif event_id(original) != event_id(statement):
        faults.append(Fault("", "differs"))
    if found.at < instant(str(statement.get("eventTime", ""))):
        faults.append(Fault("errorDeclaration.declarationTime", "before_event"))
    own, captured = _names(statement), set(known)
    for place, one in enumerate(found.correctives):
        code = "itself" if one in own else "" if one in captured else "unknown_corrective"
        if code:
            faults.append(Fault(f"errorDeclaration.correctiveEventIDs[{place}]", code))
    return faults


def _names(event: Event) -> set[str]:
    return {name_of(event), event_id(event)}
