"""Two who publish one draft at the same moment: one edition comes of it."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from linli.kernel.refusals import Refused
from linli.reports.actions import publishing
from linli.reports.models import FigureSaid, Publication, Written
from linli.reports.queries.papers import draft_of
from tests.town import writing as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def published(monkeypatch):
    """Let two planners publish a draft, each having looked before the other wrote; return what failed."""
    town.two_years()
    made = town.written()
    town.passages(made, "办班送到社区。")
    made.refresh_from_db()
    seen, both = draft_of(made, at=town.AT).digest, threading.Barrier(2)

    def looked(*args, **given):
        draft = draft_of(*args, **given)
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return draft

    def act(number):
        own = Written.objects.get(pk=made.pk)
        town.published(own, by=town.planner(f"规划员{number}"), seen=seen)

    def go():
        monkeypatch.setattr(publishing, "draft_of", looked)
        return at_once(2, act)

    return go


def test_publishes_one_edition_when_two_publish(published):
    (failure,) = published()

    assert (type(failure), str(failure)) == (Refused, "nothing_new")
    edition = Publication.objects.get()
    assert (edition.number, Written.objects.get().edition) == (1, 1)
    assert FigureSaid.objects.count() == 4


def test_control_the_database_refuses_the_second_without_the_lock(published, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    (failure,) = published()

    assert isinstance(failure, IntegrityError)
    assert Publication.objects.count() == 1
