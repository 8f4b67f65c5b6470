"""What a shop says it did with a lot, made into one EPCIS event; and an event read back into what it says. Pure.

Five deeds: made, received, sold, moved, thrown. Nothing of who bought over the counter enters an event: there is
no field for it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from linli.trace.rules.epcis.event_shapes import OBJECT, TRANSFORMATION, Event
from linli.trace.rules.epcis.spellings import instant
from linli.trace.rules.shop.amounts import PIECE, Amount

MADE, RECEIVED, SOLD, MOVED, THROWN = "made", "received", "sold", "moved", "thrown"
KINDS: Final = (MADE, RECEIVED, SOLD, MOVED, THROWN)
PARTNER: Final = "{urn:linli:food:}partner"  # a business that has no address with us
_MASTER: Final = "{urn:epcglobal:cbv:mda:}"
# Step, disposition and action of each deed; what is sold over the counter stands apart.
_SAID: Final = {
    MADE: ("creating_class_instance", "active", "ADD"),
    RECEIVED: ("receiving", "in_progress", "OBSERVE"),
    SOLD: ("shipping", "in_transit", "OBSERVE"),
    MOVED: ("storing", "in_progress", "OBSERVE"),
    THROWN: ("destroying", "destroyed", "DELETE"),
}
_COUNTER: Final = ("retail_selling", "retail_sold", "OBSERVE")
_NEW: Final = "creating_class_instance"


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed with one lot: `lot`, `used` and `place` as events name them; `offset` of the place's clock.

    `partner`: the other business, in words; `other`: its premises, or where a lot was moved to, as events name them.
    `begins`: the lot has its name from this event on; `best_before` and `number` are told then.
    """

    kind: str
    at: datetime
    offset: str
    place: str
    lot: str
    amount: Amount
    used: tuple[str, ...] = ()
    partner: str = ""
    other: str = ""
    begins: bool = False
    number: str = ""
    best_before: date | None = None


def event_of(deed: Deed) -> Event:
    """Return the event of a deed."""
    over_the_counter = deed.kind == SOLD and not deed.partner and not deed.other
    step, disposition, action = _COUNTER if over_the_counter else _SAID[deed.kind]
    event: Event = {
        "type": TRANSFORMATION if deed.used else OBJECT,
        "eventTime": instant(deed.at.isoformat()),
        "eventTimeZoneOffset": deed.offset,
        "bizStep": step,
        "disposition": disposition,
        "readPoint": {"id": deed.place},
    }
    there = deed.other if deed.kind == MOVED else deed.place
    if deed.kind not in (SOLD, THROWN):
        event["bizLocation"] = {"id": there}
    event |= _what(deed, action) | _between(deed)
    if deed.begins:
        event["ilmd"] = _lot_data(deed)
    return event


def _what(deed: Deed, action: str) -> dict[str, Any]:
    """Return which goods, and how much of these."""
    goods: dict[str, Any] = {"epcClass": deed.lot, "quantity": _number(deed.amount.value)}
    if deed.amount.unit != PIECE:  # things that are counted have no unit there
        goods["uom"] = deed.amount.unit
    if deed.used:
        return {
            "inputQuantityList": [{"epcClass": one} for one in deed.used],
            "outputQuantityList": [goods],
        }
    return {"action": "ADD" if deed.begins else action, "quantityList": [goods]}


def _between(deed: Deed) -> dict[str, Any]:
    """Return who was at the other end."""
    said: dict[str, Any] = {PARTNER: deed.partner} if deed.partner and not deed.other else {}
    if not deed.other:
        return said
    if deed.kind == RECEIVED:
        return {
            "sourceList": [{"type": "location", "source": deed.other}],
            "destinationList": [{"type": "location", "destination": deed.place}],
        }
    return {
        "sourceList": [{"type": "location", "source": deed.place}],
        "destinationList": [{"type": "location", "destination": deed.other}],
    }


def _lot_data(deed: Deed) -> dict[str, str]:
    said = {_MASTER + "lotNumber": deed.number} if deed.number else {}
    if deed.best_before:
        said[_MASTER + "itemExpirationDate"] = deed.best_before.isoformat()
    return said or {_MASTER + "lotNumber": deed.lot.rpartition("/")[2]}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Goods:
    """Some goods that an event names: which, how much in which unit; None where it does not say."""

    name: str
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says, ready to be put into words."""

    kind: str  # of KINDS, "counter" for a sale over the counter, else the step itself
    at: str
    place: str
    goods: tuple[Goods, ...]
    used: tuple[Goods, ...]
    source: str
    destination: str
    partner: str


def said_by(event: Event) -> Said:
    """Return what an event says that the check let pass, whoever told it."""
    used = _goods(event, "inputEPCList", "inputQuantityList")
    goods = _goods(event, "epcList", "quantityList") + _goods(
        event, "outputEPCList", "outputQuantityList"
    )
    step = str(event.get("bizStep", ""))
    kind = next((one for one, (its, _disposition, _action) in _SAID.items() if its == step), step)
    return Said(
        "counter" if step == _COUNTER[0] else MADE if step == _NEW else kind,
        str(event.get("eventTime", "")),
        _id(event.get("readPoint")) or _id(event.get("bizLocation")),
        goods,
        used,
        _end(event, "sourceList", "source"),
        _end(event, "destinationList", "destination"),
        str(event.get(PARTNER, "")),
    )


def _goods(event: Event, named: str, counted: str) -> tuple[Goods, ...]:
    found = [Goods(str(one), None) for one in event.get(named) or []]
    for one in event.get(counted) or []:
        value = one.get("quantity")
        amount = None
        if isinstance(value, int | float) and not isinstance(value, bool):
            amount = Amount(Decimal(str(value)), str(one.get("uom", PIECE)))
        found.append(Goods(str(one.get("epcClass", "")), amount))
    return tuple(found)


def _end(event: Event, listed: str, named: str) -> str:
    return next((str(one.get(named, "")) for one in event.get(listed) or []), "")


def _id(place: object) -> str:
    return str(place.get("id", "")) if isinstance(place, dict) else ""
