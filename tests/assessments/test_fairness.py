"""What the database holds of assessments, whoever asks it."""

import importlib
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from linli.assessments.migrations import __name__ as migrations
from linli.assessments.models import Assessment, Conflict, Edition, Round, Sheet, Step
from linli.assessments.rules.stages import edges
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from tests.town import assessments as town
from tests.town import directory


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def round_(db, now):
    return town.opened(at=now)


@pytest.fixture
def pair(round_, now):
    """Two candidates at the cross check."""
    both = [town.candidate(name, at=now, of=round_) for name in ("甲社区", "乙社区")]
    return [town.rounds.step(by=town.planner(), at=now, candidacy=one, to="cross") for one in both]


def test_names_the_same_steps_in_rules_and_database():
    named = importlib.import_module(f"{migrations}.0001_first").EDGES

    assert {tuple(one.split(">")) for one in named.split()} == edges()


def test_keeps_an_adopted_edition(db, now):
    kept = town.edition(at=now)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Edition.objects.filter(pk=kept.pk).update(document={})
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        Edition.objects.filter(pk=kept.pk).delete()


def test_keeps_a_round_as_it_opened(round_):
    with pytest.raises(DatabaseError, match="when it opened"), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(weights={"self": 100})


def test_refuses_that_a_unit_assesses_itself(pair, now):
    for kind in ("cross", "site"):
        with pytest.raises(Refused) as refused:
            town.task(kind, pair[0].subject.unit, at=now, of=pair[0])
        assert refused.value.code == "oneself"

    assert not Assessment.objects.exists()


def test_refuses_that_two_assess_each_other(pair, now):
    town.task("cross", pair[0].subject.unit, at=now, of=pair[1])

    with pytest.raises(Refused) as refused:
        town.task("site", pair[1].subject.unit, at=now, of=pair[0])

    assert refused.value.code == "mutual"
    assert Assessment.objects.count() == 1


def test_refuses_whom_they_are_in_conflict_with_or_stand_above(pair, now):
    one, other = sorted((each.subject.unit for each in pair), key=lambda unit: unit.pk)
    Conflict.objects.create(one=one, other=other, reason="合署办公", **signed(town.planner(), now))
    above = directory.unit("街道办事处")
    one.above = above
    one.save()

    with pytest.raises(Refused) as in_conflict:
        town.task("cross", one, at=now, of=pair[1] if pair[1].subject.unit == other else pair[0])
    with pytest.raises(Refused) as from_above:
        town.task("cross", above, at=now, of=next(x for x in pair if x.subject.unit == one))

    assert (in_conflict.value.code, from_above.value.code) == ("in_conflict", "stands_above")
    assert not Assessment.objects.exists()


def test_takes_a_sheet_from_the_unit_that_was_asked_alone(pair, now):
    asked = town.task("cross", pair[0].subject.unit, at=now, of=pair[1])
    with pytest.raises(Refused) as refused:
        town.sheet(asked, {"a": "yes"}, at=now, by=town.officer("丙社区"))
    assert refused.value.code == "not_own_unit"
    with pytest.raises(DatabaseError, match="by the unit that was asked"), transaction.atomic():
        Sheet.objects.create(
            assessment=asked, number=1, digest="0", filled_at=now,
            **signed(town.officer("丙社区"), now),
        )  # fmt: skip

    kept = town.sheet(asked, {"a": "yes", "b": "6"}, at=now)

    assert kept.answers == {"a": {"v": "yes"}, "b": {"v": "6"}}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Sheet.objects.filter(pk=kept.pk).update(answers={})


def test_takes_the_same_sheet_once_and_another_as_the_next(pair, now):
    asked = town.task("cross", pair[0].subject.unit, at=now, of=pair[1])
    first = town.sheet(asked, {"a": "yes"}, at=now)

    again = town.sheet(asked, {"a": "yes"}, at=now, client=first.client)
    other = town.sheet(asked, {"a": "no"}, at=now)
    with pytest.raises(Refused) as refused:
        town.sheet(asked, {"a": "no"}, at=now, client=first.client)

    assert (again.pk, other.number, refused.value.code) == (first.pk, 2, "client_taken")
    assert Sheet.objects.count() == 2


def test_refuses_a_sheet_after_its_stage(pair, now):
    asked = town.task("cross", pair[0].subject.unit, at=now, of=pair[1])
    town.rounds.step(by=town.planner(), at=now, candidacy=pair[1], to="score")

    with pytest.raises(Refused) as refused:
        town.sheet(asked, {"a": "yes"}, at=now)
    with pytest.raises(DatabaseError, match="while its stage lasts"), transaction.atomic():
        Sheet.objects.create(
            assessment=asked, number=1, digest="0", filled_at=now,
            **signed(town.officer(asked.unit), now),
        )  # fmt: skip

    assert refused.value.code == "stage_over"


def test_takes_no_step_that_there_is_not(pair, now):
    with pytest.raises(Refused) as refused:
        town.rounds.step(by=town.planner(), at=now, candidacy=pair[0], to="named")
    with pytest.raises(DatabaseError, match="steps that there are"), transaction.atomic():
        type(pair[0]).objects.filter(pk=pair[0].pk).update(stage="named")
    with pytest.raises(DatabaseError, match="steps that there are"), transaction.atomic():
        type(pair[0]).objects.filter(pk=pair[0].pk).update(stage="site")

    assert refused.value.code == "no_such_step"
    assert Step.objects.filter(candidacy=pair[0]).count() == 2
