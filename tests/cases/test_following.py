"""What the person does with code and passphrase; nobody else may."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.cases.actions import following, reading
from linli.cases.models import Case, Step, Topic
from linli.kernel import grants
from linli.kernel.models import Grant
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from tests.town import cases as town

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
PHOTO = Rebuilt(b"jpeg", "image/jpeg", "jpg")


def kept(case):
    return Case.objects.select_related("subject").get(pk=case.pk)


def due(case):
    case = kept(case)
    return case.step_due_at, case.unit_due_at, case.due_at, case.next_due_at


def test_changes_no_deadline_by_adding_or_urging():
    case = town.asked(at=MONDAY)
    before = due(case)

    following.add(at=MONDAY, case=case, words="还有一盏。", photos=(PHOTO,))
    following.urge(at=MONDAY, case=case)
    following.urge(at=TUESDAY, case=case)

    assert due(case) == before
    assert (kept(case).urged, case.attachments.count()) == (2, 1)
    with pytest.raises(Refused, match="urged_today"):
        following.urge(at=TUESDAY, case=case)


def test_closes_what_is_answered_and_keeps_it_for_its_days():
    case = town.answered(at=MONDAY)

    following.close(at=TUESDAY, case=case)

    now = kept(case)
    assert (now.state, now.closed_how, now.closed_at) == ("closed", "holder", TUESDAY)
    assert now.subject.purge_on == TUESDAY.date() + timedelta(days=180)


def test_withdraws_and_leaves_nothing_to_read():
    case = town.taken(at=MONDAY)

    following.withdraw(at=TUESDAY, case=case)

    assert (kept(case).state, kept(case).next_due_at) == ("withdrawn", None)
    assert list(grants.live(subject=case.subject, about=case.code, at=TUESDAY)) == []
    assert kept(case).subject.purge_on == TUESDAY.date() + timedelta(days=180)


def test_opens_again_what_was_not_solved_and_gives_it_no_more_days():
    case = town.answered(at=MONDAY)

    following.object_to(at=TUESDAY, case=case, words="没有修好。")

    now = kept(case)
    assert (now.state, now.reopened, now.due_at) == ("working", 1, now.first_due_at)
    assert now.next_due_at == datetime(2026, 11, 25, 10, tzinfo=UTC)


def test_opens_again_what_the_calendar_closed_but_not_for_ever():
    case = town.closed_by_calendar(at=MONDAY)
    again = town.closed_by_calendar(at=MONDAY)
    closed_at = kept(case).closed_at

    following.object_to(at=closed_at + timedelta(days=7), case=case, words="没有修好。")

    assert (kept(case).state, kept(case).closed_at, kept(case).closed_how) == ("working", None, "")
    with pytest.raises(Refused, match="case_closed"):
        following.object_to(at=closed_at + timedelta(days=30), case=again, words="没有修好。")
    with pytest.raises(Refused, match="case_closed"):
        following.object_to(at=MONDAY, case=town.closed(at=MONDAY), words="没有修好。")


def test_gives_and_takes_back_the_leave_to_read():
    case = town.taken(at=MONDAY)
    legal = town.unit(town.LEGAL)
    given = following.give_grant(at=MONDAY, case=case, unit=legal, fields=("words",), days=3)

    opened = reading.read(by=town.officer(town.LEGAL), at=MONDAY, case=case, purpose="help")
    following.revoke_grant(at=MONDAY, case=case, grant=given)

    assert opened.words == town.WORDS
    with pytest.raises(Refused, match="no_grant"):
        reading.read(by=town.officer(town.LEGAL), at=MONDAY, case=case, purpose="help")


def test_takes_back_no_leave_of_another_case():
    case, other = town.asked(at=MONDAY), town.asked(at=MONDAY)
    grant = Grant.objects.get(about=other.code)

    with pytest.raises(Refused, match="no_grant"):
        following.revoke_grant(at=MONDAY, case=case, grant=grant)

    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_asks_why_somebody_looked_by_a_complaint_of_its_own():
    town.other()
    looks = town.topic("looks", unit=town.SUPERVISION, kind=Topic.COMPLAINT)
    case = town.taken(at=MONDAY)
    reading.read(by=town.officer(), at=MONDAY, case=case, purpose="handle")
    look = case.subject.looks.get()

    receipt = following.ask_why(at=TUESDAY, case=case, look=look)

    asked = reading.own(at=TUESDAY, case=receipt.case)
    assert (receipt.case.topic, receipt.case.kind) == (looks, "complaint")
    assert receipt.case.unit.name == town.SUPERVISION
    assert look.code in asked.words
    assert case.code in asked.words
    with pytest.raises(Refused, match="asked_already"):
        following.ask_why(at=TUESDAY, case=case, look=look)
    with pytest.raises(Refused, match="no_look"):
        following.ask_why(at=TUESDAY, case=town.asked(at=MONDAY), look=look)


def deeds(case):
    by = {"at": MONDAY, "case": case}
    return {
        "add": lambda **who: following.add(**by, **who, words="还有。"),
        "urge": lambda **who: following.urge(**by, **who),
        "withdraw": lambda **who: following.withdraw(**by, **who),
        "object_to": lambda **who: following.object_to(**by, **who, words="没有。"),
        "close": lambda **who: following.close(**by, **who),
        "give_grant": lambda **who: following.give_grant(
            **by, **who, unit=town.unit(town.LEGAL), fields=("words",), days=1
        ),
    }


@pytest.mark.parametrize("deed", ["add", "urge", "withdraw", "object_to", "close", "give_grant"])
def test_leaves_to_the_person_what_is_theirs(deed):
    case = town.answered(at=MONDAY)
    before, steps = kept(case).state, Step.objects.count()

    with pytest.raises(Refused, match="not_allowed"):
        deeds(case)[deed](by=town.officer())

    assert (kept(case).state, Step.objects.count()) == (before, steps)


@pytest.mark.parametrize(
    ("begun", "deed", "code"),
    [
        (town.asked, "close", "not_answered"),
        (town.taken, "object_to", "not_answered"),
        (town.answered, "urge", "already_answered"),
        *((town.closed, deed, "case_closed") for deed in ("add", "urge", "withdraw", "close")),
        (town.closed, "give_grant", "case_closed"),
    ],
)
def test_refuses_out_of_turn_and_writes_nothing(begun, deed, code):
    case = begun(at=MONDAY)
    before, steps = Case.objects.values().get(pk=case.pk), Step.objects.count()

    with pytest.raises(Refused) as refused:
        deeds(case)[deed]()

    assert refused.value.code == code
    assert Case.objects.values().get(pk=case.pk) == before
    assert Step.objects.count() == steps


@pytest.mark.parametrize(
    ("deed", "given", "code"),
    [
        (following.add, {"words": " "}, "no_words"),
        (following.add, {"words": "", "photos": (PHOTO,) * 6}, "too_many_photos"),
        (following.object_to, {"words": ""}, "no_words"),
        (following.give_grant, {"fields": (), "days": 1}, "no_fields"),
        (following.give_grant, {"fields": ("words",), "days": 0}, "no_days"),
        (following.give_grant, {"fields": ("birthday",), "days": 1}, "unknown_field"),
    ],
)
def test_refuses_what_is_not_said(deed, given, code):
    case = town.answered(at=MONDAY)
    if deed is following.give_grant:
        given = given | {"unit": town.unit(town.LEGAL)}
    steps, granted = Step.objects.count(), Grant.objects.count()

    with pytest.raises(Refused) as refused:
        deed(at=MONDAY, case=case, **given)

    assert refused.value.code == code
    assert (Step.objects.count(), Grant.objects.count()) == (steps, granted)


def test_shows_the_person_offices_and_no_names():
    case = town.answered(at=MONDAY)
    answer = reading.own(at=MONDAY, case=case).steps[-1]

    assert (answer.by_unit, answer.by_name) == (town.HOUSING, "")
    assert answer.words == "灯已修好。"
