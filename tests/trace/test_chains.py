"""Broken chains: an alert where something was used and nobody has told where it came from."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.kernel.actors import system
from linli.trace.actions.chains import check_chains
from linli.trace.models import Alert
from tests.town import trace
from tests.trace.epcis import an_event
from tests.trace.test_capturing import lots, made, tell

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NEXT = NOW + timedelta(days=1)
SOURCE = [{"type": "possessing_party", "source": "urn:epc:id:pgln:6901234.00005"}]


@pytest.fixture
def teller():
    return trace.operator(at=NOW)


def names():
    return [one.said["name"].rpartition("/")[2] for one in Alert.objects.filter(kind="chain")]


def test_tells_the_unit_once_what_was_used_and_nobody_made(teller, django_assert_max_num_queries):
    tell(
        teller,
        an_event(quantityList=lots("L1")),
        made(["L1", "X1"], ["L2"]),
        made(["L2", "X2"], ["L3"]),
    )
    assert check_chains(by=system("calendar"), at=NEXT - timedelta(seconds=1)) == 0
    with django_assert_max_num_queries(26):
        assert check_chains(by=system("calendar"), at=NEXT) == 1
    assert sorted(names()) == ["X1", "X2"]
    tell(teller, made(["X1"], ["L4"]))
    check_chains(by=system("calendar"), at=NEXT + timedelta(days=1))
    assert sorted(names()) == ["X1", "X2"]
    assert {one.unit for one in Alert.objects.all()} == {teller.unit}


def test_takes_what_was_told_late_as_told(teller):
    tell(teller, made(["X1"], ["L2"]))
    tell(
        teller,
        made(["L0"], ["X1"], hour=8),
        an_event(quantityList=lots("L0")),
        at=NOW + timedelta(hours=9),
    )
    check_chains(by=system("calendar"), at=NEXT)
    assert names() == []


def test_begins_a_chain_where_somebody_received_from_somebody(teller):
    taken = an_event(
        action="OBSERVE", bizStep="receiving", quantityList=lots("X1"), sourceList=SOURCE
    )
    found = an_event(action="OBSERVE", bizStep="receiving", quantityList=lots("X2"))
    del taken["ilmd"], found["ilmd"]
    tell(teller, taken, found, made(["X1", "X2"], ["L2"]))
    check_chains(by=system("calendar"), at=NEXT)
    assert names() == ["X2"]


def test_knows_a_lot_that_was_entered(teller):
    place = trace.premises(at=NOW, of=teller)
    lot = trace.lot(trace.product(teller, at=NOW), place, at=NOW)
    used = [{"epcClass": lot.uri}, *lots("X1")]
    tell(teller, made([], ["L2"], inputQuantityList=used))
    check_chains(by=system("calendar"), at=NEXT)
    assert names() == ["X1"]


def test_settles_what_was_explained_later_and_nothing_else(teller):
    tell(teller, made(["X1", "X2"], ["L2"]))
    check_chains(by=system("calendar"), at=NEXT)
    tell(teller, made(["L0"], ["X1"], hour=8), an_event(quantityList=lots("L0")), at=NEXT)
    later = NEXT + timedelta(hours=1)
    check_chains(by=system("calendar"), at=later)
    said = {one.said["name"].rpartition("/")[2]: one for one in Alert.objects.all()}
    assert (said["X1"].settled_at, said["X1"].settled_by) == (later, "calendar")
    assert said["X1"].words
    assert said["X2"].settled_at is None
