"""A poll from its first question to its result, through its pages; nothing else is asked of who answers."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from linli.assessments.actions import subjects
from linli.assessments.models import Box, Poll, PollMatter, Sheaf, Slip
from tests.offers.console import desk, page, said, send
from tests.town import directory
from tests.town import polls as town
from tests.town.assessments import planner

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
AFTER = datetime(2026, 7, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def poll():
    return town.opened(at=NOW)


def test_writes_a_poll_question_by_question_and_opens_it():
    client, unit = desk(planner()), directory.unit("民族宗教事务局")
    frame = {"title": "窗口测评", "until": "2026-06-30", "unit": unit.code, "languages": ["zh-hans", "en"]}  # fmt: skip
    made = send(client, "/console/polls/new/", **frame)
    poll = Poll.objects.get()
    here = f"/console/polls/{poll.code}/"
    assert made.url == f"/en{here}"
    ready = page(client, f"{here}questions/new/?as=yes_no")
    assert "In a score" in ready

    send(client, f"{here}questions/new/", 422, text="有双语窗口吗？", option_1="有")
    send(client, f"{here}questions/new/", text="有双语窗口吗？", option_1="有", option_2="没有", worth_1="100", worth_2="0")  # fmt: skip
    assert "A question is not said in every language yet." in page(client, here)
    send(client, f"{here}questions/q1/?language=en", text="Is there a bilingual window?", option_1="Yes", option_2="No")  # fmt: skip
    send(client, here, deed="open")

    kept = Poll.objects.get().form
    assert Poll.objects.get().state == "open"
    assert kept.questions[0].text == {"zh-hans": "有双语窗口吗？", "en": "Is there a bilingual window?"}  # fmt: skip
    assert [(one.text["en"], one.worth) for one in kept.questions[0].options] == [("Yes", 100), ("No", 0)]  # fmt: skip


def test_begins_a_poll_about_the_subject_that_the_address_names():
    unit = directory.unit("民族宗教事务局")
    draft = subjects.SubjectDraft("decision", "夜市搬迁", unit.area, unit)
    about = subjects.name_subject(by=planner(), at=NOW, draft=draft)
    way = f"/console/polls/new/?subject={about.code}"
    assert "About: 夜市搬迁" in page(desk(planner()), way)

    send(desk(planner()), way, title="夜市测评", until="2026-06-30", unit=unit.code, languages=["zh-hans"])  # fmt: skip

    assert (Poll.objects.get().subject, Poll.objects.get().round) == (about, None)


def test_takes_a_question_out_and_changes_the_frame():
    client, poll = desk(planner()), town.draft(at=NOW)
    here = f"/console/polls/{poll.code}/"

    send(client, f"{here}questions/q2/", out="1")
    send(client, f"{here}frame/", title="新名", until="2026-07-31", languages=["zh-hans"])

    kept = Poll.objects.get()
    assert (kept.title, [one.key for one in kept.form.questions]) == ("新名", ["q1"])


def test_prints_slips_that_one_answers_with_in_ones_own_language(poll):
    station = directory.unit("文化广场站")
    here = f"/console/polls/{poll.code}/"
    send(desk(planner()), f"{here}give/", way="slips", unit=station.code, size="12")
    sheaf, clerk = Sheaf.objects.get(), desk(town.clerk())
    printed = send(clerk, f"{here}slips/{sheaf.pk}/", 200, count="12")
    codes = re.findall(r"\b\d{4} \d{4} \d{4} \d{4}\b", said(printed))
    assert len(codes) == 12
    assert "#" not in said(printed)

    anybody, way = Client(), f"/polls/{poll.code}/answer/"
    asks = said(send(anybody, way, 200, code=codes[0]))
    assert "How is the service?" in asks
    assert send(anybody, way, code=codes[0], answer="1", q1="good").url == f"/en/polls/{poll.code}/thanks/"  # fmt: skip
    again = said(send(anybody, way, 422, code=codes[0], answer="1", q1="bad"))

    assert "This slip was used already" in again
    assert (
        said(send(anybody, way, 422, code=codes[1], answer="1")).count("Choose at least one") == 1
    )
    assert (PollMatter.objects.get().answered, Slip.objects.filter(spent=True).count()) == (1, 1)


def test_tells_nothing_before_the_last_day_has_passed(poll):
    codes = town.slips(poll, 23, at=NOW)
    town.answers(poll, codes[:9], at=NOW)
    assert "fewer than ten" in page(Client(), f"/polls/{poll.code}/")
    town.answers(poll, codes[9:], at=NOW)

    shown = page(Client(), f"/polls/{poll.code}/")

    assert "20 or more" in shown
    assert "23" not in shown
    assert "%" not in shown
    assert "20 or more" in page(desk(planner()), f"/console/polls/{poll.code}/")


def test_tells_the_result_in_public(poll, django_assert_max_num_queries):
    codes = town.slips(poll, 12, at=NOW)
    town.answers(poll, codes[:9], at=NOW, chosen={"q1": "good"})
    town.answers(poll, codes[9:], at=NOW, chosen={"q1": "bad"})
    with time_machine.travel(AFTER):
        send(desk(planner()), f"/console/polls/{poll.code}/", deed="release")
        with django_assert_max_num_queries(6):
            shown = page(Client(), f"/polls/{poll.code}/")
        late = page(Client(), f"/polls/{poll.code}/answer/")

    assert "12 answered. In a score it counts 75.00 %" in shown
    assert "Good 9 · 75 %" in shown
    assert "Fewer than ten answered this" in shown
    assert "This poll is over" in late


def test_counts_papers_by_two(poll):
    station = directory.unit("文化广场站")
    here = f"/console/polls/{poll.code}/"
    send(desk(planner()), f"{here}give/", way="papers", unit=station.code, size="30")
    box = Box.objects.get()
    counts = {"papers": "11", "q1_good": "11", "q1_fair": "0", "q1_bad": "0", "q2_yes": "5", "q2_no": "6", "q2_unknown": "0"}  # fmt: skip
    assert "Tick one answer" in page(desk(town.clerk()), f"{here}paper/?language=en")

    for name in ("甲", "乙"):
        send(desk(town.clerk(name=name)), f"{here}boxes/{box.code}/", **counts)

    assert (Box.objects.get().papers, PollMatter.objects.get().answered) == (11, 11)


def test_lists_polls_in_few_queries(poll, django_assert_max_num_queries):
    for number in range(5):
        town.opened(at=NOW, title=f"第{number}次测评")
    with django_assert_max_num_queries(4):
        assert page(Client(), "/polls/").count("I have a slip") == 6
    client = desk(planner())
    with django_assert_max_num_queries(6):
        page(client, "/console/polls/")
