"""The demo's job fairs: one to come with wishes, one that was held with hires, set up once through actions alone."""

import pytest
from django.utils.timezone import localdate

from linli.demo import directory, fairs, offers, units
from linli.directory.models import Area
from linli.kernel.actors import system
from linli.offers.models import Interview, Outcome, Session, Stand, Vacancy, Wish
from linli.offers.queries.fairs import fair_counted
from tests.town.once import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker, noon):
    with built_once(django_db_blocker):
        for town in units.TOWNS:
            Area.objects.create(code=town.code, name=town.name, level="county", from_year=2000)
        units.open_all(by=system("demo"), at=noon)
        directory.open_services(by=system("demo"), at=noon)
        offers.open_all(today=localdate(noon), at=noon)
        fairs.hold(at=noon)
        yield


def test_sets_up_a_fair_to_come_with_wishes(held, noon):
    fair = Session.objects.get(offer__kind="fair", starts_at__gt=noon)

    assert fair_counted(fair) == {"employers": 8, "kinds": 12, "posts": 96}
    assert fair.timetable.seed == ""
    assert {stand.zone for stand in fair.stands.all()} == {"onsite", "online"}
    assert Wish.objects.filter(booking__session=fair).count() > 100


def test_holds_the_one_before_up_to_the_hires(held, noon):
    fair = Session.objects.get(offer__kind="fair", ends_at__lt=noon)
    talks = Interview.objects.filter(stand__session=fair)

    assert talks.filter(state="done", booking=None).count() > 40
    assert talks.filter(state="done").exclude(booking=None).count() > 80
    assert fair.timetable.seed != ""
    assert Outcome.objects.filter(booking__session=fair, kind="employed").count() > 5
    offered, hired = talks.exclude(offered_at=None).count(), talks.exclude(hired_at=None).count()
    assert talks.count() > offered > hired > 10


def test_changes_nothing_the_second_time(held, noon):
    before = [one.objects.count() for one in (Stand, Vacancy, Wish, Interview)]

    fairs.hold(at=noon)

    assert [one.objects.count() for one in (Stand, Vacancy, Wish, Interview)] == before
