"""Samples: what is written down of their taking and their hands, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.trace.actions import custody, lab_reports, samples
from linli.trace.models import Handing, Report, Run, Sample, Well
from tests.town import laboratory as lab
from tests.town import trace
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def sample():
    return lab.received(at=AT)


def again(one):
    return Sample.objects.get(pk=one.pk)


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda s: lab.run_of(s, 29, 29, at=AT, laboratory=lab.OTHER), "unknown_sample"),
        (lambda s: lab.run_of(s, 29, 29, at=AT - HOUR), "before_sample"),
        (lambda s: lab.run_of(s, 61, 29, at=AT), "wells_wrong"),
        (lambda s: lab.run_of(s, at=AT), "no_wells"),
        (lambda s: lab.run_of(s, 29, 29, at=AT, extract="X"), "unknown_sample"),
        (lambda s: lab.reported(s, at=AT), "nothing_found"),
        (lambda s: lab.handed(s, at=AT), "not_on_its_way"),
        (lambda s: lab.taken(s, at=AT), "no_such_step"),
        (lambda s: samples.dispose(by=lab.analyst(), at=AT, sample=s), "no_such_step"),
        (lambda s: samples.destroy_counter(by=trace.officer(), at=AT, sample=s), "not_yet"),
        (
            lambda s: lab_reports.give_appraisal(
                by=lab.planner(), at=AT, sample=s, target="Sus scrofa", words="无"
            ),
            "not_asked",
        ),
    ],
)
def test_refuses_what_does_not_come_next(sample, deed, code):
    before = (again(sample).state, Handing.objects.count())
    with pytest.raises(Refused, match=code):
        deed(sample)
    assert (again(sample).state, Handing.objects.count()) == before
    assert [model.objects.count() for model in (Run, Well, Report)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seal": " "}, "no_seal"),
        ({"material": ""}, "no_words"),
        ({"counter_seal": "F-1"}, "same_seal"),
        ({"taken_at": AT + HOUR}, "not_yet"),
        ({"keep_until": None}, "kept_too_short"),
        ({"keep_until": AT.date()}, "kept_too_short"),
        ({"coldest": 5, "warmest": 1}, "temperatures_crossed"),
    ],
)
def test_refuses_a_taking_that_says_too_little(given, code):
    sample = lab.ordered(at=AT)
    with pytest.raises(Refused, match=code):
        lab.taken(sample, at=AT, **given)
    assert again(sample).state == "planned"


def test_refuses_to_leave_out_without_a_reason_and_takes_none_that_was_left_out():
    sample = lab.ordered(at=AT)
    with pytest.raises(Refused, match="no_reason"):
        samples.leave_out(by=trace.officer(), at=AT, sample=sample, reason=" ")
    samples.leave_out(by=trace.officer(), at=AT, sample=sample, reason="店已停业")
    with pytest.raises(Refused, match="no_such_step"):
        lab.taken(sample, at=AT)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seal": ""}, "no_seal"),
        ({"at": AT - HOUR}, "before_the_last"),
        ({"by": lab.analyst(at_unit="别的局")}, "not_own_unit"),
        ({"by": actor(Role.CLERK)}, "not_allowed"),
    ],
)
def test_refuses_a_handing_that_cannot_be(given, code):
    sample = lab.taken(at=AT)
    with pytest.raises(Refused, match=code):
        lab.handed(sample, **{"at": AT} | given)
    assert not Handing.objects.exists()
    with pytest.raises(Refused, match="not_yet"):
        custody.hand_over(
            by=lab.analyst(), at=AT, sample=sample,
            draft=custody.HandingDraft(lab.unit(trace.LABORATORY), AT + HOUR, "F-1", whole=True),
        )  # fmt: skip


def test_turns_a_sample_away_with_a_reason():
    sample = lab.taken(at=AT)
    lab.handed(sample, at=AT, refused="封条破损", whole=False)
    assert (again(sample).state, again(sample).reason) == ("refused", "封条破损")
    samples.dispose(by=lab.analyst(), at=AT, sample=sample)
