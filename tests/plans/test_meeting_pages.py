"""Bodies and meetings on the console: seats, notice, agenda, minutes, and sentences that become tasks."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from linli.kernel.clock import now
from linli.plans import actions
from linli.plans.models import AgendaItem, Attendance, Body, Decision, Measure, Meeting, Seat, Task
from linli.plans.rules.sentences import sentences
from tests.plans.task_desk import desk, page, said, send
from tests.town import directory
from tests.town import plans as town

pytestmark = pytest.mark.django_db

MINUTES = "会议听取了汇报。会议决定,由市人社局牵头,六月底前设立双语窗口。\n市财政局保障经费;各单位按月报送。"


@pytest.fixture
def planner():
    return desk(town.planner())


@pytest.fixture
def meeting():
    moment = now()
    return town.meeting(
        at=moment, starts_at=moment + timedelta(days=3), agenda=["通报情况", "研究分工", "审议方案"]
    )


@pytest.fixture
def held(noon):
    """A meeting whose minutes stand."""
    before = noon - timedelta(days=9)
    body = town.body(at=before, name="嘉峪关市创建工作联席会议")
    made = town.meeting(
        at=before, starts_at=noon - timedelta(days=8), agenda=["研究分工"], body=body
    )
    actions.send_call(by=town.planner(), at=noon - timedelta(days=9), meeting=made)
    return town.approved_minutes(meeting=made, minutes=MINUTES, at=noon)


def at(meeting, rest=""):
    return f"/console/meetings/{meeting.code}/{rest}"


# Bodies


def test_founds_a_body_under_another_with_its_units(planner, noon):
    above = town.body(at=noon, name="嘉峪关市创建工作领导小组")
    given = {
        "name": "雄关区联席会议",
        "kind": "joint_meeting",
        "area": "620200",
        "above": above.code,
        "chair": "市教育局",
        "units": "市人社局、市教育局",
    }

    send(planner, "/console/bodies/new/", **given)

    body = Body.objects.get(name="雄关区联席会议")
    assert body.above == above
    assert {(seat.unit.name, seat.chairs) for seat in body.seats.all()} == {
        (town.OTHER, True),
        (town.LEAD, False),
    }
    (root,) = planner.get("/console/bodies/").context["tree"]
    assert (root.body, [branch.body for branch in root.below]) == (above, [body])
    taken = send(planner, "/console/bodies/new/", 422, **given)
    assert "Another body bears this name." in said(taken)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("kind", "x"),
        ("area", ""),
        ("chair", "市人社局、市教育局"),
        ("units", "市外星局"),
    ],
)
def test_founds_no_body_that_makes_no_sense(planner, field, value):
    directory.unit(town.LEAD)
    directory.unit(town.OTHER)
    given = {"name": "联席会议", "kind": "joint_meeting", "area": "620200", "units": "市人社局"}

    answer = send(planner, "/console/bodies/new/", 422, **given | {field: value})

    assert field in answer.context["form"].errors
    assert Body.objects.count() == 0


def test_changes_the_seats_of_a_body(planner, noon):
    body = town.body(at=noon)

    send(planner, f"/console/bodies/{body.code}/seats/", chair="市人社局", units="市教育局")

    assert {(seat.unit.name, seat.chairs) for seat in Seat.objects.all()} == {
        (town.LEAD, True),
        (town.OTHER, False),
    }
    wrong = send(planner, f"/console/bodies/{body.code}/seats/", 422, chair="", units="市外星局")
    assert "“市外星局” is no unit of this place." in said(wrong)
    assert Seat.objects.count() == 2


def test_says_when_there_is_no_body_and_no_meeting(planner, noon):
    assert "There is no body yet." in page(planner, "/console/bodies/")
    body = town.body(at=noon, units=())
    text = page(planner, f"/console/bodies/{body.code}/")
    assert "It has not met yet." in text
    assert "No unit sits in it yet." in text


# Calling a meeting


def test_calls_a_meeting_with_what_came_back_marked_so(planner, held, noon):
    town.task(at=noon)
    decided = Task.objects.get()
    item = held.agenda.get()
    Decision.objects.create(item=item, start=0, end=8, task=decided)
    address = f"/console/bodies/{held.body.code}/meetings/new/"
    assert "研究分工 left open at 第一次会议" in page(planner, address)
    assert "全年培训600人次 decided, not done" in page(planner, address)

    later = (now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    send(
        planner,
        address,
        title="第二次会议",
        starts_at=later,
        venue="一号会议室",
        agenda="督查安排\n\n其他",
    )

    made = Meeting.objects.get(title="第二次会议")
    assert list(made.agenda.values_list("title", flat=True)) == [
        "研究分工",
        "全年培训600人次",
        "督查安排",
        "其他",
    ]
    text = page(planner, at(made))
    assert "研究分工 came back 第一次会议" in text
    assert "decided earlier" in text
    assert "stands again at 第二次会议" in page(planner, at(held))


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("starts_at", "x"), ("starts_at", "2020-01-01T09:00")]
)
def test_calls_no_meeting_that_makes_no_sense(planner, noon, field, value):
    body = town.body(at=noon)
    given = {"title": "会议", "starts_at": "2099-01-01T09:00"}

    answer = send(
        planner, f"/console/bodies/{body.code}/meetings/new/", 422, **given | {field: value}
    )

    assert field in answer.context["form"].errors
    assert Meeting.objects.count() == 0


def test_sends_the_notice_once_and_prints_it(planner, meeting):
    text = page(planner, at(meeting, "call/"))
    assert f"{town.LEAD}、{town.OTHER}" in text
    assert text.index("通报情况") < text.index("审议方案")

    send(planner, at(meeting, "call/send/"))
    assert Attendance.objects.count() == 2
    again = send(planner, at(meeting, "call/send/"), 422)

    assert "The notice went out already." in said(again)


# Agenda


def test_adds_places_and_settles_points(planner, meeting):
    send(planner, at(meeting, "points/"), **{"point-title": "其他事项"})
    last = AgendaItem.objects.get(title="其他事项")
    send(planner, at(meeting, f"points/{last.pk}/place/"), position="2")

    assert list(meeting.agenda.values_list("title", flat=True)) == [
        "通报情况",
        "其他事项",
        "研究分工",
        "审议方案",
    ]
    assert list(meeting.agenda.values_list("position", flat=True)) == [1, 2, 3, 4]
    send(planner, at(meeting, f"points/{last.pk}/settle/"))
    last.refresh_from_db()
    assert last.settled
    again = send(planner, at(meeting, f"points/{last.pk}/settle/"), 422)
    assert "This point is settled." in said(again)


@pytest.mark.parametrize(
    ("position", "at_last"), [("0", 1), ("x", 1), ("99", 3), ("-1", 1), ("99999999999", 1)]
)
def test_places_a_point_within_the_agenda_whatever_is_typed(planner, meeting, position, at_last):
    item = meeting.agenda.get(title="研究分工")

    send(planner, at(meeting, f"points/{item.pk}/place/"), position=position)

    item.refresh_from_db()
    assert item.position == at_last
    assert sorted(meeting.agenda.values_list("position", flat=True)) == [1, 2, 3]


def test_places_no_point_once_the_minutes_stand(planner, held):
    item = held.agenda.get()

    answer = send(planner, at(held, f"points/{item.pk}/place/"), 422, position="1")

    assert "The minutes are approved" in said(answer)


def test_adds_no_point_without_words(planner, meeting):
    send(planner, at(meeting, "points/"), 422, **{"point-title": ""})

    assert meeting.agenda.count() == 3


def test_settles_no_point_of_another_meeting(planner, meeting, held):
    item = held.agenda.get()

    assert planner.post(at(meeting, f"points/{item.pk}/settle/")).status_code == 404
    assert planner.post(at(meeting, f"points/{item.pk}/place/"), {"position": 1}).status_code == 404


# Attendance and minutes


def test_notes_which_units_came(planner, noon):
    made = town.meeting(at=noon, starts_at=noon + timedelta(minutes=1))
    actions.send_call(by=town.planner(), at=noon, meeting=made)
    lead, other = directory.unit(town.LEAD), directory.unit(town.OTHER)

    send(
        planner, at(made, "attendance/"), **{f"came-{lead.code}": "yes", f"came-{other.code}": "no"}
    )

    assert {row.unit: row.present for row in Attendance.objects.all()} == {lead: True, other: False}
    send(planner, at(made, "attendance/"), 422, **{f"came-{lead.code}": "maybe"})
    assert {row.unit: row.present for row in Attendance.objects.all()} == {lead: True, other: False}


def test_keeps_minutes_as_a_draft_and_approves_them(planner, noon):
    made = town.meeting(at=noon - timedelta(days=2), starts_at=noon - timedelta(days=1))

    send(planner, at(made, "minutes/"), minutes="会议听取了汇报。")
    assert "written" in page(planner, at(made))
    send(planner, at(made, "minutes/"), minutes=MINUTES, approve="1")

    made.refresh_from_db()
    assert made.minutes == MINUTES
    assert made.approved_at is not None
    late = send(planner, at(made, "minutes/"), 422, minutes="改写")
    assert "The minutes are approved" in said(late)
    made.refresh_from_db()
    assert made.minutes == MINUTES


def test_approves_no_minutes_before_the_meeting_or_without_words(planner, meeting, noon):
    answer = send(planner, at(meeting, "minutes/"), 422, minutes=MINUTES, approve="1")
    assert "This meeting has not begun." in said(answer)
    meeting.refresh_from_db()
    assert meeting.minutes == ""  # refused as a whole
    past = town.meeting(
        at=noon - timedelta(days=2), starts_at=noon - timedelta(days=1), body=meeting.body
    )
    empty = send(planner, at(past, "minutes/"), 422, minutes=" ", approve="1")
    assert "Write the minutes first." in said(empty)


# Decisions


def spans(meeting):
    return [(one.start, one.end) for one in sentences(meeting.minutes)]


def test_shows_the_minutes_sentence_by_sentence_each_with_a_way_to_decide(planner, held):
    html = planner.get(f"/en{at(held)}").content.decode()

    assert [MINUTES[s:e] for s, e in spans(held)] == [
        "会议听取了汇报。", "会议决定,由市人社局牵头,六月底前设立双语窗口。", "市财政局保障经费;", "各单位按月报送。",
    ]  # fmt: skip
    for start, end in spans(held):
        assert f'href="/en{at(held)}decide/{start}/{end}/"' in html


def decision(meeting, of, **overrides):
    return {
        "item": meeting.agenda.get().pk, "title": "设立双语窗口", "programme": of.code,
        "measure": "改善窗口服务", "lead": directory.unit(town.LEAD).code, "due_on": "2026-12-20",
    } | overrides  # fmt: skip


def test_makes_a_task_of_a_sentence_once(planner, held, noon):
    programme = town.programme(at=noon)
    start, end = spans(held)[1]
    address = at(held, f"decide/{start}/{end}/")
    assert MINUTES[start:end] in page(planner, address)

    made = send(planner, address, **decision(held, programme))

    task = Task.objects.select_related("evidence", "measure").get()
    assert made["Location"] == f"/en/console/tasks/{task.code}/"
    assert (task.title, task.lead.name, task.due_on, task.measure.title) == (
        "设立双语窗口",
        town.LEAD,
        date(2026, 12, 20),
        "改善窗口服务",
    )
    assert (task.evidence.words, task.evidence.address) == (MINUTES[start:end], at(held))
    assert str(Decision.objects.get()) == MINUTES[start:end]
    text = page(planner, at(held))
    assert f"设立双语窗口 {town.LEAD} Dec. 20, 2026 Due soon {MINUTES[start:end]}" in text

    again = send(planner, address, 422, **decision(held, programme))
    assert "These words are a decision already." in said(again)
    assert (Task.objects.count(), Measure.objects.count()) == (1, 1)


@pytest.mark.parametrize("field", ["item", "title", "programme", "measure", "lead", "due_on"])
def test_decides_nothing_with_a_gap(planner, held, noon, field):
    start, end = spans(held)[1]

    answer = send(
        planner,
        at(held, f"decide/{start}/{end}/"),
        422,
        **decision(held, town.programme(at=noon), **{field: ""}),
    )

    assert field in answer.context["form"].errors
    assert Decision.objects.count() == 0


def test_decides_nothing_outside_the_minutes_or_before_they_stand(planner, held, meeting):
    for span in ("5/3", "0/0", "0/9999"):
        assert planner.get(at(held, f"decide/{span}/")).status_code == 404
    assert planner.get(at(meeting, "decide/0/1/")).status_code == 404


@whatever(text=st.text("会议决定。!?;;\n 」)a1", max_size=40))
def test_cuts_sentences_that_are_the_text_itself(text):
    found = sentences(text)

    assert [text[one.start : one.end] for one in found] == [one.words for one in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    kept = "".join(one.words for one in found)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("count", [1, 8])
def test_asks_the_database_the_same_however_much_was_decided(
    planner, noon, count, django_assert_max_num_queries
):
    made = town.meeting(
        at=noon, starts_at=noon + timedelta(minutes=1), agenda=[f"第{n}点" for n in range(count)]
    )
    actions.send_call(by=town.planner(), at=noon, meeting=made)
    text = "".join(f"决定{n}。" for n in range(count))
    made = town.approved_minutes(meeting=made, minutes=text, at=noon + timedelta(hours=1))
    measure = town.measure(at=noon)
    for one in sentences(text):
        actions.decide(
            by=town.planner(), at=noon, item=made.agenda.first(), start=one.start, end=one.end,
            task_draft=town.draft(title=one.words), measure=measure,
        )  # fmt: skip

    with django_assert_max_num_queries(14):
        planner.get(at(made))
    with django_assert_max_num_queries(10):
        planner.get(f"/console/bodies/{made.body.code}/")
