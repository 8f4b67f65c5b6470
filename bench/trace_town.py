"""What `bench.trace` runs in a process of its own: files of events taken in, checked, hashed and kept by their jobs."""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command

from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, system
from linli.kernel.codes import new_code
from linli.trace.actions.capture_jobs import Sent, receive, work_off
from linli.trace.actions.operators import OperatorDraft, enter
from linli.trace.models import Operator
from linli.trace.rules.epcis.json_written import CONTEXT

UNIT = "市场监督管理局"
BY = Actor(name="甲", role=Role.OFFICER, unit=UNIT)
EACH = 1000  # events of a file
PREFIX = "6901234"
_FIRST = {"seen": 0, "xml": 1000, "mixed": 0}


def main() -> None:
    """Take in as many files as asked of each kind, and print events a second, by the clock and of the core."""
    call_command("migrate", verbosity=0)
    area = Area.objects.create(code="620200", name="嘉峪关市", level="city", from_year=1981)
    unit = Unit.objects.create(code=new_code(), name=UNIT, kind="department", area=area)
    operator = enter(by=BY, at=datetime.now(UTC), draft=OperatorDraft("河西清真食品", unit))
    files = int(sys.argv[1])
    _kept(operator, "seen", 900, 1)
    said = {kind: _kept(operator, kind, first, files) for kind, first in _FIRST.items()}
    said["again"] = _kept(operator, "mixed", _FIRST["mixed"], files, new=False)
    print(json.dumps(said))


def _kept(
    operator: Operator, kind: str, first: int, files: int, *, new: bool = True
) -> tuple[float, float]:
    """Return the events a second of files, from the bytes that were sent to what is kept."""
    form = "xml" if kind == "xml" else "json"
    bodies = [_file(kind, number) for number in range(first, first + files)]
    clock, core = time.perf_counter(), time.process_time()
    for body in bodies:
        at = datetime.now(UTC)
        taken = receive(by=BY, at=at, operator=operator, sent=Sent(body, form))
        done = work_off(by=system("captures"), at=at, code=taken.code)
        if done.added != (EACH if new else 0):
            raise RuntimeError(done.faults or done.added)
    events = files * EACH
    return events / (time.perf_counter() - clock), events / (time.process_time() - core)


def _file(kind: str, number: int) -> bytes:
    numbers = range(number * EACH, (number + 1) * EACH)
    if kind == "xml":
        head = 'xmlns:e="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-11-20T08:00:00Z"'
        told = "".join(map(_seen_in_xml, numbers))
        return f"<e:EPCISDocument {head}><EPCISBody><EventList>{told}</EventList></EPCISBody></e:EPCISDocument>".encode()
    events = list(map({"seen": _seen, "mixed": _mixed}[kind], numbers))
    document: dict[str, Any] = {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-20T08:00:00Z",
        "epcisBody": {"eventList": events},
    }
    return json.dumps(document).encode()


def _seen(number: int) -> dict[str, Any]:
    """Return five things seen at a place: what the peers are measured with."""
    return _told(number) | {
        "type": "ObjectEvent",
        "epcList": [f"urn:epc:id:sgtin:{PREFIX}.056789.{number}{place}" for place in range(5)],
        "action": "OBSERVE",
        "bizStep": "shipping",
    }


def _seen_in_xml(number: int) -> str:
    """Return the same as XML of version 1.2."""
    event = _seen(number)
    things = "".join(f"<epc>{one}</epc>" for one in event["epcList"])
    words = {
        "bizStep": "urn:epcglobal:cbv:bizstep:shipping",
        "disposition": "urn:epcglobal:cbv:disp:in_transit",
    }
    plain = "".join(f"<{name}>{word}</{name}>" for name, word in words.items())
    place = event["readPoint"]["id"]
    return (
        f"<ObjectEvent><eventTime>{event['eventTime']}</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>"
        f"<epcList>{things}</epcList><action>OBSERVE</action>{plain}<readPoint><id>{place}</id></readPoint>"
        f"<bizLocation><id>{place}</id></bizLocation></ObjectEvent>"
    )


def _mixed(number: int) -> dict[str, Any]:
    """Return what a plant tells: a lot made of two, cartons on a pallet, and what went out."""
    lots = [
        {
            "epcClass": f"urn:epc:class:lgtin:{PREFIX}.056789.{number}{n}",
            "quantity": 2.5,
            "uom": "KGM",
        }
        for n in "ABC"
    ]
    if number % 3 == 0:
        more = {
            "inputQuantityList": lots[:2],
            "outputQuantityList": lots[2:],
            "bizStep": "commissioning",
        }
        return _told(number) | {"type": "TransformationEvent", **more}
    if number % 3 == 1:
        parent = f"urn:epc:id:sscc:{PREFIX}.{number:010}"
        children = {"parentID": parent, "childEPCs": _seen(number)["epcList"], "action": "ADD"}
        return _told(number) | {"type": "AggregationEvent", "bizStep": "packing", **children}
    return _told(number) | {
        "type": "ObjectEvent",
        "quantityList": lots,
        "action": "OBSERVE",
        "bizStep": "shipping",
    }


def _told(number: int) -> dict[str, Any]:
    minute, second = divmod(number, 60)
    return {
        "eventTime": f"2026-03-{1 + minute // 1440 % 28:02}T{minute // 60 % 24:02}:{minute % 60:02}:{second:02}+08:00",
        "eventTimeZoneOffset": "+08:00",
        "disposition": "in_transit",
        "readPoint": {"id": f"urn:epc:id:sgln:{PREFIX}.{number % 40:05}.0"},
        "bizLocation": {"id": f"urn:epc:id:sgln:{PREFIX}.{number % 40:05}.0"},
    }
