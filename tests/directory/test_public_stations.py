"""The public pages of places: the list and its map, one place's hours and languages, who speaks what when."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from linli.directory import actions
from linli.directory.actions import PhoneDraft
from linli.directory.models import Location
from linli.ui.kept import pages
from tests.town import directory
from tests.town import guides as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def stations(noon):
    directory.area("620200")
    directory.area("620201", name="市辖区", level="county")
    one = town.station(
        "雄关站",
        at=noon,
        tile=(2, 3),
        schedules=(town.week(at=noon),),
        languages=(*town.spoken("ug", 0, 2), *town.spoken("zh-Hans", 0, 1, 2, 3, 4)),
        phones=(PhoneDraft(number="0937-6200001"),),
        access=("step-free", "lift"),
    )
    two = town.station(
        "胜利站",
        at=noon,
        area="620201",
        tile=(3, 3),
        schedules=(town.week(at=noon, closes=time(9, 30)),),
        languages=town.spoken("bo", 1, mode="phone"),
    )
    three = town.station("镜铁站", at=noon, area="620201")
    return one, two, three


def listed(client, **asked):
    return [row["location"].name for row in client.get("/stations/", asked).context["rows"]]


def test_lists_places_by_district(client, stations):
    assert listed(client) == ["雄关站", "胜利站", "镜铁站"]


def test_narrows_by_district_language_and_hour(client, stations):
    assert set(listed(client, area="620201")) == {"胜利站", "镜铁站"}
    assert listed(client, language="ug") == ["雄关站"]
    assert listed(client, open="on") == ["雄关站"]
    assert listed(client, area="999999", language="xx") == listed(client)


def test_draws_a_square_for_each_place_that_has_one(client, stations):
    page = client.get("/en/stations/")
    drawn = page.context["map"]

    assert [(tile.name, tile.x, tile.y, tile.open) for tile in drawn.tiles] == [
        ("雄关站", 0, 0, True),
        ("胜利站", 0, 48, False),
    ]
    assert (drawn.width, drawn.height) == (44, 92)
    numbers = {row["location"].name: n for n, row in enumerate(page.context["rows"], 1)}
    assert [tile.number for tile in drawn.tiles] == [numbers["雄关站"], numbers["胜利站"]]


def test_draws_no_map_of_one_place(client, stations):
    assert client.get("/stations/", {"language": "ug"}).context["map"] is None


def test_says_when_no_place_fits(client, stations):
    page = client.get("/en/stations/", {"language": "bo", "open": "on"})

    assert page.status_code == 200
    assert "No place fits these filters." in page.content.decode()


def test_shows_one_place_with_all_that_one_needs_to_come(client, stations):
    text = client.get(f"/en/stations/{stations[0].code}/").content.decode()

    for said in (
        "雄关站", "open now", "until", "17:00", "tel:0937-6200001", "way in without steps", "lift",
        "09:00–17:00", "Uyghur", "in person", "Last checked on",
        f"topic=correction&amp;about={stations[0].code}",
    ):  # fmt: skip
        assert said in text, said


def test_says_when_a_closed_place_opens_next(client, stations):
    page = client.get(f"/en/stations/{stations[1].code}/")

    assert page.context["standing"].open is False
    assert page.context["standing"].next.day == date(2026, 11, 24)
    assert "closed now" in page.content.decode()


def test_tells_of_holidays_and_of_the_days_worked_for_them(client, stations, time_machine):
    time_machine.move_to(datetime(2026, 9, 28, 2, 0, tzinfo=UTC), tick=False)

    page = client.get(f"/en/stations/{stations[0].code}/")
    told = {day.on: (bool(day.spans), str(day.why)) for day in page.context["exceptions"]}

    assert told[date(2026, 10, 1)] == (False, "public holiday")
    assert told[date(2026, 10, 10)] == (True, "working day in place of a holiday")
    assert date(2026, 9, 29) not in told


def test_says_that_hours_are_not_known(client, stations):
    page = client.get(f"/en/stations/{stations[2].code}/")

    assert page.context["standing"].known is False
    assert "Hours are not known" in page.content.decode()


def test_says_that_a_place_is_closed_for_good(client, stations, noon):
    actions.close_location(by=actor(), at=noon, location=stations[0], on=noon.date())

    assert "closed for good" in client.get(f"/en/stations/{stations[0].code}/").content.decode()
    assert "雄关站" not in listed(client)


def test_shows_who_speaks_what_when_and_on_which_days_nobody_does(client, stations):
    page = client.get("/en/languages/")
    spoken = {one["name"].tag: one for one in page.context["spoken"]}
    gaps = [(gap["name"].tag, str(gap["weekday"])) for gap in page.context["missing"]]

    assert [count for count, _gap in spoken["ug"]["counts"]] == [1, 0, 1, 0, 0, 0, 0]
    assert ("ug", "Tuesday") in gaps
    assert ("ug", "Monday") not in gaps
    assert ("ug", "Saturday") not in gaps
    assert not [gap for gap in gaps if gap[0] == "zh-Hans"]
    assert spoken["bo"]["rows"][0].cells[1] == "by phone"


def test_says_that_no_language_is_promised(client):
    assert "No language is promised here." in client.get("/en/languages/").content.decode()


def test_asks_a_bounded_number_of_queries(client, stations, noon, django_assert_max_num_queries):
    for number in range(30):
        town.station(
            f"第{number}站",
            at=noon,
            tile=(1 + number % 6, 4 + number // 6),
            schedules=(town.week(at=noon),),
            languages=town.spoken("ug", 0, 1),
        )
    assert Location.objects.count() == 33

    # The first who asks after an edit asks what can be chosen, and at which hours a door opens, too.
    for most in (14, 11):
        pages.forget()
        with django_assert_max_num_queries(most):
            client.get("/stations/")
    with django_assert_max_num_queries(12):
        client.get(f"/stations/{stations[0].code}/")
    with django_assert_max_num_queries(6):
        client.get("/languages/")


def test_answers_304_until_a_place_changes(client, stations, noon):
    address = f"/stations/{stations[0].code}/"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    actions.assure_location(by=actor(), at=noon + timedelta(days=2), location=stations[0])

    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_draws_no_map_of_several_towns_but_lists_them(client, stations, noon):
    directory.area("450205", name="柳北区", level="county")
    far = town.station("柳北站", at=noon, area="450205", tile=(2, 3))
    town.station("柳北二站", at=noon, area="450205", tile=(4, 3))

    page = client.get("/en/stations/", {"language": ""})

    assert page.context["map"] is None
    assert [(one.code, one.name, one.places) for one, _address in page.context["towns"]] == [
        ("450205", "柳北区", 2),
        ("620200", "嘉峪关市", 3),
    ]
    near = client.get("/en/stations/", {"area": "450205"})
    assert [tile.name for tile in near.context["map"].tiles] == [far.name, "柳北二站"]
    assert near.context["towns"] == []


def test_leads_from_the_list_of_towns_to_one_and_keeps_what_was_chosen(client, stations, noon):
    directory.area("450205", name="柳北区", level="county")
    town.station("柳北站", at=noon, area="450205", languages=town.spoken("ug", 0))

    page = client.get("/en/stations/", {"language": "ug", "page": "1"})

    addresses = [address for _one, address in page.context["towns"]]
    assert addresses == ["?language=ug&area=450205", "?language=ug&area=620200"]
    assert listed(client, language="ug", area="620200") == ["雄关站"]
