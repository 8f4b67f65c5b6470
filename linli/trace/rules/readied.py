"""Events made ready to be kept: checked, named by their hash, with the things that they name and what made what. Pure."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from linli.trace.rules.codes import digital_links, element_strings
from linli.trace.rules.epcis.canonical_uris import canonical_uri
from linli.trace.rules.epcis.event_faults import document_faults, event_faults
from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.event_shapes import (
    EVENT_TYPES,
    JSON,
    PATHS,
    SINGLE,
    TRANSFORMATION,
    Document,
    Event,
    Fault,
)
from linli.trace.rules.epcis.query_values import read_moment
from linli.trace.rules.epcis.sameness import digest_of
from linli.trace.rules.walking.links import PACKING, transformation

OBSERVED, ADDED, PARENT, CHILD, INPUT, OUTPUT = 1, 2, 3, 4, 5, 6

LONGEST_THING: Final = 300
MOST_EVENTS: Final = 10_000  # in one file
MOST_FAULTS: Final = 100  # that a file is told
_LONGEST: Final = {"eventID": 200, "bizStep": 120, "disposition": 120, "type": 120}
_LONGEST_PLACE: Final = 200
_LISTED: Final = (
    ("epcList", OBSERVED), ("childEPCs", CHILD), ("inputEPCList", INPUT), ("outputEPCList", OUTPUT),
)  # fmt: skip
_COUNTED: Final = (
    ("quantityList", OBSERVED), ("childQuantityList", CHILD),
    ("inputQuantityList", INPUT), ("outputQuantityList", OUTPUT),
)  # fmt: skip
_RECIPIENT: Final = re.compile(r"urn:epc:(?:id|idpat):gsrn:|/(?:8018|gsrn)/\d{18}")
_MAY_BE_PERSONAL: Final = re.compile(
    rf"{_RECIPIENT.pattern}|[?&;/](?:8019|43[01]\d|725\d|7242)[=/]"
)


@dataclass(frozen=True, slots=True)
class Made:
    """One link that a transformation made: `used` of its input by it, or not: of it by its output."""

    used: bool
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Readied:
    """One event that may be kept: `digest` tells it from all others, `against` is that of the event it declares wrong.

    `things`: canonical addresses and as what they are named; `packs`: whether it says what lies in what.
    """

    event: Event
    body: str
    name: str
    digest: str
    against: str
    happened_at: datetime
    things: tuple[tuple[str, int], ...]
    made: tuple[Made, ...]
    packs: bool

    @property
    def given(self) -> str:
        """Return the id that its teller gave it."""
        return str(self.event.get("eventID", ""))

    def place(self, name: Literal["readPoint", "bizLocation"]) -> str:
        """Return where it was, in the one spelling; nothing for a type of event that is somebody's own."""
        found = self.event.get(name) if standard(self.event) else None
        return canonical_uri(found["id"]) if found else ""

    def word(self, name: Literal["action", "bizStep", "disposition"]) -> str:
        """Return a word of it; nothing for a type of event that is somebody's own."""
        return str(self.event.get(name, "")) if standard(self.event) else ""


def standard(event: Event) -> bool:
    """Return whether an event is of a type that the standard knows: of others the fields can be anything."""
    return event.get("type") in EVENT_TYPES


def ready(event: Event, path: str = "", form: str = JSON) -> Readied | list[Fault]:
    """Return an event ready to be kept, or what is wrong with it. In XML a thing may come twice in a list.

    Codes: those of `event_faults`, `long` for what no index holds, `personal` for a number that stands for a person,
    `before_event` and `itself` for a declaration that cannot be.
    """
    faults = [one for one in event_faults(event, path) if form == JSON or one.code != "repeated"]
    moment = None if faults else read_moment(event["eventTime"])
    if moment is None:
        return faults or [Fault(_at(path, "eventTime"), "time")]
    body = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    hashed = event_id(event)
    name = str(event.get("eventID") or hashed)
    named = things(event) if standard(event) else ()
    made = tuple(_made(event, name, named)) if event["type"] == TRANSFORMATION else ()
    faults += [Fault(_at(path, one), "long") for one in _long(event, named, made)]
    if _MAY_BE_PERSONAL.search(body) and any(map(personal, _texts(event))):
        faults.append(Fault(path, "personal"))
    against = ""
    if "errorDeclaration" in event:
        told = {key: one for key, one in event.items() if key != "errorDeclaration"}
        against = digest_of(told, hashed, body)
        faults += _declared_wrongly(event, path, moment, {name, hashed})
    if faults:
        return faults
    digest = digest_of(event, hashed, body)
    return Readied(
        event, body, name, digest, against, moment, named, made, event["type"] in PACKING
    )


def file_faults(document: Document) -> list[Fault]:
    """Return what is wrong with a file besides its events: nothing of it can be kept then."""
    found = document_faults(replace(document, events=()))
    if not found and document.kind == SINGLE:
        found.append(Fault("type", "document_type"))
    if len(document.events) > MOST_EVENTS:
        found.append(Fault(PATHS.get(document.kind, ""), "too_many"))
    return found


def ready_all(document: Document) -> Iterator[Readied | list[Fault]]:
    """Yield the events of a file in order, each ready to be kept or with what is wrong with it."""
    path = PATHS.get(document.kind, "")
    for place, event in enumerate(document.events):
        yield ready(event, "" if document.kind == SINGLE else f"{path}[{place}]", document.form)


def told_faults(faults: Sequence[Fault], most: int = MOST_FAULTS) -> list[dict[str, str]]:
    """Return faults as they are kept: the first ones, and that there are more."""
    told = [{"path": one.path[:200], "code": one.code} for one in faults[:most]]
    return [*told, {"path": "", "code": "more"}] if len(faults) > most else told


def things(event: Event) -> tuple[tuple[str, int], ...]:
    """Return what an event names, in the one spelling, and as what; each once."""
    added = (
        ADDED if event.get("action") == "ADD" and event.get("type") == "ObjectEvent" else OBSERVED
    )
    found: dict[tuple[str, int], None] = {}
    parent = event.get("parentID")
    if isinstance(parent, str):
        found[canonical_uri(parent), PARENT] = None
    for field, role in _LISTED:
        for one in event.get(field, ()):
            found[canonical_uri(one), added if role == OBSERVED else role] = None
    for field, role in _COUNTED:
        for one in event.get(field, ()):
            found[canonical_uri(one["epcClass"]), added if role == OBSERVED else role] = None
    return tuple(found)


def personal(text: str) -> bool:
    """Return whether an identifier speaks of a person: a patient, a recipient of a service, an addressee.

    A recipient's number does so even where it is badly written.
    """
    if _RECIPIENT.search(text):
        return True
    try:
        pairs = digital_links.read(text).pairs
    except ValueError:
        return False
    return any(element_strings.is_personal(code) for code, _value in pairs)


def _made(event: Event, name: str, named: tuple[tuple[str, int], ...]) -> Iterator[Made]:
    through = transformation(event | {"eventID": name})
    for uri, role in named:
        used = role == INPUT
        yield Made(used, uri if used else through, through if used else uri)


def _long(
    event: Event, named: tuple[tuple[str, int], ...], made: tuple[Made, ...]
) -> Iterator[str]:
    for field, most in _LONGEST.items():
        if len(str(event.get(field, ""))) > most:
            yield field
    for field in ("readPoint", "bizLocation") if standard(event) else ():
        if len(event.get(field, {}).get("id", "")) > _LONGEST_PLACE:
            yield field
    if any(len(uri) > LONGEST_THING for uri, _role in named):
        yield "things"
    if any(max(len(one.source), len(one.target)) > LONGEST_THING for one in made):
        yield "transformationID"


def _declared_wrongly(
    event: Event, path: str, moment: datetime, names: set[str]
) -> Iterator[Fault]:
    said: dict[str, Any] = event["errorDeclaration"]
    at = read_moment(said["declarationTime"])
    where = _at(path, "errorDeclaration")
    if at is None or at < moment:
        yield Fault(f"{where}.declarationTime", "before_event" if at else "time")
    for place, one in enumerate(said.get("correctiveEventIDs", ())):
        if one in names:
            yield Fault(f"{where}.correctiveEventIDs[{place}]", "itself")


def _texts(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
