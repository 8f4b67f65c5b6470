"""Opening hours as a calendar: what a phone shows is what the place does, holidays and days worked for them included."""

import importlib.util
import io
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from linli.directory import actions
from linli.directory.rules.hours import occurs
from linli.directory.rules.recurring import recurring
from linli.kernel.working_days import is_working_day
from tests.town import services

ZONE = ZoneInfo("Asia/Shanghai")
# 2026: the National Day holiday is 1 to 7 October; 20 September and 10 October are worked for it.
SEPTEMBER = datetime(2026, 9, 16, 4, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def station():
    return services.station(
        schedules=(
            services.schedule(),
            services.schedule((5, 6), days_off="open", closes_at=time(12), note="周末，半天；自助"),
            services.schedule((0,), valid_until=date(2026, 1, 1)),
        )
    )


def fetched(client, station, **headers):
    return client.get(f"/stations/{station.code}/hours.ics", headers=headers)


def days_in(event):
    """Return the days of an entry as any program reads them."""
    start = event["dtstart"].dt
    found = rruleset()
    if "rrule" in event:
        found.rrule(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))
    else:
        found.rdate(start)
    for name, add in (("exdate", found.exdate), ("rdate", found.rdate)):
        for one in event[name].dts if name in event else ():
            add(one.dt)
    return [moment.date() for moment in found]


@pytest.mark.django_db
def test_says_the_days_on_which_the_place_is_open(client, station, time_machine):
    time_machine.move_to(SEPTEMBER, tick=False)
    calendar = Calendar.from_ical(fetched(client, station).content)
    weekly, weekend = sorted(
        calendar.events, key=lambda event: event["dtend"].dt.hour, reverse=True
    )
    days = days_in(weekly)

    assert weekly["dtstart"].dt == datetime(2026, 9, 14, 9, tzinfo=ZONE)
    assert weekly["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert days == [
        day
        for day in (date(2026, 9, 14) + timedelta(days=n) for n in range(97))
        if is_working_day(day)
    ]
    assert date(2026, 9, 20) in days
    assert date(2026, 10, 1) not in days
    assert date(2026, 10, 10) in days_in(weekend)
    assert weekend["description"] == "周末，半天；自助"
    assert days[-1] >= SEPTEMBER.date() + timedelta(days=90)


@pytest.mark.django_db
def test_keeps_its_ids_from_week_to_week(client, station, time_machine):
    seen = []
    for at in (SEPTEMBER, SEPTEMBER + timedelta(days=30)):
        time_machine.move_to(at, tick=False)
        calendar = Calendar.from_ical(fetched(client, station).content)
        seen.append({(event["uid"], event["dtstamp"].dt) for event in calendar.events})
    first, later = ({uid for uid, _ in one} for one in seen)

    assert first == later
    assert len(first) == 2
    assert not seen[0] & seen[1]


@pytest.mark.django_db
def test_answers_304_until_something_changes(client, station, time_machine):
    time_machine.move_to(SEPTEMBER, tick=False)
    tag = fetched(client, station)["ETag"]
    time_machine.move_to(SEPTEMBER + timedelta(days=1), tick=False)

    assert fetched(client, station, if_none_match=tag).status_code == 304
    draft = services.station_draft(schedules=(services.schedule(closes_at=time(16)),))
    actions.amend_location(by=services.planner(), at=SEPTEMBER, location=station, draft=draft)
    assert fetched(client, station, if_none_match=tag).status_code == 200


@pytest.mark.django_db
def test_has_no_calendar_of_a_closed_place(client, station):
    actions.close_location(
        by=services.planner(), at=services.NOON, location=station, on=services.NOON.date()
    )

    assert fetched(client, station).status_code == 404
    assert client.get("/stations/NOPE/hours.ics").status_code == 404


@pytest.mark.django_db
def test_is_written_as_the_standard_says(client, station, time_machine, tmp_path):
    time_machine.move_to(SEPTEMBER, tick=False)
    data = fetched(client, station).content

    assert data.count(b"\n") == data.count(b"\r\n") > 20
    assert max(map(len, data.split(b"\r\n"))) <= 75
    read = Calendar.from_ical(data)
    assert read.to_ical() == data
    assert [zone["tzid"] for zone in read.timezones] == ["Asia/Shanghai"]
    for part in read.walk():
        assert list(part.errors) == []
        assert [name for name in part.required if name not in part] == []
        assert [name for name in part.singletons if isinstance(part.get(name), list)] == []


@pytest.mark.django_db
def test_passes_three_readers(client, station, time_machine, tmp_path, shared):
    if not all(importlib.util.find_spec(name) for name in ("vobject", "ical")):
        pytest.skip("the packages vobject and ical are not here")
    time_machine.move_to(SEPTEMBER, tick=False)
    file = tmp_path / "hours.ics"
    file.write_bytes(fetched(client, station).content)

    done = subprocess.run(
        [sys.executable, shared / "checks/ics_check.py", file],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout) == (0, f"{file} OK\n"), done.stderr


@pytest.mark.django_db
def test_exports_a_calendar_for_each_place(station, tmp_path):
    services.station("没有时间的站", schedules=())
    call_command("export", "ics", str(tmp_path), stdout=io.StringIO())

    assert [path.name for path in tmp_path.iterdir()] == [f"{station.code}.ics"]


@pytest.mark.django_db
def test_exports_nothing_where_nobody_said_hours(tmp_path):
    with pytest.raises(CommandError, match="opening hours"):
        call_command("export", "ics", str(tmp_path))


RULES = st.sampled_from(
    [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=SA,SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO", "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15", "FREQ=WEEKLY;BYDAY=WE;COUNT=40", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261015",
        "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=2", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=10;BYMONTHDAY=2",
    ]
)  # fmt: skip


@given(
    rrule=RULES,
    starts_on=st.dates(date(2025, 9, 1), date(2026, 11, 1)),
    first=st.dates(date(2026, 1, 5), date(2026, 10, 1)),
    valid=st.none() | st.dates(date(2026, 9, 1), date(2026, 12, 1)),
    days_off=st.sampled_from(["open", "closed"]),
)
def test_repeats_exactly_the_days_that_the_rule_opens(rrule, starts_on, first, valid, days_off):
    rule = SimpleNamespace(
        rrule=rrule, starts_on=starts_on, valid_until=valid, days_off=days_off,
        opens_at=time(9), closes_at=time(17),
    )  # fmt: skip
    days = [first + timedelta(days=n) for n in range(97)]
    opened = [day for day in days if occurs(rule, day, is_working_day)]
    told = recurring(rule, first, first + timedelta(days=97), is_working_day)

    assert (told is None) == (opened == [])
    if told is None:
        return
    read = [told.first]
    if told.rrule:
        last = datetime.combine(told.last, time())
        begin = datetime.combine(told.first, time())
        read = [
            one.date() for one in rrulestr(told.rrule, dtstart=begin).between(begin, last, inc=True)
        ]
    assert sorted({*read, *told.more} - set(told.out)) == opened
