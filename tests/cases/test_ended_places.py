"""The station or hall of a case stands in the clear while the case runs, and under the person's key afterwards."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.cases.actions import escalating, following, reading
from linli.cases.models import Case
from linli.kernel.actors import system
from linli.kernel.subjects import destroy
from tests.town import cases as town
from tests.town import services

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
LATER = MONDAY + timedelta(days=8)
HALL = "祁连社区邻里服务站"


def there(begun, **given):
    return begun(at=MONDAY, location=services.station(HALL), **given)


def kept(case):
    return Case.objects.select_related("subject", "location").get(pk=case.pk)


@pytest.mark.parametrize(
    "begun", [town.asked, town.taken, town.answered], ids=["asked", "taken", "answered"]
)
def test_is_found_by_its_place_while_it_runs(begun):
    assert kept(there(begun)).location.name == HALL


@pytest.mark.parametrize("said", ["", "二楼大厅"])
def test_is_sealed_when_the_person_closes_it(said):
    case = kept(there(town.closed, place=said))

    assert case.location is None
    assert case.area_id == "620200"
    whole = f"{HALL} · {said}" if said else HALL
    assert reading.own(at=MONDAY, case=case).place == whole
    assert HALL.encode() not in bytes(case.place)


def test_is_sealed_when_it_is_withdrawn():
    case = there(town.asked)

    following.withdraw(at=MONDAY, case=case)

    assert kept(case).location is None
    assert reading.own(at=MONDAY, case=kept(case)).place == HALL


def test_is_sealed_when_the_calendar_closes_it_and_the_unit_may_still_read_it():
    case = there(town.answered)

    assert escalating.close_unanswered(by=system("calendar"), at=LATER) == 1

    assert kept(case).location is None
    reopened = following.object_to(at=LATER, case=kept(case), words="没有。")
    opened = reading.read(by=town.officer(), at=LATER, case=reopened, purpose="handle")
    assert (reopened.location, opened.place) == (None, HALL)


def test_is_gone_when_the_key_is_gone():
    case = there(town.answered)
    destroy(subject=case.subject, at=LATER)

    escalating.close_unanswered(by=system("calendar"), at=LATER)

    row = kept(case)
    assert (row.location, row.place) == (None, None)


def test_stays_as_it_is_without_a_place():
    case = kept(town.closed(at=MONDAY, place="二楼大厅"))

    assert reading.own(at=MONDAY, case=case).place == "二楼大厅"
