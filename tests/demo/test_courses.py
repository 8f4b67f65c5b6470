"""The demo's training: planned, ordered by two employers, and everybody who came was taken on; once."""

import pytest
from django.utils.timezone import localdate

from linli.demo import courses, directory, offers, units
from linli.directory.models import Area
from linli.kernel.actors import system
from linli.offers.models import Offer, Outcome, Training
from linli.offers.queries.courses import followed, orders
from tests.town.once import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def trained(django_db_setup, django_db_blocker, noon):
    with built_once(django_db_blocker):
        for town in units.TOWNS:
            Area.objects.create(code=town.code, name=town.name, level="county", from_year=2000)
        units.open_all(by=system("demo"), at=noon)
        directory.open_services(by=system("demo"), at=noon)
        offers.open_all(today=localdate(noon), at=noon)
        courses.train(at=noon)
        yield


def test_seventy_are_trained_and_taken_on_by_who_ordered(trained):
    first = Offer.objects.get(title=courses.COURSES[0])
    known = followed(first)
    assert (known.came, known.completed, known.passed, known.employed) == (70, 70, 70, 70)
    assert [(row.training.places, row.hired) for row in orders(first)] == [(35, 35), (35, 35)]


def test_every_meeting_is_about_a_lesson_in_their_order(trained):
    for title in courses.COURSES:
        session = Offer.objects.get(title=title).sessions.get()
        about = list(session.meetings.values_list("lesson__number", flat=True))
        assert about == sorted(about)
        assert set(about) == set(range(1, 9))


def test_trains_once(trained, noon):
    before = Training.objects.count(), Outcome.objects.count()
    courses.train(at=noon)
    assert (Training.objects.count(), Outcome.objects.count()) == before
