"""Decisions assessed before they are taken: by whom, when, and what the database holds of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from linli.assessments.actions import impact_hazards, impacts, ruling
from linli.assessments.actions.subjects import SubjectDraft
from linli.assessments.models import (
    Assessment,
    Hazard,
    Impact,
    ImpactTask,
    Mitigation,
    Ruling,
    Subject,
)
from linli.assessments.queries.impacts import by_state, mitigated, whole
from linli.assessments.rules.impacts import Weighed, side_by_side, unanswered
from linli.assessments.rules.instruments import Form, Section
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import assessments as town
from tests.town import directory
from tests.town import impacts as here
from tests.town.staff import actor


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def later(now):
    return now + timedelta(days=31)


@pytest.fixture
def impact(db, now):
    return here.opened(at=now)


def refused(deed):
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    return caught.value.code


ANSWERS = st.fixed_dictionaries(
    {}, optional={"a": st.sampled_from(["yes", "no"]), "b": st.integers(0, 5)}
)


@given(st.lists(ANSWERS, max_size=3))
def test_says_apart_what_two_answer_differently_alone(sheets):
    form = Form(("zh-hans",), (Section("s", {"zh-hans": "一"}, here.QUESTIONS),))
    kept = [{key: {"v": value} for key, value in one.items()} for one in sheets]

    ((_section, lines),) = side_by_side(form, kept)

    for line in lines:
        values = {one[line.item.key] for one in sheets if line.item.key in one}
        assert line.apart == (len(values) > 1)
        assert len(line.said) == len(sheets)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), max_size=6))
def test_leaves_no_high_hazard_unanswered(rows):
    hazards = [Weighed(number, *row) for number, row in enumerate(rows)]

    assert unanswered(hazards) == [
        number for number, (severity, answers) in enumerate(rows) if severity == 3 and not answers
    ]


def test_goes_from_a_proposal_to_a_decision(impact, now, later):
    task = here.assessed(impact, at=now)
    hazard = here.hazard(impact, at=now, by=town.officer(here.OTHER))
    here.answered(hazard, at=now)

    made = here.decided(impact, at=later)

    found = whole(Impact.objects.get())
    assert [one.own for one in found.sources] == [True, False]
    assert [one.percent for one in found.sources] == ["40", "90"]
    assert found.apart == 1
    assert found.ruling == made
    assert found.sources[1].task == task
    assert [one.title for one in mitigated()] == ["增设便民早市"]
    assert by_state(Impact.objects.all(), later) == {
        "prepared": 0, "open": 0, "deciding": 0, "go": 1, "change": 0, "stop": 0,
    }  # fmt: skip


def test_shows_the_sheets_that_there_were_when_it_was_decided(impact, now, later):
    task = here.assessed(impact, at=now)
    here.decided(impact, at=later)

    town.sheet(task, {"a": "no", "b": 0}, at=later + timedelta(days=1))

    assert whole(impact).sources[1].answers == {"a": {"v": "yes"}, "b": {"v": 4}}


def test_takes_back_tasks_that_nobody_did(impact, now, later):
    here.assessed(impact, at=now)
    waiting = impacts.ask_unit(
        by=here.decider(), at=now, impact=impact, unit=directory.unit("交通局")
    )

    here.decided(impact, at=later)

    assert Assessment.objects.get(pk=waiting.pk).dropped_at == later


def test_follows_what_was_told_to_change(impact, now, later):
    here.assessed(impact, at=now)
    again = here.draft(at=later, edition=impact.edition, subject=impact.subject, earlier=impact)
    assert refused(lambda: begin(again, later)) == "running"
    here.decided(impact, at=later, outcome="change")

    made = begin(again, later)

    assert (made.earlier, made.subject) == (impact, impact.subject)
    third = here.draft(at=later, edition=impact.edition, subject=impact.subject, earlier=impact)
    assert refused(lambda: begin(third, later)) == "running"
    assert Impact.objects.count() == 2


def begin(draft, at, by=None):
    return impacts.begin_impact(by=by or here.proposer(), at=at, draft=draft)


def test_refuses_to_begin_what_is_no_decision(db, now):
    edition = here.questions(at=now)

    def tried(by=None, **given):
        given = {"edition": edition} | given
        return refused(lambda: begin(here.draft(at=now, **given), now, by))

    unit = town.candidate("甲社区", at=now, of=town.opened(at=now)).subject
    place = {"name": "市场", "area": directory.area()}
    owned = place | {"unit": directory.unit(here.PROPOSER)}
    assert tried(by=town.officer("别的局")) == "not_own_unit"
    assert tried(by=actor(Role.SUPERVISOR)) == "not_allowed"
    assert tried(subject=unit, by=here.decider()) == "no_decision"
    assert tried(subject=SubjectDraft(kind="premises", **owned)) == "no_decision"
    assert tried(subject=SubjectDraft(kind="person", **owned)) == "unknown_kind"
    assert tried(subject=SubjectDraft(kind="decision", **place)) == "no_unit"
    assert tried(words=" ") == "no_words"
    assert tried(statement="字" * 4001) == "too_long"
    assert tried(words="用人脸识别管理夜市") == "out_of_scope"
    draft = town.instruments.begin_instrument(
        by=town.planner(), at=now, name="草稿", use="impact", unit=directory.unit(town.KEEPER)
    )
    assert tried(edition=draft) == "not_adopted"
    assert tried(edition=town.edition(at=now, name="别用")) == "wrong_use"
    assert not Impact.objects.exists()
    assert Subject.objects.count() == 1


def test_refuses_what_follows_nothing(impact, now, later):
    here.assessed(impact, at=now)
    here.decided(impact, at=later, outcome="stop")
    draft = here.draft(at=later, edition=impact.edition, subject=impact.subject, earlier=impact)

    assert refused(lambda: begin(draft, later)) == "not_to_change"
    assert Impact.objects.count() == 1


def test_refuses_to_lie_open_half_said(db, now):
    impact = here.begun(at=now, places=())

    def tried(days=30, hurry="", by=None):
        until = localdate(now) + timedelta(days=days)
        return refused(
            lambda: impacts.lay_open(
                by=by or here.proposer(), at=now, impact=impact, until=until, hurry=hurry
            )
        )

    assert tried(by=town.officer(here.OTHER)) == "not_own_unit"
    assert tried() == "no_places"
    impacts.amend_impact(
        by=here.proposer(), at=now, impact=impact, draft=here.draft(at=now, edition=impact.edition)
    )
    assert tried() == "no_statement"
    here.stated(impact, at=now)
    assert tried(days=6, hurry="急") == "too_short"
    assert tried(days=29) == "no_reason"
    assert Impact.objects.get().opened_at is None

    until = localdate(now) + timedelta(days=7)
    kept = impacts.lay_open(
        by=here.proposer(), at=now, impact=impact, until=until, hurry="汛期将至"
    )
    assert (kept.last_day, kept.hurry) == (until, "汛期将至")
    assert tried() == "open"
    draft = here.draft(at=now, edition=impact.edition)
    assert (
        refused(
            lambda: impacts.amend_impact(by=here.proposer(), at=now, impact=impact, draft=draft)
        )
        == "open"
    )


def test_refuses_to_ask_by_who_proposes_or_twice(impact, now):
    def tried(unit, by=None):
        asked = directory.unit(unit)
        return refused(
            lambda: impacts.ask_unit(by=by or here.decider(), at=now, impact=impact, unit=asked)
        )

    assert tried(here.OTHER, by=here.proposer()) == "not_allowed"
    assert tried(here.PROPOSER) == "oneself"
    here.assessed(impact, at=now)
    assert tried(here.OTHER) == "given"
    assert ImpactTask.objects.count() == 2


def test_refuses_to_decide_too_soon_or_by_who_had_a_part(impact, now, later):
    def tried(at=later, **given):
        return refused(lambda: here.decided(impact, at=at, **given))

    assert tried(by=here.proposer()) == "not_allowed"
    assert tried(at=now) == "consultation_lasts"
    assert tried() == "not_assessed"
    here.assessed(impact, at=now)
    poll = here.poll(impact, at=now)
    assert tried() == "poll_runs"
    type(poll).objects.filter(pk=poll.pk).update(dropped_at=now, drop_reason="作罢")
    assessor = actor(Role.PLANNER, name="别人", unit=here.OTHER)
    begun = actor(Role.PLANNER, name="提案人", unit=here.PROPOSER)
    assert (tried(by=assessor), tried(by=begun)) == ("involved", "involved")
    assert tried(outcome="perhaps") == "unknown_outcome"
    hazard = here.hazard(impact, at=now)
    assert tried() == "hazard_unanswered"
    short = ruling.RulingDraft("stop", "查明", " ", "理由")
    long = ruling.RulingDraft("stop", "查明", "字" * 4001, "理由")
    for code, said in (("no_words", short), ("too_long", long)):
        deed = {"by": here.decider(), "at": later, "impact": impact, "draft": said}
        assert refused(lambda deed=deed: ruling.decide(**deed)) == code
    assert not Ruling.objects.exists()

    here.answered(hazard, at=now)
    here.decided(impact, at=later)
    assert tried() == "decided"
    hidden = here.begun(at=now, name="还没公开", edition=impact.edition)
    assert refused(lambda: here.decided(hidden, at=later)) == "not_open"


def test_names_hazards_by_who_has_a_part_before_the_decision(impact, now, later):
    here.assessed(impact, at=now)
    stranger, other = town.officer("别的局"), town.officer(here.OTHER)
    assert refused(lambda: here.hazard(impact, at=now, by=stranger)) == "not_involved"
    assert refused(lambda: here.hazard(impact, at=now, words=" ")) == "no_words"
    assert refused(lambda: here.hazard(impact, at=now, severity=4)) == "unknown_severity"
    assert not Hazard.objects.exists()
    hazard = here.hazard(impact, at=now, by=other)
    assert refused(lambda: here.answered(hazard, at=now, days=0)) == "day_past"
    assert refused(lambda: here.answered(hazard, at=now, words="")) == "no_words"
    assert refused(lambda: here.answered(hazard, at=now, words="建一人一档")) == "out_of_scope"
    assert not Mitigation.objects.exists()

    def struck(by, reason="已查清"):
        return impact_hazards.strike_hazard(by=by, at=now, hazard=hazard, reason=reason)

    assert refused(lambda: struck(here.proposer())) == "not_yours"
    assert refused(lambda: struck(other, " ")) == "no_reason"
    struck(other)
    assert refused(lambda: struck(other)) == "struck"
    assert refused(lambda: here.answered(hazard, at=now)) == "struck"
    here.decided(impact, at=later)
    assert refused(lambda: here.hazard(impact, at=later)) == "decided"


def test_notes_tasks_by_the_calendar_alone(db, now):
    assert refused(lambda: impact_hazards.note_tasks(by=town.planner(), at=now, tasks={})) == (
        "not_allowed"
    )
