"""Rounds move by their rules: planned, opened, stage by stage with the fate of each told first, closed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.assessments.actions import advancing, assessing, rounds
from linli.assessments.models import Assessment, Candidacy, Round, Step
from linli.assessments.queries.advancing import by_stage, fates, mark_of
from linli.assessments.queries.round_lists import stays
from linli.assessments.rules import stages
from linli.assessments.rules.leaving import MOVED, Stand, hindrance
from linli.kernel.refusals import Refused
from tests.town import assessments as town
from tests.town import directory

SELF_AND_SITE = {"self": 40, "site": 60}


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def later(now):
    return now + timedelta(31)


@pytest.fixture
def round_(db, now):
    """An open round of self check and site check."""
    return town.opened(at=now, weights=SELF_AND_SITE)


def refused(deed, code):
    with pytest.raises(Refused) as raised:
        deed()
    assert raised.value.code == code


def draft_of(round_, **changed):
    days = {stage: date.fromisoformat(day) for stage, day in round_.days.items()}
    given = {"year": 2027, "edition": round_.edition, "weights": round_.weights, "days": days}
    return rounds.RoundDraft(**given | changed)


@given(
    st.sampled_from(MOVED),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.integers(-2, 2),
)
def test_leaves_a_stage_only_when_all_asked_have_done_their_part(
    stage, tasks, done, open_, polled, days
):
    last, today = date(2026, 3, 10), date(2026, 3, 10) + timedelta(days)
    goes = not hindrance(stage, Stand(tasks, min(done, tasks), open_, polled), today, last)

    expected = {
        "apply": days > 0,
        "poll": (days > 0 or polled) and not open_,
    }.get(stage, tasks > 0 and min(done, tasks) == tasks)
    assert goes == expected


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"weights": {}}, "no_weights"),
        ({"weights": {"self": 101}}, "no_weights"),
        ({"days": {}}, "days_missing"),
        ({"objection_days": 0}, "no_time"),
        ({"doubled": 101}, "no_time"),
    ],
)
def test_refuses_a_round_that_promises_too_little(round_, now, changed, code):
    draft = draft_of(round_, **changed)

    refused(
        lambda: rounds.plan_round(by=town.planner(), at=now, scheme=round_.scheme, draft=draft),
        code,
    )
    assert Round.objects.count() == 1


def test_refuses_stages_that_end_before_those_they_follow(round_, now):
    days = draft_of(round_).days
    draft = draft_of(round_, days={**days, "site": days["apply"] - timedelta(1)})

    refused(
        lambda: rounds.plan_round(by=town.planner(), at=now, scheme=round_.scheme, draft=draft),
        "days_out_of_order",
    )


def test_refuses_an_edition_whose_levels_the_scheme_does_not_name(round_, now):
    other = town.edition(at=now, of=town.form(levels=((5000, "galaxy"),)), name="另一份")
    draft = draft_of(round_, edition=other)

    refused(
        lambda: rounds.plan_round(by=town.planner(), at=now, scheme=round_.scheme, draft=draft),
        "unknown_levels",
    )


def test_amends_a_round_until_it_opens(round_, now):
    by, scheme = town.planner(), round_.scheme
    planned = rounds.plan_round(by=by, at=now, scheme=scheme, draft=draft_of(round_))

    amended = rounds.amend_round(
        by=by, at=now, round=planned, draft=draft_of(round_, year=2028, doubled=25)
    )
    assert (amended.year, amended.doubled, amended.weights) == (2028, 25, SELF_AND_SITE)

    opened = rounds.open_round(by=by, at=now, round=planned)
    refused(lambda: rounds.amend_round(by=by, at=now, round=opened, draft=draft_of(round_)), "open")


def test_lets_units_apply_to_the_last_day_and_no_longer(round_, now):
    until = date.fromisoformat(round_.days["apply"])
    last = datetime(until.year, until.month, until.day, 15, 59, tzinfo=UTC)  # 23:59 there

    town.candidate("甲社区", at=last, of=round_)
    refused(lambda: town.candidate("乙社区", at=last + timedelta(minutes=1), of=round_), "too_late")
    assert Candidacy.objects.count() == 1


def test_lets_who_keeps_a_round_admit_a_late_unit(round_, later):
    wanted = rounds.Application(round_.scheme.categories.first(), "city")
    unit = directory.unit("丙社区")

    made = rounds.apply(by=town.planner(), at=later, round=round_, unit=unit, wanted=wanted)
    assert made.stage == "apply"


def test_ends_a_stage_for_all_who_are_ready_and_asks_them_to_check_themselves(round_, now, later):
    both = [town.candidate(name, at=now, of=round_) for name in ("甲社区", "乙社区")]
    early = fates(round_, "apply", now.date())
    assert [(one.to, one.why) for one in early] == [("self", "day_to_come")] * 2

    advancing.begin_self_check(by=town.officer("甲社区"), at=now, candidacy=both[0])
    told = mark_of(fates(round_, "apply", later.date()))
    advancing.advance(by=town.planner(), at=later, round=round_, stage="apply", told=told)

    assert by_stage(round_) == {"self": 2}
    tasks = Assessment.objects.filter(kind="self")
    assert sorted(one.unit.name for one in tasks) == ["乙社区", "甲社区"]
    assert {one.due_on.isoformat() for one in tasks} == {round_.days["self"]}
    assert Step.objects.filter(was="apply", to="self").count() == 2


def test_moves_on_who_has_handed_in_and_leaves_the_others(round_, now, later):
    first, second = (town.candidate(name, at=now, of=round_) for name in ("甲社区", "乙社区"))
    advancing.advance(by=town.planner(), at=later, round=round_, stage="apply")
    town.sheet(first.assessments.get(), {"a": "yes"}, at=later)

    found = advancing.advance(by=town.planner(), at=later, round=round_, stage="self")

    assert {(one.candidacy.subject.name, one.why) for one in found} == {
        ("甲社区", ""), ("乙社区", "not_done"),
    }  # fmt: skip
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, second.stage) == ("site", "self")
    refused(
        lambda: advancing.advance(by=town.planner(), at=later, round=round_, stage="site"),
        "nobody_goes",
    )


def test_refuses_to_move_on_when_the_fates_are_no_longer_those_told(round_, now, later):
    town.candidate("甲社区", at=now, of=round_)
    told = mark_of(fates(round_, "apply", later.date()))
    town.candidate("乙社区", at=now, of=round_)

    refused(
        lambda: advancing.advance(
            by=town.planner(), at=later, round=round_, stage="apply", told=told
        ),
        "changed_meanwhile",
    )
    assert by_stage(round_) == {"apply": 2}


@pytest.mark.parametrize(
    ("stage", "code"), [("score", "unknown_stage"), ("cross", "unknown_stage")]
)
def test_refuses_to_move_on_from_where_nobody_is_moved_by_hand(round_, now, stage, code):
    refused(lambda: advancing.advance(by=town.planner(), at=now, round=round_, stage=stage), code)


def test_refuses_that_another_unit_moves_candidates(round_, later):
    refused(
        lambda: advancing.advance(by=town.officer("甲社区"), at=later, round=round_, stage="apply"),
        "not_own_unit",
    )


def test_moves_many_candidates_in_few_queries(round_, now, later, django_assert_max_num_queries):
    for n in range(12):
        town.candidate(f"{n}号社区", at=now, of=round_)

    with django_assert_max_num_queries(16):
        advancing.advance(by=town.planner(), at=later, round=round_, stage="apply")
    assert by_stage(round_) == {"self": 12}


def test_gives_one_self_check_however_often_it_is_begun(round_, now):
    one, by = town.candidate("甲社区", at=now, of=round_), town.officer("甲社区")

    first = advancing.begin_self_check(by=by, at=now, candidacy=one)
    assert advancing.begin_self_check(by=by, at=now, candidacy=one) == first
    refused(
        lambda: advancing.begin_self_check(by=town.officer("乙社区"), at=now, candidacy=one),
        "not_own_unit",
    )


def test_refuses_a_self_check_that_the_round_does_not_ask_for(db, now):
    held = town.opened(at=now, weights={"site": 100})
    one, by = town.candidate("甲社区", at=now, of=held), town.officer("甲社区")

    refused(lambda: advancing.begin_self_check(by=by, at=now, candidacy=one), "no_such_stage")


def test_refuses_a_self_check_when_its_time_is_over(round_, now):
    one = town.candidate("甲社区", at=now, of=round_)
    rounds.step(by=town.planner(), at=now, candidacy=one, to="site")

    refused(
        lambda: advancing.begin_self_check(by=town.officer("甲社区"), at=now, candidacy=one),
        "stage_over",
    )


def test_leaves_a_round_with_a_reason_and_drops_what_others_had_to_do(round_, now):
    one, by = town.candidate("甲社区", at=now, of=round_), town.officer("甲社区")
    task = town.task("site", "市教育局", at=now, of=one)
    refused(lambda: advancing.leave(by=by, at=now, candidacy=one, reason=" "), "no_reason")

    left = advancing.leave(by=by, at=now, candidacy=one, reason="装修")

    task.refresh_from_db()
    assert (left.stage, task.dropped_at) == ("left", now)
    refused(lambda: advancing.leave(by=by, at=now, candidacy=one, reason="装修"), "no_such_step")


def test_closes_a_round_when_everything_is_decided(round_, now):
    one, by = town.candidate("甲社区", at=now, of=round_), town.planner()
    refused(lambda: rounds.close_round(by=by, at=now, round=round_), "under_way")
    refused(lambda: rounds.close_scheme(by=by, at=now, scheme=round_.scheme), "under_way")

    rounds.step(by=by, at=now, candidacy=one, to="left", reason="装修")
    closed = rounds.close_round(by=by, at=now, round=round_)
    assert closed.closed_at == now
    refused(lambda: rounds.close_round(by=by, at=now, round=round_), "not_open")
    refused(lambda: town.candidate("乙社区", at=now, of=round_), "not_open")

    ended = rounds.close_scheme(by=by, at=now, scheme=round_.scheme)
    refused(lambda: rounds.close_scheme(by=by, at=now, scheme=ended), "scheme_closed")
    refused(
        lambda: rounds.plan_round(by=by, at=now, scheme=ended, draft=draft_of(round_)),
        "scheme_closed",
    )


def test_tells_how_long_a_candidate_stood_in_each_stage(round_, now):
    one, by = town.candidate("甲社区", at=now, of=round_), town.planner()
    rounds.step(by=by, at=now + timedelta(9), candidacy=one, to="self")
    rounds.step(by=by, at=now + timedelta(12), candidacy=one, to="site")

    way = stays(list(one.steps.order_by("id")), (now + timedelta(20)).date())

    assert [(one.step.to, one.days, one.ended) for one in way] == [
        ("site", 8, False), ("self", 3, True), ("apply", 9, True),
    ]  # fmt: skip


def test_goes_on_without_the_stages_that_count_nothing():
    assert stages.next_stage(["self", "site"], "self") == "site"
    assert stages.next_stage(["self"], "self") == "score"


def test_drops_a_task_once(round_, now):
    one = town.candidate("甲社区", at=now, of=round_)
    task = town.task("site", "市教育局", at=now, of=one)

    assessing.drop(by=town.planner(), at=now, assessment=task)
    refused(lambda: assessing.drop(by=town.planner(), at=now, assessment=task), "dropped")
