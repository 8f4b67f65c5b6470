from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import Move, MoveDecision, Step, Task
from tests.town import plans as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
LATER = date(2027, 6, 30)


def asked(noon, *, by=None, task=None, due_on=LATER, target=None, reason="汛期停工"):
    task = task or town.promised_task(at=noon)
    given = {"task": task, "due_on": due_on, "target": target, "reason": reason}
    return actions.ask_move(by=by or town.planner(), at=noon, **given)


def decided(noon, move, *, by=None, approved=True, words=""):
    by = by or town.supervisor()
    return actions.decide_move(by=by, at=noon, move=move, approved=approved, words=words)


def refused(code, deed, *args, **given):
    before = (Move.objects.count(), MoveDecision.objects.count(), Step.objects.count())
    tasks = list(Task.objects.values("due_on", "target"))
    with pytest.raises(Refused) as refusal:
        deed(*args, **given)
    assert refusal.value.code == code
    assert (Move.objects.count(), MoveDecision.objects.count(), Step.objects.count()) == before
    assert list(Task.objects.values("due_on", "target")) == tasks


def test_moves_a_promise_and_keeps_the_first_one(noon):
    task = town.promised_task(at=noon, target=600)
    move = asked(noon, task=task, by=town.officer(), target=Decimal(500))
    task.refresh_from_db()
    assert task.due_on == date(2026, 12, 31)

    decision = decided(noon + timedelta(days=1), move, words="情况属实")

    task.refresh_from_db()
    assert (task.due_on, task.target) == (LATER, 500)
    assert (task.first_due_on, task.first_target) == (date(2026, 12, 31), 600)
    assert (decision.approved, decision.by_name, move.by_name) == (True, "督查员", "经办人")
    asked_step, moved_step = Step.objects.filter(verb__startswith="move").order_by("pk")
    assert asked_step.becomes == {"due_on": "2027-06-30", "target": "500", "reason": "汛期停工"}
    assert (moved_step.verb, moved_step.was) == ("moved", {"due_on": "2026-12-31", "target": "600"})


def test_leaves_the_task_when_a_move_is_refused(noon):
    move = asked(noon)
    refused("no_reason", decided, noon, move, approved=False)

    decided(noon, move, approved=False, words="理由不足")

    assert Task.objects.get().due_on == date(2026, 12, 31)
    assert MoveDecision.objects.get().words == "理由不足"
    assert asked(noon, task=move.task).reason == "汛期停工"


def test_asks_for_a_move_only_with_a_reason_and_a_change(noon):
    task = town.promised_task(at=noon, starts_on=date(2026, 3, 1))

    refused("no_reason", asked, noon, task=task, reason=" ")
    refused("nothing_moves", asked, noon, task=task, due_on=date(2026, 12, 31))
    refused("days_out_of_order", asked, noon, task=task, due_on=date(2026, 2, 1))
    refused("target_without_indicator", asked, noon, task=task, target=5)


def test_asks_for_one_move_at_a_time(noon):
    move = asked(noon)

    refused("already_asked", asked, noon, task=move.task, due_on=date(2028, 1, 1))


def test_edits_what_is_not_promised_instead_of_moving_it(noon):
    refused("not_promised", asked, noon, task=town.task(at=noon))


def test_moves_nothing_that_is_closed(noon):
    dropped, accepted = town.promised_task(at=noon), town.promised_task(at=noon)
    move = asked(noon, task=dropped)
    actions.drop_task(by=town.planner(), at=noon, task=dropped, reason="x")
    town.accepted(at=noon, task=accepted)

    refused("task_closed", decided, noon, move)
    refused("task_closed", asked, noon, task=accepted)


def test_lets_the_lead_ask_and_nobody_else_of_the_officers(noon):
    task = town.promised_task(at=noon)

    refused("not_lead", asked, noon, task=task, by=town.officer(town.OTHER))
    refused("not_allowed", asked, noon, task=task, by=town.supervisor())


@pytest.mark.parametrize("by", [town.planner, town.officer])
def test_leaves_decisions_to_supervision(noon, by):
    refused("not_allowed", decided, noon, asked(noon), by=by())


def test_lets_no_unit_decide_on_its_own_wish_or_task(noon):
    move = asked(noon)

    refused("own_move", decided, noon, move, by=town.supervisor(town.planner().unit))
    refused("own_task", decided, noon, move, by=town.supervisor(town.LEAD))


def test_decides_once(noon):
    move = asked(noon)
    decided(noon, move)

    refused("already_decided", decided, noon, move)
    refused("already_decided", decided, noon, move, approved=False, words="x")


def test_refuses_a_move_whose_task_has_changed(noon):
    task = town.promised_task(at=noon)
    # Past the action, which lets one wish wait at a time: a wish made on what was before.
    stale = Move.objects.create(
        task=task, was_due_on=date(2026, 10, 1), now_due_on=LATER, reason="x",
        by_name="x", by_role="planner", by_unit="x", at=noon,
    )  # fmt: skip

    refused("stale_move", decided, noon, stale)


def write_past_the_actions(task):
    Task.objects.filter(pk=task.pk).update(due_on=LATER)


def test_keeps_a_promised_day_against_every_program(noon):
    task = town.promised_task(at=noon)
    decided(noon, asked(noon, task=task, due_on=date(2027, 1, 31)), approved=False, words="不同意")

    with pytest.raises(DatabaseError, match="moves only as an approved move"), transaction.atomic():
        write_past_the_actions(task)

    assert Task.objects.get().due_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    "change",
    [
        {"first_due_on": LATER},
        {"first_target": 1},
        {"promised_at": None},
        {"target_sense": "at_most"},
        {"indicator": None, "target": None},
    ],
)
def test_keeps_the_first_promise_against_every_program(noon, change):
    task = town.promised_task(at=noon, target=600)

    with (
        pytest.raises(DatabaseError, match=r"never overwritten|approved move"),
        transaction.atomic(),
    ):
        Task.objects.filter(pk=task.pk).update(**change)


@pytest.mark.parametrize(
    ("trigger", "change"),
    [
        ("plans_task_moves_on_record", {"due_on": LATER}),
        ("plans_task_first_promise_is_kept", {"first_due_on": LATER}),
    ],
)
def test_would_lose_the_promise_without_the_trigger(noon, trigger, change):
    task = town.promised_task(at=noon)

    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {trigger}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER {trigger}")
        assert Task.objects.filter(pk=task.pk).update(**change) == 1
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", ["move", "movedecision", "step"])
@pytest.mark.parametrize("change", ["UPDATE plans_{} SET by_name = 'x'", "DELETE FROM plans_{}"])
def test_keeps_moves_and_steps_against_every_program(noon, table, change):
    decided(noon, asked(noon))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(table))


@pytest.mark.django_db(transaction=True)
def test_hears_one_of_two_supervisors_who_decide_at_once(noon):
    move = asked(noon)

    def decide(number):
        words = "同意" if number else "不同意"
        decided(noon, Move.objects.get(), approved=bool(number), words=words)

    failures = at_once(2, decide)

    assert [failure.code for failure in failures] == ["already_decided"]
    moved = MoveDecision.objects.get().approved
    assert Task.objects.get().due_on == (LATER if moved else date(2026, 12, 31))
    assert (
        Step.objects.filter(subject=move.task.code, verb__in=["moved", "move_refused"]).count() == 1
    )
