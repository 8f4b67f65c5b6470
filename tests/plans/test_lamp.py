from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.plans.rules.lamp import (
    COLOURS,
    PROOF,
    SOON,
    Known,
    Lamp,
    Reason,
    Standing,
    lamp,
    meets,
    why,
    window,
)

TODAY = date(2026, 6, 15)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
# How good a lamp is, where dropped tasks are left aside.
BADNESS = {Lamp.GREEN: 0, Lamp.GREY: 1, Lamp.BLUE: 1, Lamp.AMBER: 2, Lamp.RED: 3}

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
values = st.integers(-3, 12).map(Decimal)
states = st.sampled_from(["open", "reported", "sent_back", "accepted", "dropped"])


@st.composite
def facts(draw, statuses=("claimed", "evidenced", "confirmed")):
    low, high = draw(st.none() | values), draw(st.none() | values)
    if low is not None and high is not None and high < low:
        low, high = high, low
    start = draw(days)
    until = start + timedelta(days=draw(st.integers(1, 800)))
    return Known(draw(st.sampled_from(statuses)), low, high, start, until)


ANY_FACT = facts()


@st.composite
def standings(draw, facts=ANY_FACT):
    state = draw(states)
    accepted = state == "accepted"
    since = draw(days)
    return Standing(
        state=state,
        due_on=draw(st.none() | days),
        since=since,
        until=since + timedelta(days=draw(st.integers(0, 900))),
        target=draw(st.none() | values),
        sense=draw(st.sampled_from(["at_least", "at_most"])),
        accepted_on=draw(days) if accepted else None,
        proof=accepted,
        late_milestone=draw(st.none() | days),
        facts=tuple(draw(st.lists(facts, max_size=4))),
    )


def standing(state="open", due_on=date(2026, 12, 31), **given):
    since, until = window(given.pop("starts_on", None), due_on, YEAR)
    if state == "accepted":
        given = {"accepted_on": TODAY, "proof": True} | given
    return Standing(state=state, due_on=due_on, since=since, until=until, **given)


def known(value, status="evidenced", start=YEAR[0], until=date(2027, 1, 1)):
    return Known(status, Decimal(value), Decimal(value), start, until)


@given(standings(), days)
def test_gives_every_task_one_colour_and_one_reason(given_standing, today):
    assert isinstance(lamp(given_standing, today), Lamp)
    assert lamp(given_standing, today) == COLOURS[why(given_standing, today)]


@given(standings(facts=facts(statuses=("claimed",))), days)
def test_is_never_green_on_claims_alone(given_standing, today):
    only_said = given_standing._replace(proof=False)

    assert lamp(only_said, today) != Lamp.GREEN


@given(standings(facts=facts(statuses=("claimed",))), days)
def test_is_never_green_on_a_review_where_a_target_asks_for_a_figure(given_standing, today):
    measured = given_standing._replace(target=Decimal(5))

    assert lamp(measured, today) != Lamp.GREEN


@given(standings(), days)
def test_is_green_only_on_proof_that_certainly_meets_the_target(given_standing, today):
    if lamp(given_standing, today) != Lamp.GREEN:
        return

    proven = [fact for fact in given_standing.facts if fact.status in PROOF]
    if given_standing.target is None:
        assert given_standing.state == "accepted"
        assert given_standing.proof
    elif given_standing.sense == "at_least":
        assert any(fact.low is not None and fact.low >= given_standing.target for fact in proven)
    else:
        assert any(fact.high is not None and fact.high <= given_standing.target for fact in proven)


@given(standings(), facts(statuses=("evidenced", "confirmed")), days)
def test_gets_no_worse_by_proof(given_standing, proof, today):
    more = given_standing._replace(facts=(*given_standing.facts, proof))

    assert BADNESS[lamp(more, today)] <= BADNESS[lamp(given_standing, today)]


@given(standings(), days, days, days)
def test_gets_no_better_by_an_earlier_due_day(given_standing, today, one, other):
    early = given_standing._replace(due_on=min(one, other))
    late = given_standing._replace(due_on=max(one, other))

    assert BADNESS[lamp(early, today)] >= BADNESS[lamp(late, today)]
    assert BADNESS[lamp(late, today)] >= BADNESS[lamp(late._replace(due_on=None), today)]


@given(standings(), days)
def test_is_red_when_overdue_and_not_proven_whatever_is_claimed(given_standing, today):
    overdue = given_standing.due_on is not None and given_standing.due_on < today
    colour = lamp(given_standing, today)

    if overdue and given_standing.state != "dropped":
        assert colour in {Lamp.RED, Lamp.GREEN}
    else:
        assert colour != Lamp.RED


@given(standings(), days)
def test_is_grey_when_dropped(given_standing, today):
    dropped = given_standing._replace(state="dropped")

    assert (lamp(dropped, today), why(dropped, today)) == (Lamp.GREY, Reason.DROPPED)


@given(standings(), days, st.integers(1, 400))
def test_gets_no_better_by_waiting_unless_the_time_has_come(given_standing, today, wait):
    # "At most" is proven only once its days are over, and a task begins when its first day comes.
    later = today + timedelta(days=wait)
    fixed = given_standing._replace(sense="at_least")

    assert BADNESS[lamp(fixed, later)] >= BADNESS[lamp(fixed, today)]


@pytest.mark.parametrize(
    ("given_standing", "reason"),
    [
        (standing("dropped"), Reason.DROPPED),
        (standing("accepted"), Reason.DONE),
        (standing("accepted", due_on=TODAY, accepted_on=TODAY), Reason.DONE),
        (standing("accepted", due_on=date(2026, 6, 14)), Reason.DONE_LATE),
        (standing("accepted", due_on=None), Reason.DONE),
        (standing(target=Decimal(600), facts=[known(600)]), Reason.DONE),
        (
            standing(due_on=date(2025, 12, 31), target=Decimal(600), facts=[known(600)]),
            Reason.DONE_LATE,
        ),
        (standing(due_on=date(2026, 3, 1), target=Decimal(600), facts=[known(600)]), Reason.DONE),
        (standing("accepted", target=Decimal(600), facts=[known(599)]), Reason.TARGET_MISSED),
        (standing("accepted", target=Decimal(600)), Reason.TARGET_MISSED),
        (
            standing("accepted", due_on=date(2026, 6, 14), target=Decimal(600)),
            Reason.OVERDUE_MISSED,
        ),
        (standing("reported"), Reason.WAITS_FOR_REVIEW),
        (standing("reported", due_on=date(2026, 6, 14)), Reason.OVERDUE_CLAIMED),
        (standing("sent_back"), Reason.SENT_BACK),
        (standing("sent_back", due_on=date(2026, 6, 14)), Reason.OVERDUE),
        (standing(target=Decimal(600), facts=[known(700, "claimed")]), Reason.CLAIMED),
        (standing(target=Decimal(600), facts=[known(500, "claimed")]), Reason.UNDER_WAY),
        (standing(late_milestone=TODAY - timedelta(days=1)), Reason.MILESTONE_LATE),
        (standing(late_milestone=TODAY), Reason.UNDER_WAY),
        (standing(due_on=TODAY - timedelta(days=1)), Reason.OVERDUE),
        (standing(due_on=TODAY), Reason.DUE_SOON),
        (standing(due_on=TODAY + SOON), Reason.DUE_SOON),
        (standing(due_on=TODAY + SOON + timedelta(days=1)), Reason.UNDER_WAY),
        (standing(starts_on=TODAY), Reason.UNDER_WAY),
        (standing(starts_on=TODAY + timedelta(days=1)), Reason.NOT_BEGUN),
        (standing(due_on=date(2027, 12, 31)), Reason.NOT_BEGUN),
        (standing(due_on=None), Reason.UNDER_WAY),
    ],
)
def test_says_why(given_standing, reason):
    assert why(given_standing, TODAY) == reason


def test_counts_no_figure_from_before_the_window():
    last_year = known(900, start=date(2025, 1, 1), until=date(2026, 1, 1))

    assert not meets(standing(target=Decimal(600)), last_year, TODAY)


@pytest.mark.parametrize(
    ("low", "high", "met"),
    [("600", "600", True), ("600", None, True), ("599.9", "700", False), (None, "700", False)],
)
def test_meets_at_least_only_where_every_value_does(low, high, met):
    fact = Known(
        "evidenced", low and Decimal(low), high and Decimal(high), YEAR[0], date(2027, 1, 1)
    )

    assert meets(standing(target=Decimal(600)), fact, TODAY) == met


@pytest.mark.parametrize(
    ("until", "today", "met"),
    [
        (date(2026, 2, 1), date(2027, 1, 5), False),  # January says nothing about the year
        (date(2027, 1, 1), date(2026, 12, 30), False),  # the year is not over
        (date(2027, 1, 1), date(2026, 12, 31), True),
        (date(2027, 1, 1), date(2027, 3, 1), True),
    ],
)
def test_meets_at_most_only_when_the_whole_time_is_over(until, today, met):
    accidents = standing(target=Decimal(10), sense="at_most")

    assert meets(accidents, known(9, until=until), today) == met


def test_keeps_the_window_of_the_first_promise():
    assert window(None, date(2026, 6, 30), YEAR) == (date(2026, 1, 1), date(2026, 6, 30))
    assert window(date(2026, 3, 1), None, YEAR) == (date(2026, 3, 1), date(2026, 12, 31))
    assert window(None, None, YEAR) == YEAR
