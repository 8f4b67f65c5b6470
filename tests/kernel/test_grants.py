"""Grants: what the person lets a unit read, for how long; and the one other way in, which needs two."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from linli.kernel import grants
from linli.kernel.actors import Role
from linli.kernel.models import BreakGlass, Grant
from linli.kernel.refusals import Refused
from linli.kernel.subjects import new_subject
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
ABOUT, UNIT = "7K3M-92QD", "嘉峪关市法律援助中心"
HOUR = timedelta(hours=1)


def subject(until=date(2027, 11, 21)):
    return new_subject(purpose="case", purge_on=until, at=NOON)


def given(about=None, *, fields=("words",), days=30, unit=UNIT, at=NOON, origin=""):
    return grants.give(
        subject=about or subject(), about=ABOUT, to_unit=unit, fields=fields, purpose="handle",
        how="asking", at=at, days=days, origin=origin,
    )  # fmt: skip


def read(one, unit=UNIT, at=NOON, **more):
    return grants.granted_fields(one, ABOUT, unit, at, **more)


def test_gives_the_fields_to_the_unit_until_its_day():
    grant = given(fields=("words", "wish", "words"))

    assert read(grant.subject) == {"words", "wish"}
    assert read(grant.subject, at=NOON + timedelta(days=30) - HOUR) == {"words", "wish"}
    assert read(grant.subject, at=NOON + timedelta(days=30)) == set()
    assert read(grant.subject, at=NOON - HOUR) == set()


@pytest.mark.parametrize("other", ["another unit", "", "another case", "another city"])
def test_gives_nothing_to_anybody_else(other):
    grant = given(origin="https://another.example" if other == "another city" else "")
    unit = other if other in {"another unit", ""} else UNIT
    about = "another" if other == "another case" else ABOUT

    assert grants.granted_fields(grant.subject, about, unit, NOON) == set()


def test_gives_to_another_city_what_was_given_to_it():
    grant = given(origin="https://another.example")

    assert read(grant.subject, origin="https://another.example") == {"words"}


def test_joins_what_several_grants_list():
    one = subject()
    given(one, fields=("words",))
    given(one, fields=("place",))
    given(one, fields=("contact",), unit="another unit")

    assert read(one) == {"words", "place"}


def test_ends_with_the_subject_whatever_was_said():
    grant = given(subject(date(2026, 12, 1)), days=300)

    assert timezone.localdate(grant.expires_at) == date(2026, 12, 1)
    assert read(grant.subject, at=grant.expires_at - HOUR) == {"words"}
    assert read(grant.subject, at=grant.expires_at) == set()


def test_takes_back_at_once_and_for_ever():
    grant = given()

    grants.revoke(grant, NOON)
    grants.revoke(grant, NOON + HOUR)

    assert grant.revoked_at == NOON
    assert read(grant.subject, at=NOON) == set()


def test_takes_back_all_of_a_unit_but_one():
    one = subject()
    kept, gone = given(one), given(one, fields=("place",))
    other = given(one, unit="another unit")

    assert grants.revoke_all(subject=one, about=ABOUT, at=NOON, unit=UNIT, but=kept) == 1
    assert set(grants.live(subject=one, about=ABOUT, at=NOON)) == {kept, other}
    assert Grant.objects.get(pk=gone.pk).revoked_at == NOON


@pytest.mark.parametrize(
    ("changed", "code"), [({"fields": ()}, "no_fields"), ({"days": 0}, "no_days")]
)
def test_refuses_a_grant_of_nothing(changed, code):
    with pytest.raises(Refused, match=code):
        given(**changed)

    assert Grant.objects.count() == 0


@pytest.mark.parametrize(
    "wider",
    [
        {"fields": ["contact", "words"]},
        {"expires_at": NOON + timedelta(days=400)},
        {"to_unit": "another unit"},
        {"revoked_at": None},
    ],
)
def test_is_never_widened_by_any_program(wider):
    grant = given()
    grants.revoke(grant, NOON)

    with pytest.raises(DatabaseError, match="asks anew"), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(**wider)


def test_would_be_widened_without_the_trigger():
    """The control."""
    grant = given()
    where = " ON kernel_grant" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER kernel_grant_is_never_widened{where}")

    assert Grant.objects.filter(pk=grant.pk).update(fields=["contact", "words"]) == 1


class Consent(RuleBasedStateMachine):
    """Grants come and go in any order; what may be read is what stands, and nothing else."""

    @initialize()
    def begin(self):
        self.subject, self.at, self.made = subject(), NOON, []

    @rule(fields=st.sets(st.sampled_from("abcd"), min_size=1), days=st.integers(1, 9))
    def give(self, fields, days):
        self.made.append(given(self.subject, fields=fields, days=days, at=self.at))

    @rule(which=st.integers(0, 20))
    def revoke(self, which):
        if self.made:
            grants.revoke(self.made[which % len(self.made)], self.at)

    @rule(hours=st.integers(1, 72))
    def wait(self, hours):
        self.at += timedelta(hours=hours)

    @invariant()
    def reads_what_stands(self):
        if hasattr(self, "made"):
            standing = {
                name
                for grant in self.made
                if grant.revoked_at is None and self.at < grant.expires_at
                for name in grant.fields
            }
            assert read(self.subject, at=self.at) == standing


def test_reads_what_stands_whatever_was_given_and_taken_back():
    run_state_machine_as_test(
        Consent,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def officer(unit=UNIT, name="甲", role=Role.OFFICER):
    return actor(role, name=name, unit=unit)


SECOND = {"unit": "督查室", "name": "乙", "role": Role.SUPERVISOR}


def asked(by=None, *, hours=2, reason="危险"):
    return grants.ask_to_break(
        by=by or officer(), at=NOON, subject=subject(), about=ABOUT, reason=reason, hours=hours
    )


def is_open(glass, at=NOON, **who):
    return grants.glass_open(glass.subject, ABOUT, officer(**who), at)


def test_opens_for_the_one_who_asked_when_a_second_lets_in_and_not_for_long():
    glass = asked(hours=2)
    assert not is_open(glass)

    grants.let_in(by=officer(**SECOND), at=NOON, glass=glass)

    assert is_open(glass, NOON + HOUR)
    assert not is_open(glass, NOON + 2 * HOUR)
    assert not is_open(glass, name="别人")
    assert not is_open(glass, unit="别处")
    assert not grants.glass_open(subject(), ABOUT, officer(), NOON)


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"name": "乙"},
        {"unit": "督查室"},
        {"name": "乙", "unit": ""},
    ],
)
def test_is_let_in_by_a_second_person_of_another_unit_alone(second):
    glass = asked()

    for decide in (grants.let_in, grants.refuse_glass):
        with pytest.raises(Refused, match="second_person"):
            decide(by=officer(**second), at=NOON, glass=glass)

    assert BreakGlass.objects.get().second_name == ""


def test_holds_the_second_person_in_the_database():
    asked()

    with pytest.raises(DatabaseError), transaction.atomic():
        BreakGlass.objects.update(let_in_at=NOON, second_name="甲", second_unit="督查室")
    assert BreakGlass.objects.update(let_in_at=NOON, second_name="乙", second_unit="督查室") == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"reason": " "}, "no_reason"), ({"hours": 0}, "too_long"), ({"hours": 25}, "too_long")],
)
def test_refuses_an_emergency_that_is_none(changed, code):
    with pytest.raises(Refused, match=code):
        asked(**changed)

    assert BreakGlass.objects.count() == 0


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PLANNER, Role.HOLDER])
def test_is_asked_and_let_in_by_nobody_who_sees_no_case(role):
    with pytest.raises(Refused, match="not_allowed"):
        asked(officer(role=role))
    with pytest.raises(Refused, match="not_allowed"):
        grants.let_in(by=officer(**SECOND | {"role": role}), at=NOON, glass=asked())


def test_is_decided_once_and_within_a_day():
    glass, late = asked(), asked()
    grants.refuse_glass(by=officer(**SECOND), at=NOON, glass=glass)

    with pytest.raises(Refused, match="already_decided"):
        grants.let_in(by=officer(**SECOND), at=NOON, glass=glass)
    with pytest.raises(Refused, match="glass_over"):
        grants.let_in(by=officer(**SECOND), at=NOON + timedelta(days=1), glass=late)

    assert not is_open(glass)


@pytest.mark.django_db(transaction=True)
def test_is_decided_once_when_two_decide_at_once():
    glass = asked()

    def act(number):
        decide = grants.let_in if number else grants.refuse_glass
        mine = BreakGlass.objects.get(pk=glass.pk)
        decide(by=officer(**SECOND | {"name": f"乙{number}"}), at=NOON, glass=mine)

    failures = at_once(2, act)

    assert [failure.code for failure in failures] == ["already_decided"]
    kept = BreakGlass.objects.get()
    assert (kept.let_in_at is None) != (kept.refused_at is None)
