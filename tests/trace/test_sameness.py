from linli.trace.rules.epcis.corrections import INCORRECT_DATA, declared
from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.json_events import read_json
from linli.trace.rules.epcis.sameness import capture_key, same_event
from tests.trace.epcis import an_event, as_bytes


def an(**more):
    (event,) = read_json(as_bytes(an_event(**more))).events
    return event


def test_gives_one_key_to_an_event_that_comes_twice():
    assert capture_key(an()) == capture_key(an(recordTime="2026-03-03T00:00:00Z")) == event_id(an())
    assert capture_key(an(disposition="recalled")) != capture_key(an())


def test_gives_each_declaration_its_own_key():
    event = an()
    first = declared(event, "2026-04-01T00:00:00Z", INCORRECT_DATA)
    again = declared(event, "2026-04-01T08:00:00+08:00", INCORRECT_DATA)
    later = declared(event, "2026-04-02T00:00:00Z", INCORRECT_DATA)
    keys = [capture_key(one) for one in (event, first, again, later)]
    assert keys[1] == keys[2]
    assert len(set(keys)) == 3
    assert keys[1].startswith(keys[0] + "#")


def test_tells_long_numbers_apart_that_a_hash_rounds():
    one, other = (
        an(**{"shop:box": number}) for number in ("690123456789012345", "690123456789012346")
    )
    assert event_id(one) == event_id(other)  # as the published hashes have it
    assert not same_event(one, other)
    assert same_event(one, an(**{"shop:box": "0690123456789012345"}))
    assert not same_event(one, an(**{"shop:box": "1"}))
