"""Jobs of capture: once, whether two tell the same at one time or the worker is killed in the middle."""

import os
import signal
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from linli.kernel import jobs
from linli.kernel.actors import system
from linli.kernel.refusals import Refused
from linli.trace.actions import capture_jobs, event_keeping
from linli.trace.actions.capture_jobs import Sent, receive, work_off
from linli.trace.actions.capturing import capture
from linli.trace.actions.event_rows import EVENTS, Rows
from linli.trace.models import Capture, Event, EventThing
from linli.trace.queries.keys import as_operator
from linli.trace.rules.epcis.json_events import read_json
from tests.town import trace
from tests.town.races import at_once
from tests.trace.epcis import an_event, as_bytes
from tests.trace.test_capturing import lots, made

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def teller(db):
    return trace.operator(at=NOW)


def many(count, first=0):
    return [an_event(quantityList=lots(f"L{number}")) for number in range(first, first + count)]


def sent(teller, data, **more):
    return receive(
        by=as_operator(teller), at=NOW, operator=teller, sent=Sent(data, **{"form": "json"} | more)
    )


@pytest.mark.parametrize(("data", "code"), [(b"\n", "no_events"), (b"0" * 11, "too_large")])
def test_refuses_a_file_that_it_cannot_take(teller, monkeypatch, data, code):
    monkeypatch.setattr(capture_jobs, "MOST_BYTES", 10)
    with pytest.raises(Refused, match=code):
        sent(teller, data)
    assert not Capture.objects.exists()


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"{", {"json"}),
        (b"[]", {"type"}),
        (as_bytes(creationDate="yesterday"), {"time"}),
        (as_bytes(*many(3)), {"too_many"}),
    ],
)
def test_keeps_nothing_of_a_file_that_is_none(teller, monkeypatch, data, codes):
    monkeypatch.setattr("linli.trace.rules.readied.MOST_EVENTS", 2)
    done = work_off(
        by=system("captures"), at=NOW, code=sent(teller, data, behaviour="proceed").code
    )
    assert (done.state, {one["code"] for one in done.faults}) == ("refused", codes)
    assert not Event.objects.exists()


def test_tells_faults_where_they_are_and_not_all_of_them(teller, monkeypatch):
    monkeypatch.setattr(capture_jobs, "AT_ONCE", 60)
    wrong = [an_event(action="SELL") for _ in range(130)]
    done = work_off(
        by=system("captures"),
        at=NOW,
        code=sent(teller, as_bytes(*many(1), *wrong), behaviour="proceed").code,
    )
    assert (done.state, done.events, done.worked, done.added) == ("done", 131, 131, 1)
    assert done.faults[0] == {"path": "epcisBody.eventList[1].action", "code": "action"}
    assert (len(done.faults), done.faults[-1]) == (101, {"path": "", "code": "more"})


def test_goes_on_past_an_id_that_is_taken(teller):
    events = [
        an_event(eventID="urn:uuid:1"),
        an_event(eventID="urn:uuid:1", disposition="damaged"),
        *many(1),
    ]
    done = work_off(
        by=system("captures"),
        at=NOW,
        code=sent(teller, as_bytes(*events), behaviour="proceed").code,
    )
    assert done.faults == [{"path": "epcisBody.eventList[1]", "code": "named_otherwise"}]
    assert Event.objects.count() == 2
    again = work_off(by=system("captures"), at=NOW, code=sent(teller, as_bytes(*events)).code)
    assert (again.state, again.faults) == ("refused", done.faults)


@pytest.fixture
def telling(transactional_db):
    """Four who tell overlapping files at one time; returns what failed and what each added."""
    tellers = [trace.operator(f"店 {number}", at=NOW, number=number) for number in range(1, 5)]
    added = []

    def tell(number):
        events = read_json(as_bytes(*many(8, number), made(["L1"], ["L2"]))).events
        mine = events if number % 2 else events[::-1]
        done = capture(
            by=as_operator(tellers[number]), at=NOW, operator=tellers[number], events=mine
        )
        added.append(done.added)

    return lambda: (at_once(4, tell), added)


@pytest.mark.django_db(transaction=True)
def test_keeps_events_once_that_many_tell_at_one_time(telling):
    failures, added = telling()
    assert failures == []
    assert Event.objects.count() == sum(added) == 12
    assert EventThing.objects.count() == 11 + 2


class Careless(Rows):
    """Events that are written without looking, and without giving way."""

    def ids(self, column, names):
        return {}

    def add(self, rows):
        marks = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            for row in rows:
                words = f"INSERT INTO trace_event ({', '.join(self.columns)}) VALUES ({marks})"
                cursor.execute(words, row)


@pytest.mark.django_db(transaction=True)
def test_control_fails_where_capture_neither_looks_nor_gives_way(telling, monkeypatch):
    monkeypatch.setattr(event_keeping, "EVENTS", Careless("trace_event", EVENTS.columns))
    failures, _added = telling()
    assert {type(failure) for failure in failures} == {IntegrityError}


def killed(monkeypatch, code):
    """Let a worker take the job, and kill it when it has written the second part."""
    real, parts = capture_jobs.keep_events, []

    def keep_and_die(**told):
        kept = real(**told)
        parts.append(kept)
        if len(parts) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return kept

    connection.close()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(capture_jobs, "keep_events", keep_and_die)
        jobs.work(NOW)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    return Capture.objects.get(code=code)


def resumed(code):
    for minutes in (1, 20):
        jobs.work(NOW + timedelta(minutes=minutes))
    return Capture.objects.get(code=code)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("behaviour", "before"), [("rollback", 0), ("proceed", 5)])
def test_goes_on_once_after_its_worker_was_killed(teller, monkeypatch, behaviour, before):
    for parts in ("AT_ONCE", "_SOME"):
        monkeypatch.setattr(capture_jobs, parts, 5)
    code = sent(teller, as_bytes(*many(12)), behaviour=behaviour).code
    cut_off = killed(monkeypatch, code)
    assert (cut_off.state, Event.objects.count()) == ("running", before)
    done = resumed(code)
    assert (done.state, done.events, done.worked, done.added) == ("done", 12, 12, 12)
    assert Event.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_control_counts_wrongly_where_progress_is_not_written_with_events(teller, monkeypatch):
    monkeypatch.setattr(capture_jobs, "AT_ONCE", 5)
    monkeypatch.setattr(capture_jobs.transaction, "atomic", nullcontext)
    monkeypatch.setattr(capture_jobs, "_locked", lambda code: Capture.objects.get(code=code))
    code = sent(teller, as_bytes(*many(12)), behaviour="proceed").code
    killed(monkeypatch, code)
    done = resumed(code)
    assert (done.state, done.added, Event.objects.count()) == ("done", 7, 12)


def test_reads_xml_of_both_versions(teller):
    events = "<ObjectEvent><eventTime>2026-03-01T08:00:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>"
    events += "<epcList><epc>urn:epc:id:sgtin:6901234.056789.1</epc></epcList><action>OBSERVE</action></ObjectEvent>"
    for version, space in (("1.2", 1), ("2.0", 2)):
        head = f'xmlns:e="urn:epcglobal:epcis:xsd:{space}" schemaVersion="{version}" creationDate="2026-03-01T08:00:00Z"'
        data = f"<e:EPCISDocument {head}><EPCISBody><EventList>{events}</EventList></EPCISBody></e:EPCISDocument>"
        done = work_off(
            by=system("captures"), at=NOW, code=sent(teller, data.encode(), form="xml").code
        )
        assert (done.state, done.faults) == ("done", [])
    assert Event.objects.count() == 1
