"""Matched money: released when every condition stands, and in no other state there is."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from linli.funds.rules.matching import Missing, State, Terms, may_release, missing

LAST = date(2026, 12, 31)
TERMS = Terms(amount=112_524_000, share=Fraction(1), needs_evidence=True, last_day=LAST)
GIVER, PARTNER = Missing("money", "giver", 1), Missing("money", "partner", 1)
PAPER, TIME = Missing("evidence", "partner"), Missing("time", "both")


def state(*, ready=True, posted=True, shown=True, late=False, released=False):
    full = TERMS.amount
    return State(
        ready=full - (not ready), posted=full - (not posted), shown=shown, released=released,
        today=LAST + timedelta(days=late),
    )  # fmt: skip


def test_releases_in_one_state_of_all():
    """Every combination of the five conditions: 32 states, one way in."""
    seen = []
    for ready, posted, shown, late, released in product((True, False), repeat=5):
        now = state(ready=ready, posted=posted, shown=shown, late=late, released=released)
        lacks = [
            one
            for one, stands in ((GIVER, ready), (PARTNER, posted), (PAPER, shown), (TIME, not late))
            if not stands
        ]
        assert missing(TERMS, now) == lacks
        if may_release(TERMS, now):
            seen.append((ready, posted, shown, late, released))

    assert seen == [(True, True, True, False, False)]


def test_asks_for_no_evidence_where_none_was_agreed():
    free = Terms(TERMS.amount, TERMS.share, needs_evidence=False, last_day=LAST)

    assert may_release(free, state(shown=False))


def test_never_asks_the_partner_for_less_than_its_share():
    assert Terms(100, Fraction(1, 3), True, LAST).partner_amount == 34
    assert Terms(100, Fraction(1, 2), True, LAST).partner_amount == 50
    assert Terms(1, Fraction(1, 10**6), True, LAST).partner_amount == 1
