"""Results are told, objected to, decided and named; nobody does two things that one must not do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.assessments.actions import awarding, deciding, noticing, objecting, resolving
from linli.assessments.models import (
    Award,
    AwardStep,
    Candidacy,
    Conflict,
    Decision,
    Objection,
    ObjectionWords,
    Resolution,
    Result,
    Step,
)
from linli.kernel.models import Look
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from tests.town import assessments, directory, scores
from tests.town import notices as town


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def scored(db, now):
    return town.scored("甲社区", at=now, of=town.round_(at=now))


@pytest.fixture
def told(scored, now):
    town.told(scored, at=now)
    return scored


def refused(act, *args, **given):
    with pytest.raises(Refused) as error:
        act(*args, **given)
    return error.value.code


def never(message):
    return pytest.raises(DatabaseError, match=message)


def test_tells_results_until_the_last_working_day(scored, now):
    notice = town.told(scored, at=now)

    # Seven working days after Monday 2 March 2026; it ends as that day does in the town.
    assert (notice.until, scored.stage) == (date(2026, 3, 11), "notice")
    assert notice.closes_at == datetime(2026, 3, 11, 16, tzinfo=UTC)
    assert Result.objects.get().score.share == 10_000


def test_refuses_to_tell_who_has_no_score(db, now):
    held = town.round_(at=now)
    bare = scores.heard("乙社区", at=now, of=held, says={"self": town.YES})

    assert refused(town.told, bare, at=now) == "not_scored"
    assert refused(
        noticing.tell_results, by=assessments.planner(), at=now, round=held, candidacies=[]
    ) == "nobody"  # fmt: skip
    assert not Result.objects.exists()


def test_takes_an_objection_with_a_clock_that_never_moves(told, now):
    handed = town.objected(told, at=now, item="a")

    kept = objecting.open_held(at=now, code=handed.objection.code, passphrase=handed.passphrase)
    assert (kept.made_on, kept.due_on) == (date(2026, 3, 2), date(2026, 3, 16))
    assert objecting.own_words(at=now, objection=kept) == "服务窗口没有开放。"
    with never("its last day where it is"), transaction.atomic():
        Objection.objects.update(due_on=date(2026, 4, 1))
    with never("decided with a reason"), transaction.atomic():
        Objection.objects.update(state="rejected", ended_on=date(2026, 3, 3))


def test_refuses_objections_that_say_nothing_or_come_late(told, now):
    late = now + timedelta(days=10)

    assert refused(town.objected, told, at=now, ground="x") == "unknown_ground"
    assert refused(town.objected, told, at=now, item="zz") == "unknown_item"
    assert refused(town.objected, told, at=now, words=" ") == "no_words"
    assert refused(town.objected, told, at=now, words="长" * 2001) == "words_too_long"
    assert refused(town.objected, told, at=late) == "too_late"
    assert not Objection.objects.exists()


def test_decides_nothing_while_an_objection_is_open(told, now):
    open_one = town.objected(told, at=now).objection

    later = town.ended(told, at=now)
    assert told.stage == "notice"
    with never("while an objection is open"), transaction.atomic():
        assessments.rounds.step(by=assessments.planner(), at=later, candidacy=told, to="decision")

    town.resolved(open_one, at=later)
    noticing.end_notices(at=later)
    told.refresh_from_db()
    assert told.stage == "decision"  # the same step, once nothing is open


def test_decides_nothing_before_the_notice_has_run(told, now):
    assert noticing.end_notices(at=now + timedelta(days=9)) == 0
    for to in ("decision", "declined"):
        with never("before its notice has run"), transaction.atomic():
            assessments.rounds.step(
                by=assessments.planner(), at=now, candidacy=told, to=to, reason="提前"
            )
    assert noticing.end_notices(at=datetime(2026, 3, 11, 16, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    ("unit", "name"),
    [("甲社区", "督查"), ("互检单位", "督查"), ("实地检查组", "督查"), (assessments.KEEPER, "甲")],
)
def test_refuses_who_has_a_part_in_it(told, now, unit, name):
    row = town.objected(told, at=now).objection
    by = town.supervisor(unit, name)

    assert refused(town.resolved, row, at=now, by=by) == "involved"
    assert refused(resolving.read_words, by=by, at=now, objection=row) == "involved"
    with never("nobody decides on an objection"), transaction.atomic():
        Resolution.objects.create(objection=row, upheld=False, reason="x", **signed(by, now))
    assert not Look.objects.exists()


def test_refuses_whom_it_is_in_conflict_with(told, now):
    row = town.objected(told, at=now).objection
    one, other = sorted((told.subject.unit, directory.unit(town.AUDIT)), key=lambda unit: unit.pk)
    told_of = Conflict.objects.create(
        one=one, other=other, reason="合署办公", **signed(town.second(), now)
    )

    assert refused(town.resolved, row, at=now) == "involved"
    with never("in conflict with"), transaction.atomic():
        Resolution.objects.create(
            objection=row, upheld=False, reason="x", **signed(town.supervisor(), now)
        )
    Conflict.objects.filter(pk=told_of.pk).update(ended_on=now.date())
    assert town.resolved(row, at=now).pk


def test_reads_words_with_a_look_alone(told, now):
    handed = town.objected(told, at=now)

    words = resolving.read_words(by=town.supervisor(), at=now, objection=handed.objection)

    seen = Look.objects.get()
    assert words == "服务窗口没有开放。"
    assert (seen.about, seen.purpose, seen.fields) == (handed.objection.code, "decide", "words")
    assert refused(resolving.read_words, by=town.second(), at=now, objection=handed.objection) == (
        "not_allowed"
    )


def test_takes_the_candidate_back_when_the_objection_is_right(told, now):
    row = town.objected(told, at=now).objection
    assert refused(town.resolved, row, at=now, reason=" ") == "no_reason"
    assert refused(town.resolved, row, at=now, upheld=True) == "no_such_stage"

    town.resolved(row, at=now, upheld=True, back="site", reason="窗口确未开放，重新核查。")

    told.refresh_from_db()
    row.refresh_from_db()
    assert (told.stage, row.state) == ("site", "upheld")
    assert Step.objects.filter(candidacy=told).last().reason == "窗口确未开放，重新核查。"
    assert refused(town.resolved, row, at=now) == "decided"


def test_tells_a_result_again_with_time_of_its_own(told, now):
    row = town.objected(told, at=now).objection
    town.resolved(row, at=now, upheld=True, back="score", reason="重新计算。")
    scores.score(told, at=now)
    later = now + timedelta(days=9)
    again = town.told(told, at=later)

    assert noticing.end_notices(at=now + timedelta(days=12)) == 0  # the first notice has run
    assert noticing.end_notices(at=again.closes_at) == 1


def test_takes_an_objection_back_and_forgets_it(told, now):
    handed = town.objected(told, at=now)

    objecting.take_back(at=now, objection=handed.objection)

    kept = Objection.objects.get()
    assert (kept.state, ObjectionWords.objects.exists()) == ("withdrawn", False)
    with pytest.raises(Refused, match="wrong_code"):
        objecting.open_held(at=now, code=kept.code, passphrase=handed.passphrase)
    town.ended(told, at=now)
    assert told.stage == "decision"


def test_replies_once_beside_its_result(told, now):
    row = town.objected(told, at=now).objection
    result = Result.objects.get()
    unit = assessments.officer("甲社区")

    given = {"by": unit, "at": now, "result": result}
    resolving.reply(**given, words="我们说明如下。")
    resolving.reply(**given, words="窗口已恢复开放。", objection=row)

    assert refused(resolving.reply, **given, words="再说一次") == "replied"
    assert refused(resolving.reply, **given, words=" ", objection=row) == "no_words"
    another = {**given, "by": assessments.officer("乙社区")}
    assert refused(resolving.reply, **another, words="旁人") == "not_own_unit"
    town.resolved(row, at=now, upheld=True, back="score")
    assert refused(resolving.reply, **given, words="晚了") == "too_late"
    assert result.replies.count() == 2


def test_names_by_a_second_person_alone(told, now):
    later = town.ended(told, at=now)
    decision = town.decided(told, at=later)

    assert refused(
        deciding.confirm, by=assessments.planner(), at=later, decision=decision
    ) == "same_person"  # fmt: skip
    with never("named by a second person"), transaction.atomic():
        Award.objects.create(
            code="X", decision=decision, candidacy=told, level="city", named_on=later.date(),
            **signed(assessments.planner(), later),
        )  # fmt: skip
    with never("confirmed by a second person"), transaction.atomic():
        assessments.rounds.step(by=assessments.planner(), at=later, candidacy=told, to="named")
    assert not Award.objects.exists()

    award = deciding.confirm(by=town.second(), at=later, decision=decision)

    told.refresh_from_db()
    assert (award.level, award.named_on, told.stage) == ("city", date(2026, 4, 1), "named")
    assert refused(deciding.confirm, by=town.second(), at=later, decision=decision) == "confirmed"


def test_refuses_more_than_was_reached(db, now):
    low = {source: {"a": "yes", "b": "6"} for source in scores.WEIGHTS}  # 80 %: region
    one = town.scored("甲社区", at=now, of=town.round_(at=now), says=low, level="nation")
    town.told(one, at=now)
    assert refused(town.decided, one, at=now) == "not_ready"
    later = town.ended(one, at=now)

    assert refused(town.decided, one, at=later, level="nation") == "level_not_reached"
    assert refused(town.decided, one, at=later, level="city") == "no_reason"
    assert refused(town.decided, one, at=later, level="") == "no_reason"
    assert not Decision.objects.exists()
    assert deciding.decide_as_scored(
        by=assessments.planner(), at=later, candidacies=[one]
    )[0].level == "region"  # fmt: skip
    assert refused(town.decided, one, at=later) == "decided"


def test_declines_by_a_second_person_with_the_reason(told, now):
    later = town.ended(told, at=now)
    decision = town.decided(told, at=later, level="", reason="材料失实。")

    assert deciding.confirm(by=town.second(), at=later, decision=decision) is None

    told.refresh_from_db()
    assert (told.stage, told.steps.last().reason) == ("declined", "材料失实。")


def test_warns_and_withdraws_with_each_step_kept(db, now):
    award, later = town.named("甲社区", at=now)
    task = town.rechecked(award, at=later)
    planner = assessments.planner()

    def conclude(to, reason="", recheck=None):
        outcome = awarding.Outcome(to, reason, recheck)
        return awarding.conclude(by=planner, at=later, award=award, outcome=outcome)

    assert refused(conclude, "in_force") == "not_rechecked"
    assert refused(conclude, "warned") == "no_reason"
    assert refused(conclude, "gone") == "unknown_outcome"
    conclude("warned", "窗口时开时停。", task)
    assert refused(conclude, "in_force", "", task) == "concluded"
    award.refresh_from_db()
    assert (award.state, award.candidacy.stage, award.recheck_on) == (
        "warned", "named", date(2027, 4, 1),
    )  # fmt: skip
    with never("each with its row"), transaction.atomic():
        Award.objects.update(state="withdrawn")
    conclude("withdrawn", "仍未整改。")

    award.refresh_from_db()
    stage = Candidacy.objects.get(pk=award.candidacy_id).stage
    assert (award.state, stage, AwardStep.objects.count()) == ("withdrawn", "withdrawn", 2)
    assert refused(conclude, "warned", "再") == "withdrawn"


def test_keeps_what_was_named_after_a_recheck(db, now):
    award, later = town.named("甲社区", at=now)
    task = town.rechecked(award, at=later)

    outcome = awarding.Outcome("in_force", "", task)
    awarding.conclude(by=assessments.planner(), at=later, award=award, outcome=outcome)

    award.refresh_from_db()
    assert (award.state, award.candidacy.stage) == ("in_force", "named")
    assert award.recheck_on == date(2029, 4, 1)
