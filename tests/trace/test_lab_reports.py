"""From a sealed sample to a public result: who does what, what waits for whom, and what nobody can do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from linli.kernel.actors import Role, system
from linli.kernel.refusals import Refused
from linli.trace.actions import lab_hearings, lab_reports, lab_runs
from linli.trace.models import Alert, Finding, Handing, Hearing, Report, Run, Sample, Well
from linli.trace.queries import lab_results
from linli.trace.queries.keys import as_operator
from linli.trace.queries.lab_runs import plain_wells
from linli.trace.queries.lab_standing import breaks_of, counter_by, known, standing_of
from linli.trace.rules.laboratory.method_json import read
from linli.trace.rules.laboratory.publishing import why_not
from linli.trace.rules.laboratory.results import results
from tests.town import laboratory as lab
from tests.town import trace
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)  # a Friday
CLOCK = system("calendar")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def sample():
    return lab.received(at=AT)


@pytest.fixture
def told():
    report = lab.adverse(at=AT)
    lab_hearings.tell_operator(by=trace.officer(), at=AT, report=report)
    return Report.objects.get(pk=report.pk)


def again(one):
    return type(one).objects.get(pk=one.pk)


def test_makes_every_result_of_a_run_with_a_failed_control_invalid(sample):
    run = lab.run_of(sample, 29, 29.5, at=AT, blank=36)
    assert (run.holds, [one["why"] for one in run.failures]) == (False, ["signal"])
    [finding] = run.findings.all()
    assert (finding.result, finding.reasons) == ("invalid", ["control_failed"])
    assert standing_of(sample)["Sus scrofa"].needs == "retest"
    assert again(sample).state == "in_test"
    with pytest.raises(DatabaseError), transaction.atomic():  # nor does the database let anybody
        Finding.objects.create(
            run=run, sample=sample, extraction="2", target="Sus scrofa", result="detected"
        )
    held = lab.run_of(sample, 29, 29.5, at=AT)  # the control: a run that holds
    assert [one.result for one in held.findings.all()] == ["detected"]


def test_accuses_nobody_by_one_run_or_one_extract(sample):
    lab.run_of(sample, 29, 29.5, at=AT)
    lab.run_of(sample, 29, 29.5, at=AT)
    assert standing_of(sample)["Sus scrofa"].needs == "second_run"
    with pytest.raises(Refused, match="not_final"):
        lab.reported(sample, at=AT)
    assert not Report.objects.exists()
    assert not Alert.objects.exists()
    lab.run_of(sample, 30, 30.1, at=AT, extract="2")
    assert Alert.objects.get().kind == Alert.ADVERSE
    assert again(sample).state == "tested"


def test_gives_the_same_results_again_from_the_wells_that_were_kept(sample):
    run = lab.run_of(sample, 29.123456789, 29.5, at=AT)
    method = read(run.method.key, run.method.version, run.method.body).method
    [found] = results(method, plain_wells(run))
    [kept] = run.findings.all()
    assert (found.result, list(found.reasons)) == (kept.result, kept.reasons)
    assert kept.cts == ["29.12346", "29.5"]


def test_tells_the_public_what_was_not_found_as_soon_as_a_second_person_approved(sample):
    lab.run_of(sample, None, None, at=AT)
    made = lab_reports.write_report(by=lab.analyst(), at=AT, sample=sample)
    with pytest.raises(Refused, match="second_person"):
        lab_reports.approve_report(by=lab.analyst(), at=AT, report=made)
    assert lab_results.of_premises([sample.premises_id]) == {}
    lab_reports.approve_report(by=lab.analyst("复核员"), at=AT, report=made)
    [[one]] = lab_results.of_premises([sample.premises_id]).values()
    assert one.words("zh-hant") == ["未檢出豬源性成分（SN/T 0000，檢出限 5 拷貝/反應）。"]
    assert (one.code, one.result, one.reply, one.lot) == (sample.code, "not_detected", "", None)


def test_waits_with_an_accusation_until_the_operator_was_heard(told):
    place = told.sample.premises
    assert lab_hearings.publish_due(by=CLOCK, at=AT + DAY) == 0
    lab_hearings.reply_to_result(
        by=as_operator(place.operator), at=AT + DAY, report=told, words="原料标签有误，已停产。"
    )
    [one] = lab_results.of_premises([place.pk])[place.pk]
    assert (one.result, one.reply) == ("detected", "原料标签有误，已停产。")


def test_waits_no_longer_than_the_working_days_for_a_reply(told):
    hearing = told.hearing
    assert hearing.reply_by == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert lab_hearings.publish_due(by=CLOCK, at=hearing.reply_by - timedelta(seconds=1)) == 0
    assert lab_hearings.publish_due(by=CLOCK, at=hearing.reply_by) == 1
    with pytest.raises(Refused, match="too_late"):
        lab_hearings.reply_to_result(
            by=trace.officer(), at=hearing.reply_by, report=told, words="晚"
        )


def test_lets_no_program_publish_an_accusation_that_nobody_answered(told):
    for moment in (AT, told.hearing.reply_by - HOUR):
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(pk=told.pk).update(published_at=moment)
    Report.objects.filter(pk=told.pk).update(published_at=told.hearing.reply_by)  # the control


def test_waits_for_the_counter_sample_that_was_asked_for(told):
    sample = told.sample
    owner = as_operator(sample.premises.operator)
    lab_hearings.ask_for_counter(by=owner, at=AT, report=told)
    assert lab_hearings.publish_due(by=CLOCK, at=told.hearing.reply_by) == 0
    # A test that nobody makes keeps nothing secret for ever.
    until = counter_by(AT)
    assert [why_not(known(told), until - HOUR), why_not(known(told), until)] == [
        ["counter_sample_pending"], []
    ]  # fmt: skip
    with pytest.raises(Refused, match="same_laboratory"):
        lab.handed(sample, at=AT, part="counter", seal="F-2")
    with pytest.raises(Refused, match="unknown_sample"):
        lab.run_of(sample, None, None, at=AT, extract="K1", laboratory=lab.OTHER)
    lab.handed(sample, at=AT, to=lab.OTHER, part="counter", seal="F-2")
    lab.run_of(sample, None, None, at=AT, extract="K1", laboratory=lab.OTHER)
    assert standing_of(sample)["Sus scrofa"][:2] == ("not_detected", True)
    assert again(sample).counter_state == "opened"
    # The first report is overtaken: it is never public, the next one is at once.
    assert lab_hearings.publish_due(by=CLOCK, at=told.hearing.reply_by) == 0
    lab.reported(sample, at=AT + DAY, reason="复检")
    [one] = lab_results.of_premises([sample.premises_id])[sample.premises_id]
    assert (one.result, one.number) == ("not_detected", 2)


def test_says_nothing_any_more_by_a_version_that_was_amended(told):
    lab_hearings.reply_to_result(by=trace.officer(), at=AT, report=told, words="无异议")
    assert lab_results.published([]) == {}
    assert len(lab_results.of_premises([told.sample.premises_id])) == 1
    made = lab_reports.write_report(
        by=lab.analyst(), at=AT, sample=told.sample, reason="更正样品名"
    )
    assert len(lab_results.of_premises([told.sample.premises_id])) == 1
    lab_reports.approve_report(by=lab.analyst("复核员"), at=AT, report=made)
    assert lab_results.of_premises([told.sample.premises_id]) == {}


def test_publishes_nothing_of_a_sample_whose_chain_is_broken():
    sample = lab.received(at=AT, whole=False)
    lab.run_of(sample, None, None, at=AT)
    report = lab.reported(sample, at=AT)
    assert [one.code for one in breaks_of(again(sample))] == ["seal_broken"]
    assert lab_hearings.publish_due(by=CLOCK, at=AT + 30 * DAY) == 0
    assert again(report).published_at is None


def test_leaves_to_experts_what_two_counter_samples_contradict(told):
    sample = told.sample
    third = "国家检测中心"
    for place, cts in ((lab.OTHER, (None, None)), (third, (29, 29.5))):
        lab.handed(sample, at=AT, to=place, part="counter", seal="F-2")
        lab.run_of(sample, *cts, at=AT, extract="K1", laboratory=place)
    assert standing_of(sample)["Sus scrofa"].needs == "experts"
    with pytest.raises(Refused, match="not_final"):
        lab.reported(sample, at=AT, reason="复检")
    with pytest.raises(Refused, match="no_words"):
        lab_reports.give_appraisal(
            by=lab.planner(), at=AT, sample=sample, target="Sus scrofa", words=""
        )
    given = {"sample": sample, "target": "Sus scrofa", "words": "样品不均匀，不能判定。"}
    lab_reports.give_appraisal(by=lab.planner(), at=AT, **given)
    with pytest.raises(Refused, match="given"):
        lab_reports.give_appraisal(by=lab.planner(), at=AT, **given)
    assert lab.reported(sample, at=AT, reason="专家意见").result == "inconclusive"
    assert lab_hearings.publish_due(by=CLOCK, at=AT + 90 * DAY) == 0


def test_brings_one_file_once(sample):
    draft = lab_runs.RunDraft(
        sample.method, sample.laboratory, AT, lab.wells((29, 29), sample.code), "csv", file=b"x"
    )
    lab_runs.record_run(by=lab.analyst(), at=AT, draft=draft)
    with pytest.raises(Refused, match="brought"):
        lab_runs.record_run(by=lab.analyst(), at=AT, draft=draft)
    assert Run.objects.count() == 1


def test_lets_only_the_operator_and_its_unit_answer(told):
    other = trace.operator("另一家", at=AT, number=2)
    said = {"at": AT, "report": told, "words": "是"}
    for by, code in (
        (as_operator(other), "other_operator"),
        (lab.analyst(), "not_own_unit"),
        (actor(Role.SUPERVISOR), "not_allowed"),
    ):
        with pytest.raises(Refused, match=code):
            lab_hearings.reply_to_result(by=by, **said)
    with pytest.raises(Refused, match="no_words"):
        lab_hearings.reply_to_result(by=trace.officer(), **said | {"words": " "})
    with pytest.raises(Refused, match="too_long"):
        lab_hearings.reply_to_result(by=trace.officer(), **said | {"words": "字" * 2001})
    assert Hearing.objects.get().replied_at is None
    lab_hearings.reply_to_result(by=trace.officer(), **said, counter=True)
    assert again(told).published_at is None  # the counter-sample was asked for
    with pytest.raises(Refused, match="replied"):
        lab_hearings.reply_to_result(by=trace.officer(), **said)


def test_withholds_a_reply_by_another_unit_alone(told):
    hearing = lab_hearings.reply_to_result(
        by=trace.officer(), at=AT, report=told, words="某某人干的"
    )
    own = actor(Role.PLANNER, unit=trace.KEEPER)
    said = {"at": AT, "hearing": hearing, "reason": "点名个人"}
    with pytest.raises(Refused, match="own_unit"):
        lab_hearings.withhold_reply(by=own, **said)
    with pytest.raises(Refused, match="no_words"):
        lab_hearings.withhold_reply(by=lab.planner(), **said | {"reason": ""})
    lab_hearings.withhold_reply(by=lab.planner(), **said)
    [one] = lab_results.of_premises([told.sample.premises_id])[told.sample.premises_id]
    assert one.reply == ""
    with pytest.raises(Refused, match="withheld"):
        lab_hearings.withhold_reply(by=lab.planner(), **said)


def test_tells_an_operator_once_and_of_what_is_approved(sample):
    lab.run_of(sample, None, None, at=AT)
    made = lab_reports.write_report(by=lab.analyst(), at=AT, sample=sample)
    for by, code in ((trace.officer(), "not_approved"), (lab.analyst(), "not_own_unit")):
        with pytest.raises(Refused, match=code):
            lab_hearings.tell_operator(by=by, at=AT, report=made)
    with pytest.raises(Refused, match="not_told"):
        lab_hearings.reply_to_result(by=trace.officer(), at=AT, report=made, words="是")
    with pytest.raises(Refused, match="not_approved"):
        lab_reports.write_report(by=lab.analyst(), at=AT, sample=sample, reason="再来")
    lab_reports.approve_report(by=lab.analyst("复核员"), at=AT, report=made)
    with pytest.raises(Refused, match="no_reason"):
        lab_reports.write_report(by=lab.analyst(), at=AT, sample=sample)
    with pytest.raises(Refused, match="approved"):
        lab_reports.approve_report(by=lab.analyst("第三人"), at=AT, report=made)
    lab_hearings.tell_operator(by=trace.officer(), at=AT, report=made)
    with pytest.raises(Refused, match="told"):
        lab_hearings.tell_operator(by=trace.officer(), at=AT, report=made)
    lab.reported(sample, at=AT, reason="更正")
    with pytest.raises(Refused, match="amended"):
        lab_hearings.tell_operator(by=trace.officer(), at=AT, report=made)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Run, {"failed": 0}),
        (Well, {"ct": 1}),
        (Finding, {"result": "not_detected"}),
        (Report, {"result": "not_detected"}),
        (Report, {"approved_by": "别人"}),
        (Sample, {"state": "planned"}),
        (Sample, {"seal": "F-9"}),
        (Sample, {"counter_state": "destroyed", "state": "taken"}),
        (Handing, {"whole": False}),
        (Hearing, {"reply_by": AT + HOUR}),
    ],
)
def test_changes_nothing_that_was_found_or_told(told, model, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_lets_the_system_alone_publish(told):
    with pytest.raises(Refused, match="not_allowed"):
        lab_reports.publish(by=lab.analyst(), at=told.hearing.reply_by, report=told)
    assert lab_reports.publish(by=system("calendar"), at=told.hearing.reply_by, report=told)
