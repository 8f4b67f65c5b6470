"""Searching in the database finds what the pure rule means, no more, no less, page by page; and only what one may read."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.actors import Role
from linli.trace.models import Event
from linli.trace.queries import event_search, event_windows
from linli.trace.queries.event_resources import things_seen, values_seen
from linli.trace.queries.event_scope import of_operator, of_staff
from linli.trace.queries.event_search import as_answered, event_of, search
from linli.trace.rules.epcis.query_matching import means
from linli.trace.rules.epcis.query_paging import Page
from linli.trace.rules.epcis.query_reading import QueryFault, read_query
from linli.trace.rules.epcis.query_spelling import spelt_event, spelt_query
from tests.town import goods_told as town
from tests.town import trace
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
WHOLE = of_staff(actor(Role.SUPERVISOR, unit="监督办"))


def pages(parameters, scope=WHOLE):
    """All pages of an answer, each a list of events."""
    asked = dict(parameters)
    for _ in range(200):
        page = search(read_query(asked), scope)
        assert isinstance(page, Page), page
        yield list(page.events)
        if not page.next_token:
            return
        asked["nextPageToken"] = page.next_token
    pytest.fail("no end of pages")


def found(parameters, scope=WHOLE):
    return [event for page in pages(parameters, scope) for event in page]


def steps(parameters, scope):
    return [one["bizStep"] for one in found(parameters, scope)]


@pytest.fixture
def narrow(monkeypatch):
    """Small windows and purses, so that a small town has many of each."""
    monkeypatch.setattr(event_windows, "FEW", 5)
    monkeypatch.setattr(event_windows, "_FIRST_WINDOW", 4)
    monkeypatch.setattr(event_windows, "_WINDOW", 7)
    monkeypatch.setattr(event_search, "EXAMINED", 9)
    monkeypatch.setattr(event_search, "READ", 5)


STEPS = ["shipping", "receiving", "storing"]
PLACES = [town.SHED, "https://id.gs1.org/414/6901234000061"]
SOME = [town.BEEF, town.SAUSAGE, f"{town.CASE}.1", f"{town.CASE}.22"]
SPELT = [
    *SOME, town.BEEF_ADDRESS, "urn:epc:idpat:sgtin:6901234.056790.*", "https://id.gs1.org/01/06901234567908/21/*",
]  # fmt: skip
ASKED = {
    "EQ_bizStep": st.lists(st.sampled_from([*STEPS, "urn:epcglobal:cbv:bizstep:storing"]), min_size=1, max_size=2),
    "EQ_action": st.sampled_from([["ADD"], ["OBSERVE", "ADD"]]),
    "EQ_readPoint": st.sampled_from([[place] for place in PLACES]),
    "EQ_disposition": st.just(["active"]),
    "eventType": st.sampled_from([["ObjectEvent"], ["TransformationEvent"]]),
    "MATCH_anyEPC": st.lists(st.sampled_from(SPELT), min_size=1, max_size=2),
    "MATCH_epcClass": st.lists(st.sampled_from(SPELT), min_size=1, max_size=2),
    "GE_eventTime": st.integers(0, 9).map(lambda n: (town.NOW + timedelta(minutes=n)).isoformat()),
    "LT_eventTime": st.integers(0, 9).map(lambda n: (town.NOW + timedelta(minutes=n)).isoformat()),
    "GE_recordTime": st.integers(0, 4).map(lambda n: (town.NOW + timedelta(hours=n)).isoformat()),
    "GT_quantity": st.sampled_from([2, 9]),
}  # fmt: skip
QUERIES = st.fixed_dictionaries(
    {"perPage": st.integers(1, 7)},
    optional=ASKED
    | {
        "orderBy": st.sampled_from(["eventTime", "recordTime"]),
        "orderDirection": st.sampled_from(["ASC", "DESC"]),
    },
)


def many(one):
    """Sixty events in four deliveries, many at the same minute."""
    for hour in range(4):
        events = [
            town.an_event(
                n % 5,
                STEPS[(n + hour) % 3],
                SOME[(n * 7 + hour) % 4],
                action="ADD" if n % 3 else "OBSERVE",
                readPoint={"id": PLACES[n % 2]},
                disposition="active" if n == 5 else None,
                **{"https://ex.example/n": f"{hour} {n}"},
            )
            for n in range(15)
        ]
        town.tell(one, *events, at=town.NOW + timedelta(hours=hour))


@pytest.mark.usefixtures("narrow")
def test_finds_what_the_rule_means_whatever_is_asked():
    many(trace.operator("牧场", at=town.NOW))
    told = [as_answered(one) for one in Event.objects.all()]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(QUERIES)
    def agree(asked):
        query = read_query(asked)
        meant = [one for one in told if means(spelt_query(query), spelt_event(one))]
        got = found(asked)
        assert sorted(one["eventID"] for one in got) == sorted(one["eventID"] for one in meant)
        by_record = asked.get("orderBy") == "recordTime" or (
            "orderBy" not in asked and "GE_recordTime" in asked
        )
        field = "recordTime" if by_record else "eventTime"
        assert [one[field] for one in got] == sorted(
            (one[field] for one in meant), reverse=asked.get("orderDirection") != "ASC"
        )

    agree()


def test_stops_at_the_limit_and_refuses_what_is_too_much(monkeypatch):
    many(trace.operator("牧场", at=town.NOW))
    limited = {"orderBy": "eventTime", "eventCountLimit": 7, "perPage": 3}
    assert [len(page) for page in pages(limited)] == [3, 3, 1]
    assert search(read_query({"maxEventCount": 59}), WHOLE) == QueryFault(
        "maxEventCount", "too-many"
    )
    assert len(found({"maxEventCount": 60})) == 60
    own = {"orderBy": "https://ex.example/n", "orderDirection": "ASC", "perPage": 25}
    assert [one["https://ex.example/n"] for one in found(own)][:3] == ["0 0", "0 1", "0 10"]
    monkeypatch.setattr(event_search, "READ", 20)
    for asked in (own, {"maxEventCount": 60}):
        assert search(read_query(asked), WHOLE).code == "too-complex"
    assert search(read_query({"nextPageToken": "W10"}), WHOLE).code == "not-a-token"
    for name in ("EQ_eventID", "EQ_bizStep", "MATCH_epc"):
        many_words = [f"https://ex.example/{n}/*" for n in range(501)]
        assert search(read_query({name: many_words}), WHOLE).code == "too-complex"
        assert found({name: many_words[:500]}) == []


@pytest.mark.parametrize("few", [60_000, 0])
def test_shows_a_business_its_goods_one_step_up_and_down(monkeypatch, few):
    monkeypatch.setattr(event_windows, "OWN", few)
    chain, told = town.chain(), {"orderBy": "eventTime", "orderDirection": "ASC"}
    farm, factory, shop = (of_operator(one) for one in (chain.farm, chain.factory, chain.shop))
    assert steps(told, farm) == [
        "commissioning",
        "shipping",
        "receiving",
        "creating_class_instance",
    ]
    assert len(steps(told, factory)) == 7
    assert steps(told, shop) == [
        "creating_class_instance",
        "shipping",
        "receiving",
        "retail_selling",
    ]
    assert steps(told, of_operator(chain.stranger)) == ["storing"]
    assert steps({"EQ_bizStep": ["retail_selling"]}, farm) == []
    assert steps({"MATCH_anyEPCClass": [town.ONION]}, farm) == ["creating_class_instance"]
    sold = Event.objects.get(step="retail_selling")
    assert event_of(f"ni:///sha-256;{sold.digest}?ver=CBV2.0", farm) is None
    assert event_of(f"ni:///sha-256;{sold.digest}?ver=CBV2.0", shop)["bizStep"] == "retail_selling"
    if not few:  # the other way round: without this rule all is seen
        monkeypatch.setattr(event_search, "visible", lambda events, _: events)
        assert len(steps(told, farm)) == 8


def test_shows_what_was_told_again_to_whoever_told_it_too():
    chain = town.chain()
    assert steps({}, of_operator(chain.stranger)) == ["storing"]
    town.tell(chain.stranger, town.an_event(5, "receiving", town.SAUSAGE))
    assert Event.objects.count() == 8
    assert len(steps({}, of_operator(chain.stranger))) == 5


def test_shows_a_unit_its_businesses_and_nobody_without_need_anything():
    town.chain()
    told = {"orderBy": "eventTime"}
    assert len(found(told, of_staff(trace.officer()))) == 8
    assert found(told, of_staff(trace.officer("另一个局"))) == []
    assert len(found(told)) == 8
    for role in (Role.CLERK, Role.ADMINISTRATOR):
        assert of_staff(actor(role)) is None


@pytest.mark.parametrize("few", [60_000, 0])
def test_lists_what_there_is_to_ask_about(monkeypatch, few):
    monkeypatch.setattr(event_windows, "OWN", few)
    chain = town.chain()
    shop = of_operator(chain.shop)
    everything = ["commissioning", "creating_class_instance", "receiving", "retail_selling", "shipping", "storing"]  # fmt: skip
    assert values_seen("bizStep", WHOLE, "", 10) == everything
    assert values_seen("bizStep", WHOLE, "receiving", 2) == ["retail_selling", "shipping"]
    assert values_seen("bizStep", shop, "", 10) == everything[1:5]
    assert values_seen("readPoint", of_operator(chain.stranger), "", 10) == []
    assert len(things_seen(WHOLE, "", 99)) == 5  # with the transformation itself
    assert things_seen(shop, "", 99) == ["https://id.gs1.org/01/06901234567816/10/L81"]
    assert things_seen(of_staff(trace.officer("另一个局")), "", 99) == []


def test_asks_no_more_of_the_database_for_more_events(django_assert_max_num_queries):
    many(trace.operator("牧场", at=town.NOW))
    for asked in (
        {"perPage": 20},
        {"MATCH_anyEPC": [f"{town.CASE}.*"]},
        {"EQ_bizStep": ["storing"]},
    ):
        with django_assert_max_num_queries(6):
            search(read_query(asked), WHOLE)
