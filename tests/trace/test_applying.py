"""The way to a permit: papers, a look at them, a visit or the reason for none, and somebody else who decides."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from linli.kernel.refusals import Refused
from linli.trace.actions import applying, examining, permits
from linli.trace.actions.expiry import warn_expiring
from linli.trace.models import Alert, Application, ApplicationPaper, Permit
from linli.trace.queries.applications import missing_kinds, paper_rows
from linli.trace.queries.keys import as_operator
from tests.town import permits as town
from tests.town import trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(noon):
    return trace.premises(at=noon)


@pytest.fixture
def plan(noon):
    return town.kind(at=noon)


def test_goes_from_papers_to_a_permit_with_a_day_for_every_step(place, plan, noon):
    town.kind("other", at=noon, activities=("retail",))
    town.kind("photos", at=noon, needed=False)
    one = town.filed(place, at=noon)
    assert (one.stage, one.due_on) == ("papers", date(2026, 12, 4))
    assert [kind.key for kind in missing_kinds(one)] == ["plan"]

    town.handed(one, plan, at=noon)
    one.refresh_from_db()
    assert (one.stage, one.due_on, missing_kinds(one)) == ("checking", date(2026, 11, 27), [])

    one = town.concluded(one, at=noon)
    assert (one.stage, one.checked_by) == ("visit", "经办人")
    one = examining.forgo_visit(by=trace.officer(), at=noon, application=one, words="上月已检查")
    grant = permits.Grant(noon.date(), date(2028, 11, 20))
    one = permits.decide(by=town.second(), at=noon, application=one, grant=grant, words="符合要求")

    permit = Permit.objects.get()
    assert (one.stage, one.due_on, one.permit, one.decided_by) == (
        "granted",
        None,
        permit,
        "复核人",
    )
    assert (permit.scope, permit.number) == (["processing"], f"2026-{permit.code}")
    assert [step.to for step in one.steps.all()] == [
        "papers", "checking", "visit", "decision", "granted",
    ]  # fmt: skip


def test_gives_a_paper_back_with_the_reason_and_a_new_day(place, plan, noon):
    one = town.filed(place, at=noon)
    paper = town.handed(one, plan, at=noon)
    later = noon + timedelta(days=3)
    with pytest.raises(Refused, match="no_reason"):
        examining.rule_on_paper(by=trace.officer(), at=later, paper=paper, accepted=False)
    with pytest.raises(Refused, match="not_ruled"):
        examining.conclude_papers(by=trace.officer(), at=later, application=one)
    examining.rule_on_paper(
        by=trace.officer(), at=later, paper=paper, accepted=False, reason="看不清"
    )
    with pytest.raises(Refused, match="ruled"):
        examining.rule_on_paper(by=trace.officer(), at=later, paper=paper, accepted=True)

    one = examining.conclude_papers(by=trace.officer(), at=later, application=one)

    assert (one.stage, one.due_on, one.checked_by) == ("papers", date(2026, 12, 8), "")
    town.handed(one, plan, at=later)
    (row,) = paper_rows(one)
    assert [(paper.number, paper.state) for paper in row.papers] == [
        (2, "waiting"),
        (1, "returned"),
    ]
    one.refresh_from_db()
    assert one.stage == "checking"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scope": ()}, "no_activity"),
        ({"scope": ("retail",)}, "no_activity"),
        ({"renews": "other"}, "other_premises"),
        ({"renews": "gone"}, "withdrawn"),
        ({"by": "other"}, "other_operator"),
        ({"closed": True}, "closed"),
        ({"filed": True}, "filed_already"),
    ],
)
def test_files_nothing_that_cannot_be_granted(place, noon, change, code):
    other = trace.operator("另一家", at=noon, number=2)
    if change.get("renews") == "other":
        change["renews"] = trace.permit(trace.premises("别处", at=noon, of=other), at=noon)
    elif change.get("renews"):
        change["renews"] = trace.permit(place, at=noon)
        proposed = permits.propose_withdrawal(
            by=trace.officer(), at=noon, permit=change["renews"], reason="停业"
        )
        permits.decide_withdrawal(by=town.second(), at=noon, withdrawal=proposed, done=True)
        change["renews"].refresh_from_db()
    if change.pop("closed", False):
        type(place).objects.filter(pk=place.pk).update(closed_on=noon.date())
    if change.pop("filed", False):
        town.filed(place, at=noon)
    before = Application.objects.count()
    by = as_operator(other if change.pop("by", "") else place.operator)
    draft = applying.ApplicationDraft(
        place, change.get("scope", ("processing",)), change.get("renews")
    )
    with pytest.raises(Refused, match=code):
        applying.file(by=by, at=noon, draft=draft)
    assert Application.objects.count() == before


def test_takes_only_papers_that_are_asked_for(place, plan, noon):
    other = town.kind("other", at=noon, activities=("retail",))
    one = town.filed(place, at=noon)
    with pytest.raises(Refused, match="not_asked"):
        town.handed(one, other, at=noon)
    town.handed(one, plan, at=noon)
    with pytest.raises(Refused, match="waits_already"):
        town.handed(one, plan, at=noon)
    town.concluded(one, at=noon)
    with pytest.raises(Refused, match="no_papers_now"):
        town.handed(one, plan, at=noon)
    assert ApplicationPaper.objects.count() == 1


def test_lets_nobody_decide_who_checked_or_filed_it(place, noon):
    one = town.to_decide(place, at=noon, by=trace.officer(name="受理人"))
    grant = permits.Grant(noon.date(), noon.date() + timedelta(300))
    for name in ("经办人", "受理人"):
        with pytest.raises(Refused, match="same_person"):
            permits.decide(
                by=trace.officer(name=name), at=noon, application=one, grant=grant, words="可"
            )
    with pytest.raises(Refused, match="no_reason"):
        permits.decide(by=town.second(), at=noon, application=one, grant=None, words=" ")
    with pytest.raises(Refused, match="not_own_unit"):
        permits.decide(
            by=trace.officer(town.other_unit()), at=noon, application=one, grant=None, words="否"
        )
    assert not Permit.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():  # the database says the same
        Application.objects.filter(pk=one.pk).update(decided_by="经办人")

    refused = permits.decide(
        by=town.second(), at=noon, application=one, grant=None, words="场所不符"
    )
    assert (refused.stage, refused.permit) == ("refused", None)


@pytest.mark.parametrize(("first", "days"), [(-1, 300), (0, -1), (0, 5 * 366)])
def test_grants_no_days_that_make_no_sense(place, noon, first, days):
    one = town.to_decide(place, at=noon)
    begins = noon.date() + timedelta(first)
    grant = permits.Grant(begins, begins + timedelta(days))
    with pytest.raises(Refused, match="wrong_days"):
        permits.decide(by=town.second(), at=noon, application=one, grant=grant, words="可")
    assert not Permit.objects.exists()


def test_gives_a_number_once(place, noon):
    town.granted(place, at=noon, number="肃清 001")
    other = trace.premises("二厂", at=noon, of=place.operator)
    with pytest.raises(Refused, match="number_taken"):
        town.granted(other, at=noon, number="肃清 001")


def test_closes_for_want_of_papers_only_after_the_day_and_by_a_person(place, plan, noon):
    one = town.filed(place, at=noon)
    with pytest.raises(Refused, match="not_due"):
        examining.lapse(by=trace.officer(), at=noon, application=one, words="逾期")
    over = noon + timedelta(days=14)
    assert (
        examining.lapse(by=trace.officer(), at=over, application=one, words="逾期").due_on is None
    )
    with pytest.raises(Refused, match="over"):
        applying.take_back(by=as_operator(place.operator), at=over, application=one)


def test_takes_an_application_back(place, noon):
    one = town.filed(place, at=noon)
    taken = applying.take_back(by=as_operator(place.operator), at=noon, application=one)
    assert (taken.stage, taken.due_on) == ("taken_back", None)
    town.filed(place, at=noon)  # and applies again


def test_settles_the_warning_once_the_permit_is_renewed(place, noon):
    old = trace.permit(place, at=noon - timedelta(360), days=365)
    assert warn_expiring(at=noon) == 1
    permit = town.granted(place, at=noon, renews=old, number="肃清 002")
    alert = Alert.objects.get()
    assert (alert.words, alert.settled_by) == (permit.number, "permits")
    assert warn_expiring(at=noon + timedelta(3)) == 0  # another follows


def test_keeps_steps_in_their_order_whoever_writes(place, noon):
    one = town.filed(place, at=noon)
    for fields in ({"stage": "decision"}, {"due_on": date(2027, 1, 1)}, {"scope": ["retail"]}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Application.objects.filter(pk=one.pk).update(**fields)
