"""Two who write the report of one sample in the same moment: one version, and a plain no to the other."""

import contextlib
import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from linli.kernel.refusals import Refused
from linli.trace.actions import lab_reports
from linli.trace.models import Report
from tests.town import laboratory as lab
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def sample():
    sample = lab.received(at=AT)
    lab.run_of(sample, None, None, at=AT)
    return sample


def failures(sample, monkeypatch):
    """Let two write at once, both having looked before either has written if they can."""
    met, looked = threading.Barrier(2), lab_reports.gravest

    def together(results):
        said = looked(results)
        with contextlib.suppress(threading.BrokenBarrierError):  # the other waits for the lock
            met.wait(0.5)
        return said

    monkeypatch.setattr(lab_reports, "gravest", together)
    return at_once(2, lambda _: lab_reports.write_report(by=lab.analyst(), at=AT, sample=sample))


def test_writes_one_version_when_two_write_at_once(sample, monkeypatch):
    [failed] = failures(sample, monkeypatch)
    assert (type(failed), failed.code) == (Refused, "not_approved")
    assert Report.objects.count() == 1


def test_control_meets_the_database_without_the_lock(sample, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
    [failed] = failures(sample, monkeypatch)
    assert type(failed) is IntegrityError
    assert Report.objects.count() == 1
