"""A report is amended, never overwritten, and approved by a second person."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory.amendments import (
    Version,
    faults,
    may_amend,
    may_approve,
    standing,
)
from linli.trace.rules.laboratory.results import DETECTED, INVALID

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

_first = Version(1, 0, DETECTED, "", "anna", NOON, "bao", NOON + HOUR)
_second = Version(2, 1, INVALID, "wrong plate", "anna", NOON + 2 * HOUR, "bao", NOON + 3 * HOUR)


def test_finds_no_fault_in_a_chain_that_holds():
    assert faults([_first, _second]) == []
    assert faults([_first, _second._replace(approved_by="", approved_at=None)]) == []


@pytest.mark.parametrize(
    ("chain", "found"),
    [
        ([_first._replace(number=2)], (2, "out_of_order")),
        ([_first._replace(amends=1)], (1, "amends_another")),
        ([_first, _second._replace(amends=0)], (2, "amends_another")),
        ([_first, _second._replace(reason=" ")], (2, "no_reason")),
        ([_first._replace(approved_by="anna")], (1, "approved_by_author")),
        ([_first._replace(approved_by="")], (1, "approved_by_author")),
        ([_first._replace(approved_at=NOON - HOUR)], (1, "approved_too_early")),
        ([_first, _second._replace(written_at=NOON)], (2, "before_the_last")),
        ([_first._replace(approved_by="", approved_at=None), _second], (2, "last_not_approved")),
    ],
)
def test_finds_what_is_wrong_with_a_chain(chain, found):
    assert [tuple(one) for one in faults(chain)] == [found]


@pytest.mark.parametrize(
    ("hours", "held"), [(0, None), (1, _first), (2, _first), (3, _second), (9, _second)]
)
def test_tells_the_version_that_held_at_a_moment(hours, held):
    assert standing([_first, _second], NOON + hours * HOUR) == held


def test_lets_a_second_person_approve_and_then_only_amend():
    written = [_first._replace(approved_by="", approved_at=None)]
    assert may_approve(written, "bao")
    assert not may_approve(written, "anna")
    assert not may_approve(written, "")
    assert not may_amend(written)
    assert may_amend([_first])
    assert not may_approve([_first], "bao")
    assert not may_amend([])


@given(st.integers(0, 5), st.integers(0, 20))
def test_never_changes_what_held_before(more, hours):
    chain = [_first]
    for number in range(2, 2 + more):
        at = NOON + 3 * number * HOUR
        chain.append(Version(number, number - 1, INVALID, "again", "anna", at, "bao", at + HOUR))
    assert faults(chain) == []
    at = NOON + hours * HOUR
    known = [one for one in chain if one.approved_at <= at]
    assert standing(chain, at) == standing(known, at)
