from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import PROTECT, ForeignKey
from django.utils.timezone import localdate

from linli.facts import actions as facts
from linli.facts.models import Evidence, Fact
from linli.facts.rules.periods import month, year
from linli.facts.rules.statements import Statement
from linli.kernel import files
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import Progress, Review, Step, Task
from linli.plans.queries import row_of
from linli.plans.rules.lamp import Lamp, Reason
from tests.town import directory
from tests.town import plans as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reviewed(noon, progress, verdict="accepted", *, by=None, reason=""):
    given = {"progress": progress, "verdict": verdict, "reason": reason}
    return actions.review_progress(by=by or town.supervisor(), at=noon, **given)


def counts():
    models = (Progress, Review, Fact, Evidence, Step)
    return [model.objects.count() for model in models] + list(Task.objects.values("state", "proof"))


def refused(code, deed, *args, **given):
    before = counts()
    with pytest.raises(Refused) as refusal:
        deed(*args, **given)
    assert refusal.value.code == code
    assert counts() == before


def stands(task, at):
    row = row_of(task, at)
    return row.lamp, row.why


def test_reports_with_a_claimed_fact_and_the_file_behind_it(noon):
    task = town.promised_task(at=noon, target=600)

    progress = town.reported(at=noon, task=task, value=612)

    fact = Fact.objects.get()
    assert (fact.status, fact.value, fact.area.name, fact.period_from) == (
        "claimed",
        612,
        "嘉峪关市",
        date(2026, 1, 1),
    )
    assert progress.fact == fact
    assert progress.evidence == fact.evidence
    assert (fact.evidence.source, fact.evidence.kind) == (town.LEAD, "file")
    assert files.fetch(fact.evidence.digest) == town.FILE[0]
    task.refresh_from_db()
    assert (task.state, stands(task, noon)) == ("reported", (Lamp.AMBER, Reason.WAITS_FOR_REVIEW))
    step = Step.objects.get(verb="reported")
    assert (step.was, step.becomes["value"]) == ({"state": "open"}, "612")


def test_turns_green_when_supervision_accepts_the_evidence(noon):
    task = town.promised_task(at=noon, target=600)
    progress = town.reported(at=noon, task=task, value=612)

    review = reviewed(noon + DAY, progress)

    task.refresh_from_db()
    assert (task.state, task.proof, task.accepted_on) == (
        "accepted",
        progress.evidence,
        localdate(noon),
    )
    assert review.evidence == progress.evidence
    proven = Fact.objects.current().get()
    assert (proven.status, proven.value, proven.supersedes) == ("evidenced", 612, progress.fact)
    assert proven.evidence == progress.evidence
    assert stands(task, noon) == (Lamp.GREEN, Reason.DONE)


def test_stays_amber_when_the_accepted_value_misses_the_target(noon):
    task = town.promised_task(at=noon, target=600)

    town.accepted(at=noon, task=task, value=599)

    assert stands(task, noon) == (Lamp.AMBER, Reason.TARGET_MISSED)
    assert stands(task, noon + timedelta(days=60)) == (Lamp.RED, Reason.OVERDUE_MISSED)


def test_turns_green_without_a_target_when_it_is_accepted(noon):
    task = town.accepted(at=noon)

    assert stands(task, noon) == (Lamp.GREEN, Reason.DONE)


def test_is_not_late_because_its_review_was(noon):
    task = town.promised_task(at=noon, due_on=localdate(noon))
    progress = town.reported(at=noon, task=task)
    assert stands(task, noon + 9 * DAY) == (Lamp.RED, Reason.OVERDUE_CLAIMED)

    reviewed(noon + 9 * DAY, progress)

    assert stands(task, noon + 9 * DAY) == (Lamp.GREEN, Reason.DONE)


def test_shows_that_it_was_done_late(noon):
    task = town.promised_task(at=noon, due_on=localdate(noon))

    town.accepted(at=noon + DAY, task=task)

    assert stands(task, noon + DAY) == (Lamp.GREEN, Reason.DONE_LATE)


def test_loses_its_green_with_the_fact_that_gave_it(noon):
    task = town.accepted(at=noon, task=town.promised_task(at=noon, target=600), value=612)
    fact = Fact.objects.current().get()

    facts.withdraw(
        by=town.planner(), at=noon + DAY, fact=fact, evidence=fact.evidence, reason="重复计算"
    )

    assert stands(task, noon + DAY) == (Lamp.AMBER, Reason.TARGET_MISSED)


def test_goes_back_and_forth_until_it_is_accepted(noon):
    task = town.sent_back(at=noon)
    assert (task.state, stands(task, noon)) == ("sent_back", (Lamp.AMBER, Reason.SENT_BACK))

    again = town.reported(at=noon + DAY, task=task)
    reviewed(noon + DAY, again)

    task.refresh_from_db()
    assert task.state == "accepted"
    verbs = [step.verb for step in Step.objects.filter(subject=task.code)]
    assert verbs == ["added", "reported", "sent_back", "reported", "accepted"]
    assert [review.verdict for review in Review.objects.all()] == ["sent_back", "accepted"]


def test_stays_open_when_what_was_accepted_does_not_say_done(noon):
    task = town.promised_task(at=noon, target=600)

    town.accepted(at=noon, task=task, says_done=False, value=300)

    task.refresh_from_db()
    assert (task.state, task.proof) == ("open", None)
    assert Fact.objects.current().get().status == "evidenced"
    assert stands(task, noon)[0] == Lamp.BLUE


def test_claims_anew_after_what_was_sent_back_is_withdrawn(noon):
    task = town.sent_back(at=noon, task=town.promised_task(at=noon, target=600), value=700)

    second = town.reported(at=noon + DAY, task=task, value=640)

    assert [fact.value for fact in Fact.objects.current()] == [640]
    assert second.fact.supersedes is None
    assert [(fact.status, fact.value) for fact in Fact.objects.order_by("pk")] == [
        ("claimed", 700),
        ("withdrawn", None),
        ("claimed", 640),
    ]


def test_keeps_what_was_proven_until_the_next_report_is_accepted(noon):
    task = town.promised_task(at=noon, target=600)
    town.accepted(at=noon, task=task, says_done=False, value=300)

    second = town.reported(at=noon + DAY, task=task, value=612)

    now = Fact.objects.current()
    assert {(f.value, f.status) for f in now} == {(300, "evidenced"), (612, "claimed")}
    reviewed(noon + DAY, second)
    assert [(f.value, f.status) for f in Fact.objects.current()] == [(612, "evidenced")]
    withdrawn = Fact.objects.get(status="withdrawn")
    assert (withdrawn.by_role, withdrawn.evidence) == ("system", second.evidence)


def test_refuses_a_figure_that_was_corrected_before_its_review(noon):
    progress = town.reported(at=noon, task=town.promised_task(at=noon, target=600), value=612)
    facts.correct(
        by=town.planner(), at=noon, fact=progress.fact, statement=Statement(Decimal(512), "exact"),
        status="claimed", evidence=progress.evidence, reason="笔误",
    )  # fmt: skip

    refused("claim_superseded", reviewed, noon, progress)

    reviewed(noon, progress, "sent_back", reason="数字已更正")
    assert Task.objects.get().state == "sent_back"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"words": " "}, "no_words"),
        ({"value": 5, "period": None}, "no_period"),
        ({"value": 5, "period": year(2027)}, "period_ahead"),
        ({"value": "0.1234567"}, "too_precise"),
        ({"file": (b"", "a.txt", "text/plain")}, "empty_file"),
        ({"file": (b"x" * (10 * 1024 * 1024 + 1), "a.txt", "text/plain")}, "too_large"),
    ],
)
def test_refuses_a_report_that_is_none(noon, said, code):
    task = town.promised_task(at=noon, target=600)

    refused(code, town.reported, at=noon, task=task, **said)


def test_takes_no_value_for_a_task_that_is_not_measured(noon):
    refused("no_indicator", town.reported, at=noon, task=town.promised_task(at=noon), value=5)


def test_lets_units_report_on_their_own_tasks_only(noon):
    other, third = directory.unit(town.OTHER), directory.unit("嘉峪关市民政局")
    task = town.promised_task(at=noon, responsible=(other,), supporting=(third,))

    refused("not_own_task", town.reported, at=noon, task=task, by=town.officer(third.name))
    for by in (town.planner(), town.supervisor(town.LEAD)):
        refused("not_allowed", town.reported, at=noon, task=task, by=by)
    assert town.reported(at=noon, task=task, by=town.officer(other.name)).by_unit == other.name


def test_reports_once_at_a_time_and_never_after_the_end(noon):
    refused("not_promised", town.reported, at=noon, task=town.task(at=noon))
    progress = town.reported(at=noon)
    task = progress.task
    refused("waits_for_review", town.reported, at=noon, task=task)
    reviewed(noon, progress)
    refused("already_accepted", town.reported, at=noon, task=task)
    dropped = town.promised_task(at=noon)
    actions.drop_task(by=town.planner(), at=noon, task=dropped, reason="x")
    refused("task_dropped", town.reported, at=noon, task=dropped)


def test_accepts_nothing_without_evidence(noon):
    task = town.promised_task(at=noon, target=600)
    progress = town.reported(at=noon, task=task, value=612, file=None)
    assert progress.fact.evidence.kind == "statement"

    refused("no_evidence", reviewed, noon, progress)

    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(state="accepted")


def test_sends_back_with_a_reason_only(noon):
    progress = town.reported(at=noon)

    refused("no_reason", reviewed, noon, progress, "sent_back", reason=" ")
    refused("unknown_verdict", reviewed, noon, progress, "perhaps")


def test_lets_nobody_review_the_own_unit(noon):
    other = directory.unit(town.OTHER)
    task = town.promised_task(at=noon, responsible=(other,))
    progress = town.reported(at=noon, task=task)

    for unit in (town.LEAD, town.OTHER):
        refused("own_task", reviewed, noon, progress, by=town.supervisor(unit))
    for by in (town.planner(), town.officer()):
        refused("not_allowed", reviewed, noon, progress, by=by)


def test_lets_no_unit_review_its_report_after_the_task_went_to_another(noon):
    task = town.promised_task(at=noon)
    progress = town.reported(at=noon, task=task)
    given = {"by": town.planner(), "at": noon, "tasks": [task]}
    actions.assign(**given, lead=directory.unit(town.OTHER))

    refused("own_report", reviewed, noon, progress, by=town.supervisor(town.LEAD))


def test_reviews_once(noon):
    progress = town.reported(at=noon)
    reviewed(noon, progress)

    refused("already_reviewed", reviewed, noon, progress)
    refused("already_reviewed", reviewed, noon, progress, "sent_back", reason="x")


def test_does_not_answer_an_old_report_in_place_of_the_new_one(noon):
    task = town.sent_back(at=noon)
    old = Progress.objects.get()
    town.reported(at=noon + DAY, task=task)

    refused("already_reviewed", reviewed, noon + DAY, old)


@pytest.mark.parametrize("table", ["progress", "review"])
@pytest.mark.parametrize("change", ["UPDATE plans_{} SET by_name = 'x'", "DELETE FROM plans_{}"])
def test_keeps_reports_and_reviews_against_every_program(noon, table, change):
    town.accepted(at=noon)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(table))


def two_answer_at_once(noon):
    progress = town.reported(at=noon, task=town.promised_task(at=noon, target=600), value=612)

    def answer(number):
        verdict = "sent_back" if number else "accepted"
        reviewed(noon, Progress.objects.get(pk=progress.pk), verdict, reason="缺清单")

    return at_once(2, answer)


@pytest.mark.django_db(transaction=True)
def test_hears_one_of_two_supervisors_who_answer_at_once(noon):
    failures = two_answer_at_once(noon)

    assert [failure.code for failure in failures] == ["already_reviewed"]
    review, task = Review.objects.get(), Task.objects.get()
    assert task.state == review.verdict
    assert Fact.objects.filter(status="evidenced").exists() == (review.verdict == "accepted")


@pytest.fixture
def answered_freely(transactional_db, monkeypatch):
    """Take both guards away, the statement's condition and the unique key: the control of the test above."""

    def close(progress, *, accepted):
        done = {"proof": progress.evidence, "accepted_on": date(2026, 1, 1)} if accepted else {}
        state = "accepted" if accepted else "sent_back"
        Task.objects.filter(pk=progress.task_id).update(state=state, **done)

    monkeypatch.setattr(actions.progress, "_close", close)
    # The figure, too, has one fate only: its own guard is not what is looked at here.
    monkeypatch.setattr(actions.claims, "take_back", lambda **_given: None)
    guarded = Review._meta.get_field("progress")
    free = ForeignKey(Progress, PROTECT, related_name="review")
    free.set_attributes_from_name("progress")
    free.model, free.opts = Review, Review._meta
    kept = triggers()
    with connection.schema_editor() as editor:
        editor.alter_field(Review, guarded, free)
    yield
    call_command("flush", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        editor.alter_field(Review, free, guarded)
    # SQLite makes the table anew, without its triggers.
    for _name, sql in kept.items() - triggers().items():
        connection.cursor().execute(sql)
    assert triggers() == kept


def triggers():
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def test_would_hear_both_without_the_guards(noon, answered_freely):
    failures = two_answer_at_once(noon)

    assert failures == []
    assert Review.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_takes_one_of_two_reports_at_once(noon):
    task = town.promised_task(at=noon)

    failures = at_once(2, lambda number: town.reported(at=noon, task=Task.objects.get(pk=task.pk)))

    assert [failure.code for failure in failures] == ["waits_for_review"]
    assert Progress.objects.count() == 1


def test_reports_a_month_of_the_year(noon):
    task = town.promised_task(at=noon, target=600)

    progress = town.reported(at=noon, task=task, value=60, period=month(2026, 3))

    assert (progress.fact.period_from, progress.fact.period_until) == (
        date(2026, 3, 1),
        date(2026, 4, 1),
    )
