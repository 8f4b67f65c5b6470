import pytest

from linli.demo import town
from linli.demo.staff import LOGINS, PASSWORD
from linli.demo.years import PLACES, yearly_report
from linli.kernel.actors import OF_STAFF
from linli.reports.models import Report
from tests.town.once import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, noon):
    """How many reports the demo has made."""
    with built_once(django_db_blocker):
        yield town.fill(size=1, at=noon)


def test_fills_five_places_with_published_readings(filled):
    areas = set(Report.objects.published().values_list("area", flat=True))
    assert filled == Report.objects.count() >= 5
    assert areas == {"620103", "620200", "620100", "450205", "510106"}


def test_changes_nothing_the_second_time(filled, noon):
    before = list(Report.objects.values_list("pk", "digest", "published_at"))

    assert town.fill(size=1, at=noon) == 0
    assert list(Report.objects.values_list("pk", "digest", "published_at")) == before


def test_adds_a_year_for_each_place_and_size(filled, noon):
    assert town.fill(size=3, at=noon) == 2 * len(PLACES)
    assert Report.objects.filter(name__endswith="-2024.txt").count() == len(PLACES)
    assert Report.objects.count() == filled + 2 * len(PLACES)


def test_writes_the_same_year_the_same_way():
    assert yearly_report("兰州市", 2024) == yearly_report("兰州市", 2024)
    assert yearly_report("兰州市", 2024) != yearly_report("兰州市", 2025)


def test_hires_staff_of_every_role_who_can_sign_in(filled, client):
    assert {login.role for login in LOGINS} == set(OF_STAFF)
    for login in LOGINS:
        assert client.login(username=login.username, password=PASSWORD)
