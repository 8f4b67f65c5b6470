"""Handle: taken by one, answered once, paused and extended as typed and counted, worked on together."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.cases.actions import following, handing, handling, reading
from linli.cases.models import Case, HandOver, JointUnit, Leader, Step, Topic
from linli.kernel.actors import Role
from linli.kernel.fields import unseal_text
from linli.kernel.models import Grant, Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of
from tests.town import cases as town
from tests.town.races import at_once
from tests.town.staff import actor

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def kept(case):
    return Case.objects.get(pk=case.pk)


def verbs(case):
    return list(case.steps.order_by("id").values_list("verb", flat=True))


def words_of(case, verb):
    step = case.steps.get(verb=verb)
    return unseal_text(step, key_of(case.subject, at=MONDAY), "words")


@pytest.mark.django_db
def test_takes_a_case_and_starts_the_step_of_working():
    case = town.taken(at=MONDAY)

    assert (kept(case).state, kept(case).step_due_at) == ("working", case.unit_due_at)
    assert verbs(case) == ["asked", "taken"]


@pytest.mark.django_db
def test_takes_in_few_queries(django_assert_max_num_queries):
    case = town.asked(at=MONDAY)

    with django_assert_max_num_queries(7):  # two of them the savepoint's
        handling.take(by=town.officer(), at=MONDAY, case=case)
    with django_assert_max_num_queries(7):
        handling.reply(by=town.officer(), at=MONDAY, case=case, words="已修。")


@pytest.mark.django_db
def test_answers_and_stops_the_clocks():
    case = town.answered(at=MONDAY, words="灯已修好。")

    now = kept(case)
    assert (now.state, now.answered_at, now.next_due_at) == ("answered", MONDAY, None)
    assert words_of(case, "replied") == "灯已修好。"
    assert verbs(case) == ["asked", "taken", "replied"]


@pytest.mark.django_db
def test_tells_who_left_an_address_in_their_language_and_logs_it():
    case = town.asked(at=MONDAY, contact=town.Contact("sms", "13800000000"), reply_language="en")
    handling.take(by=town.officer(), at=MONDAY, case=case)
    handling.reply(by=town.officer(), at=MONDAY, case=case, words="灯已修好。")

    message = Message.objects.get()
    from linli.kernel.fields import unseal

    said = unseal(message, key_of(case.subject, at=MONDAY), "words")
    assert said["text"].startswith(f"There is an answer to your case {case.code}.")
    assert "灯" not in said["text"]
    assert [look.verb for look in case.subject.looks.all()] == ["sent"]


@pytest.mark.django_db
def test_notes_for_the_house_alone():
    case = town.taken(at=MONDAY)

    handling.note(by=town.officer(), at=MONDAY, case=case, words="先电话核实。")

    assert "先电话核实。" in [s.words for s in _read(case).steps]
    assert "noted" not in [s.verb for s in reading.own(at=MONDAY, case=case).steps]
    assert kept(case).next_due_at == case.next_due_at


def _read(case, unit=None):
    unit = unit or case.unit.name
    return reading.read(by=town.officer(unit), at=MONDAY, case=case, purpose="handle")


@pytest.mark.django_db
def test_pauses_and_runs_on_later_by_the_working_days():
    case = town.taken(at=MONDAY)

    handling.pause(by=town.officer(), at=MONDAY, case=case, kind="papers", words="请补材料。")
    still = kept(case)
    handling.resume(by=town.officer(), at=TUESDAY, case=case)

    assert (still.next_due_at, still.pauses, still.paused_at) == (None, 1, MONDAY)
    assert kept(case).due_at == case.due_at + timedelta(days=1)
    assert kept(case).first_due_at == case.first_due_at
    assert words_of(case, "paused") == "请补材料。"


@pytest.mark.django_db
def test_runs_on_when_the_person_brings_what_was_waited_for():
    case = town.taken(at=MONDAY)
    handling.pause(by=town.officer(), at=MONDAY, case=case, kind="papers", words="请补材料。")

    following.add(at=TUESDAY, case=case, words="材料在此。")

    assert kept(case).paused_at is None
    assert verbs(case)[-2:] == ["added", "resumed"]


@pytest.mark.django_db
def test_stands_still_for_a_court_whatever_is_added():
    case = town.taken(at=MONDAY)
    handling.pause(by=town.officer(), at=MONDAY, case=case, kind="court", words="等判决。")

    following.add(at=TUESDAY, case=case, words="材料在此。")

    assert kept(case).paused_at == MONDAY


@pytest.mark.django_db
def test_counts_a_pause_in_that_an_answer_ends():
    case = town.taken(at=MONDAY)
    handling.pause(by=town.officer(), at=MONDAY, case=case, kind="court", words="等判决。")

    handling.reply(by=town.officer(), at=TUESDAY, case=case, words="已判。")

    assert (kept(case).paused_at, kept(case).due_at) == (None, case.due_at + timedelta(days=1))


@pytest.mark.django_db
def test_extends_twice_at_most_and_never_beyond_half():
    case = town.taken(at=MONDAY)
    given = {"by": town.officer(), "at": MONDAY, "case": case, "kind": "expert", "words": "复杂。"}

    handling.extend(days=5, **given)
    handling.extend(days=1, **given)

    assert kept(case).moves == 2
    assert kept(case).due_at == datetime(2026, 12, 15, 10, tzinfo=UTC)
    with pytest.raises(Refused, match="no_more_moves"):
        handling.extend(days=1, **given)
    with pytest.raises(Refused, match="too_many_days"):
        handling.extend(days=6, **given)


@pytest.mark.django_db
def test_names_the_official_who_answers_for_a_petition():
    case = town.asked(at=MONDAY, topic=town.topic("roof", kind=Topic.PETITION))
    leader = Leader.objects.create(unit=case.unit, office="局长", name="王某")

    handling.name_leader(by=town.officer(), at=MONDAY, case=case, leader=leader)

    assert kept(case).leader == leader
    gone = Leader.objects.create(unit=town.unit(town.LEGAL), office="主任", name="李某")
    with pytest.raises(Refused, match="not_in_office"):
        handling.name_leader(by=town.officer(), at=MONDAY, case=case, leader=gone)
    with pytest.raises(Refused, match="not_petition"):
        handling.name_leader(
            by=town.officer(), at=MONDAY, case=town.asked(at=MONDAY), leader=leader
        )


@pytest.mark.django_db
def test_works_together_until_the_other_has_finished():
    case = town.taken(at=MONDAY)
    handling.join(
        by=town.officer(), at=MONDAY, case=case, unit=town.unit(town.LEGAL), words="请看合同。"
    )

    helped = _read(case, town.LEGAL)
    handling.note(by=town.officer(town.LEGAL), at=MONDAY, case=case, words="合同有效。")
    handling.finish_joint(by=town.officer(town.LEGAL), at=TUESDAY, case=case, words="已审。")

    assert helped.words == town.WORDS
    assert JointUnit.objects.get().done_at == TUESDAY
    with pytest.raises(Refused, match="no_grant"):
        reading.read(by=town.officer(town.LEGAL), at=TUESDAY, case=case, purpose="help")
    with pytest.raises(Refused, match="not_joined"):
        handling.finish_joint(by=town.officer(town.LEGAL), at=TUESDAY, case=case, words="再。")
    with pytest.raises(Refused, match="already_joined"):
        handling.join(
            by=town.officer(), at=TUESDAY, case=case, unit=town.unit(town.LEGAL), words="再。"
        )


@pytest.mark.django_db
def test_asks_the_person_before_another_unit_helps():
    case = town.taken(at=MONDAY, fields_granted=("words",))
    before = Grant.objects.count()

    with pytest.raises(Refused, match="needs_leave"):
        handling.join(
            by=town.officer(), at=MONDAY, case=case, unit=town.unit(town.LEGAL), words="请看。"
        )

    assert Grant.objects.count() == before


@pytest.mark.django_db
def test_gives_a_case_its_topic_and_hands_it_to_that_unit():
    town.other()
    case = town.asked(at=MONDAY, topic=None)
    lamp = town.topic()

    hand_over = handling.assign(by=town.clerk(), at=MONDAY, case=case, topic=lamp)

    now = kept(case)
    assert (now.topic, now.unit.name, now.state) == (lamp, town.TRIAGE, "received")
    assert (hand_over.state, hand_over.kind, hand_over.bounce) == ("proposed", "assigned", False)
    taken = handling.take(by=town.officer(), at=MONDAY, case=case)
    assert (taken.unit.name, taken.state) == (town.HOUSING, "working")
    assert HandOver.objects.get().state == "accepted"


@pytest.mark.django_db
def test_changes_the_topic_within_a_unit_without_a_way():
    case = town.asked(at=MONDAY)

    assert (
        handling.assign(by=town.officer(), at=MONDAY, case=case, topic=town.topic("road")) is None
    )
    assert kept(case).topic.code == "road"


def deeds(case):
    other = town.topic("road")
    by = {"by": town.officer(), "at": MONDAY, "case": case}
    return {
        "take": lambda: handling.take(**by),
        "reply": lambda: handling.reply(**by, words="好。"),
        "note": lambda: handling.note(**by, words="好。"),
        "pause": lambda: handling.pause(**by, kind="court", words="等。"),
        "resume": lambda: handling.resume(**by),
        "extend": lambda: handling.extend(**by, days=1, kind="hard", words="难。"),
        "assign": lambda: handling.assign(**by, topic=other),
        "join": lambda: handling.join(**by, unit=town.unit(town.LEGAL), words="请。"),
        "hand_on": lambda: handing.hand_on(
            **by, unit=town.unit(town.LEGAL), kind="error", words="请。", fields=("words",)
        ),
    }


def paused(*, at):
    case = town.taken(at=at)
    return handling.pause(by=town.officer(), at=at, case=case, kind="court", words="等。")


def on_its_way(*, at):
    case = town.asked(at=at)
    return town.handed_on(at=at, case=case).case


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begun", "deed", "code"),
    [
        (town.taken, "take", "already_taken"),
        (on_its_way, "take", "on_its_way"),
        (town.asked, "reply", "not_taken"),
        (town.answered, "reply", "already_answered"),
        (town.asked, "pause", "not_taken"),
        (paused, "pause", "paused"),
        (town.taken, "resume", "not_paused"),
        (town.asked, "extend", "not_taken"),
        (paused, "extend", "paused"),
        (paused, "assign", "paused"),
        (town.asked, "join", "not_taken"),
        (paused, "hand_on", "paused"),
        (on_its_way, "hand_on", "on_its_way"),
        (town.answered, "hand_on", "already_answered"),
        *((town.closed, deed, "case_closed") for deed in ("take", "reply", "note", "pause")),
        *((town.closed, deed, "case_closed") for deed in ("extend", "assign", "hand_on")),
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


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["take", "reply", "note", "pause", "resume", "extend", "assign"])
def test_knows_no_case_of_another_unit(deed):
    case = town.taken(at=MONDAY, topic=town.topic("paper", unit=town.LEGAL))

    with pytest.raises(Refused) as refused:
        deeds(case)[deed]()

    assert (refused.value.code, refused.value.status) == ("not_own_case", 404)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PLANNER, Role.SUPERVISOR, Role.HOLDER])
def test_leaves_handling_to_officers_and_clerks(role):
    case = town.taken(at=MONDAY)

    with pytest.raises(Refused, match="not_allowed"):
        handling.reply(by=actor(role, unit=town.HOUSING), at=MONDAY, case=case, words="好。")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "given", "code"),
    [
        (handling.reply, {"words": " "}, "no_words"),
        (handling.reply, {"words": "长" * 8001}, "words_too_long"),
        (handling.note, {"words": ""}, "no_words"),
        (handling.pause, {"kind": "tired", "words": "累。"}, "unknown_kind"),
        (handling.pause, {"kind": "court", "words": ""}, "no_words"),
        (handling.extend, {"days": 1, "kind": "tired", "words": "累。"}, "unknown_kind"),
        (handling.extend, {"days": 1, "kind": "hard", "words": ""}, "no_words"),
        (handling.extend, {"days": 0, "kind": "hard", "words": "难。"}, "too_many_days"),
    ],
)
def test_refuses_what_is_not_said_and_writes_nothing(deed, given, code):
    case = town.taken(at=MONDAY)
    before = Case.objects.values().get(pk=case.pk)

    with pytest.raises(Refused) as refused:
        deed(by=town.officer(), at=MONDAY, case=case, **given)

    assert refused.value.code == code
    assert Case.objects.values().get(pk=case.pk) == before


@pytest.mark.django_db
def test_moves_no_day_that_has_passed():
    case = town.taken(at=MONDAY)

    with pytest.raises(Refused, match="overdue"):
        handling.extend(
            by=town.officer(), at=MONDAY + timedelta(days=30), case=case, days=1, kind="hard",
            words="难。",
        )  # fmt: skip


@pytest.mark.django_db
def test_refuses_a_topic_that_is_closed_or_the_same():
    case = town.asked(at=MONDAY)
    closed = town.topic("gone", closed_on=MONDAY.date())

    for topic, code in ((closed, "topic_closed"), (case.topic, "same_topic")):
        with pytest.raises(Refused, match=code):
            handling.assign(by=town.officer(), at=MONDAY, case=case, topic=topic)


def two_take(case):
    return at_once(
        2,
        lambda n: handling.take(
            by=town.officer(name=f"经办人{n}"), at=MONDAY, case=Case.objects.get(pk=case.pk)
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_lets_one_of_two_clerks_take_a_case():
    case = town.asked(at=MONDAY)

    failures = two_take(case)

    assert [failure.code for failure in failures] == ["already_taken"]
    assert verbs(case) == ["asked", "taken"]


@pytest.mark.django_db(transaction=True)
def test_lets_both_take_it_without_the_lock(monkeypatch):
    """The control: when each decides on what it read before the other wrote, both take it."""
    import threading

    from linli.cases.actions import steps

    case, read = town.asked(at=MONDAY), threading.Barrier(2)

    def unlocked(*, by, at, case):
        read.wait(timeout=10)
        return case

    monkeypatch.setattr(steps, "held", unlocked)
    # Without its transaction, in which SQLite would let one wait for the other.
    monkeypatch.setattr(handling, "take", handling.take.__wrapped__)

    failures = two_take(case)

    assert failures == []
    assert verbs(case) == ["asked", "taken", "taken"]


@pytest.mark.django_db(transaction=True)
def test_ends_either_answered_or_withdrawn_when_both_happen_at_once():
    case = town.taken(at=MONDAY)

    def act(number):
        mine = Case.objects.get(pk=case.pk)
        if number:
            following.withdraw(at=MONDAY, case=mine)
        else:
            handling.reply(by=town.officer(), at=MONDAY, case=mine, words="已修。")

    failures = at_once(2, act)

    # Answered first, it can still be withdrawn; withdrawn first, it is not answered any more.
    assert kept(case).state == "withdrawn"
    assert [failure.code for failure in failures] in ([], ["case_closed"])
    assert verbs(case)[-1] == "withdrew"


@pytest.mark.django_db(transaction=True)
def test_answers_once_when_it_is_sent_twice():
    case = town.taken(at=MONDAY)

    failures = at_once(
        2,
        lambda _: handling.reply(
            by=town.officer(), at=MONDAY, case=Case.objects.get(pk=case.pk), words="已修。"
        ),
    )

    assert [failure.code for failure in failures] == ["already_answered"]
    assert verbs(case) == ["asked", "taken", "replied"]
