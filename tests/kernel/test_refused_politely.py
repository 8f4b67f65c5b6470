"""What no view caught is answered in the manner of its address: a page for people, a problem for programs."""

import errno
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from linli.cases.exchange import open311
from linli.kernel.middleware import refuse_politely
from linli.kernel.refusals import Refused
from tests.town import cases, directory

FULL = Refused("no_room", "There is no room left.", status=503)


def answered(path, error=FULL, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    return refuse_politely(lambda _request: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize("path", ["/api/cases", "/hsds/services", "/exchange/reads"])
@pytest.mark.parametrize("accept", [None, "*/*", "text/html", "application/json"])
def test_tells_programs_a_problem_whatever_they_accept(path, accept):
    answer = answered(path, **({"Accept": accept} if accept else {}))

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")


@pytest.mark.django_db
def test_shows_people_a_page():
    assert answered("/follow/")["Content-Type"].startswith("text/html")
    assert answered("/follow/", Accept="application/json")["Content-Type"] == (
        "application/problem+json"
    )


def test_leaves_every_other_error_alone():
    assert answered("/api/cases", ValueError("no refusal")) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "media"), [("xml", "text/xml"), ("json", "application/json")])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_tells_open311_of_a_full_disk_in_its_own_manner(client, monkeypatch, prefix, form, media):
    directory.area()
    cases.other()

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(open311, "request_records", full)

    answer = client.get(f"{prefix}/open311/v2/requests.{form}", headers={"Accept": "text/html"})

    assert answer.status_code == 503
    assert answer["Content-Type"].split(";")[0] == media
    assert answer["Retry-After"] == "60"
    told = answer.content.decode()
    assert ("<errors><error><code>503</code>" in told) is (form == "xml")
    assert form == "xml" or json.loads(told)[0]["code"] == 503


@pytest.mark.django_db
def test_hides_no_other_fault_of_open311(client, monkeypatch):
    directory.area()
    monkeypatch.setattr(open311, "request_records", lambda *_args: Path("/nowhere").read_text())

    with pytest.raises(FileNotFoundError):
        client.get("/open311/v2/requests.json")
