"""The page of a task: how it stands, and each role's forms on it, without a script."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.facts.actions import cite_span
from linli.facts.models import Evidence, Fact
from linli.kernel.clock import now
from linli.plans.models import Milestone, Move, Notice, Progress, Review, Step, Task
from tests.plans.task_desk import desk, page, said, send
from tests.town import directory
from tests.town import plans as town

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(noon):
    return town.promised_task(at=noon, target=600)


@pytest.fixture
def officer():
    return desk(town.officer())


@pytest.fixture
def supervisor():
    return desk(town.supervisor())


@pytest.fixture
def planner():
    return desk(town.planner())


def at(task, rest=""):
    return f"/console/tasks/{task.code}/{rest}"


def report(client, task, status=302, **given):
    file = SimpleUploadedFile("培训名册.txt", b"600 certificates", "text/plain")
    fields = {
        "words": "举办12期。",
        "says_done": "on",
        "value": "600",
        "period": "2026",
        "file": file,
    }
    sent = {f"report-{k}": v for k, v in (fields | given).items() if v is not None}
    return send(client, at(task, "report/"), status, **sent)


# How it stands


def test_says_how_the_task_stands_and_why(officer, task):
    text = page(officer, at(task))

    assert "全年培训600人次" in text
    assert "Not promised yet" not in text
    assert "≥ 600 人次" in text
    assert "Nothing is known yet of “培训人次” in 嘉峪关市." in text
    assert f"Lead unit {town.LEAD}" in text


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (town.reported, "A report waits for review."),
        (town.sent_back, "The last report was sent back"),
        (town.accepted, "Done, and proven."),
    ],
)
def test_says_why_in_a_sentence(officer, noon, make, sentence):
    made = make(at=noon)
    task = made.task if isinstance(made, Progress) else made

    assert sentence in page(officer, at(task))


def test_shows_the_sentence_that_promised_it_with_a_way_to_it(officer, noon):
    words = "全年培训600人次以上"
    evidence = cite_span(
        by=town.planner(), at=noon, source="创建工作方案", digest="a" * 64, start=10,
        end=10 + len(words), words=words, address="/reports/7K3M-92QD/#s-m1",
    )  # fmt: skip
    task = town.promised_task(at=noon, evidence=evidence)

    answer = officer.get(f"/en{at(task)}")

    assert words in said(answer)
    assert 'href="/reports/7K3M-92QD/#s-m1"' in answer.content.decode()


def test_shows_the_first_promise_beside_a_later_day(supervisor, noon, task):
    move = town.actions.ask_move(
        by=town.planner(), at=noon, task=task, due_on=date(2027, 1, 30), target=task.target, reason="汛期停工",
    )  # fmt: skip
    town.actions.decide_move(by=town.supervisor(), at=noon, move=move, approved=True)

    text = page(supervisor, at(task))

    assert "First promised for Dec. 31, 2026 · 30 days later" in text
    assert "Move approved" in text


def test_shows_what_is_known_with_its_status_and_citation(officer, supervisor, task):
    report(officer, task)
    claimed = Fact.objects.get()
    text = page(officer, at(task))
    assert f"2026 600 Claimed would be reached {town.LEAD} {claimed.code}" in text
    assert "Proven:" not in text

    send(
        supervisor,
        at(task, "review/"),
        **{"review-progress": Progress.objects.get().pk, "verdict": "accepted"},
    )

    proven = Fact.objects.current().get()
    answer = officer.get(f"/en{at(task)}")
    assert f"2026 600 Evidenced reached {town.LEAD} {proven.code}" in said(answer)
    assert "Proven: 600 of 600 人次" in said(answer)
    assert f'href="/en/c/{proven.code}"' in answer.content.decode()


def test_tells_everything_that_was_done_in_order(officer, supervisor, task):
    report(officer, task, words="先报一次", says_done=None)
    send(
        supervisor,
        at(task, "review/"),
        **{
            "review-progress": Progress.objects.get().pk,
            "verdict": "sent_back",
            "review-reason": "缺少名册",
        },
    )

    text = page(officer, at(task))

    told = [
        "Entered into the ledger",
        "Promised to the public",
        "Progress reported",
        "先报一次",
        "Sent back",
        "缺少名册",
    ]
    places = [text.index(words, text.index("What was done Entered")) for words in told]
    assert places == sorted(places)


# The officer


def test_takes_a_report_with_its_value_and_file(officer, task):
    report(officer, task)

    task.refresh_from_db()
    made = Progress.objects.select_related("fact", "evidence").get()
    assert (task.state, made.words, made.says_done) == (Task.REPORTED, "举办12期。", True)
    assert (made.fact.value, made.fact.status, made.evidence.file_name) == (
        600,
        "claimed",
        "培训名册.txt",
    )
    assert (made.fact.period_from, made.fact.period_until) == (date(2026, 1, 1), date(2027, 1, 1))


def test_refuses_the_same_report_sent_twice(officer, task):
    report(officer, task)

    answer = report(officer, task, status=422)

    assert "A report of this task waits for review already." in said(answer)
    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"words": ""}, "This field is required."),
        ({"value": "很多"}, "Enter a number."),
        ({"period": "上周"}, "Write a year, a month or a day, such as 2026-06."),
        ({"period": ""}, "period"),
    ],
)
def test_says_what_is_wrong_with_a_report_and_keeps_what_was_typed(officer, task, given, sentence):
    answer = report(officer, task, 422, **{"words": "举办12期。"} | given)

    assert sentence in answer.content.decode()
    if "words" not in given:
        assert "举办12期。" in answer.content.decode()
    assert Progress.objects.count() == 0
    assert Step.objects.filter(verb="reported").count() == 0


def test_refuses_a_file_that_is_too_large(officer, task, monkeypatch):
    from linli.plans.forms import deeds

    monkeypatch.setattr(deeds, "_LARGEST", 3)

    answer = report(officer, task, 422)

    assert "larger than 10 MB" in said(answer)
    assert Progress.objects.count() == 0


def test_asks_for_no_value_where_nothing_is_measured(officer, noon):
    task = town.promised_task(at=noon)

    html = officer.get(at(task)).content.decode()

    assert 'name="report-words"' in html
    assert 'name="report-value"' not in html


def test_tells_an_officer_of_a_letter_that_waits(officer, supervisor, task):
    letter = {
        "unit": task.lead.code,
        "kind": "demand",
        "due_on": now().date() + timedelta(days=9),
        "words": "请办结。",
    }
    send(supervisor, at(task, "notices/"), **{f"letter-{k}": v for k, v in letter.items()})

    assert "This report answers it." in page(officer, at(task))


def test_shows_another_units_officer_no_form(noon, task):
    directory.unit(town.OTHER)
    other = desk(town.officer(town.OTHER))

    text = page(other, at(task))

    assert "There is nothing for you to do on this task now." in text
    answer = report(other, task, 403)
    assert "Your unit neither leads this task nor answers for it." in said(answer)
    assert Progress.objects.count() == 0


# The supervisor


def test_accepts_a_report_on_its_evidence(officer, supervisor, task):
    report(officer, task)
    assert "Accept as done" in page(supervisor, at(task))

    send(
        supervisor,
        at(task, "review/"),
        **{"review-progress": Progress.objects.get().pk, "verdict": "accepted"},
    )

    task.refresh_from_db()
    assert task.state == Task.ACCEPTED
    assert "Done, and proven." in page(supervisor, at(task))


def test_sends_a_report_back_only_with_a_reason(officer, supervisor, task):
    report(officer, task)
    answer = {"review-progress": Progress.objects.get().pk, "verdict": "sent_back"}

    refused = send(supervisor, at(task, "review/"), 422, **answer)
    assert "Say what is missing." in said(refused)
    assert Review.objects.count() == 0

    send(supervisor, at(task, "review/"), **answer, **{"review-reason": "缺少名册"})
    assert Review.objects.get().reason == "缺少名册"


def test_offers_no_acceptance_without_a_file(officer, supervisor, task):
    report(officer, task, file=None)

    html = supervisor.get(at(task)).content.decode()

    assert 'value="accepted"' not in html or "No file backs" in html
    answer = send(
        supervisor,
        at(task, "review/"),
        422,
        **{"review-progress": Progress.objects.get().pk, "verdict": "accepted"},
    )
    assert "Nothing backs this report" in said(answer)


def test_answers_each_report_once(officer, supervisor, task):
    report(officer, task)
    answer = {
        "review-progress": Progress.objects.get().pk,
        "verdict": "sent_back",
        "review-reason": "缺少名册",
    }
    send(supervisor, at(task, "review/"), **answer)

    again = send(supervisor, at(task, "review/"), 422, **answer)

    assert "This report was answered already." in said(again)
    assert Review.objects.count() == 1


def test_decides_a_move_that_was_asked_for(officer, supervisor, task):
    send(
        officer,
        at(task, "move/"),
        **{"move-due_on": "2027-03-31", "move-target": "600", "move-reason": "汛期停工"},
    )
    move = Move.objects.get()
    assert "Dec. 31, 2026 → March 31, 2027" in page(supervisor, at(task))

    refused = send(
        supervisor, at(task, "move/decide/"), 422, **{"decision-move": move.pk, "answer": "refuse"}
    )
    assert "Say why not." in said(refused)
    send(supervisor, at(task, "move/decide/"), **{"decision-move": move.pk, "answer": "approve"})

    task.refresh_from_db()
    assert (task.due_on, task.first_due_on) == (date(2027, 3, 31), date(2026, 12, 31))
    again = send(
        supervisor, at(task, "move/decide/"), 422, **{"decision-move": move.pk, "answer": "approve"}
    )
    assert "This wish was answered already." in said(again)


def test_keeps_no_table_about_persons_as_evidence(officer, task):
    table = SimpleUploadedFile("名册.csv", "姓名,民族\n甲,乙\n".encode(), "text/csv")
    before = Evidence.objects.count()

    answer = report(officer, task, 422, file=table)

    assert "Linli keeps no trait" in said(answer)
    assert (Progress.objects.count(), Evidence.objects.count()) == (0, before)


def test_moves_the_day_alone_when_no_target_is_said(officer, task):
    send(officer, at(task, "move/"), **{"move-due_on": "2027-03-31", "move-reason": "汛期停工"})

    move = Move.objects.get()
    assert task.target is not None
    assert (move.now_due_on, move.now_target) == (date(2027, 3, 31), task.target)


def test_asks_for_one_move_at_a_time(officer, task):
    wish = {"move-due_on": "2027-03-31", "move-target": "600", "move-reason": "汛期停工"}
    send(officer, at(task, "move/"), **wish)

    again = send(officer, at(task, "move/"), 422, **wish)

    assert "Another wish to move this task waits for an answer." in said(again)
    assert Move.objects.count() == 1


def test_prefills_a_letter_by_its_kind(supervisor, task):
    html = supervisor.get(f"/en{at(task)}").content.decode()
    assert "关于提醒推进任务的函" in html

    asked = {
        "letter-unit": task.lead.code,
        "letter-kind": "demand",
        "letter-due_on": "2027-02-01",
        "letter-words": "旧",
    }
    answer = send(supervisor, at(task, "notices/draft/"), 200, **asked)
    assert "关于限期办理任务的督办函" in said(answer)
    assert "2027年2月1日前" in said(answer)
    assert "What was done" in said(answer)

    part = supervisor.post(
        f"/en{at(task, 'notices/draft/')}", asked, headers={"HX-Request": "true"}
    )
    assert "关于限期办理任务的督办函" in part.content.decode()
    assert "<main" not in part.content.decode()
    assert Notice.objects.count() == 0


def test_sends_a_letter_and_prints_it(officer, supervisor, task):
    day = (now() + timedelta(days=9)).date()
    letter = {
        "unit": task.lead.code,
        "kind": "warn",
        "due_on": day,
        "words": "请分析原因。\n另行报告。",
    }
    send(supervisor, at(task, "notices/"), **{f"letter-{k}": v for k, v in letter.items()})

    notice = Notice.objects.get()
    assert (notice.unit.name, notice.kind, notice.due_on) == (town.LEAD, "warn", day)
    text = page(officer, at(task, f"notices/{notice.pk}/"))
    assert "请分析原因。 另行报告。" in text
    assert f"Warning to {town.LEAD}" in page(officer, at(task))


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "shout"), ("unit", "0000-0000"), ("due_on", "2020-01-01"), ("words", "")],
)
def test_sends_no_letter_that_makes_no_sense(supervisor, task, field, value):
    letter = {
        "unit": task.lead.code,
        "kind": "warn",
        "due_on": "2099-01-01",
        "words": "请报告。",
    } | {field: value}

    send(supervisor, at(task, "notices/"), 422, **{f"letter-{k}": v for k, v in letter.items()})

    assert Notice.objects.count() == 0


# The planner


def test_gives_a_task_up_with_a_reason(planner, task):
    send(planner, at(task, "drop/"), 422, **{"drop-reason": ""})
    send(planner, at(task, "drop/"), **{"drop-reason": "与另一任务合并"})

    text = page(planner, at(task))
    assert "Given up; the reason stands below." in text
    assert "与另一任务合并" in text
    assert "Edit the task" not in text


def test_adds_milestones_and_notes_when_they_are_reached(planner, officer, task):
    send(
        planner,
        at(task, "milestones/"),
        **{"milestone-title": "确定师资", "milestone-due_on": "2026-06-30"},
    )
    milestone = Milestone.objects.get()
    assert "确定师资" in page(officer, at(task))

    address = at(task, f"milestones/{milestone.pk}/reached/")
    late = send(officer, address, 422, **{f"reached-{milestone.pk}-reached_on": "2999-01-01"})
    assert "This day has not come yet." in said(late)
    send(officer, address, **{f"reached-{milestone.pk}-reached_on": "2026-06-20"})

    milestone.refresh_from_db()
    assert milestone.reached_on == date(2026, 6, 20)


# Files


def test_hands_a_file_out_as_plain_bytes_to_staff_alone(officer, supervisor, task, client):
    report(
        officer,
        task,
        file=SimpleUploadedFile("名册.html", b"<script>alert(1)</script>", "text/html"),
    )
    key = Progress.objects.get().evidence_id

    file = supervisor.get(at(task, f"files/{key}/"))

    assert file.content == b"<script>alert(1)</script>"
    assert file["Content-Type"] == "application/octet-stream"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('名册.html')}"
    assert "/account/login/" in client.get(at(task, f"files/{key}/"))["Location"]


def test_hands_out_no_file_of_another_task(supervisor, noon, task):
    town.reported(at=noon, task=task)
    key = Progress.objects.get().evidence_id
    other = town.task(at=noon, measure=task.measure, title="另一任务")

    assert supervisor.get(at(other, f"files/{key}/")).status_code == 404
    assert supervisor.get(at(task, "files/999/")).status_code == 404
    assert supervisor.get(at(task, f"files/{10**30}/")).status_code == 404


def test_keeps_its_number_of_questions_however_much_was_done(
    planner, noon, task, django_assert_max_num_queries
):
    for number in range(12):
        town.sent_back(at=noon + timedelta(hours=number), task=task, value=number)
        task.refresh_from_db()

    with django_assert_max_num_queries(20):
        planner.get(at(task))


def test_bears_a_name_of_any_length(planner, noon):
    task = town.promised_task(at=noon, title="推进" * 150)

    assert "推进" * 150 in page(planner, at(task))
