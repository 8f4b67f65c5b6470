"""The everyday of a demo of more than one step: lively, bounded, the same by seed, and whole whatever stops it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from linli.assessments.models import Inspection
from linli.cases.models import Case, Rating
from linli.demo import units
from linli.demo.city import held, steps
from linli.funds.models import Transaction
from linli.funds.queries.balances import untrue_balances
from linli.offers.models import Booking, Offer, Outcome
from linli.trace.models import Alert, BookLine, Sample
from tests.town import filled as kept

pytestmark = pytest.mark.django_db
TOLD = {
    Case: ("asked_at", "topic__code", "state", "kind", "urged", "due_at", "answered_at"),
    Booking: ("session__offer__title", "booked_at", "size", "door", "state"),
    Outcome: ("booking__session__offer__title", "kind", "people", "at"),
    Transaction: ("fund__name", "verb", "day", "words", "size"),
    BookLine: ("kind", "lot__product__name", "happened_at", "amount"),
    Inspection: ("assessment__subject__name", "assessment__done_at", "published_at"),
    Sample: ("premises__name", "taken_at"),
    Rating: ("unit__name", "month", "grade", "solved"),
}


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory, noon):
    with django_db_blocker.unblock(), kept.demo(tmp_path_factory.mktemp("demo"), noon):
        yield noon


def rows():
    """Return what was made, without what is drawn: codes, keys and what is sealed under them."""
    return {
        model.__name__: sorted(map(str, model.objects.values_list(*columns)))
        for model, columns in TOLD.items()
    }


def undone(work):
    """Return what came of it, and leave nothing of it behind."""
    with transaction.atomic():
        told = work()
        transaction.set_rollback(True)
    return told


def made(noon, *, size=2, seed=steps.SEED):
    steps.go_on(size=size, seed=seed, today=localdate(noon))
    return rows()


def test_makes_the_same_of_the_same_seed_and_goes_on_where_it_was_stopped(filled, monkeypatch):
    before, whole = rows(), undone(lambda: made(filled))
    stopped = [*steps._DEEDS[:-1], ("visited", _stop_in_the_last_town)]

    with monkeypatch.context() as patched:
        patched.setattr(steps, "_DEEDS", stopped)
        with pytest.raises(Stopped):
            made(filled)

    assert rows() == before
    assert made(filled) == whole
    assert steps.made() == 2
    assert made(filled) == whole  # a second time nothing is added
    assert [name for name in whole if whole[name] == before[name]] == []


def test_makes_another_everyday_of_another_seed(filled):
    first, other = undone(lambda: made(filled)), undone(lambda: made(filled, seed=7))

    assert [name for name in first if first[name] == other[name]] == []


def test_reaches_all_five_places_and_keeps_every_book(filled):
    before = Alert.objects.exclude(kind="check").count()

    made(filled)

    assert untrue_balances() == []
    # Nobody sells without a permit, and nothing is sold that is not there.
    assert Alert.objects.exclude(kind="check").count() == before
    step = Offer.objects.filter(title__endswith=held.MARK)
    assert dict(step.values_list("area").annotate(Count("pk")).order_by()) == {
        town.code: 3 for town in units.TOWNS
    }
    inspected = Inspection.objects.filter(assessment__subject__area__in=["450205", "510106"])
    assert inspected.published().count() == 2
    closed = Case.objects.filter(state=Case.CLOSED, asked_at__lt=filled - timedelta(days=90))
    assert closed.count() > 3


class Stopped(Exception):
    """Somebody has pulled the plug."""


def _stop_in_the_last_town(_number, town, _chance):
    if town == units.TOWNS[-1]:
        raise Stopped
