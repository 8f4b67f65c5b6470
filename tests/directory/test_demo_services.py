"""The demo's services and stations: whole guides, made only through actions, once."""

import pytest

from linli.demo import directory as demo
from linli.demo import units
from linli.directory.models import (
    Area,
    Change,
    Entry,
    LanguageHours,
    Location,
    Organization,
    Service,
)
from linli.directory.queries.drafts import location_draft, service_draft
from linli.directory.rules.checking import faults
from linli.directory.rules.eligibility import judge, questions
from linli.kernel.actors import system
from tests.town.once import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, noon):
    with built_once(django_db_blocker):
        for town in units.TOWNS:
            Area.objects.create(code=town.code, name=town.name, level="county", from_year=2000)
        units.open_all(by=system("demo"), at=noon)
        demo.open_services(by=system("demo"), at=noon)
        yield


def test_opens_whole_guides_and_stations_of_five_places(opened):
    assert Service.objects.count() >= 40
    assert Location.objects.count() >= 25
    assert set(LanguageHours.objects.values_list("language", flat=True)) >= {
        "zh-Hans", "ug", "bo", "za", "ii", "mn-Mong"
    }  # fmt: skip
    drafts = [service_draft(service) for service in Service.objects.all()]
    assert [draft.name for draft in drafts if faults(draft)] == []
    assert [d.name for d in drafts if not (d.stages and d.terms and d.basis and d.areas)] == []
    assert not Service.objects.filter(at_locations=None).exists()
    places = [location_draft(location) for location in Location.objects.all()]
    assert [p.name for p in places if not (p.schedules and p.languages and p.tile)] == []
    tiles = [(place.area, place.tile) for place in places]
    assert len(set(tiles)) == len(tiles)
    assert (
        Entry.objects.count()
        == Service.objects.count() + len(places) + Organization.objects.count()
    )


def test_marks_everything_as_an_example(opened):
    assert not Organization.objects.exclude(name__endswith="(示例)").exists()
    assert not Location.objects.exclude(name__endswith="(示例)").exists()


def test_judges_every_guide(opened):
    for service in Service.objects.all():
        assert judge(service.rules, {}).fits in {True, None}
        asked = {question.key for question in questions(service.rules)}
        assert {one.key for one in judge(service.rules, {}).missing} == asked


def test_changes_nothing_the_second_time(opened, noon, django_assert_max_num_queries):
    before = Change.objects.count()

    with django_assert_max_num_queries(60):
        demo.open_services(by=system("demo"), at=noon)

    assert Change.objects.count() == before
