"""Valid at the time: papers judged by the day of the event, as known now and as known then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.trace.actions import certificates, permits
from linli.trace.actions.capturing import capture
from linli.trace.models import Event
from linli.trace.queries.keys import as_operator
from linli.trace.queries.permits import spells_of
from linli.trace.queries.places import place_uri
from linli.trace.queries.valid_then import valid_then
from linli.trace.rules.activities import activity_of
from linli.trace.rules.permit_states import Held, Turn, stand_of, state_of
from tests.town import permits as town
from tests.town import trace

DAY = timedelta(days=1)


def event(lot, place, at, *, step="creating_class_instance", **more):
    return {
        "type": "ObjectEvent",
        "eventTime": at.isoformat(),
        "eventTimeZoneOffset": "+08:00",
        "action": "ADD" if step == "creating_class_instance" else "OBSERVE",
        "bizStep": step,
        "readPoint": {"id": place_uri(place)},
        "quantityList": [{"epcClass": lot.uri, "quantity": 5}],
        **more,
    }


def tell(place, at, *events):
    of = place.operator
    return capture(by=as_operator(of), at=at, operator=of, events=events)


@pytest.fixture
def place(noon):
    return trace.premises(at=noon)


@pytest.fixture
def lot(place, noon):
    return trace.lot(trace.product(place.operator, at=noon), place, at=noon)


def lacks(lot, at, known_at=None):
    return [
        [(one.kind, one.why) for one in row.lacks] for row in valid_then(lot, at, known_at).rows
    ]


@pytest.mark.django_db
def test_tells_which_papers_held_at_each_event(lot, place, noon, django_assert_max_num_queries):
    permit = trace.permit(place, at=noon, days=10)
    paper = town.certificate(place.operator, town.goods_kind(at=noon), at=noon)
    shop = trace.premises("零售店", at=noon, of=place.operator, activities=("retail",))
    tell(
        place, noon + 20 * DAY,
        event(lot, place, noon + DAY),
        event(lot, shop, noon + 2 * DAY, step="retail_selling"),
        event(lot, place, noon + 12 * DAY, step="shipping"),
        event(lot, place, noon + 13 * DAY, step="destroying"),
    )  # fmt: skip

    with django_assert_max_num_queries(9):
        found = valid_then(lot, noon + 20 * DAY)

    assert [(row.activity, row.held) for row in found.rows] == [
        ("processing", [permit, paper] if permit.code < paper.code else [paper, permit]),
        ("retail", []), ("processing", []), ("", []),
    ]  # fmt: skip
    assert [[one.why for one in row.lacks] for row in found.rows] == [
        [],
        ["never"],
        ["expired"],
        [],
    ]
    assert found.rows[2].lacks[0].paper == permit
    assert (found.lacking, len(found.gaps)) == (2, 1)


@pytest.mark.django_db
def test_judges_by_what_was_known_then(lot, place, noon):
    kind = town.goods_kind(at=noon)
    permit = trace.permit(place, at=noon)
    made = noon + DAY
    tell(place, made, event(lot, place, made))
    assert lacks(lot, made) == [[(kind.key, "never")]]

    paper = town.certificate(place.operator, kind, at=noon, checked=False)
    certificates.check_certificate(by=trace.officer(), at=noon + 2 * DAY, certificate=paper)
    # Found out later: it did not hold on the day of making.
    permits.suspend(
        by=trace.officer(), at=noon + 5 * DAY, permit=permit, reason="造假", from_at=noon + timedelta(hours=1)
    )  # fmt: skip

    after = noon + 9 * DAY
    assert lacks(lot, after) == [[("permit", "suspended")]]
    assert lacks(lot, after, noon + 3 * DAY) == [[]]
    assert lacks(lot, after, made) == [[(kind.key, "never")]]
    certificates.strike_certificate(by=trace.officer(), at=after, certificate=paper, reason="伪造")
    assert lacks(lot, after) == [[("permit", "suspended"), (kind.key, "never")]]
    assert lacks(lot, after + DAY, noon + 6 * DAY) == [[("permit", "suspended")]]


@pytest.mark.django_db
def test_leaves_out_events_that_were_told_later_or_were_wrong(lot, place, noon):
    trace.permit(place, at=noon)
    tell(place, noon + 3 * DAY, event(lot, place, noon))
    assert [row.event is None for row in valid_then(lot, noon + 4 * DAY).rows] == [False]
    # On the second day nobody had told of it: the lot itself says when and where it was made.
    assert [row.event for row in valid_then(lot, noon + 4 * DAY, noon + 2 * DAY).rows] == [None]
    Event.objects.update(mistaken_at=noon + 5 * DAY)
    assert [row.event for row in valid_then(lot, noon + 6 * DAY).rows] == [None]
    assert valid_then(lot, noon + 6 * DAY, noon + 4 * DAY).rows[0].event is not None


@pytest.mark.django_db
def test_says_that_nobody_told_where(lot, place, noon):
    trace.permit(place, at=noon)
    other = trace.operator("别家商贸", at=noon, number=2)
    sold = event(lot, place, noon + DAY, step="shipping", readPoint={"id": "https://example.org/x"})
    capture(by=as_operator(other), at=noon + DAY, operator=other, events=[sold])
    assert lacks(lot, noon + DAY) == [[], [("permit", "unknown_place")]]


@pytest.mark.django_db
def test_tells_stretches_as_they_were_first_told_and_as_they_ended(place, noon):
    permit = trace.permit(place, at=noon, days=30)
    permits.suspend(by=trace.officer(), at=noon + DAY, permit=permit, reason="因")
    permits.reinstate(by=trace.officer(), at=noon + 2 * DAY, permit=permit, reason="改")
    told = [
        (one.status, one.until, one.recorded_at, one.struck_at) for one in spells_of([place.pk])
    ]
    assert told[1:] == [
        ("suspended", None, noon + DAY, noon + 2 * DAY),
        ("suspended", noon + 2 * DAY, noon + 2 * DAY, None),
    ]


@pytest.mark.parametrize(
    ("kind", "step", "done", "allowed", "activity"),
    [
        ("TransformationEvent", "", ("slaughter", "processing"), ("slaughter",), "slaughter"),
        ("TransformationEvent", "", ("catering",), (), "catering"),
        ("ObjectEvent", "shipping", ("retail", "processing"), ("processing",), "processing"),
        ("ObjectEvent", "retail_selling", ("processing",), (), "retail"),
        ("ObjectEvent", "destroying", ("retail",), (), None),
    ],
)
def test_names_the_activity_of_an_event(kind, step, done, allowed, activity):
    assert activity_of(kind, step, done, allowed) == activity


def test_is_not_valid_by_a_paper_for_something_else(noon):
    stopped = Held(
        "a", frozenset({"processing"}), noon, noon + 9 * DAY, (Turn("suspended", noon + DAY),)
    )
    other = Held("b", frozenset({"retail"}), noon, noon + 9 * DAY)
    both = [stopped, other]
    later = noon + 2 * DAY
    assert stand_of(both, ["processing", "retail"], later) == ("suspended", stopped)
    assert stand_of(both, ["retail"], later) == ("valid", other)  # what was stopped is done no more
    assert stand_of(both, ["processing", "retail"], noon)[0] == "valid"
    assert stand_of([stopped], ["retail"], later) == ("suspended", stopped)


spans = st.tuples(st.integers(0, 20), st.integers(1, 20), st.lists(st.integers(0, 25), max_size=4))


@settings(max_examples=60)
@given(st.lists(spans, max_size=3), st.integers(0, 45))
def test_stands_as_valid_only_by_a_permit_that_is(permits_, day):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    held = [
        Held(str(number), frozenset({"retail"}), start + since * DAY, start + (since + long) * DAY, tuple(
            Turn("suspended" if n % 2 == 0 else "valid", start + at * DAY) for n, at in enumerate(sorted(turns))
        ))
        for number, (since, long, turns) in enumerate(permits_)
    ]  # fmt: skip
    at = start + day * DAY
    state, found = stand_of(held, ["retail"], at)
    states = [state_of(one, at) for one in held]
    assert (state == "valid") == ("valid" in states)
    assert (found is None) == (state == "none") == all(one == "not_yet" for one in states)
    if found is not None:
        assert state_of(found, at) == state
