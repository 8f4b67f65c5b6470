"""Walks through the database find what the rule finds; few statements, whatever they reach."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from linli.kernel.actors import system
from linli.kernel.codes import new_code
from linli.kernel.signed import signed
from linli.trace.models import Capture, Event, EventLink, EventThing, Thing
from linli.trace.queries import tracing
from linli.trace.queries.reaching import reach_of
from linli.trace.rules.drills import TOO_LATE, WHOLE, Balance, balanced, quickness
from linli.trace.rules.walking.link_steps import Links
from linli.trace.rules.walking.links import links_of
from linli.trace.rules.walking.walks import backward, forward
from tests.town import recalls as town
from tests.trace.test_walks import LAST, START, histories, made, packed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_KINDS = {words: kind for kind, words in EventLink.KINDS}


def kept(events):
    """Write down the links of events; return the number of each thing, and the other way round."""
    said = links_of(events)
    names = sorted({name for one in said for name in (one.source, one.target)} | {"a"})
    things = {
        one.uri: one.pk for one in Thing.objects.bulk_create(Thing(uri=name) for name in names)
    }
    capture = Capture.objects.create(code=new_code(), digest="0", **signed(system("test"), NOW))
    rows = {
        name: Event.objects.create(
            capture=capture, digest=f"{number:064}", kind="x", happened_at=NOW, recorded_at=NOW, body="{}"
        ).pk
        for number, name in enumerate({one.event for one in said})
    }  # fmt: skip
    EventLink.objects.bulk_create(
        EventLink(
            kind=_KINDS[one.kind], source_id=things[one.source], target_id=things[one.target],
            begins=one.begins, ends=one.ends, event_id=rows[one.event],
        )
        for one in said
    )  # fmt: skip
    return said, things, {str(pk): name for name, pk in things.items()}


def told(reached, names=None):
    return {
        (names[one.thing] if names else one.thing, one.how, one.hops, one.at, one.until)
        for one in reached
    }


@given(histories)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_finds_in_the_database_what_the_rule_finds(db, events):
    with transaction.atomic():
        said, things, names = kept(events)
        whole = Links.of(said)
        ahead, back = tracing.ahead(things["a"], START), tracing.back(things["a"], LAST)
        assert told(ahead, names) == told(forward(whole, "a", START))
        assert told(back, names) == told(backward(whole, "a", LAST))
        transaction.set_rollback(True)


def test_asks_twice_a_hop_however_many_things_there_are(django_assert_num_queries):
    events = [
        made(n, f"a{n}", " ".join(f"a{n + 1} b{n + 1}_{m}" for m in range(9))) for n in range(4)
    ]
    _said, things, _names = kept(events)
    with django_assert_num_queries(2 * 9):
        assert len(tracing.ahead(things["a0"], START)) == 40


def test_says_until_when_it_was_carried():
    _said, things, names = kept([packed(1, "ADD", "crate", "a"), packed(4, "DELETE", "crate", "a")])
    (crate,) = tracing.ahead(things["a"], START)
    assert (names[crate.thing], crate.how) == ("crate", "carried")
    assert crate.until == START + timedelta(days=4)


def test_reaches_nobody_who_had_the_crate_when_it_was_empty():
    goods = town.chain(NOW)
    since = NOW - timedelta(days=9)
    first = reach_of(goods.beef, since, NOW)
    assert set(first.had) == {
        goods.farm.operator_id,
        goods.maker.operator_id,
        goods.shop.operator_id,
    }
    crate = Thing.objects.create(uri="urn:epc:id:grai:0614141.12345.400")
    beef = Thing.objects.get(uri=goods.beef.uri)
    event = Event.objects.exclude(operator=goods.shop.operator_id).first()
    late = Event.objects.create(
        capture=event.capture, operator=town.trace.operator("过路车队", at=NOW, number=77), digest="f" * 64,
        kind="ObjectEvent", happened_at=NOW - timedelta(days=1), recorded_at=NOW, body="{}",
    )  # fmt: skip
    EventThing.objects.create(event=late, thing=crate, role=1)
    EventLink.objects.create(
        kind=EventLink.HELD,
        source=beef,
        target=crate,
        begins=since,
        ends=NOW - timedelta(days=5),
        event=event,
    )
    assert late.operator_id not in reach_of(goods.beef, since, NOW).had
    EventLink.objects.create(
        kind=EventLink.HELD, source=beef, target=crate, begins=NOW - timedelta(days=2), event=event
    )
    assert late.operator_id in reach_of(goods.beef, since, NOW).had


@pytest.mark.parametrize(
    ("hours", "mark"), [(0, WHOLE), (1, WHOLE), (2.5, WHOLE // 2), (4, 0), (99, 0)]
)
def test_marks_how_quickly_it_was_traced(hours, mark):
    assert quickness(timedelta(hours=hours)) == mark


def test_balances_what_is_missing_and_what_is_too_much_alike():
    assert balanced([Balance("L1", 100, left=40, gone=50, back=40)]) == 9_000
    assert balanced([Balance("L1", 100, left=110)]) == 9_000
    assert balanced([Balance("L1", 100, left=100), Balance("L2", 10), Balance("L3", None)]) == 5_000
    assert balanced([Balance("L1", 10, left=99), Balance("L2", None)]) == balanced([]) == 0
    assert timedelta(hours=4) == TOO_LATE
