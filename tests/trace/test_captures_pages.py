"""Files of events on the console: the list, one file, how far it is."""

from datetime import UTC, datetime

import pytest

from linli.kernel.actors import Role, system
from linli.trace.actions.capture_jobs import Sent, receive, work_off
from linli.trace.actions.capturing import capture
from linli.trace.models import Capture
from linli.trace.queries.keys import as_operator
from linli.trace.rules.epcis.json_events import read_json
from tests.town import trace
from tests.town.staff import account
from tests.trace.epcis import an_event, as_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.page]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HERE = "/en/console/captures/"


@pytest.fixture
def teller():
    return trace.operator(at=NOW)


def sent(teller, *events, **more):
    told = Sent(as_bytes(*events), "json", **more)
    return receive(by=as_operator(teller), at=NOW, operator=teller, sent=told)


def desk(client, role=Role.SUPERVISOR):
    client.force_login(account(role))
    return client


def test_lists_files_and_not_what_was_entered_on_a_page(
    client, teller, django_assert_max_num_queries
):
    files = [
        sent(teller, an_event(), an_event(action="SELL"), behaviour="proceed") for _ in range(3)
    ]
    work_off(by=system("captures"), at=NOW, code=files[0].code)
    plain = read_json(as_bytes(an_event(bizStep="packing"))).events
    capture(by=as_operator(teller), at=NOW, operator=teller, events=plain)
    desk(client)
    with django_assert_max_num_queries(12):
        page = client.get(HERE)
    assert [row[0].code for row in page.context["rows"]] == [one.code for one in files[::-1]]
    assert [row[1] for row in page.context["rows"]] == ["note", "note", "soon"]
    some = client.get(f"{HERE}?state=done")
    assert [row[0].code for row in some.context["rows"]] == [files[0].code]
    assert b"No file is in this state" in client.get(f"{HERE}?state=refused").content


def test_shows_how_far_a_file_is_and_what_was_wrong(client, teller):
    code = sent(teller, an_event(), an_event(action="SELL")).code
    desk(client)
    Capture.objects.filter(code=code).update(state="running", events=2000, worked=500)
    waits = client.get(f"{HERE}{code}/")
    assert waits.context["percent"] == 25
    assert b'hx-get="/en/console/captures/' in waits.content
    assert "HX-Refresh" not in client.get(f"{HERE}{code}/progress/")
    work_off(by=system("captures"), at=NOW, code=code)
    assert client.get(f"{HERE}{code}/progress/")["HX-Refresh"] == "true"
    over = client.get(f"{HERE}{code}/")
    assert over["Cache-Control"] == "private, no-store"
    assert over.context["faults"] == [
        ("epcisBody.eventList[1].action", "action", "An action is ADD, OBSERVE or DELETE.")
    ]
    assert b"Nothing of this file was kept." in over.content


def test_shows_a_unit_what_its_own_businesses_sent(client, teller):
    code = sent(teller, an_event()).code
    desk(client, Role.OFFICER)  # of another unit
    assert client.get(HERE).context["rows"] == []
    assert client.get(f"{HERE}{code}/").status_code == 404
