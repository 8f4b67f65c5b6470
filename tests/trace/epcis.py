"""Events for tests: one of each kind, as files in JSON have them."""

import json

CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"shop": "https://shop.example/voc/"},
]


def an_event(**more):
    """Return beef that was brought into the world: an ObjectEvent."""
    return {
        "type": "ObjectEvent",
        "eventTime": "2026-03-01T08:00:00.000+08:00",
        "eventTimeZoneOffset": "+08:00",
        "quantityList": [
            {
                "epcClass": "urn:epc:class:lgtin:6901234.056789.L1",
                "quantity": 12.5,
                "uom": "KGM",
            }
        ],
        "action": "ADD",
        "bizStep": "commissioning",
        "disposition": "active",
        "readPoint": {"id": "urn:epc:id:sgln:6901234.00005.0"},
        "certificationInfo": ["https://certifier.example/halal/17"],
        "ilmd": {"cbvmda:lotNumber": "L1", "shop:shed": "3"},
    } | more


def without(event, *names):
    return {name: value for name, value in event.items() if name not in names}


def a_file(*events, **more):
    """Return a capture of these events."""
    return {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-03-02T00:00:00Z",
        "epcisBody": {"eventList": list(events)},
    } | more


def as_bytes(*events, **more):
    return json.dumps(a_file(*events, **more)).encode()
