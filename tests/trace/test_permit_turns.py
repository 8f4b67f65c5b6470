"""Permits suspended, reinstated, withdrawn by two; how premises stand; certificates; warnings, once."""

from datetime import date, timedelta

import pytest
from django.db import connection

from linli.kernel.refusals import Refused
from linli.trace.actions import certificates, expiry, permits
from linli.trace.models import Alert, Certificate, ExpiryNotice, Permit, PermitStep, Premises
from linli.trace.queries.expiring import unseen
from linli.trace.queries.keys import as_operator
from linli.trace.queries.permits import standing, states
from tests.town import permits as town
from tests.town import trace

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def place(noon):
    return trace.premises(at=noon)


def test_tells_how_premises_stand_at_each_moment(place, noon, django_assert_num_queries):
    permit = trace.permit(place, at=noon, days=10)
    stop, again = noon + HOUR, noon + 3 * HOUR
    permits.suspend(by=trace.officer(), at=stop, permit=permit, reason="检查不合格")
    with pytest.raises(Refused, match="not_valid"):
        permits.suspend(by=trace.officer(), at=stop, permit=permit, reason="又")
    permits.reinstate(by=trace.officer(), at=again, permit=permit, reason="已整改")

    def state(at):
        word = standing([place.pk], at)[place.pk].state
        assert states(Premises.objects.all(), at) == {place.pk: word}
        return word

    moments = (noon - timedelta(1), noon, stop, again, noon + timedelta(11))
    assert list(map(state, moments)) == ["none", "valid", "suspended", "valid", "expired"]
    with django_assert_num_queries(2):
        stand = standing([place.pk, 0], noon)
    assert (stand[place.pk].permit, stand[place.pk].until) == (permit, permit.valid_until)
    assert (stand[0].state, stand[0].permit) == ("none", None)


def test_refuses_turns_that_make_no_sense(place, noon):
    permit = trace.permit(place, at=noon)
    for given, code in (
        ({"reason": " "}, "no_reason"),
        ({"reason": "因", "from_at": noon + HOUR}, "wrong_moment"),
    ):
        with pytest.raises(Refused, match=code):
            permits.suspend(by=trace.officer(), at=noon, permit=permit, **given)
    with pytest.raises(Refused, match="not_suspended"):
        permits.reinstate(by=trace.officer(), at=noon, permit=permit, reason="因")
    with pytest.raises(Refused, match="not_own_unit"):
        permits.suspend(by=trace.officer(town.other_unit()), at=noon, permit=permit, reason="因")
    assert not PermitStep.objects.exists()


def test_withdraws_by_two(place, noon):
    permit = trace.permit(place, at=noon)
    one = permits.propose_withdrawal(by=trace.officer(), at=noon, permit=permit, reason="造假")
    with pytest.raises(Refused, match="proposed"):
        permits.propose_withdrawal(by=town.second(), at=noon, permit=permit, reason="造假")
    with pytest.raises(Refused, match="same_person"):
        permits.decide_withdrawal(by=trace.officer(), at=noon, withdrawal=one, done=True)
    assert Permit.objects.get().state == "valid"
    permits.decide_withdrawal(by=town.second(), at=noon, withdrawal=one, done=True)
    assert Permit.objects.get().state == "withdrawn"
    with pytest.raises(Refused, match="decided"):
        permits.decide_withdrawal(by=town.second(), at=noon, withdrawal=one, done=False)
    with pytest.raises(Refused, match="withdrawn"):
        permits.propose_withdrawal(by=town.second(), at=noon, permit=permit, reason="又")


def test_drops_a_proposal(place, noon):
    permit = trace.permit(place, at=noon)
    one = permits.propose_withdrawal(by=trace.officer(), at=noon, permit=permit, reason="造假")
    permits.decide_withdrawal(by=town.second(), at=noon, withdrawal=one, done=False)
    assert (Permit.objects.get().state, PermitStep.objects.count()) == ("valid", 0)


def test_checks_and_strikes_a_certificate(place, noon):
    kind = town.goods_kind(at=noon)
    one = town.certificate(place.operator, kind, at=noon, checked=False)
    with pytest.raises(Refused, match="entered_already"):
        town.certificate(place.operator, kind, at=noon)
    certificates.check_certificate(by=trace.officer(), at=noon, certificate=one)
    with pytest.raises(Refused, match="checked"):
        certificates.check_certificate(by=trace.officer(), at=noon, certificate=one)
    with pytest.raises(Refused, match="checked"):
        certificates.strike_certificate(
            by=as_operator(place.operator), at=noon, certificate=one, reason="录错"
        )
    with pytest.raises(Refused, match="no_reason"):
        certificates.strike_certificate(by=trace.officer(), at=noon, certificate=one, reason="")
    certificates.strike_certificate(by=trace.officer(), at=noon, certificate=one, reason="伪造")
    with pytest.raises(Refused, match="checked"):
        certificates.check_certificate(by=trace.officer(), at=noon, certificate=one)
    with pytest.raises(Refused, match="struck"):
        certificates.strike_certificate(by=trace.officer(), at=noon, certificate=one, reason="又")
    assert town.certificate(place.operator, kind, at=noon).number == one.number  # right this time


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"use": "application"}, "not_asked"),
        ({"days": -1}, "wrong_days"),
        ({"number": " "}, "incomplete"),
    ],
)
def test_enters_no_certificate_that_says_too_little(place, noon, change, code):
    kind = town.kind(at=noon) if "use" in change else town.goods_kind(at=noon)
    given = {key: value for key, value in change.items() if key != "use"}
    with pytest.raises(Refused, match=code):
        town.certificate(place.operator, kind, at=noon, **given)
    assert not Certificate.objects.exists()


def test_warns_thirty_seven_and_no_days_before_once_each(place, noon):
    permit = trace.permit(place, at=noon, days=40)
    paper = town.certificate(place.operator, town.goods_kind(at=noon), at=noon, days=35)
    days = (0, 4, 5, 9, 10, 27, 28, 33, 34, 35, 40, 60)
    told = [expiry.warn_expiring(at=noon + timedelta(days=day)) for day in days]

    # Day 5 the certificate, 10 the permit: thirty days; 28 and 33: seven; 35 and 40: the last day.
    assert told == [0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0]
    assert sorted(ExpiryNotice.objects.values_list("paper", "days")) == sorted(
        (one.code, number) for one in (permit, paper) for number in (30, 7, 0)
    )
    alert = Alert.objects.get(about=f"permit {permit.code} 7")
    assert alert.said["until"] == permit.valid_until.isoformat()
    notice = unseen(place.operator)[0]
    expiry.see_notice(by=as_operator(place.operator), at=noon, notice=notice)
    assert unseen(place.operator).count() == 5


def test_gives_only_the_nearest_warning_after_a_late_start(place, noon):
    trace.permit(place, at=noon, days=40)
    assert expiry.warn_expiring(at=noon + timedelta(days=50)) == 1
    assert ExpiryNotice.objects.get().days == 0


def test_warns_of_nothing_that_is_withdrawn_struck_or_unchecked(place, noon):
    permit = trace.permit(place, at=noon, days=5)
    one = permits.propose_withdrawal(by=trace.officer(), at=noon, permit=permit, reason="停业")
    permits.decide_withdrawal(by=town.second(), at=noon, withdrawal=one, done=True)
    kind = town.goods_kind(at=noon)
    struck = town.certificate(place.operator, kind, at=noon, days=5)
    certificates.strike_certificate(by=trace.officer(), at=noon, certificate=struck, reason="伪造")
    town.certificate(place.operator, kind, at=noon, days=5, number="2", checked=False)
    assert expiry.warn_expiring(at=noon) == 0


@pytest.mark.parametrize("guarded", [True, False])
def test_tells_once_when_two_clocks_look_at_the_same_moment(place, noon, monkeypatch, guarded):
    """Both have looked at what was told before either tells: the index decides, and without it both tell."""
    permit = trace.permit(place, at=noon, days=5)
    monkeypatch.setattr(expiry, "told_of", lambda papers: {})
    if not guarded:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX expiry_is_told_once")

    told = [expiry.warn_expiring(at=noon) for _clock in range(2)]

    assert told == ([1, 0] if guarded else [1, 1])
    assert ExpiryNotice.objects.filter(paper=permit.code).count() == (1 if guarded else 2)
    assert Alert.objects.count() == 1


def test_reads_whole_days_of_the_place(place, noon):
    permit = trace.permit(place, at=noon, days=0)
    assert permit.valid_until == date(2026, 11, 21)
    late = noon.replace(hour=15, minute=59)  # 23:59 there
    states = [
        standing([place.pk], at)[place.pk].state for at in (late, late + timedelta(minutes=1))
    ]
    assert states == ["valid", "expired"]
