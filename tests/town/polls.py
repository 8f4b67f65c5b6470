"""Polls for tests: one of two questions, its slips, and people who answer."""

from datetime import date

from linli.assessments.actions import poll_questions, poll_slips, polls
from linli.assessments.rules.polls import Option, PollForm, Question
from linli.kernel.actors import Role
from tests.town import directory
from tests.town.assessments import planner
from tests.town.staff import actor

UNTIL = date(2026, 6, 30)
WORTHS = (("good", "好", "Good", 100), ("fair", "一般", "Fair", 50), ("bad", "不好", "Bad", 0))


def form(*, languages=("zh-hans", "en")):
    first = Question(
        "q1",
        {"zh-hans": "服务怎么样？", "en": "How is the service?"},
        tuple(Option(key, {"zh-hans": zh, "en": en}, worth) for key, zh, en, worth in WORTHS),
    )
    second = Question(
        "q2",
        {"zh-hans": "有双语窗口吗？", "en": "Is there a bilingual window?"},
        (Option("yes", {"zh-hans": "有", "en": "Yes"}, 100), Option("no", {"zh-hans": "没有", "en": "No"}, 0),
         Option("unknown", {"zh-hans": "不清楚", "en": "I do not know"})),
    )  # fmt: skip
    return PollForm(tuple(languages), (first, second))


def draft(*, at, title="服务窗口民意测评", **given):
    unit = directory.unit("民族宗教事务局")
    said = {"title": title, "unit": unit, "until": UNTIL, "languages": ("zh-hans", "en"), **given}
    made = polls.draft_poll(by=planner(), at=at, draft=polls.PollDraft(**said))
    return poll_questions.save_questions(by=planner(), at=at, poll=made, form=form())


def opened(*, at, **given):
    return polls.open_poll(by=planner(), at=at, poll=draft(at=at, **given))


def clerk(unit="文化广场站", name="窗口甲"):
    return actor(Role.CLERK, name=name, unit=getattr(unit, "name", unit))


def slips(poll, count, *, at, matter=None, unit="文化广场站"):
    """Codes of slips about a matter, given to a unit and printed by it."""
    matter = matter or poll.matters.get()
    unit = directory.unit(unit)
    (sheaf,) = poll_slips.give_slips(by=planner(), at=at, matters=[matter], unit=unit, size=count)
    return poll_slips.make_slips(by=clerk(unit), at=at, sheaf=sheaf, count=count)


def answers(poll, codes, *, at, chosen=None):
    """Answer with each of these codes, alike."""
    for code in codes:
        poll_slips.answer(at=at, poll=poll, code=code, chosen=chosen or {"q1": "good", "q2": "yes"})
