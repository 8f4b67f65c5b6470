"""Who may open and send what, for every address of these pages; and an address that leads nowhere."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, resolve

from linli.kernel.clock import now
from linli.plans import urls
from linli.plans.models import Notice, Progress, Step, Task
from tests.plans.task_desk import desk
from tests.town import plans as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

ALL = {"planner", "officer", "supervisor"}
# Who may look at an address, and who may send to it.
LOOK = {
    "programmes": ALL, "programme": ALL, "task": ALL, "task_file": ALL, "notice": ALL, "documents": ALL,
    "document": ALL, "bodies": ALL, "body": ALL, "meeting": ALL, "call_letter": ALL,
    "new_programme": {"planner"}, "edit_programme": {"planner"}, "publish_programme": {"planner"},
    "new_task": {"planner"}, "edit_task": {"planner"},
    "new_document": {"planner"}, "replace_document": {"planner"}, "new_body": {"planner"},
    "call_meeting": {"planner"}, "decide": {"planner"}, "breakdown": {"planner"}, "breakdown_rows": {"planner"},
}  # fmt: skip
SEND = {
    "add_measure": {"planner"}, "drop_task": {"planner"}, "add_milestone": {"planner"},
    "reach_milestone": {"planner", "officer"}, "report": {"officer"}, "ask_move": {"planner", "officer"},
    "review": {"supervisor"}, "decide_move": {"supervisor"}, "send_notice": {"supervisor"},
    "draft_notice": {"supervisor"}, "seat_units": {"planner"}, "send_call": {"planner"},
    "note_attendance": {"planner"}, "add_point": {"planner"}, "settle_point": {"planner"},
    "place_point": {"planner"}, "write_minutes": {"planner"},
} | {name: who for name, who in LOOK.items() if who == {"planner"}}  # fmt: skip


@pytest.fixture
def addresses(noon):
    """One real address for each name."""
    moment = now()
    task = town.promised_task(at=noon, target=600)
    milestone = town.actions.add_milestone(
        by=town.planner(), at=noon, task=task, title="确定师资", due_on=task.due_on
    )
    report = town.reported(at=noon, task=task)
    letter = town.actions.send_notice(
        by=town.supervisor(), at=noon, task=task, unit=task.lead, kind="remind",
        due_on=(noon + timedelta(days=5)).date(),
    )  # fmt: skip
    document = town.actions.record_document(
        by=town.planner(), at=noon,
        draft=town.actions.DocumentDraft(title="方案", area=task.measure.programme.area),
    )  # fmt: skip
    meeting = town.meeting(at=moment, starts_at=moment + timedelta(days=1), agenda=["研究分工"])
    held = town.meeting(at=noon - timedelta(2), starts_at=noon - timedelta(1), body=meeting.body)
    held = town.approved_minutes(meeting=held, minutes="会议决定做一件事。", at=noon)
    point = meeting.agenda.get()
    codes = {
        "programmes": task.measure.programme.code, "measures": task.measure.code, "tasks": task.code,
        "documents": document.code, "bodies": meeting.body.code, "meetings": meeting.code,
    }  # fmt: skip
    keys = {
        "task_file": report.evidence_id, "reach_milestone": milestone.pk, "notice": letter.pk,
        "settle_point": point.pk, "place_point": point.pk,
    }  # fmt: skip

    def address(name):
        (pattern,) = [p for p in urls.urlpatterns if isinstance(p, URLPattern) and p.name == name]
        route = str(pattern.pattern)
        first = route.split("/")[1]
        code = held.code if name == "decide" else codes.get(first, "")
        route = route.replace("<slug:code>", code).replace("<int:key>", str(keys.get(name, 0)))
        return "/" + route.replace("<int:start>", "0").replace("<int:end>", "9").replace(
            "<str:table>", "x"
        )

    return {name: address(name) for name in LOOK | SEND}


def signed_in():
    return {
        "planner": desk(town.planner()),
        "officer": desk(town.officer()),
        "supervisor": desk(town.supervisor()),
    }


def test_lets_in_those_who_may_look(addresses):
    wrong = {}
    for role, client in signed_in().items():
        for name, who in LOOK.items():
            status = client.get(addresses[name]).status_code
            allowed = 404 if name == "breakdown_rows" else 200  # its ticket is nobody's here
            if status != (allowed if role in who else 403):
                wrong[role, name] = status

    assert wrong == {}


def test_takes_from_those_who_may_send(addresses):
    wrong, before = {}, Step.objects.count()
    for role, client in signed_in().items():
        for name, who in SEND.items():
            if role not in who:
                status = client.post(addresses[name], {}).status_code
                if status != 403:
                    wrong[role, name] = status

    assert wrong == {}
    assert Step.objects.count() == before


def test_answers_an_empty_form_with_what_is_missing(addresses):
    """No address falls over when nothing is sent; those whose button is all there is are left out."""
    buttons = {"publish_programme", "send_call", "settle_point", "place_point", "write_minutes", "draft_notice",
               "seat_units", "note_attendance", "breakdown_rows"}  # fmt: skip
    wrong = {}
    for role, client in signed_in().items():
        for name, who in SEND.items():
            if role in who and name not in buttons:
                status = client.post(addresses[name], {}).status_code
                if status != 422:
                    wrong[role, name] = status

    assert wrong == {}


def test_asks_strangers_to_sign_in(addresses, client):
    for name, address in addresses.items():
        answer = client.post(address) if name in SEND else client.get(address)
        if name in SEND and name not in LOOK:
            answer = client.post(address)
        assert (name, answer.status_code) == (name, 302)
        assert "/account/login/" in answer["Location"]
    assert Progress.objects.count() == 1


def test_looks_at_no_address_that_only_takes(addresses):
    planner = signed_in()["planner"]
    only = [name for name in SEND if name not in LOOK]

    assert {planner.get(addresses[name]).status_code for name in only} == {405}


def test_finds_nothing_under_codes_that_nobody_has(addresses):
    planner = signed_in()["planner"]
    for name, address in addresses.items():
        if "code" in resolve(address).kwargs:
            code = resolve(address).kwargs["code"]
            nowhere = address.replace(code, "0000-0000")
            answer = planner.get(nowhere) if name in LOOK else None
            assert answer is None or (name, answer.status_code) == (name, 404)


def test_lets_no_supervisor_check_the_own_unit(addresses, noon):
    """A supervisor who sits in the unit that leads the task sees the report but cannot answer it."""
    inside = desk(actor("supervisor", unit=town.LEAD, name="内部督查"))
    task = Task.objects.get()

    assert 'name="verdict"' not in inside.get(addresses["task"]).content.decode()
    key = Progress.objects.get().pk
    answer = inside.post(addresses["review"], {"review-progress": key, "verdict": "accepted"})

    assert answer.status_code == 403
    task.refresh_from_db()
    assert task.state == Task.REPORTED
    assert Notice.objects.count() == 1
