"""Events captured: kept once, with what they name and what made what; wrong ones declared wrong."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.refusals import Refused
from linli.trace.actions.capturing import WrongEvents, capture
from linli.trace.models import Capture, Event, EventLink, EventThing, Thing
from linli.trace.queries.keys import as_operator
from linli.trace.rules.epcis.canonical_uris import canonical_uri
from linli.trace.rules.epcis.corrections import declared
from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.json_events import read_json
from linli.trace.rules.walking.links import links_of
from tests.town import trace
from tests.trace.epcis import an_event, as_bytes, without

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LOT = "urn:epc:class:lgtin:6901234.056789."
SITE = "https://id.gs1.org/01/06901234567892/10/"


@pytest.fixture
def teller():
    return trace.operator(at=NOW)


def tell(operator, *events, at=NOW):
    plain = read_json(as_bytes(*events)).events
    return capture(by=as_operator(operator), at=at, operator=operator, events=plain)


def lots(*names):
    return [{"epcClass": LOT + name, "quantity": 1, "uom": "KGM"} for name in names]


def made(inputs, outputs, *, hour=9, **more):
    event = without(an_event(), "action", "quantityList", "ilmd")
    return event | {
        "type": "TransformationEvent",
        "eventTime": f"2026-03-01T{hour:02}:00:00+08:00",
        "inputQuantityList": lots(*inputs),
        "outputQuantityList": lots(*outputs),
        **more,
    }


def packed(parent, *children, action="ADD", hour=9, **more):
    event = without(an_event(), "quantityList", "ilmd", "disposition", "certificationInfo")
    return event | {
        "type": "AggregationEvent",
        "eventTime": f"2026-03-01T{hour:02}:00:00+08:00",
        "parentID": f"urn:epc:id:sscc:6901234.{parent:010}",
        "childEPCs": [f"urn:epc:id:sgtin:6901234.056789.{child}" for child in children],
        "action": action,
        "bizStep": "packing",
        **more,
    }  # fmt: skip


def test_keeps_events_with_what_they_name(teller, django_assert_max_num_queries):
    told = [an_event(), made(["L1"], ["L2", "L3"])]
    with django_assert_max_num_queries(22):
        done = tell(teller, *told)
    assert (done.added, done.capture.state, done.capture.events) == (2, "done", 2)
    first = Event.objects.get(pk=done.ids[0])
    assert (
        event_id(read_json(as_bytes(told[0])).events[0])
        == f"ni:///sha-256;{first.digest}?ver=CBV2.0"
    )
    assert (first.kind, first.step, first.disposition) == ("ObjectEvent", "commissioning", "active")
    assert first.read_point == "https://id.gs1.org/414/6901234000054"
    roles = set(EventThing.objects.values_list("thing__uri", "role"))
    gtin = Thing.objects.filter(uri__contains="/10/").first().uri.rpartition("/")[0]
    assert roles == {
        (f"{gtin}/L1", EventThing.ADDED),
        (f"{gtin}/L1", EventThing.INPUT),
        (f"{gtin}/L2", EventThing.OUTPUT),
        (f"{gtin}/L3", EventThing.OUTPUT),
    }
    assert EventLink.objects.filter(kind=EventLink.USED).count() == 1
    assert EventLink.objects.filter(kind=EventLink.MADE).count() == 2


def test_keeps_what_is_told_twice_once(teller):
    tell(teller, an_event(), an_event())
    again = tell(teller, an_event(eventTime="2026-03-01T00:00:00Z"), at=NOW + timedelta(1))
    assert Event.objects.count() == 1
    assert again.added == 0
    assert again.ids == (Event.objects.get().pk,)
    assert Event.objects.get().recorded_at == NOW


def test_asks_the_same_number_of_questions_for_many(teller, django_assert_max_num_queries):
    many = [made([f"A{n}"], [f"B{n}"], eventID=f"urn:uuid:{n:032x}") for n in range(60)] + [
        packed(n, f"{n}") for n in range(60)
    ]
    with django_assert_max_num_queries(45):  # Django puts a thousand fields in a statement
        tell(teller, *many)
    assert EventLink.objects.count() == 180


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"action": "SELL"}, "action"),
        ({"eventTime": "0001-01-01T00:00:00+08:00"}, "time"),
        ({"bizStep": "https://shop.example/" + "s" * 120}, "long"),
        ({"readPoint": {"id": "https://shop.example/" + "s" * 200}}, "long"),
        ({"eventID": "https://shop.example/" + "s" * 200}, "long"),
        ({"quantityList": [{"epcClass": "https://shop.example/" + "s" * 300}]}, "long"),
        ({"epcList": ["urn:epc:id:gsrn:6901234.0000000001"]}, "personal"),
        ({"ilmd": {"shop:for": "https://id.gs1.org/8018/690123400000000011"}}, "personal"),
    ],
)  # fmt: skip
def test_refuses_a_wrong_event_and_keeps_nothing(teller, wrong, code):
    with pytest.raises(WrongEvents, match="wrong_event") as told:
        tell(teller, an_event(), an_event(**wrong))
    assert {one.code for one in told.value.faults} == {code}
    assert {one.path[:3] for one in told.value.faults} == {"[1]"}
    assert not Capture.objects.exists()
    assert not Event.objects.exists()
    assert not Thing.objects.exists()


def test_keeps_what_is_of_a_type_of_somebody_s_own_and_names_nothing(teller):
    strange = {"epcList": 7, "quantityList": [[]], "bizStep": [], "action": {}, "readPoint": "here"}
    done = tell(teller, an_event(type="shop:Weighed", childEPCs=[{}], parentID=1, **strange))
    event = Event.objects.get(pk=done.ids[0])
    assert (event.kind, event.step, event.read_point) == (
        "shop:Weighed",
        "",
        "",
    )
    assert not Thing.objects.exists()


def test_lets_nobody_tell_for_another(teller):
    other = trace.operator("另一家", at=NOW, number=2)
    with pytest.raises(Refused, match="other_operator"):
        capture(by=as_operator(other), at=NOW, operator=teller, events=[])
    with pytest.raises(Refused, match="not_allowed"):
        capture(by=as_operator(other), at=NOW, operator=None, events=[])
    assert not Capture.objects.exists()


def test_refuses_a_second_event_of_one_id(teller):
    tell(teller, an_event(eventID="urn:uuid:1"))
    with pytest.raises(Refused, match="wrong_event"):
        tell(teller, an_event(eventID="urn:uuid:1", disposition="damaged"))
    assert Event.objects.count() == 1
    assert Capture.objects.count() == 1


def wrong_one(event, *correctives):
    plain = read_json(as_bytes(event)).events[0]
    return declared(plain, "2026-03-02T08:00:00+08:00", "incorrect_data", correctives)


@pytest.mark.parametrize("first", ["the event", "the declaration"])
def test_takes_back_what_was_declared_wrong(teller, first):
    event, right = made(["L1"], ["L2"]), made(["L1"], ["L3"])
    told = [[event], [wrong_one(event)]]
    for some in told if first == "the event" else reversed(told):
        tell(teller, *some)
    tell(teller, right)
    of = Event.objects.get(
        against="", digest__in=Event.objects.exclude(against="").values("against")
    )
    assert of.mistaken_at == NOW
    assert {one.event.body for one in EventLink.objects.select_related("event")} == {
        Event.objects.get(against="", mistaken_at=None).body
    }
    assert Event.objects.count() == 3


def test_lets_nobody_declare_what_another_told_wrong(teller):
    tell(teller, made(["L1"], ["L2"]))
    other = trace.operator("另一家", at=NOW, number=2)
    with pytest.raises(Refused, match="wrong_event"):
        tell(other, wrong_one(made(["L1"], ["L2"])))
    assert Event.objects.get().mistaken_at is None


def test_refuses_a_declaration_that_says_something_else(teller):
    tell(teller, made(["L1"], ["L2"], eventID="urn:uuid:1"))
    with pytest.raises(Refused, match="wrong_event"):
        tell(teller, wrong_one(made(["L1"], ["L9"], eventID="urn:uuid:1")))
    assert Event.objects.count() == 1


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["ADD", "ADD", "OBSERVE", "DELETE"]),
        st.integers(1, 2),
        st.frozensets(st.integers(1, 3), max_size=2),
    ),
    min_size=1,
    max_size=7,
)


EXAMPLES = itertools.count()


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(told=EVENTS, data=st.data())
def test_holds_what_the_rule_says_in_whatever_order_it_is_told(teller, told, data):
    mine = next(EXAMPLES) * 10  # examples share the database, not the pallets
    events = [
        packed(mine + parent, *sorted(children), action=action, hour=hour)
        for hour, (action, parent, children) in enumerate(told)
        if children or action == "DELETE"
    ]
    plain = [event | {"eventID": event_id(event)} for event in read_json(as_bytes(*events)).events]
    back = data.draw(st.sets(st.integers(0, len(events)), max_size=2))
    wrong = [wrong_one(event) for place, event in enumerate(events) if place in back]
    before = set(EventLink.objects.values_list("pk", flat=True))
    for one in data.draw(st.permutations([*events, *wrong])):
        tell(teller, one)
    stands = [event for place, event in enumerate(plain) if place not in back]
    expected = sorted(
        (canonical_uri(one.source), canonical_uri(one.target), one.begins, str(one.ends))
        for one in links_of(stands)
    )
    rows = EventLink.objects.exclude(pk__in=before)
    found = rows.values_list("source__uri", "target__uri", "begins", "ends")
    assert sorted((*one[:3], str(one[3])) for one in found) == expected
