"""Draws of samples: nobody chooses, nobody is warned, anybody computes them again."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel import verify_draw
from linli.kernel.actors import Role, system
from linli.kernel.drawing import mixed
from linli.kernel.looks import sequence
from linli.kernel.refusals import Refused
from linli.trace.actions import sample_plans, samples
from linli.trace.models import Premises, Sample, SamplePlan
from linli.trace.queries.sample_plans import in_public, told_plan
from linli.trace.rules.laboratory.samples import drawn
from linli.trace.tasks import draw_samples
from tests.town import directory, trace
from tests.town import laboratory as lab
from tests.town.staff import actor

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOCK = system("calendar")
PARTS = st.dictionaries(
    st.sampled_from("ABCDE"), st.lists(st.integers(0, 999).map(str), unique=True, max_size=12)
)


@given(parts=PARTS, total=st.integers(1, 30), seed=st.text(max_size=9))
@settings(max_examples=150)
def test_agrees_with_whoever_computes_it_alone(parts, total, seed):
    apart = {name: [f"{name}{code}" for code in codes] for name, codes in parts.items()}
    said = {"parts": apart, "total": total}
    assert verify_draw.samples(seed, said) == drawn(seed, apart, total)


def plan(*, at=AT, **changes):
    draft = {
        "name": "十一月肉制品抽检",
        "unit": trace.keeper(),
        "laboratory": lab.unit(trace.LABORATORY),
        "method": lab.method(at=at),
        "what": SamplePlan.PREMISES,
        "areas": [directory.area()],
        "total": 2,
        "closes_at": at + HOUR,
        "until": date(2026, 12, 20),
        "since": date(2026, 11, 1),
    } | changes
    return sample_plans.plan_samples(by=lab.planner(), at=at, draft=sample_plans.PlanDraft(**draft))


def places(number):
    of = trace.operator(at=AT)
    return [trace.premises(f"第{n}店", at=AT, of=of, street=f"街 {n}") for n in range(number)]


def drawn_by_the_clock(made):
    draw_samples(made.closes_at)
    sequence(made.closes_at + timedelta(seconds=10))
    draw_samples(made.closes_at + timedelta(seconds=15))
    return SamplePlan.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_orders_what_was_drawn_and_tells_it_when_nobody_can_prepare(tmp_path):
    places(5)
    closed = Premises.objects.last()
    made = plan()
    done = drawn_by_the_clock(made)
    taken = list(done.samples.order_by("number"))
    assert ([one.number for one in taken], {one.state for one in taken}) == ([1, 2], {"planned"})
    assert str(closed.operator.unit) == str(taken[0].unit)
    after = done.shown_on
    assert "seed" not in told_plan(done, after)  # nobody was there yet
    for one in taken:
        samples.leave_out(by=trace.officer(), at=AT, sample=one, reason="停业")
    assert "seed" not in told_plan(done, after - timedelta(1))
    file = json.loads(json.dumps(told_plan(done, after)))
    assert (file["result"], in_public(done, after)) == ([one.premises.code for one in taken], True)
    kept = tmp_path / "draw.json"
    kept.write_text(json.dumps(file))
    assert verify_draw.main([str(kept), "--commitment", made.commitment]) == 0
    kept.write_text(json.dumps(file | {"result": file["result"][::-1]}))
    assert verify_draw.main([str(kept)]) == 1
    seed = mixed(done.seed, done.beacon)
    assert verify_draw.samples(seed, json.loads(done.entries)) == file["result"]


@pytest.mark.django_db
def test_draws_lots_that_were_never_sampled():
    place = trace.premises(at=AT)
    goods = trace.product(place.operator, at=AT)
    lots = [trace.lot(goods, place, at=AT, number=str(n), drawn=n) for n in (1, 2, 3)]
    lab.taken(lab.ordered(place, at=AT, lot=lots[0]), at=AT)
    done = drawn_by_the_clock(plan(what=SamplePlan.LOTS, total=9))
    assert {one.lot for one in done.samples.all()} == {*lots[1:]}


@pytest.mark.django_db
def test_draws_only_from_premises_that_do_what_was_asked():
    place = trace.premises(at=AT, activities=("retail",))
    other = trace.premises("屠宰场", at=AT, of=place.operator, activities=("slaughter", "storage"))
    done = drawn_by_the_clock(plan(total=9, activities=("slaughter",)))
    assert [one.premises for one in done.samples.all()] == [other]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"areas": []}, "no_area"),
        ({"total": 0}, "too_many"),
        ({"total": 501}, "too_many"),
        ({"closes_at": AT}, "closes_wrong"),
        ({"until": AT.date()}, "closes_wrong"),
    ],
)
def test_refuses_a_plan_that_cannot_be(changes, code):
    with pytest.raises(Refused, match=code):
        plan(**changes)
    assert not SamplePlan.objects.exists()


@pytest.mark.django_db
def test_takes_a_plan_back_only_before_its_list_is_closed():
    places(1)
    made, other = plan(), plan()
    with pytest.raises(Refused, match="no_reason"):
        sample_plans.withdraw_plan(by=lab.planner(), at=AT, plan=made, reason="")
    with pytest.raises(Refused, match="not_allowed"):
        sample_plans.withdraw_plan(by=trace.officer(), at=AT, plan=made, reason="有误")
    sample_plans.withdraw_plan(by=lab.planner(), at=AT, plan=made, reason="有误")
    with pytest.raises(Refused, match="withdrawn"):
        sample_plans.close_plan(by=CLOCK, at=made.closes_at, plan=made)
    for deed, code in (
        (sample_plans.close_plan, "too_soon"),
        (sample_plans.draw_plan, "not_closed"),
    ):
        with pytest.raises(Refused, match=code):
            deed(by=CLOCK, at=AT, plan=other)
    sample_plans.close_plan(by=CLOCK, at=other.closes_at, plan=other)
    with pytest.raises(Refused, match="closed"):
        sample_plans.withdraw_plan(by=lab.planner(), at=AT, plan=other, reason="有误")
    with pytest.raises(Refused, match="no_beacon"):
        sample_plans.draw_plan(by=CLOCK, at=other.closes_at, plan=other)
    sequence(other.closes_at + timedelta(seconds=10))
    sample_plans.draw_plan(by=CLOCK, at=other.closes_at + HOUR, plan=other)
    with pytest.raises(Refused, match="drawn"):
        sample_plans.draw_plan(by=CLOCK, at=other.closes_at + HOUR, plan=other)
    assert Sample.objects.count() == 1
    for change in ({"seed": "0" * 64}, {"entries": "{}"}, {"commitment": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SamplePlan.objects.filter(pk=other.pk).update(**change)


@pytest.mark.django_db
def test_lets_nobody_but_the_clock_close_and_draw():
    made = plan()
    for deed in (sample_plans.close_plan, sample_plans.draw_plan):
        with pytest.raises(Refused, match="not_allowed"):
            deed(by=actor(Role.PLANNER), at=made.closes_at, plan=made)
    with pytest.raises(Refused, match="nobody"):
        sample_plans.close_plan(by=CLOCK, at=made.closes_at, plan=made)
