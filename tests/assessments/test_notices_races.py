"""An objection that comes in the moment in which its notice ends: either it holds the candidate, or it is too late."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from linli.assessments.actions import noticing, objecting
from linli.assessments.models import Objection, Result
from tests.town import notices as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told():
    now = datetime(2026, 3, 2, 2, tzinfo=UTC)
    one = town.scored("甲社区", at=now, of=town.round_(at=now))
    town.told(one, at=now)
    return one


def outcome(told, monkeypatch):
    """Let one object, and before that is committed the notice end; return what stands then."""
    ends = Result.objects.get().notice.closes_at
    begun, ended, seal = threading.Event(), threading.Event(), objecting.seal

    def slowly(*args, **given):
        begun.set()
        ended.wait(0.5)
        seal(*args, **given)

    monkeypatch.setattr(objecting, "seal", slowly)

    def act(number):
        if number == 0:
            town.objected(told, at=ends - timedelta(seconds=1))
            return
        begun.wait(5)
        noticing.end_notices(at=ends)
        ended.set()

    assert at_once(2, act) == []
    told.refresh_from_db()
    return told.stage, Objection.objects.filter(state="open").count()


def test_holds_the_candidate_when_an_objection_comes_as_the_notice_ends(told, monkeypatch):
    assert outcome(told, monkeypatch) == ("notice", 1)


def test_control_decides_past_an_objection_without_the_lock(told, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    assert outcome(told, monkeypatch) == ("decision", 1)
