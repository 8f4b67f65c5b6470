"""Polls from draft to result: slips, papers, the gate, and what the database holds of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.assessments.actions import poll_boxes, poll_questions, poll_slips, polls
from linli.assessments.models import Box, Poll, PollMatter, Sheaf, Slip
from linli.assessments.queries.poll_shares import running_polls, shares
from linli.assessments.rules.polls import Option, Question, put
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from tests.town import assessments, directory
from tests.town import polls as town
from tests.town.assessments import planner

AFTER = datetime(2026, 7, 1, 2, tzinfo=UTC)
GOOD = [1, 0, 0, 1, 0, 0]


@pytest.fixture
def now(db):
    return datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def poll(now):
    return town.opened(at=now)


@pytest.fixture
def box(poll, now):
    (given,) = poll_boxes.give_papers(
        by=planner(), at=now, matters=poll.matters.all(), unit=directory.unit("文化广场站"), size=20
    )
    return given


def counted(box, papers, counts, *, by, at):
    return poll_boxes.count_box(
        by=town.clerk(name=by), at=at, box=box, counted=poll_boxes.BoxCount(papers, counts)
    )


def standing():
    return (
        list(Poll.objects.values_list("opened_at", "released_at", "dropped_at", "document")),
        list(PollMatter.objects.values_list("answered", "allowed", "tally", "result")),
        list(Sheaf.objects.values_list("made")),
        list(Slip.objects.values_list("spent").order_by("spent")),
        list(Box.objects.values_list("first", "first_by", "papers")),
    )


def refuses(code, deed):
    before = standing()
    with pytest.raises(Refused) as refused:
        deed()
    assert refused.value.code == code
    assert standing() == before


def test_counts_each_slip_once_and_tells_all_at_the_end(poll, now):
    codes = town.slips(poll, 12, at=now)
    town.answers(poll, codes[:10], at=now)
    town.answers(poll, codes[10:], at=now, chosen={"q1": "bad"})

    told = polls.release_poll(by=planner(), at=AFTER, poll=poll).matters.get()

    assert told.result == {"n": 12, "counts": {"q1": [10, 0, 2], "q2": [10, 0, 0]}}
    assert told.tally is None


def test_never_learns_what_fewer_than_ten_have_said(poll, now):
    town.answers(poll, town.slips(poll, 9, at=now), at=now)

    told = polls.release_poll(by=planner(), at=AFTER, poll=poll).matters.get()

    assert (told.answered, told.result, told.tally) == (9, None, None)


def test_destroys_the_key_when_the_result_is_told(poll, now, django_capture_on_commit_callbacks):
    key = poll.tally_key
    assert store().key(key) is not None

    with django_capture_on_commit_callbacks(execute=True):
        polls.release_poll(by=planner(), at=AFTER, poll=poll)

    assert store().key(key) is None
    assert Poll.objects.get().tally_key == ""


def test_ends_by_itself_and_forgets_the_slips(poll, now):
    town.slips(poll, 3, at=now)
    key = poll.tally_key

    ended = polls.end_polls(at=AFTER)  # stopped before the key store was reached
    again = polls.end_polls(at=AFTER)

    assert (ended, again, Slip.objects.count()) == (1, 0, 0)
    assert store().key(key) is None


def test_drops_a_poll_unread(poll, now):
    town.answers(poll, town.slips(poll, 12, at=now), at=now)

    dropped = polls.drop_poll(by=planner(), at=now, poll=poll, reason="题目有误")

    matter = dropped.matters.get()
    assert (matter.result, matter.tally, dropped.drop_reason) == (None, None, "题目有误")


def test_counts_a_box_that_two_have_counted_alike(poll, box, now):
    counts = [7, 3, 1, 6, 5, 0]
    first = counted(box, 11, counts, by="甲", at=AFTER)
    assert (first.papers, PollMatter.objects.get().answered) == (None, 0)

    second = counted(box, 11, counts, by="乙", at=AFTER)

    told = polls.release_poll(by=planner(), at=AFTER, poll=poll).matters.get()
    assert (second.papers, second.first) == (11, None)
    assert told.result == {"n": 11, "counts": {"q1": [7, 3, 1], "q2": [6, 5, 0]}}


def test_forgets_both_counts_of_a_box_that_differ(box, now):
    counted(box, 11, [7, 3, 1, 6, 5, 0], by="甲", at=now)
    after = counted(box, 11, [7, 2, 2, 6, 5, 0], by="乙", at=now)

    assert (after.first, after.first_by, after.papers, after.recounts) == (None, "", None, 1)
    assert PollMatter.objects.get().answered == 0


def test_waits_for_boxes_thirty_days_and_no_longer(poll, box, now):
    assert polls.end_polls(at=AFTER) == 0
    assert polls.end_polls(at=AFTER + timedelta(days=31)) == 1


def test_asks_of_every_candidate_and_gives_each_its_share(now):
    round_ = assessments.opened(at=now)
    one, two, gone = (
        assessments.candidate(name, at=now, of=round_) for name in ("甲社区", "乙社区", "丙社区")
    )
    assessments.rounds.step(by=planner(), at=now, candidacy=gone, to="left", reason="退出")
    poll = town.opened(at=now, round=round_)
    asked = poll.matters.get(candidacy=one)
    town.answers(poll, town.slips(poll, 10, at=now, matter=asked), at=now, chosen={"q1": "fair"})
    assert list(running_polls(round_)) == [poll]
    assert shares(round_) == {}

    polls.release_poll(by=planner(), at=AFTER, poll=poll)

    assert shares(round_) == {one.pk: 5000, two.pk: None}
    assert not running_polls(round_)


def test_lets_nobody_hand_out_slips_about_themselves(now):
    round_ = assessments.opened(at=now)
    candidate = assessments.candidate("甲社区", at=now, of=round_)
    poll = town.opened(at=now, round=round_)
    given = {"by": planner(), "at": now, "matters": poll.matters.all(), "size": 5}

    refuses("about_themselves", lambda: poll_slips.give_slips(unit=candidate.subject.unit, **given))
    refuses(
        "about_themselves", lambda: poll_boxes.give_papers(unit=candidate.subject.unit, **given)
    )
    with pytest.raises(DatabaseError, match="about themselves"), transaction.atomic():
        Sheaf.objects.create(
            matter=poll.matters.get(), unit=candidate.subject.unit, size=5, by_name="甲", at=now
        )


def test_refuses_a_draft_that_cannot_be(now):
    draft = polls.PollDraft("", directory.unit(), town.UNTIL)
    both = polls.PollDraft(
        "名", directory.unit(), town.UNTIL, round=assessments.opened(at=now),
        subject=assessments.rounds.unit_subject(by=planner(), at=now, unit=directory.unit()),
    )  # fmt: skip
    mute = polls.PollDraft("名", directory.unit(), town.UNTIL, languages=())
    for code, one in (("no_name", draft), ("about_two", both), ("no_language", mute)):
        refuses(code, lambda one=one: polls.draft_poll(by=planner(), at=now, draft=one))
    refuses("not_allowed", lambda: polls.draft_poll(by=town.clerk(), at=now, draft=draft))


def test_refuses_to_open_what_is_not_fit(now):
    empty = polls.draft_poll(
        by=planner(), at=now, draft=polls.PollDraft("名", directory.unit(), town.UNTIL)
    )
    late = town.draft(at=now, until=date(2026, 5, 31))
    alone = town.draft(at=now, round=assessments.opened(at=now))
    for code, one in (
        ("poll_has_faults", empty), ("day_passed", late), ("nobody_to_ask_about", alone),
    ):  # fmt: skip
        refuses(code, lambda one=one: polls.open_poll(by=planner(), at=now, poll=one))


def test_refuses_questions_that_nobody_is_asked(now):
    draft = town.draft(at=now)
    asks = Question("q3", {"zh-hans": "您的民族？"}, (Option("a", {"zh-hans": "是"}),) * 2)
    long = Question("q3", {"zh-hans": "长" * 301}, asks.options)
    many = Question("q3", {"zh-hans": "多"}, asks.options * 5)
    for code, question in (
        ("asks_a_trait", asks), ("text_too_long", long), ("too_many_options", many),
    ):  # fmt: skip
        form = put(draft.form, question)
        refuses(code, lambda form=form: poll_questions.save_questions(by=planner(), at=now, poll=draft, form=form))  # fmt: skip
    form = draft.form
    for number in range(3, 23):
        form = put(form, Question(f"q{number}", {"zh-hans": "题"}, asks.options))
    refuses("too_many_questions", lambda: poll_questions.save_questions(by=planner(), at=now, poll=draft, form=form))  # fmt: skip


def test_frames_a_draft_and_drops_what_it_says_in_a_language_left_out(now, poll):
    frame = poll_questions.Frame("新名", date(2026, 7, 31), languages=("zh-hans",))
    kept = poll_questions.frame_poll(by=planner(), at=now, poll=town.draft(at=now), frame=frame)

    assert (kept.title, kept.form.languages, set(kept.form.questions[0].text)) == (
        "新名", ("zh-hans",), {"zh-hans"},
    )  # fmt: skip
    refuses("not_draft", lambda: poll_questions.frame_poll(by=planner(), at=now, poll=poll, frame=frame))  # fmt: skip
    for code, wrong in (
        ("no_name", poll_questions.Frame("", town.UNTIL)),
        ("no_language", poll_questions.Frame("名", town.UNTIL, languages=())),
    ):
        refuses(code, lambda wrong=wrong: poll_questions.frame_poll(by=planner(), at=now, poll=kept, frame=wrong))  # fmt: skip


def test_refuses_an_end_before_its_time_or_without_a_reason(poll, box):
    refuses("not_over", lambda: polls.release_poll(by=planner(), at=AFTER - timedelta(days=1), poll=poll))  # fmt: skip
    refuses("boxes_open", lambda: polls.release_poll(by=planner(), at=AFTER, poll=poll))
    refuses("no_reason", lambda: polls.drop_poll(by=planner(), at=AFTER, poll=poll, reason=" "))
    polls.drop_poll(by=planner(), at=AFTER, poll=poll, reason="题目有误")
    refuses("not_open", lambda: polls.release_poll(by=planner(), at=AFTER, poll=poll))
    refuses("not_draft", lambda: polls.open_poll(by=planner(), at=AFTER, poll=poll))
    refuses("not_allowed", lambda: polls.end_polls(by=planner(), at=AFTER))


def test_refuses_a_count_that_cannot_be(poll, box, now):
    refuses("too_many_papers", lambda: counted(box, 21, GOOD, by="甲", at=now))
    refuses("counts_do_not_fit", lambda: counted(box, 1, [1, 1, 0, 0, 0, 0], by="甲", at=now))
    refuses("counts_do_not_fit", lambda: counted(box, 1, [1], by="甲", at=now))
    other = poll_boxes.BoxCount(1, GOOD)
    refuses("not_own_unit", lambda: poll_boxes.count_box(by=town.clerk("另一站"), at=now, box=box, counted=other))  # fmt: skip
    counted(box, 1, GOOD, by="甲", at=now)
    refuses("counted_by_you", lambda: counted(box, 1, GOOD, by="甲", at=now))
    counted(box, 1, GOOD, by="乙", at=now)
    refuses("box_counted", lambda: counted(box, 1, GOOD, by="丙", at=now))
    (late,) = poll_boxes.give_papers(
        by=planner(), at=now, matters=poll.matters.all(), unit=directory.unit("文化广场站"), size=9
    )
    polls.drop_poll(by=planner(), at=now, poll=poll, reason="题目有误")
    refuses("not_open", lambda: counted(late, 1, GOOD, by="甲", at=now))
