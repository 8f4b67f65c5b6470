from datetime import UTC, datetime

from linli.trace.rules.epcis.event_parts import Measured, certificates, happened_at, measurements
from linli.trace.rules.epcis.json_events import read_json
from tests.trace.epcis import an_event, as_bytes


def an(**more):
    (event,) = read_json(as_bytes(an_event(**more))).events
    return event


def test_says_when_it_happened():
    assert happened_at(an()) == datetime(2026, 3, 1, tzinfo=UTC)


def test_lists_each_certificate_once():
    assert certificates(an(certificationInfo=["urn:a:2", "urn:a:1", "urn:a:2"])) == (
        "urn:a:2",
        "urn:a:1",
    )
    assert certificates(an(certificationInfo="urn:a:1")) == ("urn:a:1",)
    assert certificates({}) == ()


def test_yields_what_sensors_reported():
    warm = {
        "type": "Temperature",
        "value": 9.5,
        "uom": "CEL",
        "exception": "ALARM_CONDITION",
        "shop:note": "x",
    }
    own = {
        "type": "Mass",
        "time": "2026-03-01T01:00:00z",
        "deviceID": "urn:a:2",
        "stringValue": "much",
    }
    event = an(
        sensorElementList=[
            {
                "sensorMetadata": {"time": "2026-03-01T00:30:00Z", "deviceID": "urn:a:1"},
                "sensorReport": [warm, own],
            },
            {"sensorReport": [{"type": "Count", "value": 3}]},
        ]
    )
    kept = {name: value for name, value in warm.items() if name != "shop:note"} | {
        "{https://shop.example/voc/}note": "x"
    }
    assert list(measurements(event)) == [
        Measured(
            "Temperature", datetime(2026, 3, 1, 0, 30, tzinfo=UTC), 9.5, "CEL", "urn:a:1",
            "ALARM_CONDITION", kept,
        ),
        Measured("Mass", datetime(2026, 3, 1, 1, tzinfo=UTC), None, "", "urn:a:2", "", own),
        Measured("Count", None, 3, "", "", "", {"type": "Count", "value": 3}),
    ]  # fmt: skip
