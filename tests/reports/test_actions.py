import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.reports import actions
from linli.reports.models import Report, ReportQuerySet, Step
from tests.town import reports as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def test_keeps_the_file_and_its_reading(noon):
    report = town.report(at=noon)

    assert files.fetch(report.digest) == town.TEXT.encode()
    assert report.title == "邻里示范区民族团结进步工作总结"
    assert report.reading["text"] == town.TEXT
    assert [(s.verb, s.by_role) for s in report.steps.all()] == [("received", "planner")]


def test_takes_the_same_file_once(noon):
    first = town.report(at=noon)

    again = town.report(at=noon, name="another name.txt")

    assert again.pk == first.pk
    assert Report.objects.count() == 1
    assert Step.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable_empty"),
        (b"\x7fELF" + bytes(range(256)) * 50, "unreadable_unsupported"),
        (b"a" * (actions.reports.LARGEST + 1), "too_large"),
    ],
)
def test_refuses_what_cannot_be_read_and_keeps_nothing(noon, data, code):
    with pytest.raises(Refused) as refused:
        actions.receive(by=actor(), data=data, name="x", at=noon)

    assert refused.value.code == code
    assert Report.objects.count() == 0


def test_refuses_a_supervisor_who_would_bring_reports(noon):
    with pytest.raises(Refused) as refused:
        town.report(at=noon, by=actor(Role.SUPERVISOR))

    assert refused.value.code == "not_allowed"
    assert Report.objects.count() == 0


def test_publishes_once(noon):
    report = town.published(at=noon)

    with pytest.raises(Refused) as refused:
        actions.publish(by=actor(), report=report, at=noon)

    assert refused.value.code == "already_published"
    assert [step.verb for step in report.steps.all()] == ["received", "published"]


def test_leaves_publishing_to_planners(noon):
    report = town.report(at=noon)

    with pytest.raises(Refused) as refused:
        actions.publish(by=actor(Role.OFFICER), report=report, at=noon)

    assert refused.value.code == "not_allowed"
    report.refresh_from_db()
    assert report.published_at is None


def test_keeps_in_sight_what_promises_rest_on(noon):
    report = town.published(at=noon)
    choice, became = actions.Choice("accept", {"as": "fact"}), actions.Became("fact", "7K3M-92QD")
    actions.decide(by=actor(), at=noon, report=report, items={"f1": choice})
    actions.note_taken(by=actor(), at=noon, report=report, became={"f1": became})

    with pytest.raises(Refused, match="taken_over"):
        actions.withdraw(by=actor(), report=report, at=noon)

    report.refresh_from_db()
    assert report.published_at == noon
    assert not report.steps.filter(verb="withdrawn").exists()


def test_withdraws_and_remembers(noon):
    report = town.published(at=noon)

    actions.withdraw(by=actor(), report=report, at=noon)

    report.refresh_from_db()
    assert report.published_at is None
    assert [s.verb for s in report.steps.all()] == ["received", "published", "withdrawn"]
    with pytest.raises(Refused) as refused:
        actions.withdraw(by=actor(), report=report, at=noon)
    assert refused.value.code == "not_published"


def test_stores_no_nul_and_moves_no_offset():
    stored = actions.reports._storable({"text": "a\0b\\u0000", "lines": ((0, 3),)})

    assert stored == {"text": "a\ufffdb\\u0000", "lines": [[0, 3]]}


def eight_bring_the_same_file_at_once(noon, monkeypatch):
    """Return what failed. All eight look for the file before any of them writes it."""
    looked, first, failures = threading.Barrier(8), ReportQuerySet.first, []

    def first_together(self):
        found = first(self)
        looked.wait()
        return found

    monkeypatch.setattr(ReportQuerySet, "first", first_together)

    def bring():
        try:
            town.report(at=noon)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


@pytest.mark.django_db(transaction=True)
def test_takes_the_same_file_once_from_eight_at_a_time(noon, monkeypatch):
    failures = eight_bring_the_same_file_at_once(noon, monkeypatch)

    assert failures == []
    assert Report.objects.count() == 1
    assert Step.objects.count() == 1


@pytest.fixture
def digest_not_unique(transactional_db):
    """Take the guard away: the control of the test above."""
    guarded = Report._meta.get_field("digest")
    free = guarded.clone()
    free._unique = False
    free.set_attributes_from_name("digest")
    free.model = Report
    with connection.schema_editor() as editor:
        editor.alter_field(Report, guarded, free)
    yield
    call_command("flush", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        editor.alter_field(Report, free, guarded)


def test_would_take_it_several_times_without_the_constraint(noon, monkeypatch, digest_not_unique):
    eight_bring_the_same_file_at_once(noon, monkeypatch)

    assert Report.objects.count() > 1


@pytest.mark.parametrize(
    "change", ["UPDATE reports_step SET verb = 'withdrawn'", "DELETE FROM reports_step"]
)
def test_keeps_steps_against_every_program(noon, change):
    town.report(at=noon)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)

    assert [step.verb for step in Step.objects.all()] == ["received"]
