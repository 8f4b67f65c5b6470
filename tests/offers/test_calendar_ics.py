"""What is offered as iCalendar: stable names, changes counted, exceptions said, what was called off kept."""

import importlib.util
import io
import re
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.core.management import CommandError, call_command
from icalendar import Calendar, vRecur

from linli.offers.actions import offering
from linli.offers.models import Lesson, Meeting, Offer, Session
from linli.offers.rules.meetings import days_named
from linli.offers.rules.recurring import Held, repeats
from tests.town import offers

HERE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 12, 7, 19, 0, tzinfo=HERE)
RULE = "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=5"
DAYS = (0, 3, 7, 10, 14)
db = pytest.mark.django_db


def course(noon, rrule=RULE, **overrides):
    """Return a session on Mondays and Thursdays, five times, two hours each."""
    starts = [MONDAY + timedelta(days=day) for day in DAYS]
    return offers.session(
        at=noon, rrule=rrule, booking_until=MONDAY,
        meetings=[(start, start + timedelta(hours=2)) for start in starts], **overrides,
    )  # fmt: skip


def read(client, path, **headers):
    response = client.get(path, **headers)
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def events(client, session):
    return read(client, f"/offers/sessions/{session.code}.ics").events


def times(event):
    """Return when an entry says that people meet, exceptions of its own left aside."""
    first, out = event.start, []
    for one in [event["exdate"]] if "exdate" in event else []:
        out += [day.dt for day in one.dts]
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=first)
    return sorted(set(rule) - set(out))


@db
class TestSession:
    def test_says_a_rule_once(self, client, noon):
        session = course(noon)

        (event,) = events(client, session)

        assert event["uid"] == f"{session.code}@linli"
        assert times(event) == [MONDAY + timedelta(days=day) for day in DAYS]
        assert event.end - event.start == timedelta(hours=2)
        assert event["dtstart"].params["tzid"] == "Asia/Shanghai"
        assert event["status"] == "CONFIRMED"
        assert str(event["url"]).endswith(f"/offers/sessions/{session.code}/")

    def test_takes_out_what_does_not_take_place_and_names_what_moved(self, client, noon):
        session = course(noon)
        second, third = session.meetings.all()[1:3]
        Meeting.objects.filter(pk=second.pk).update(cancelled_at=noon)
        moved = third.starts_at + timedelta(days=1)
        Meeting.objects.filter(pk=third.pk).update(
            moved_from=third.starts_at, starts_at=moved, ends_at=moved + timedelta(hours=3)
        )

        whole, other = events(client, session)

        assert times(whole) == [MONDAY + timedelta(days=day) for day in (0, 7, 10, 14)]
        assert other["uid"] == whole["uid"]
        assert other["recurrence-id"].dt == third.starts_at
        assert (other.start, other.end) == (moved, moved + timedelta(hours=3))

    def test_says_each_meeting_where_no_rule_names_them(self, client, noon):
        session = course(noon, rrule="")
        lesson = Lesson.objects.create(offer=session.offer, number=1, title="和面")
        first, second = session.meetings.all()[:2]
        Meeting.objects.filter(pk=first.pk).update(lesson=lesson)
        Meeting.objects.filter(pk=second.pk).update(cancelled_at=noon)

        told = events(client, session)

        assert [str(one["uid"]) for one in told] == [
            f"{session.code}-{n}@linli" for n in range(1, 6)
        ]
        assert [str(one["status"]) for one in told[:3]] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
        assert str(told[0]["summary"]) == "拉面师培训班: 和面"

    def test_keeps_its_name_and_counts_each_change(self, client, noon):
        session = course(noon)
        (before,) = events(client, session)
        later = noon + timedelta(hours=1)
        offering.resize(by=offers.officer(), at=later, session=session, capacity=30)

        (after,) = events(client, session)

        assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)
        assert after["last-modified"].dt == later.replace(microsecond=0)

    def test_stays_when_it_is_called_off_and_says_why(self, client, noon):
        session = course(noon)
        offering.call_off(by=offers.officer(), at=noon, session=session, why="教室漏水")

        (event,) = events(client, session)

        assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
        assert str(event["description"]).startswith("教室漏水")

    def test_tells_nobody_where_to_go_online(self, client, noon):
        session = course(noon, online="https://meet.example/secret")

        assert b"meet.example" not in client.get(f"/offers/sessions/{session.code}.ics").content

    def test_is_there_for_what_is_published_alone(self, client, noon):
        hidden = course(noon, of=offers.offer(at=noon, published=False))

        assert client.get(f"/offers/sessions/{hidden.code}.ics").status_code == 404
        assert client.get("/offers/sessions/0000-0000.ics").status_code == 404


@db
class TestFeed:
    def test_narrows_by_kind_area_and_programme(self, client, noon, time_machine):
        time_machine.move_to(noon, tick=False)
        programme = offers.offer(at=noon, kind="programme", title="宣传月")
        event = course(
            noon, of=offers.offer(at=noon, kind="event", title="讲座", part_of=programme)
        )
        other = course(noon)

        def codes(**asked):
            query = "&".join(f"{name}={value}" for name, value in asked.items())
            return {str(one["uid"])[:9] for one in read(client, f"/offers.ics?{query}").events}

        assert codes() == {event.code, other.code}
        assert codes(kind="event") == codes(programme=programme.code) == {event.code}
        assert codes(area="620000") == {event.code, other.code}
        assert codes(area="110000") == set()

    def test_leaves_out_what_is_long_over_and_times_at_windows(self, client, noon, time_machine):
        course(noon)
        time_machine.move_to(MONDAY + timedelta(days=100), tick=False)

        assert read(client, "/offers.ics").events == []

    def test_answers_once_while_it_is_the_same(self, client, noon, time_machine):
        time_machine.move_to(noon, tick=False)
        session = course(noon)
        first = client.get("/offers.ics")
        tag = first.headers["ETag"]

        same = client.get("/offers.ics", headers={"if-none-match": tag})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)

        offering.call_off(by=offers.officer(), at=noon, session=session, why="雪")
        assert client.get("/offers.ics", headers={"if-none-match": tag}).status_code == 200

    @pytest.mark.parametrize("field", ["title", "description", "conditions"])
    def test_says_at_once_what_an_offer_says_anew(self, client, noon, time_machine, field):
        time_machine.move_to(noon, tick=False)
        session = course(noon)
        client.get("/offers.ics")
        Offer.objects.filter(pk=session.offer_id).update(**{field: "改过了"})

        assert "改过了" in client.get("/offers.ics").content.decode()

    def test_speaks_the_language_of_its_address(self, client, noon, time_machine):
        time_machine.move_to(noon, tick=False)
        course(noon)

        told = [client.get(f"{prefix}/offers.ics").content.decode() for prefix in ("", "/en", "")]

        assert "CATEGORIES:Course" in told[1]
        assert told[0] == told[2] != told[1]

    def test_asks_few_questions_however_many_sessions(
        self, client, noon, time_machine, django_assert_max_num_queries
    ):
        time_machine.move_to(noon, tick=False)
        made = offers.offer(at=noon)
        for _ in range(8):
            course(noon, of=made)

        with django_assert_max_num_queries(6):
            assert len(read(client, "/offers.ics").events) == 8

    @pytest.mark.parametrize(
        "query", ["kind=%00", "area=x", "programme=%F0%9F%98%80", "kind=a&kind=b"]
    )
    def test_answers_whatever_is_asked(self, client, query):
        assert client.get(f"/offers.ics?{query}").status_code == 200


@db
def test_is_written_as_the_standard_says(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    course(noon, of=offers.offer(at=noon, description="带;分号,逗号\\反斜杠\n第二行" * 20))
    course(noon, rrule="")

    data = client.get("/offers.ics").content

    assert data.count(b"\n") == data.count(b"\r\n") > 40
    assert max(map(len, data.split(b"\r\n"))) <= 75
    read_again = Calendar.from_ical(data)
    assert read_again.to_ical() == data
    assert [zone["tzid"] for zone in read_again.timezones] == ["Asia/Shanghai"]
    for part in read_again.walk():
        assert list(part.errors) == []
        assert [name for name in part.required if name not in part] == []
        assert [name for name in part.singletons if isinstance(part.get(name), list)] == []


@db
def test_passes_three_readers(client, noon, time_machine, tmp_path, shared):
    if not all(importlib.util.find_spec(name) for name in ("vobject", "ical")):
        pytest.skip("the packages vobject and ical are not here")
    time_machine.move_to(noon, tick=False)
    session = course(noon)
    course(noon, rrule="FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20261221")
    Meeting.objects.filter(session=session, number=2).update(cancelled_at=noon)
    file = tmp_path / "offers.ics"
    file.write_bytes(client.get("/offers.ics").content)

    done = subprocess.run(
        [sys.executable, shared / "checks/ics_check.py", file],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (0, f"{file} OK\n"), done.stderr


@db
class TestExport:
    def test_writes_the_feed_and_a_file_for_each_session(self, noon, time_machine, tmp_path):
        time_machine.move_to(noon, tick=False)
        session = course(noon)
        call_command("export", "ics", str(tmp_path), stdout=(out := io.StringIO()))

        assert {path.name for path in tmp_path.iterdir()} == {"offers.ics", f"{session.code}.ics"}
        assert len(out.getvalue().splitlines()) == 2

    def test_says_that_nothing_is_offered(self, tmp_path):
        with pytest.raises(CommandError, match="Nothing is offered yet"):
            call_command("export", "ics", str(tmp_path))
        assert not Session.objects.exists()


class TestRules:
    def test_gives_up_where_a_rule_does_not_name_the_first(self):
        held = [Held(MONDAY.replace(tzinfo=None), MONDAY, MONDAY + timedelta(hours=1))]

        assert repeats("FREQ=WEEKLY;BYDAY=TU;COUNT=2", held) is None
        assert repeats("FREQ=HOURLY;COUNT=2", held) is None
        assert repeats("", held) is repeats(RULE, []) is None

    def test_adds_what_the_rule_does_not_name(self):
        start = MONDAY.replace(tzinfo=None)
        extra = start + timedelta(days=1)
        held = [Held(one, one, one + timedelta(hours=1)) for one in (start, extra)]

        said = repeats("FREQ=WEEKLY;BYDAY=MO;COUNT=3", held)

        assert said.more == (extra,)
        assert said.out == (start + timedelta(days=7), start + timedelta(days=14))

    def test_expands_46_forms_as_others_do(self, shared):
        """Rules by day, week and month, as our courses use them; libical says what they give."""
        text = (shared / "conformance/icalendar/icalrecur_test.txt").read_text()
        blocks = re.findall(r"RRULE:(.+)\nDTSTART:(\S+)\nINSTANCES:(\S*)", text)
        used = [
            (rule, start, given.split(","))
            for rule, start, given in blocks
            if re.search("FREQ=(DAILY|WEEKLY|MONTHLY)", rule)
            and not re.search("BYSETPOS|BYWEEKNO|BYHOUR|BYMINUTE|BYSECOND|RSCALE|SKIP|;$", rule)
        ]
        right, ours = 0, 0
        for rule, start, given in used:
            first = datetime.strptime(  # noqa: DTZ007 - as the file writes them
                start.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in start else "%Y%m%d"
            )
            again = vRecur.from_ical(rule).to_ical().decode().replace("Z", "")
            found = [
                f"{one:%Y%m%dT%H%M%S}"[: len(given[0].rstrip("Z"))]
                for one in rrulestr(again, dtstart=first)
            ]
            right += found == [one.rstrip("Z") for one in given]
            try:
                days = days_named(rule, first.date())
            except ValueError:
                continue
            ours += 1
            assert [f"{day:%Y%m%d}" for day in days] == [one[:8] for one in given][: len(days)]
        assert (right, len(used)) == (46, 46)
        assert ours > 15
