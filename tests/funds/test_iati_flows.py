"""What a transfer is told as: for every way that money may take, there and back, the sums agree."""

import pytest

from linli.funds.rules import flows
from linli.funds.rules.iati_flows import (
    COMMITMENT,
    DISBURSEMENT,
    EXPENDITURE,
    INCOMING,
    Told,
    sector_of,
    told,
)

WAYS = sorted({way for ways in flows.WAYS.values() for way in ways})
ALL = [*WAYS, *((into, out_of) for out_of, into in WAYS)]  # reversals run the other way


def counted(said, kinds):
    return 0 if said is None or said.kind not in kinds else (-1 if said.back else 1)


@pytest.mark.parametrize("way", ALL, ids=" ".join)
def test_tells_every_way_so_that_what_came_is_what_stands_and_what_was_paid(way):
    out_of, into = way
    said = told(out_of, into, to_somebody=True)
    inside = (into in flows.INSIDE) - (out_of in flows.INSIDE)
    paid = (into == flows.PAID) - (out_of == flows.PAID)
    assert counted(said, {DISBURSEMENT, EXPENDITURE}) == paid
    assert counted(said, {INCOMING}) == inside + paid


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_tells_a_reversal_as_the_same_below_zero(way):
    there, back = (told(*one, to_somebody=True) for one in (way, way[::-1]))
    assert back == (there and Told(there.kind, not there.back))


def test_tells_a_promise_and_what_releases_it():
    assert told("allocated", "committed", to_somebody=False) == Told(COMMITMENT)
    assert told("committed", "allocated", to_somebody=False) == Told(COMMITMENT, back=True)


def test_tells_who_was_paid_from_what_was_bought():
    assert told("allocated", "paid", to_somebody=True).kind == DISBURSEMENT
    assert told("allocated", "paid", to_somebody=False).kind == EXPENDITURE


def test_does_not_tell_what_moves_inside():
    assert told("appropriated", "allocated", to_somebody=False) is None
    assert told("appropriated", "matched", to_somebody=False) is None


def test_sorts_programmes_by_sector():
    assert (sector_of("communities"), sector_of("assistance")) == ("43030", "43010")
