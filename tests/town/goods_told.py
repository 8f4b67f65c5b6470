"""A chain of three businesses, and what each told of its goods: a farm, a factory, a shop; and a stranger."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from linli.trace.actions.capturing import capture
from linli.trace.actions.keys import give_program_key
from linli.trace.models import Operator
from linli.trace.queries.keys import as_operator
from linli.trace.rules.epcis.json_events import STANDARD, plain_event
from tests.town import trace

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BEEF, SAUSAGE, ONION = (f"urn:epc:class:lgtin:6901234.0567{n}.L{n}" for n in (80, 81, 82))
BEEF_ADDRESS = "https://id.gs1.org/01/06901234567809/10/L80"
CASE = "urn:epc:id:sgtin:6901234.056790"
SHED = "urn:epc:id:sgln:6901234.00005.0"


@dataclass
class Chain:
    """Who tells."""

    farm: Operator
    factory: Operator
    shop: Operator
    stranger: Operator


def an_event(minute, step="shipping", *things, **more):
    """An observation of lots, or of single things."""
    single = [one for one in things if ":id:" in one or "/21/" in one]
    lots = [{"epcClass": one, "quantity": 5, "uom": "KGM"} for one in things if one not in single]
    moment = NOW + timedelta(minutes=minute)
    event = {
        "type": "ObjectEvent",
        "eventTime": moment.isoformat().replace("+00:00", "Z"),
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": step,
        "readPoint": {"id": SHED},
    }
    event |= ({"epcList": single} if single else {}) | ({"quantityList": lots} if lots else {})
    return {key: one for key, one in (event | more).items() if one is not None}


def made(minute, inputs, outputs, **more):
    """A transformation of lots into lots."""
    event = an_event(minute, "creating_class_instance", action=None, **more)
    return event | {
        "type": "TransformationEvent",
        "inputQuantityList": [{"epcClass": one, "quantity": 5, "uom": "KGM"} for one in inputs],
        "outputQuantityList": [{"epcClass": one, "quantity": 4, "uom": "KGM"} for one in outputs],
    }


def tell(operator, *events, at=NOW):
    """Keep what an operator tells, as its own key would."""
    plain = [plain_event(one, STANDARD) for one in events]
    return capture(by=as_operator(operator), at=at, operator=operator, events=plain)


def key_of(operator):
    """The headers of a program of an operator."""
    secret = give_program_key(
        by=trace.officer(operator.unit), at=NOW, operator=operator, name="ERP"
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def chain():
    """The businesses, and what they told of beef and of what became of it."""
    one = Chain(
        *(
            trace.operator(name, at=NOW, number=number)
            for number, name in enumerate(("牧场", "加工厂", "小店", "别家"), 1)
        )
    )
    tell(
        one.farm,
        an_event(0, "commissioning", BEEF, action="ADD", disposition="active"),
        an_event(1, "shipping", BEEF),
    )
    tell(one.factory, an_event(2, "receiving", BEEF), made(3, [BEEF, ONION], [SAUSAGE]))
    tell(one.factory, an_event(4, "shipping", SAUSAGE))
    tell(one.shop, an_event(5, "receiving", SAUSAGE), an_event(6, "retail_selling", SAUSAGE))
    tell(one.stranger, an_event(7, "storing", f"{CASE}.1", readPoint=None))
    return one
