"""Feeds and calendars: valid, stable, honest about when they changed; nobody leaves an address."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring
from icalendar import Calendar

from linli.plans import actions
from linli.plans.actions import TaskDraft
from tests.plans.test_public_promises import ADDRESSES, moved
from tests.town import directory
from tests.town import plans as town

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def clock(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def may(noon):
    return noon - timedelta(days=200)


def feed(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(response.content)


def entries(client, address):
    return feed(client, address).findall(f"{ATOM}entry")


def events(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def kinds(found):
    return [one.find(f"{ATOM}category").get("term") for one in found]


def story(*, at):
    task = town.promised_task(at=at, due_on=date(2026, 12, 1))
    town.sent_back(at=at + timedelta(days=10), task=task)
    moved(task, at=at + timedelta(days=15), due_on=date(2026, 12, 31))
    task.refresh_from_db()
    town.accepted(at=at + timedelta(days=20), task=task)
    return task


@pytest.mark.parametrize("number", [7, 9, 11])
def test_gives_a_feed_as_the_standard_wants_it(client, may, number):
    address = ADDRESSES(story(at=may))[number]

    root = feed(client, address)

    assert root.tag == f"{ATOM}feed"
    for part in (root, *root.findall(f"{ATOM}entry")):
        assert [
            name for name in ("id", "title", "updated") if not part.findtext(f"{ATOM}{name}")
        ] == []
        UUID(part.findtext(f"{ATOM}id").removeprefix("urn:uuid:"))
        assert part.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{address}"
    for link in root.iter(f"{ATOM}link"):
        where = urlsplit(link.get("href"))
        assert where.netloc == "testserver"
        assert client.get(where.path).status_code == 200


def test_has_one_entry_for_each_deed_the_newest_first(client, may):
    task = story(at=may)

    found = entries(client, f"/feeds/tasks/{task.code}.atom")

    assert kinds(found) == ["accepted", "reported", "moved", "sent_back", "reported", "promised"]
    said = [one.findtext(f"{ATOM}summary") for one in found]
    assert "请补充证书清单。" in said[3]
    assert "验收延期" in said[2]
    assert town.SUPERVISION in said[0]
    assert found[0].findtext(f"{ATOM}updated") == "2026-05-25T04:00:00+00:00"


def test_keeps_ids_while_the_story_grows(client, may):
    task = town.promised_task(at=may)
    before = {
        one.findtext(f"{ATOM}id") for one in entries(client, f"/feeds/tasks/{task.code}.atom")
    }
    town.reported(at=may, task=task)

    after = {one.findtext(f"{ATOM}id") for one in entries(client, f"/feeds/tasks/{task.code}.atom")}
    english = {
        one.findtext(f"{ATOM}id") for one in entries(client, f"/en/feeds/tasks/{task.code}.atom")
    }

    assert before < after
    assert after == english
    assert len(after) == 2


def test_says_nothing_that_nobody_did(client, may):
    """A day that passes is no deed: the feed of an overdue promise has the promise alone."""
    task = town.promised_task(at=may, due_on=date(2026, 10, 1))

    assert kinds(entries(client, f"/feeds/tasks/{task.code}.atom")) == ["promised"]


def test_tells_of_steps_reached_and_promises_given_up(client, may):
    task = town.promised_task(at=may)
    step = actions.add_milestone(
        by=town.planner(), at=may, task=task, title="完成招标", due_on=date(2026, 8, 1)
    )
    day = may + timedelta(days=5)
    actions.reach_milestone(by=town.planner(), at=day, milestone=step, reached_on=day.date())
    actions.drop_task(by=town.planner(), at=day + timedelta(days=1), task=task, reason="方案取消")

    found = entries(client, f"/feeds/tasks/{task.code}.atom")

    assert kinds(found) == ["dropped", "milestone_reached", "promised"]
    assert "方案取消" in found[0].findtext(f"{ATOM}summary")
    assert "完成招标" in found[1].findtext(f"{ATOM}summary")


def test_tells_of_other_words_and_another_unit_since_the_promise(client, may):
    task = town.task(at=may)
    edited(task, at=may, title="还没有公布的说法")
    day, programme = may + timedelta(days=1), task.measure.programme
    actions.publish_programme(by=town.planner(), at=day, programme=programme)
    edited(task, at=may + timedelta(days=5), title="培训6人次")
    other = directory.unit(town.OTHER)
    actions.assign(by=town.planner(), at=may + timedelta(days=6), tasks=[task], lead=other)
    edited(task, at=may + timedelta(days=7), supporting=(directory.unit(town.LEAD),))

    found = entries(client, f"/feeds/tasks/{task.code}.atom")

    assert kinds(found) == ["reassigned", "reworded", "promised"]
    assert f"{town.LEAD} → {town.OTHER}" in found[0].findtext(f"{ATOM}summary")
    assert "还没有公布的说法 → 培训6人次" in found[1].findtext(f"{ATOM}summary")
    page = client.get(f"/en/promises/tasks/{task.code}/").content.decode()
    assert "还没有公布的说法 → 培训6人次" in page


def edited(task, *, at, **change):
    task.refresh_from_db()
    draft = replace(TaskDraft.of(task), **change)
    actions.edit_task(by=town.planner(), at=at, task=task, draft=draft)


def test_shows_the_due_day_as_a_day_of_a_calendar(client, may):
    task = town.promised_task(at=may, due_on=date(2026, 12, 1))

    (event,) = events(client, f"/feeds/tasks/{task.code}.ics")

    assert event.decoded("dtstart") == date(2026, 12, 1)
    assert event.decoded("dtend") == date(2026, 12, 2)
    assert event.decoded("dtstamp") == may
    assert str(event["uid"]) == f"{task.code}.due@linli"
    assert task.title in str(event["summary"])
    assert str(event["url"]) == f"http://testserver/promises/tasks/{task.code}/"
    assert str(event["transp"]) == "TRANSPARENT"
    assert event["sequence"] == 0


def test_moves_the_same_event_when_the_promise_moves(client, may):
    task = town.promised_task(at=may, due_on=date(2026, 12, 1))
    (before,) = events(client, f"/feeds/tasks/{task.code}.ics")
    moved(task, at=may + timedelta(days=3), due_on=date(2027, 1, 10))

    (after,) = events(client, f"/feeds/tasks/{task.code}.ics")

    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") == date(2027, 1, 10)
    assert after.decoded("dtstamp") == after.decoded("last-modified") == may + timedelta(days=3)
    assert "2026" in str(after["description"])


def test_cancels_the_event_of_a_promise_that_was_given_up(client, may):
    task = town.promised_task(at=may)
    actions.drop_task(by=town.planner(), at=may + timedelta(days=1), task=task, reason="方案取消")

    (event,) = events(client, f"/feeds/tasks/{task.code}.ics")

    assert str(event["status"]) == "CANCELLED"
    assert event["sequence"] == 1


def test_gathers_a_measure_and_a_place(client, may):
    first = town.promised_task(at=may)
    town.promised_task(at=may, measure=first.measure, due_on=date(2027, 2, 1))
    other = town.measure(at=may, programme=first.measure.programme, title="别的措施")
    town.promised_task(at=may, measure=other, title="没有日期的任务", due_on=None)
    directory.area("620000", name="甘肃省", level="province")

    assert len(events(client, f"/feeds/measures/{first.measure.code}.ics")) == 2
    assert len(entries(client, f"/feeds/measures/{first.measure.code}.atom")) == 2
    assert len(events(client, "/feeds/promises/620200.ics")) == 2
    assert len(entries(client, "/feeds/promises/620200.atom")) == 3
    assert len(entries(client, "/feeds/promises/620000.atom")) == 3


def test_gives_a_calendar_without_days_too(client, may):
    task = town.promised_task(at=may, due_on=None)

    assert events(client, f"/feeds/tasks/{task.code}.ics") == []


@pytest.mark.parametrize("number", [7, 8, 9, 10, 11, 12])
def test_sends_nothing_twice(client, may, number):
    address = ADDRESSES(story(at=may))[number]

    first = client.get(address)
    by_tag = client.get(address, headers={"if-none-match": first["ETag"]})
    by_day = client.get(address, headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_day.status_code == 304
    assert "max-age=900" in first["Cache-Control"]
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("kind", ["atom", "ics"])
def test_sends_what_has_changed(client, may, kind):
    task = town.promised_task(at=may)
    address = f"/feeds/tasks/{task.code}.{kind}"
    first = client.get(address)
    moved(task, at=may + timedelta(days=3), due_on=date(2027, 1, 10))

    again = client.get(
        address,
        headers={"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]},
    )

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert again["Last-Modified"] == "Fri, 08 May 2026 04:00:00 GMT"


def test_leaves_no_trace_of_who_follows(client, may):
    for address in ADDRESSES(story(at=may))[7:]:
        response = client.get(address)
        assert not response.cookies
        assert "sessionid" not in response.headers.get("Set-Cookie", "")


def test_stays_small_however_much_was_done(client, may, django_assert_max_num_queries):
    first = town.promised_task(at=may)
    for number in range(30):
        town.promised_task(at=may, measure=first.measure, title=f"任务{number}")

    with django_assert_max_num_queries(9):
        assert len(entries(client, "/feeds/promises/620200.atom")) == 31
    with django_assert_max_num_queries(5):
        assert len(events(client, "/feeds/promises/620200.ics")) == 31


def test_answers_only_to_looking(client, may):
    task = town.promised_task(at=may)

    assert client.post(f"/feeds/tasks/{task.code}.atom").status_code == 405
    assert client.post(f"/promises/tasks/{task.code}/").status_code == 405
    assert client.get("/feeds/promises/999999.atom").status_code == 404
    assert client.get("/feeds/promises/620200x.ics").status_code == 404
