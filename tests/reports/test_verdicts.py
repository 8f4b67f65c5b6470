from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.reports import actions
from linli.reports.actions import Became, Choice, verdicts
from linli.reports.models import Taken, Verdict
from linli.reports.queries.review import review_of
from linli.reports.rules import review
from tests.town import reports as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

WATCHED = "建立了少数民族流动人口信息系统"


@pytest.fixture
def report(noon):
    return town.report(at=noon)


def decide(report, at, *, by=None, **verbs):
    items = {item: Choice(*verb) if isinstance(verb, tuple) else Choice(verb) for item, verb in verbs.items()}  # fmt: skip
    return actions.decide(by=by or actor(), at=at, report=report, items=items)


def states(report):
    return {one.item.id: one.state for one in review_of(report).items}


def watched(report):
    return next(m["id"] for m in report.reading["measures"] if m["surface"] == WATCHED)


def test_decides_many_items_in_one_call(report, noon):
    decide(report, noon, f1="accept", f2="reject", m1=("merge", {"into": "7K3M-92QD"}))

    found = states(report)
    assert (found["f1"], found["f2"], found["m1"]) == ("accept", "reject", "merge")
    assert Verdict.objects.count() == 3
    assert {row.by_role for row in Verdict.objects.all()} == {"planner"}


def test_lets_the_last_decision_hold_and_keeps_both(report, noon):
    decide(report, noon, f1="accept")
    decide(report, noon + timedelta(minutes=1), f1="reject", by=actor(Role.OFFICER))

    assert states(report)["f1"] == "reject"
    assert [row.verb for row in Verdict.objects.filter(item="f1")] == ["accept", "reject"]


def test_keeps_what_the_officer_corrected(report, noon):
    decide(report, noon, m1=("accept", {"title": "开办汉语课程"}))

    one = next(one for one in review_of(report).items if one.item.id == "m1")
    assert one.holds.becomes == {"title": "开办汉语课程"}


def test_undoes_step_by_step(report, noon):
    decide(report, noon, f1=("accept", {"value": "12"}))
    decide(report, noon, f1="reject")

    actions.undo(by=actor(), at=noon, report=report, items=["f1"])
    assert states(report)["f1"] == "accept"
    holds = next(one.holds for one in review_of(report).items if one.item.id == "f1")
    assert holds.becomes == {"value": "12"}
    actions.undo(by=actor(), at=noon, report=report, items=["f1"])
    assert states(report)["f1"] == "open"

    assert [row.verb for row in Verdict.objects.all()] == ["accept", "reject", "accept", "open"]
    with pytest.raises(Refused) as refused:
        actions.undo(by=actor(), at=noon, report=report, items=["f1"])
    assert refused.value.code == "nothing_to_undo"
    assert Verdict.objects.count() == 4


def test_knows_the_last_act_even_after_an_undo(report, noon):
    decide(report, noon, f1="accept", f2="accept")
    decide(report, noon + timedelta(minutes=1), m1="reject")
    assert review_of(report).last_act == {"m1"}

    actions.undo(by=actor(), at=noon + timedelta(minutes=2), report=report, items=["m1"])

    assert review_of(report).last_act == {"f1", "f2"}


def test_counts_what_is_decided_and_leaves_out_what_is_out_of_scope(report, noon):
    before = review_of(report).counts
    decide(report, noon, f1="accept", f2="reject")
    counts = review_of(report).counts

    everything = len(report.reading["figures"]) + len(report.reading["measures"])
    assert before["decided"] == 0
    assert (counts["all"], counts["decided"], counts["out_of_scope"]) == (everything - 1, 2, 1)


@pytest.mark.parametrize("act", ["decide", "undo"])
def test_leaves_deciding_to_planners_and_officers(report, noon, act):
    decide(report, noon, f1="accept", by=actor(Role.OFFICER))

    acts = {
        "decide": lambda by: decide(report, noon, f1="reject", by=by),
        "undo": lambda by: actions.undo(by=by, at=noon, report=report, items=["f1"]),
    }
    with pytest.raises(Refused) as refused:
        acts[act](actor(Role.SUPERVISOR))

    assert refused.value.code == "not_allowed"
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ({"f1": "accept", "x9": "accept"}, "unknown_item"),
        ({"f1": "accept", "p1": "reject"}, "unknown_item"),
        ({"f1": "accept", "f2": "publish"}, "unknown_verb"),
        ({"f1": "accept", "m1": "merge"}, "nothing_to_merge"),
        ({"f1": "accept", "m1": ("accept", {"title": "对流动人口实行网格化管理"})}, "out_of_scope"),
    ],
)
def test_refuses_and_writes_nothing(report, noon, verbs, code):
    with pytest.raises(Refused) as refused:
        decide(report, noon, **verbs)

    assert refused.value.code == code
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("verb", ["accept", ("merge", {"into": "7K3M-92QD"})])
def test_never_takes_in_a_passage_about_watching_people(report, noon, verb):
    with pytest.raises(Refused) as refused:
        decide(report, noon, f1="accept", **{watched(report): verb})

    assert refused.value.code == "out_of_scope"
    assert Verdict.objects.count() == 0
    decide(report, noon, **{watched(report): "reject"})
    assert Verdict.objects.get().out_of_scope


def test_never_takes_in_a_figure_inside_such_a_passage(noon):
    report = town.report(
        at=noon, text="某区工作总结\n在商业街出入口加装高清摄像头48个。\n开设窗口5个。\n"
    )
    inside = next(f["id"] for f in report.reading["figures"] if f["value"] == 48)
    other = next(f["id"] for f in report.reading["figures"] if f["value"] == 5)

    with pytest.raises(Refused) as refused:
        decide(report, noon, **{inside: "accept", other: "accept"})

    assert refused.value.code == "out_of_scope"
    assert Verdict.objects.count() == 0
    decide(report, noon, **{other: "accept"})
    assert states(report) | {other: "accept"} == states(report)


def test_is_stopped_by_the_database_where_the_action_forgets(report, noon, monkeypatch):
    """The control: without the check in the action, the constraint still refuses the row."""
    monkeypatch.setattr(verdicts, "_check", lambda choice, outside: None)

    with pytest.raises(IntegrityError), transaction.atomic():
        decide(report, noon, **{watched(report): "accept"})

    assert Verdict.objects.count() == 0


def test_would_take_it_in_without_rule_and_constraint(report, noon, monkeypatch):
    """The second control: what the test above relies on is the mark that the rule gives."""
    monkeypatch.setattr(verdicts, "_check", lambda choice, outside: None)
    monkeypatch.setattr(review, "out_of_scope", lambda found, outside: {})

    decide(report, noon, **{watched(report): "accept"})

    assert Verdict.objects.get().verb == "accept"


def test_notes_what_went_into_the_ledger_once(report, noon):
    decide(report, noon, f1="accept")
    became = {"f1": Became("fact", "7K3M-92QD")}
    actions.note_taken(by=actor(), at=noon, report=report, became=became)

    for again in (
        lambda: actions.note_taken(by=actor(), at=noon, report=report, became=became),
        lambda: decide(report, noon, f1="reject"),
        lambda: actions.undo(by=actor(), at=noon, report=report, items=["f1"]),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "already_taken"
    assert states(report)["f1"] == "taken"
    assert Taken.objects.count() == 1
    assert review_of(report).last_act == frozenset()


@pytest.mark.parametrize(
    ("role", "item", "code"),
    [
        (Role.OFFICER, "f1", "not_allowed"),
        (Role.SUPERVISOR, "f1", "not_allowed"),
        (Role.PLANNER, "f2", "not_accepted"),
        (Role.PLANNER, "f3", "not_accepted"),
        (Role.PLANNER, "x9", "unknown_item"),
        (Role.PLANNER, "watched", "out_of_scope"),
    ],
)
def test_refuses_to_note_what_was_not_accepted(report, noon, role, item, code):
    decide(report, noon, f1="accept", f2="reject")
    item = watched(report) if item == "watched" else item

    with pytest.raises(Refused) as refused:
        actions.note_taken(
            by=actor(role), at=noon, report=report, became={item: Became("task", "7K3M-92QD")}
        )

    assert refused.value.code == code
    assert Taken.objects.count() == 0


@pytest.mark.parametrize("change", ["UPDATE {} SET item = 'f9'", "DELETE FROM {}"])
def test_keeps_decisions_against_every_program(report, noon, change):
    decide(report, noon, f1="accept")
    actions.note_taken(
        by=actor(), at=noon, report=report, became={"f1": Became("fact", "7K3M-92QD")}
    )

    for table in ("reports_verdict", "reports_taken"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(change.format(table))

    assert (Verdict.objects.count(), Taken.objects.count()) == (1, 1)


def test_reads_a_review_in_two_queries(report, noon, django_assert_num_queries):
    decide(report, noon, f1="accept", f2="accept", m1="accept")

    with django_assert_num_queries(2):
        review_of(report)
