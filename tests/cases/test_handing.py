"""Hand on: the first unit answers until the other accepts; the person's leave; bounces, counted and typed."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.cases.actions import following, handing, handling, reading
from linli.cases.events import Bounced
from linli.cases.models import Case, HandOver, Step
from linli.cases.queries import bounced_for_meeting, bounces_of, due_for_meeting, reasons_of_bounces
from linli.kernel import grants
from linli.kernel.models import Grant
from linli.kernel.refusals import Refused
from tests.town import cases as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def kept(case):
    return Case.objects.select_related("unit").get(pk=case.pk)


def fields_of(case, unit):
    return grants.granted_fields(case.subject, case.code, unit, MONDAY + timedelta(hours=1))


def declined(hand_over, kind="not_ours"):
    by = town.officer(hand_over.to_unit.name)
    return handing.decline(
        by=by, at=TUESDAY, hand_over=hand_over, kind=kind, words="不属于我单位。"
    )


def test_keeps_the_first_unit_answerable_until_the_other_accepts():
    hand_over = town.handed_on(at=MONDAY)
    case = hand_over.case

    assert (hand_over.state, kept(case).unit.name) == ("proposed", town.HOUSING)
    assert kept(case).unit_due_at == case.unit_due_at
    assert kept(case).step_due_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    handling.reply(by=town.officer(), at=MONDAY, case=case, words="我们先答复。")
    assert HandOver.objects.get().state == "ended"
    assert fields_of(case, town.LEGAL) == frozenset()


def test_gives_the_case_to_the_unit_that_accepts_and_closes_it_to_the_first():
    hand_over = town.handed_on(at=MONDAY)

    handing.accept(by=town.officer(town.LEGAL), at=TUESDAY, hand_over=hand_over)

    case = kept(hand_over.case)
    assert (case.unit.name, case.state) == (town.LEGAL, "working")
    assert case.unit_due_at == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert case.due_at == case.first_due_at
    assert grants.granted_fields(case.subject, case.code, town.HOUSING, TUESDAY) == frozenset()
    assert "words" in grants.granted_fields(case.subject, case.code, town.LEGAL, TUESDAY)
    with pytest.raises(Refused, match="no_grant"):
        reading.read(by=town.officer(), at=TUESDAY, case=case, purpose="handle")


def test_passes_on_no_more_than_was_granted():
    case = town.taken(at=MONDAY, fields_granted=("words", "passing_on"))

    hand_over = town.handed_on(at=MONDAY, case=case)

    assert hand_over.fields == ["passing_on", "words"]
    assert hand_over.grant.fields == ["passing_on", "words"]


def test_passes_on_only_what_the_unit_chose():
    case = town.taken(at=MONDAY)

    hand_over = handing.hand_on(
        by=town.officer(), at=MONDAY, case=case, unit=town.unit(town.LEGAL), kind="capacity",
        words="请办。", fields=("words",),
    )  # fmt: skip

    assert "place" not in hand_over.grant.fields


@pytest.mark.parametrize("why", ["sensitive", "not ticked"])
def test_waits_for_the_persons_leave(why):
    given = (
        {"topic": town.topic("violence", sensitive=True)}
        if why == "sensitive"
        else {"fields_granted": ("words", "wish")}
    )
    before = town.taken(at=MONDAY, **given)
    hand_over = town.handed_on(at=MONDAY, case=before)

    assert (hand_over.state, hand_over.grant) == ("waiting", None)
    assert fields_of(before, town.LEGAL) == frozenset()
    assert kept(before).step_due_at == before.step_due_at
    handing.give_leave(at=MONDAY, hand_over=hand_over)

    hand_over.refresh_from_db()
    assert (hand_over.state, hand_over.grant.given_how) == ("proposed", "follow_up")
    assert "words" in fields_of(before, town.LEGAL)


def test_keeps_the_case_where_it_is_when_the_person_says_no():
    case = town.taken(at=MONDAY, fields_granted=("words",))
    hand_over = town.handed_on(at=MONDAY, case=case)

    handing.refuse_leave(at=MONDAY, hand_over=hand_over)

    hand_over.refresh_from_db()
    assert (hand_over.state, kept(case).bounces) == ("ended", 0)
    with pytest.raises(Refused, match="already_decided"):
        handing.give_leave(at=MONDAY, hand_over=hand_over)
    assert Grant.objects.count() == 1


def test_counts_what_is_sent_back_as_a_bounce():
    hand_over = town.handed_on(at=MONDAY)

    declined(hand_over, "not_our_place")

    case = kept(hand_over.case)
    assert (case.unit.name, case.bounces) == (town.HOUSING, 1)
    assert case.step_due_at == datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert fields_of(case, town.LEGAL) == frozenset()
    assert [(b.from_unit, b.to_unit, b.kind, b.declined) for b in bounces_of(case)] == [
        (town.HOUSING, town.LEGAL, "not_our_place", True)
    ]
    assert reasons_of_bounces(MONDAY, TUESDAY + timedelta(days=1)) == {"not_our_place": 1}


def test_counts_what_passes_on_what_was_handed_over():
    case = town.handed_over(at=MONDAY)

    town.handed_on(at=TUESDAY, case=case, to=town.TRIAGE, kind="error")

    assert kept(case).bounces == 1
    assert [(b.kind, b.declined) for b in bounces_of(case)] == [("error", False)]


def test_counts_nothing_when_the_first_unit_hands_on():
    assert kept(town.handed_on(at=MONDAY).case).bounces == 0


def test_brings_the_third_bounce_to_the_meeting():
    case = town.taken(at=MONDAY)
    noise = town.taken(at=MONDAY)
    declined(town.handed_on(at=MONDAY, case=noise))
    for count in range(3):
        assert case.code not in [one.code for one in due_for_meeting()]
        hand_over = town.handed_on(at=MONDAY + timedelta(minutes=count), case=case)
        declined(hand_over)

    assert [one.code for one in due_for_meeting()] == [case.code]
    assert bounced_for_meeting() == [Bounced(case.code, "路灯", "620200", 3)]
    following.withdraw(at=TUESDAY, case=case)
    assert list(due_for_meeting()) == []


def test_calls_back_what_nobody_decided_about():
    hand_over = town.handed_on(at=MONDAY)

    handing.call_back(by=town.officer(), at=MONDAY, hand_over=hand_over)

    assert (hand_over.state, kept(hand_over.case).bounces) == ("ended", 0)
    assert fields_of(hand_over.case, town.LEGAL) == frozenset()
    with pytest.raises(Refused, match="already_decided"):
        handing.accept(by=town.officer(town.LEGAL), at=MONDAY, hand_over=hand_over)


def test_ends_the_way_when_its_grant_is_taken_back():
    hand_over = town.handed_on(at=MONDAY)

    following.revoke_grant(at=MONDAY, case=hand_over.case, grant=hand_over.grant)

    hand_over.refresh_from_db()
    assert hand_over.state == "ended"


def test_starts_the_clock_again_that_waited_for_leave():
    case = town.taken(at=MONDAY, fields_granted=("words",))
    hand_over = town.handed_on(at=MONDAY, case=case)
    handling.pause(by=town.officer(), at=MONDAY, case=case, kind="holder", words="等您同意。")

    handing.give_leave(at=TUESDAY, hand_over=hand_over)

    assert (kept(case).paused_at, kept(case).due_at) == (None, case.due_at + timedelta(days=1))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "bored"}, "unknown_kind"),
        ({"words": " "}, "no_words"),
        ({"unit": town.HOUSING}, "own_unit"),
        ({"fields": ("birthday",)}, "unknown_field"),
        ({"fields": ("contact",)}, "no_grant"),
    ],
)
def test_refuses_a_way_that_leads_nowhere(given, code):
    case = town.taken(at=MONDAY)
    steps = Step.objects.count()
    said = {"unit": town.LEGAL, "kind": "error", "words": "请办。", "fields": ("words",)} | given
    said["unit"] = town.unit(said["unit"])

    with pytest.raises(Refused) as refused:
        handing.hand_on(by=town.officer(), at=MONDAY, case=case, **said)

    assert refused.value.code == code
    assert (HandOver.objects.count(), Step.objects.count()) == (0, steps)


def test_hands_nothing_to_a_unit_that_is_closed():
    case = town.taken(at=MONDAY)
    closed = town.unit("嘉峪关市旧房管局")
    closed.closed_on = MONDAY.date()
    closed.save()

    with pytest.raises(Refused, match="unit_closed"):
        town.handed_on(at=MONDAY, case=case, to=closed.name)


def test_leaves_the_decision_to_the_unit_that_was_asked():
    hand_over = town.handed_on(at=MONDAY)

    for unit in (town.HOUSING, town.TRIAGE):
        with pytest.raises(Refused) as refused:
            handing.accept(by=town.officer(unit), at=MONDAY, hand_over=hand_over)
        assert (refused.value.code, refused.value.status) == ("not_theirs", 404)
    with pytest.raises(Refused, match="unknown_kind"):
        declined(hand_over, "bored")
    assert HandOver.objects.get().state == "proposed"


@pytest.mark.django_db(transaction=True)
def test_decides_once_when_one_accepts_while_another_declines():
    hand_over = town.handed_on(at=MONDAY)

    def act(number):
        mine = HandOver.objects.select_related("case", "to_unit").get(pk=hand_over.pk)
        if number:
            declined(mine)
        else:
            handing.accept(by=town.officer(town.LEGAL), at=MONDAY, hand_over=mine)

    failures = at_once(2, act)

    assert [failure.code for failure in failures] == ["already_decided"]
    assert HandOver.objects.get().state in {"accepted", "declined"}
