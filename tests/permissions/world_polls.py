"""What the matrix asks of polls: a draft, one that runs, its slips and a box at the clerk's unit."""

from datetime import timedelta

from linli.assessments.actions import poll_boxes, poll_questions, poll_slips, polls
from tests.town import cases, plans
from tests.town import polls as town

__all__ = ["SENT", "build"]


def build(has, *, at, hidden):
    """Return the parts of addresses. The draft is seen by no stranger."""
    by = plans.planner()
    running, kept = (_drafted(has, by, at, title) for title in ("窗口测评", hidden))
    running = polls.open_poll(by=by, at=at, poll=running)
    given = {"by": by, "at": at, "matters": running.matters.all(), "unit": has.lead, "size": 50}
    (sheaf,), (box,) = poll_slips.give_slips(**given), poll_boxes.give_papers(**given)
    clerk = cases.clerk(has.lead.name, name="柜员")
    (has.slip,) = poll_slips.make_slips(by=clerk, at=at, sheaf=sheaf, count=1)
    named = {"code": running.code}
    return {
        "poll": named,
        "kept poll": {"code": kept.code},
        "poll question": {"code": kept.code, "key": "q1"},
        "sheaf": named | {"number": sheaf.pk},
        "box": named | {"box": box.code},
    }


def _drafted(has, by, at, title):
    until = (at + timedelta(days=30)).date()
    draft = polls.PollDraft(title=title, unit=has.lead, until=until)
    made = polls.draft_poll(by=by, at=at, draft=draft)
    return poll_questions.save_questions(by=by, at=at, poll=made, form=town.form())


_FRAME = {"title": "新测评", "until": "2026-12-31", "languages": ["zh-hans"]}
SENT = {
    ("assessments:poll_answer", "valid"): lambda has: {
        "code": has.slip, "answer": "1", "q1": "good",
    },
    ("assessments:poll_new", "valid"): lambda has: _FRAME | {"unit": has.lead.code},
    ("assessments:poll_frame", "valid"): lambda has: _FRAME,
    ("assessments:console_poll", "valid"): lambda has: {"deed": "open"},
    ("assessments:poll_question", "valid"): lambda has: {
        "text": "好不好？", "option_1": "好", "option_2": "不好",
    },
    ("assessments:poll_give", "valid"): lambda has: {
        "way": "slips", "unit": has.other.code, "size": "5",
    },
    ("assessments:poll_slips", "valid"): lambda has: {"count": "2"},
    ("assessments:poll_box", "valid"): lambda has: {
        "papers": "1", "q1_good": "1", "q1_fair": "0", "q1_bad": "0", "q2_yes": "0", "q2_no": "0",
        "q2_unknown": "0",
    },
}  # fmt: skip
