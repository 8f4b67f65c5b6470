"""The capture interface: files of events as jobs, one event at once, for a program with a key."""

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction

from linli.kernel import jobs
from linli.kernel.actors import Role, system
from linli.kernel.api_keys import issue
from linli.trace.actions import capture_jobs, keys
from linli.trace.models import Capture, Event
from tests.town import trace
from tests.town.staff import account, actor
from tests.trace.epcis import an_event, as_bytes
from tests.trace.test_event_faults import OUTSIDE_THE_STANDARD

pytestmark = [pytest.mark.django_db, pytest.mark.page]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"


@pytest.fixture
def teller():
    return trace.operator(at=NOW)


@pytest.fixture
def bearer(teller):
    secret = keys.give_program_key(by=trace.officer(), at=NOW, operator=teller, name="收银")
    return {"Authorization": f"Bearer {secret}"}


def of_staff(role):
    _key, secret = issue(by=actor(Role.ADMINISTRATOR), at=NOW, staff=account(role), name="接口")
    return {"Authorization": f"Bearer {secret}"}


def send(client, data, headers, kind="application/json", path="/epcis/capture"):
    return client.post(path, data, content_type=kind, headers=headers)


def worked(answer):
    return capture_jobs.work_off(
        by=system("captures"), at=NOW, code=answer["Location"].rpartition("/")[2]
    )


def test_takes_a_file_and_tells_how_its_job_stands(client, bearer, teller):
    sent = send(client, as_bytes(an_event(), an_event(bizStep="packing")), bearer)
    assert (sent.status_code, sent.content) == (202, b"")
    assert sent["GS1-EPCIS-Version"] == "2.0.0"
    assert sent["GS1-Capture-Error-Behaviour"] == "rollback"
    path = sent["Location"].removeprefix("http://testserver")
    before = client.get(path, headers=bearer).json()
    assert (before["running"], before["success"], before["errors"]) == (True, True, [])
    worked(sent)
    after = client.get(path, headers=bearer).json()
    assert (after["running"], after["success"]) == (False, True)
    assert after["captureErrorBehaviour"] == "rollback"
    assert Capture.objects.get().operator == teller
    assert Capture.objects.get().body is None
    assert Event.objects.count() == 2


def test_rolls_back_or_goes_on_past_what_is_wrong(client, bearer):
    both = as_bytes(an_event(action="SELL"), an_event())
    worked(send(client, both, bearer))
    assert Event.objects.count() == 0
    worked(send(client, both, bearer | {"GS1-Capture-Error-Behaviour": "proceed"}))
    assert Event.objects.count() == 1
    told = client.get("/epcis/capture", headers=bearer | {"Accept-Language": "en"}).json()
    assert [one["captureErrorBehaviour"] for one in told] == ["proceed", "rollback"]
    problem = {
        "type": "epcisException:ValidationException",
        "title": "An action is ADD, OBSERVE or DELETE.",
        "status": 400,
        "code": "action",
        "detail": "epcisBody.eventList[0].action",
    }
    assert [(one["success"], one["errors"]) for one in told] == [(False, [problem])] * 2


def test_lists_jobs_a_page_at_a_time(client, bearer):
    for _ in range(3):
        send(client, as_bytes(an_event()), bearer)
    first = client.get("/epcis/capture?perPage=2", headers=bearer)
    second = client.get(first["Link"].partition("<")[2].partition(">")[0], headers=bearer)
    listed = [one["captureID"] for one in first.json() + second.json()]
    assert listed == list(Capture.objects.order_by("-id").values_list("code", flat=True))
    assert "Link" not in second


@pytest.mark.parametrize(
    ("data", "headers", "kind", "status", "exception"),
    [
        (b"{}", {"Authorization": "Bearer linli_food_no"}, "application/json", 401, "SecurityException"),
        (b"{}", {}, "text/csv", 415, "UnsupportedMediaTypeException"),
        (b" ", {}, "application/json", 400, "ValidationException"),
        (b"{}", {"GS1-Capture-Error-Behaviour": "hope"}, "application/json", 400, "ValidationException"),
        (b"{}", {"GS1-EPCIS-Version": "3.0"}, "application/json", 406, "NotAcceptableException"),
        (b"0" * 11, {}, "application/json", 413, "CaptureLimitExceededException"),
    ],
)  # fmt: skip
def test_refuses_what_it_cannot_take(
    client, bearer, monkeypatch, data, headers, kind, status, exception
):
    monkeypatch.setattr("linli.trace.views.epcis_capture.MOST_BYTES", 10)
    refused = send(client, data, bearer | headers, kind)
    assert (refused.status_code, refused.json()["type"]) == (status, f"epcisException:{exception}")
    assert not Capture.objects.exists()


def test_shows_nobody_the_job_of_another(client, bearer):
    sent = send(client, as_bytes(an_event()), bearer)
    other = trace.operator("另一家", at=NOW, number=2)
    secret = keys.give_program_key(by=trace.officer(), at=NOW, operator=other, name="收银")
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(sent["Location"], headers=headers).status_code == 404
    assert client.get("/epcis/capture", headers=headers).json() == []


def test_lets_staff_tell_for_a_business(client, teller):
    headers = of_staff(Role.CLERK)
    assert send(client, as_bytes(an_event()), headers).status_code == 403
    path = f"/epcis/capture?operator={teller.code}"
    assert send(client, as_bytes(an_event()), headers, path=path).status_code == 202
    assert Capture.objects.get().operator == teller
    nobody = send(client, as_bytes(an_event()), headers, path="/epcis/capture?operator=7K3M-92QD")
    assert nobody.status_code == 404
    administrator = of_staff(Role.ADMINISTRATOR)
    assert client.get("/epcis/capture", headers=administrator).status_code == 403


def test_says_how_much_it_takes(client):
    told = client.options("/epcis/capture")
    assert (told.status_code, told["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert told["GS1-EPCIS-Capture-Limit"] == "10000"
    assert told["GS1-EPCIS-Capture-File-Size-Limit"] == "20971520"
    assert (told["GS1-EPCIS-Min"], told["GS1-EPCIS-Max"], told["GS1-CBV-Version"]) == ("2.0.0",) * 3


def test_keeps_one_event_at_once_and_the_same_one_once(client, bearer):
    one = json.dumps(an_event() | {"@context": [CONTEXT, {"shop": "https://shop.example/voc/"}]})
    answers = [send(client, one, bearer, path="/epcis/events") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer["Location"] for answer in answers}) == 1
    name = answers[0].json()["eventID"]
    assert name == f"ni:///sha-256;{Event.objects.get().digest}?ver=CBV2.0"
    assert client.get(answers[0]["Location"], headers=bearer).json()["eventID"] == name


def test_says_what_is_wrong_with_one_event(client, bearer):
    one = json.dumps(an_event(action="SELL") | {"@context": CONTEXT})
    refused = send(client, one, bearer | {"Accept-Language": "en"}, path="/epcis/events")
    assert refused.status_code == 400
    assert {"code": "action", "path": "[0].action"}.items() <= refused.json()["faults"][0].items()
    file = send(client, as_bytes(an_event()), bearer, path="/epcis/events")
    assert file.json()["faults"][0]["code"] == "document_type"


def published(shared):
    """Return the files of others that are no questions, by path: what is told of each, and whether it is good."""
    folder = shared / "conformance/epcis/openepcis-test-resources"
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".json", ".xml"} and "Queries" not in path.parts:
            yield str(path.relative_to(folder)), path


def verdict(client, bearer, path, data):
    """Return what is said to be wrong with a file that is told by the way it should be, and forget it."""
    kind = "application/xml" if path.suffix == ".xml" else "application/json"
    with transaction.atomic():
        faults = {one["code"] for one in worked(send(client, data, bearer, kind)).faults}
        if faults == {"document_type"}:
            alone = send(client, data, bearer, kind, "/epcis/events")
            faults = {one["code"] for one in alone.json().get("faults", ())}
        transaction.set_rollback(True)
    return faults


def test_takes_and_refuses_published_files_as_their_makers_say(client, bearer, shared):
    files = dict(published(shared))
    told = {name: verdict(client, bearer, one, one.read_bytes()) for name, one in files.items()}
    bad = {name for name in told if "Invalid" in name}
    assert (len(told), len(bad)) == (152, 27)
    assert {name for name in bad if not told[name]} == set()
    # Numbers that stand for persons are refused; with those of things in their place, the files are good.
    personal = {name for name in told if "personal" in told[name]} - bad
    assert len(personal) == 27
    for name in personal:
        data = files[name].read_bytes().replace(b"gsrn:", b"gsrnp:").replace(b"/8018/", b"/8017/")
        told[name] = verdict(client, bearer, files[name], data)
    refused = {name: codes for name, codes in told.items() if codes and name not in bad}
    assert refused == OUTSIDE_THE_STANDARD


def test_keeps_events_under_their_published_hashes(client, bearer, shared):
    folder = shared / "conformance/epcis/event-hash/examples"
    kept, missing = 0, {}
    for hashes in sorted(folder.glob("*.hashes")):
        for path in (hashes.with_suffix(".jsonld"), hashes.with_suffix(".xml")):
            if not path.exists() or "IgnoreFields" in path.name:
                continue
            expected = {one[14:78] for one in hashes.read_text().split()}
            with transaction.atomic():
                kind = "application/xml" if path.suffix == ".xml" else "application/json"
                done = worked(send(client, path.read_bytes(), bearer, kind))
                found = {one[:64] for one in done.told.values_list("digest", flat=True)}
                transaction.set_rollback(True)
            kept += found == expected
            if found != expected:
                missing[path.name] = {one["code"] for one in done.faults}
    personal = {"epcisDocWithAllGS1Keys.jsonld", "epclist_normalisation.jsonld"}
    assert (kept, missing) == (33, {name: {"personal"} for name in personal})


@pytest.mark.django_db(transaction=True)
def test_works_off_what_the_queue_holds(client, bearer):
    send(client, as_bytes(an_event()), bearer)
    assert jobs.work(NOW) == 1
    assert Capture.objects.get().state == "done"
