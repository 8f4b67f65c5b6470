"""What the database itself never lets become of operators, permits, lots and events."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from linli.kernel.actors import system
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions import alerts, keys, operators
from linli.trace.actions.keeping import speak_for
from linli.trace.models import Alert, Capture, Event, Lot, Operator, Permit, PermitStep, Premises
from linli.trace.queries.keys import as_operator, operator_of_phrase, operator_of_program
from tests.town import directory, trace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def place():
    return trace.premises(at=NOW)


def changes(model, pk, **fields):
    with transaction.atomic():
        model.objects.filter(pk=pk).update(**fields)


@pytest.fixture
def kept(place):
    """One row of everything that stays."""
    permit = trace.permit(place, at=NOW)
    goods = trace.product(place.operator, at=NOW)
    lot = trace.lot(goods, place, at=NOW)
    capture = Capture.objects.create(
        code=new_code(), digest="0" * 64, state="done", **signed(trace.officer(), NOW)
    )
    event = Event.objects.create(
        capture=capture,
        digest="1" * 64,
        kind="ObjectEvent",
        happened_at=NOW,
        recorded_at=NOW,
        body="{}",
    )
    return {type(one): one for one in (place, permit, goods, lot, capture, event)}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Premises, {"street": "别处 1 号"}),
        (Permit, {"valid_until": NOW.date() + timedelta(9999)}),
        (Permit, {"state": "suspended"}),
        (Lot, {"number": "20270101"}),
        (Lot, {"best_before": NOW.date() + timedelta(9999)}),
        (Event, {"body": "[]"}),
        (Capture, {"state": "waiting"}),
    ],
)
def test_refuses_to_change_what_was_told(kept, model, fields):
    with pytest.raises(DatabaseError):
        changes(model, kept[model].pk, **fields)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Premises, {"closed_on": NOW.date()}),
        (Lot, {"quantity": 12}),
        (Event, {"mistaken_at": NOW}),
    ],
)
def test_changes_what_may_change(kept, model, fields):
    changes(model, kept[model].pk, **fields)
    assert model.objects.filter(**fields).count() == 1


@pytest.mark.parametrize("model", [Premises, Permit, Lot, Event])
def test_removes_nothing(kept, model):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_turns_a_permit_by_a_step_alone(kept):
    permit = kept[Permit]
    PermitStep.objects.create(
        permit=permit,
        was="valid",
        to="suspended",
        from_at=NOW,
        reason="检查不合格",
        **signed(trace.officer(), NOW),
    )
    changes(Permit, permit.pk, state="suspended")
    with pytest.raises(DatabaseError):
        changes(Permit, permit.pk, state="withdrawn")


def test_issues_no_permit_that_is_suspended_from_the_start(place):
    with pytest.raises(DatabaseError), transaction.atomic():
        Permit.objects.create(
            code=new_code(), number="JY-9", premises=place, unit=place.operator.unit, state="suspended",
            valid_from=NOW.date(), valid_until=NOW.date(), **signed(trace.officer(), NOW),
        )  # fmt: skip


def test_enters_a_business_once(place):
    with pytest.raises(Refused, match="credit_code_taken"):
        trace.operator("另一家", at=NOW)
    with pytest.raises(Refused, match="wrong_credit_code"):
        operators.enter(
            by=trace.officer(), at=NOW,
            draft=operators.OperatorDraft("第三家", trace.keeper(), credit_code="92620200MA00000010"),
        )  # fmt: skip
    assert Operator.objects.count() == 1


def test_lets_nobody_enter_a_business_of_another_unit():
    other = directory.unit("另一个局")
    with pytest.raises(Refused, match="not_own_unit"):
        operators.enter(by=trace.officer(), at=NOW, draft=operators.OperatorDraft("店", other))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"activities": ()}, "no_activity"),
        ({"activities": ("cooking",)}, "no_activity"),
        ({"street": " "}, "no_name"),
        ({"gln": "6901234567890"}, "wrong_gln"),
    ],
)
def test_refuses_premises_that_say_too_little(fields, code):
    of = trace.operator(at=NOW)
    with pytest.raises(Refused, match=code):
        trace.premises(at=NOW, of=of, **fields)
    assert not Premises.objects.exists()


def test_opens_with_the_newest_phrase_alone(place):
    of, by = place.operator, trace.officer()
    first = keys.hand_phrase(by=by, at=NOW, operator=of)
    assert operator_of_phrase(of.code, first) == of
    second = keys.hand_phrase(by=by, at=NOW, operator=of)
    assert operator_of_phrase(of.code, first) is None
    assert operator_of_phrase(of.code.lower(), second) == of
    assert operator_of_phrase("7K3M-92QD", second) is None


def test_knows_a_program_by_its_key_until_it_ends(place):
    secret = keys.give_program_key(by=trace.officer(), at=NOW, operator=place.operator, name="收银")
    assert operator_of_program(secret) == place.operator
    assert operator_of_program(secret + "x") is None
    keys.end_key(by=trace.officer(), at=NOW, key=place.operator.keys.get())
    assert operator_of_program(secret) is None


def test_lets_a_key_speak_for_its_own_business_alone(place):
    other = trace.operator("另一家", at=NOW, number=2)
    speak_for(by=as_operator(other), at=NOW, operator=other)
    with pytest.raises(Refused, match="other_operator"):
        speak_for(by=as_operator(other), at=NOW, operator=place.operator)


def test_raises_an_alert_once_and_settles_it_with_words(place):
    draft = alerts.AlertDraft(place.operator.unit, Alert.EXPIRY, "permit JY-0001 30", "/console/")
    first = alerts.raise_alert(by=system("calendar"), at=NOW, draft=draft)
    assert alerts.raise_alert(by=system("calendar"), at=NOW + timedelta(1), draft=draft) == first
    with pytest.raises(Refused, match="no_words"):
        alerts.settle_alert(by=trace.officer(), at=NOW, alert=first, words=" ")
    alerts.settle_alert(by=trace.officer(), at=NOW, alert=first, words="已通知换证")
    with pytest.raises(Refused, match="settled"):
        alerts.settle_alert(by=trace.officer(), at=NOW, alert=first, words="又一次")


def test_keeps_one_phrase_of_an_operator(place):
    given = {"operator": place.operator, "kind": "phrase", **signed(trace.officer(), NOW)}
    place.operator.keys.create(digest="a" * 64, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        place.operator.keys.create(digest="b" * 64, **given)
