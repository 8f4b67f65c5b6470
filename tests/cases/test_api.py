"""Cases as JSON: the same actions as the pages, problems for refusals, nothing of another unit's."""

import json
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from bench.fuzz import Aim, ask, schemas
from linli.cases import schemas as shapes
from linli.cases.actions import following, handing
from linli.cases.models import Case, Correction, Topic
from linli.cases.rules import reasons
from linli.kernel.actors import Role
from linli.kernel.api_keys import issue
from linli.kernel.looks import looks_of
from linli.kernel.models import ApiKey, Staff
from tests.town import cases, directory, services
from tests.town.cases import HOUSING, LEGAL, TRIAGE, WORDS
from tests.town.staff import actor
from tools import sweeps

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HANDLING = [Role.OFFICER, Role.CLERK, Role.SUPERVISOR]


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def key_for(role=Role.OFFICER, unit=HOUSING):
    name = f"{role}-{unit}"
    staff = Staff.objects.filter(username=name).first() or Staff.objects.create(
        username=name, name="程序", role=role, unit=unit, password="long-enough-1"
    )
    return issue(by=actor(Role.ADMINISTRATOR), at=NOON, staff=staff, name="接口")[1]


class Program:
    """A program that speaks JSON, with a key or a passphrase or neither."""

    def __init__(self, client, *, key=None, passphrase=None):
        self.client, self.headers = client, {}
        if key:
            self.headers["Authorization"] = f"Bearer {key}"
        if passphrase:
            self.headers["Linli-Passphrase"] = passphrase

    def posts(self, path, status=200, /, once=None, **sent):
        headers = self.headers | ({"Idempotency-Key": once} if once else {})
        answer = self.client.post(f"/api/{path}", json.dumps(sent), content_type="application/json", headers=headers)  # fmt: skip
        return self._told(answer, status)

    def gets(self, path, status=200, /, **asked):
        return self._told(self.client.get(f"/api/{path}", asked, headers=self.headers), status)

    def _told(self, answer, status):
        assert answer.status_code == status, answer.content
        told = answer.json()
        if status >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert set(told) == {"type", "title", "status", "code"}
            assert told["type"] == f"urn:linli:refused:{told['code']}"
            assert told["status"] == status
        return told


@pytest.fixture
def anybody(client):
    return Program(client)


@pytest.fixture
def held(client):
    case, passphrase = cases.receipt(at=NOON)
    return case, Program(client, passphrase=passphrase)


@pytest.fixture
def desk(client):
    return Program(client, key=key_for())


# Who asks and follows


def test_asks_and_follows_with_what_the_receipt_says(client, anybody):
    cases.topic()

    receipt = anybody.posts("cases", 201, words=WORDS, topic="street-lamp", place="3号楼", reply_language="ug", passing_on=True)  # fmt: skip

    case = Case.objects.get(code=receipt["code"])
    assert (receipt["state"], receipt["unit"], receipt["days_left"]) == ("received", HOUSING, 10)
    assert (case.channel, case.public) == ("api", False)
    standing = Program(client, passphrase=receipt["passphrase"]).gets(f"cases/{case.code}")
    assert (standing["words"], standing["place"], standing["reply_language"]) == (WORDS, "3号楼", "ug")  # fmt: skip
    assert [one["verb"] for one in standing["steps"]] == ["asked"]
    assert "passphrase" not in standing


def test_points_a_correction_at_what_is_wrong(anybody, noon):
    cases.topic("correction", kind=Topic.CORRECTION)
    service = services.service(at=noon)

    receipt = anybody.posts("cases", 201, words=WORDS, topic="correction", about=service.code)

    kept = Correction.objects.get()
    assert (kept.case.code, kept.kind, kept.about) == (receipt["code"], "service", service.code)


def test_gives_what_fits_no_topic_to_the_window(anybody):
    cases.other()

    assert anybody.posts("cases", 201, words=WORDS)["unit"] == TRIAGE


@pytest.mark.parametrize(
    ("status", "code", "changed"),
    [
        (422, "unreadable", {"words": "  "}),
        (422, "unreadable", {"words": "a\0b"}),
        (422, "unreadable", {"words": "长" * 8001}),
        (422, "unreadable", {"words": None}),
        (404, "no_topic", {"topic": "nothing"}),
        (404, "no_thing", {"about": "nothing"}),
        (422, "no_area", {"area": "999999"}),
        (422, "address_wrong", {"email": "no address"}),
    ],
)
def test_refuses_to_ask_and_keeps_nothing(anybody, status, code, changed):
    cases.topic()

    refused = anybody.posts("cases", status, **{"words": WORDS, "topic": "street-lamp"} | changed)

    assert refused["code"] == code
    assert Case.objects.count() == 0
    assert WORDS not in str(refused)


def test_names_the_field_and_never_what_stood_in_it(anybody):
    refused = anybody.posts("cases", 422, words="秘密" * 5000)

    assert "words" in refused["title"]
    assert "秘密" not in str(refused)


def test_answers_what_is_no_json_as_a_problem(client):
    answer = client.post("/api/cases", "{", content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_acts_once_for_one_key(anybody):
    cases.topic()
    sent = {"words": WORDS, "topic": "street-lamp", "once": "a-key-of-a-program-1"}

    first, again = anybody.posts("cases", 201, **sent), anybody.posts("cases", 201, **sent)

    assert first == again
    assert anybody.posts("cases", 409, **sent | {"words": "other"})["code"] == "key_of_another_body"
    assert anybody.posts("cases", 422, **sent | {"once": "short"})["code"] == "key_malformed"
    assert Case.objects.count() == 1


def test_lets_the_person_do_what_the_pages_do(held):
    case, program = held

    assert program.posts(f"cases/{case.code}/added", words="还有二楼")["state"] == "received"
    program.posts(f"cases/{case.code}/urged")
    assert program.posts(f"cases/{case.code}/urged", 422)["code"] == "urged_today"
    assert program.posts(f"cases/{case.code}/closed", 422)["code"] == "not_answered"
    assert program.posts(f"cases/{case.code}/objected", 422, words="x")["code"] == "not_answered"
    assert program.posts(f"cases/{case.code}/withdrawn")["state"] == "withdrawn"
    assert program.posts(f"cases/{case.code}/withdrawn", 422)["code"] == "case_closed"


def test_objects_and_closes_what_was_answered(client, held, desk):
    case, program = held
    desk.posts(f"desk/cases/{case.code}/taken")
    desk.posts(f"desk/cases/{case.code}/replied", words="灯已修好。")

    assert program.posts(f"cases/{case.code}/objected", words="没有修好")["reopened"] == 1
    desk.posts(f"desk/cases/{case.code}/replied", words="再次修好。")
    assert program.posts(f"cases/{case.code}/closed")["state"] == "closed"
    assert "再次修好。" in [one["words"] for one in program.gets(f"cases/{case.code}")["steps"]]


@pytest.mark.parametrize("deed", ["", "/added", "/urged", "/objected", "/closed", "/withdrawn"])
def test_opens_nothing_without_the_passphrase(client, held, deed):
    case, _program = held
    before = case.steps.count()
    for program in (Program(client), Program(client, passphrase="0000 0000 0000 0000"), Program(client, key=key_for())):  # fmt: skip
        for code in (case.code, "0000-0000", "x"):
            path = f"cases/{code}{deed}"
            refused = program.posts(path, 404, words="x") if deed else program.gets(path, 404)
            assert refused["code"] == "wrong_code"
    assert case.steps.count() == before


def test_lets_nobody_guess_on(client, held):
    case, _program = held
    guess = Program(client, passphrase="0000 0000 0000 0000")
    for _ in range(30):
        guess.gets(f"cases/{case.code}", 404)

    assert guess.gets(f"cases/{case.code}", 429)["code"] == "too_many"


# Who handles

READS = ["desk/cases", "desk/cases/{code}"]
DEEDS = {
    "taken": {},
    "replied": {"words": "x"},
    "noted": {"words": "x"},
    "paused": {"kind": "papers", "words": "x"},
    "resumed": {},
    "extended": {"days": 1, "kind": "hard", "words": "x"},
    "handed-on": {"unit": "0000-0000", "kind": "competence", "words": "x", "fields": ["words"]},
}


@pytest.mark.parametrize("key", [None, "linli_wrong", "revoked"])
def test_needs_a_key_at_the_desk(client, held, key):
    case, _program = held
    if key == "revoked":
        key = key_for()
        ApiKey.objects.update(revoked_at=NOON)
    program = Program(client, key=key)

    for path in READS:
        assert program.gets(path.format(code=case.code), 401)["code"] == "no_key"
    for deed, sent in DEEDS.items():
        assert program.posts(f"desk/cases/{case.code}/{deed}", 401, **sent)["code"] == "no_key"


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_checks_the_key_before_anything_that_was_sent(client, held, deed):
    case, _program = held
    path, wrong = f"/api/desk/cases/{case.code}/{deed}", "[not JSON"

    for key, status, code in (
        ("linli_wrong", 401, "no_key"),
        (key_for(Role.PLANNER), 403, "not_allowed"),
    ):
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "short"}
        answer = client.post(path, wrong, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    # Who has a key is told what is wrong with the body; two deeds bring none.
    headers = {"Authorization": f"Bearer {key_for()}"}
    answer = client.post(path, wrong, content_type="application/json", headers=headers)
    assert DEEDS[deed] == {} or answer.status_code in {400, 422}


@pytest.mark.parametrize("role", HANDLING)
def test_shows_no_case_of_another_unit(client, held, role):
    case, _program = held
    program = Program(client, key=key_for(role, LEGAL))

    program.gets(f"desk/cases/{case.code}", 404)
    for deed, sent in DEEDS.items():
        program.posts(f"desk/cases/{case.code}/{deed}", 404, **sent)
    assert case.steps.count() == 1
    assert looks_of(case.subject) == []


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
def test_shows_no_case_to_roles_that_see_none(client, held, role):
    case, _program = held
    program = Program(client, key=key_for(role))

    assert program.gets("desk/cases", 403)["code"] == "not_allowed"
    assert program.gets(f"desk/cases/{case.code}", 403)["code"] == "not_allowed"
    for deed, sent in DEEDS.items():
        program.posts(f"desk/cases/{case.code}/{deed}", 403, **sent)
    assert case.steps.count() == 1
    assert looks_of(case.subject) == []


def test_lists_the_own_queue_and_not_a_word(held, desk, client):
    case, _program = held

    page = desk.gets("desk/cases")

    assert [one["code"] for one in page["cases"]] == [case.code]
    assert WORDS not in json.dumps(page, ensure_ascii=False)
    assert Program(client, key=key_for(unit=LEGAL)).gets("desk/cases")["cases"] == []


def test_lists_no_queue_to_who_checks(client, held):
    checking = Program(client, key=key_for(Role.SUPERVISOR))

    assert checking.gets("desk/cases", 403)["code"] == "not_allowed"


def test_opens_a_case_and_the_person_sees_it(held, desk):
    case, _program = held

    opened = desk.gets(f"desk/cases/{case.code}", purpose="handle")

    assert (opened["words"], opened["granted"]) == (WORDS, sorted(cases.MAY_PASS_ON))
    assert [(one.by_unit, one.purpose) for one in looks_of(case.subject)] == [(HOUSING, "handle")]
    assert desk.gets(f"desk/cases/{case.code}", 422, purpose="curious")["code"] == "unreadable"


def test_opens_nothing_once_the_leave_is_taken_back(held, desk):
    case, _program = held
    following.revoke_grant(at=NOON, case=case, grant=case.subject.grants.get())

    assert desk.gets(f"desk/cases/{case.code}", 404)["code"] == "no_grant"


def test_handles_a_case_from_beginning_to_end(held, desk):
    case, _program = held
    path = f"desk/cases/{case.code}"

    assert desk.posts(f"{path}/taken")["state"] == "working"
    desk.posts(f"{path}/noted", words="去现场")
    assert desk.posts(f"{path}/paused", kind="papers", words="请补材料")["paused"] is True
    assert desk.posts(f"{path}/resumed")["paused"] is False
    extended = desk.posts(f"{path}/extended", days=5, kind="hard", words="需要时间")
    assert extended["moves"] == 1
    assert desk.posts(f"{path}/replied", words="已修好", once=secrets.token_urlsafe(24))["state"] == "answered"  # fmt: skip


def test_hands_a_case_on_under_a_grant(held, desk, client):
    case, _program = held
    unit = directory.unit(LEGAL)
    desk.posts(f"desk/cases/{case.code}/taken")

    desk.posts(f"desk/cases/{case.code}/handed-on", unit=unit.code, kind="competence", words="请办", fields=["words"])  # fmt: skip
    assert desk.posts(f"desk/cases/{case.code}/handed-on", 404, **DEEDS["handed-on"])["code"] == "no_unit"  # fmt: skip

    handing.accept(by=cases.officer(LEGAL), at=NOON, hand_over=case.hand_overs.get())
    other = Program(client, key=key_for(unit=LEGAL)).gets(f"desk/cases/{case.code}")
    assert (other["words"], other["place"]) == (WORDS, "")
    desk.gets(f"desk/cases/{case.code}", 404)


def test_holds_the_closed_lists_together():
    from typing import get_args

    assert get_args(shapes.Purpose) == reasons.PURPOSES
    assert get_args(shapes.Granted) == reasons.FIELDS
    assert get_args(shapes.PauseKind) == tuple(reasons.PAUSES)
    assert get_args(shapes.ExtensionKind) == reasons.EXTENSIONS
    assert get_args(shapes.HandOverKind) == reasons.HAND_OVERS


# What schemathesis finds


@pytest.fixture
def aim(monkeypatch):
    from linli.kernel import limits

    monkeypatch.setattr(limits, "_MOST", 0)
    # As Django's own client does: the program's requests share the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield town_to_ask()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def town_to_ask():
    receipts = [cases.receipt(at=NOON - timedelta(hours=n), public=True) for n in range(4)]
    cases.other()
    return Aim(
        key_for(),
        tuple((one.case.code, one.passphrase) for one in receipts),
        ("street-lamp", "other"),
    )


@pytest.fixture
def application():
    # Made when the folders of the test run are known: what is served at the start is read from them.
    from linli.config.wsgi import application

    return application


@pytest.mark.parametrize("name", ["JSON API", "Open311"])
def test_answers_whatever_is_asked_as_its_schema_says(aim, application, name):
    found = dict(schemas(application))
    if name not in found:
        pytest.skip("the published schema (../shared) is not here")

    answers = ask(found[name], aim, cases=200 if sweeps.whole() else 50, seed=4)

    assert answers.wrong == []
    assert answers.faults == 0
    assert answers.asked >= 40
    assert answers.statuses[200] > 0


def test_would_find_a_fault(aim, application, monkeypatch):
    def broken(*_args, **_named):
        raise RuntimeError("planted")

    from linli.cases import api

    monkeypatch.setattr(api, "queue", broken)
    schema = dict(schemas(application))["JSON API"].include(path="/api/desk/cases")

    answers = ask(schema, aim, cases=40, seed=4)

    assert answers.faults > 0
    assert answers.wrong != []
