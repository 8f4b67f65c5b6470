"""The promise 服务中心、咨询窗口、服务站: a station says where, when, what for and in which languages; a resident finds it by the
language, sees a free time, and says what is wrong there. (In the browser: test_directory.py, test_calendar.py.)
"""

import pytest

from linli.cases.models import Case
from linli.directory.models import Location
from tests.town import cases, services
from tests.town.staff import actor
from tests.town.told import asks, desk, press, read

pytestmark = pytest.mark.django_db


def test_a_station_is_found_by_language_and_corrected_by_a_reader(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    cases.other()
    organization = services.organization()
    clerk = desk(actor("clerk", unit=services.UNIT))

    # The unit's clerk enters the station with its hours and who speaks what.
    press(
        clerk, "/console/stations/new/", name="新华社区服务站", organization=str(organization.uuid),
        area="620200", address="新华街1号",
    )  # fmt: skip
    station = Location.objects.get()
    assert "新华社区服务站" in read(client, "/stations/")
    page = f"/stations/{station.code}/"
    assert "新华街1号" in read(client, page)

    # A second one with hours and Uyghur on Mondays: found by the language, week by week, and as a calendar.
    told = services.station(at=noon, languages=services.speaks("ug", (0, 2)))
    assert told.name in read(client, "/languages/")
    calendar = client.get(f"/stations/{told.code}/hours.ics").content.decode()
    assert "BEGIN:VEVENT" in calendar

    # Somebody reads that the street is wrong and says so: it becomes a case, and the page says it was corrected.
    wrong = next(one for one in client.get(page).content.decode().split('"') if "about=" in one)
    assert wrong.startswith("/ask/")
    asks("门牌应为3号。")
    assert Case.objects.count() == 1
    press(clerk, f"/console/stations/{station.code}/edit/", address="新华街3号")
    assert "新华街3号" in read(client, page)
