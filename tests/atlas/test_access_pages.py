"""Pages of ways: what everybody reads, what is asked wrongly, what planners bring; and whose tables are asked."""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.atlas.actions.access import end_buses
from linli.atlas.models import BusTable, TownGround
from linli.directory.models import Area
from linli.kernel.actors import Role
from linli.ui.kept import pages
from tests.town import directory, services
from tests.town.atlas_access import WEDNESDAY, declared, station, table, town

pytestmark = pytest.mark.django_db
PUBLIC = (
    "/atlas/access/",
    "/atlas/access/week/",
    "/atlas/access/more/",
    "/atlas/access/squares.csv",
)
UG = {"area": "620200", "language": "ug", "weekday": "2", "hour": "10:00"}
# The directory, the four tables of this part, and the marks of what was changed: nothing else is asked.
ASKED = re.compile(
    r"atlas_(townground|bustable|busstop|busrun)|kernel_edition"
    r"|directory_(area|location|schedule|languagehours|service|serviceatlocation)"
)
TABLES = re.compile(r'(?:FROM|JOIN) "?(\w+)"?')


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(WEDNESDAY, tick=False):
        pages.forget()
        yield


@pytest.fixture
def planner(client):
    account = get_user_model().objects.create(
        username=uuid4().hex,
        name="规划员",
        role=Role.PLANNER,
        unit="民委",
        password="long-enough-1",
    )
    client.force_login(account)
    return client


def drawn(answer):
    """The minutes of each square as the map shows them."""
    return {tile.square.code: tile.minutes for tile in answer.context["drawing"].tiles}


def tables_asked(client, address, **asked):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address, asked).status_code == 200
    return {name for one in caught for name in TABLES.findall(one["sql"])}


def test_shows_the_minutes_of_every_square_on_the_map_and_in_the_table(client):
    hall, east = town()
    answer = client.get("/atlas/access/", UG)
    text = answer.content.decode()

    assert drawn(answer) == {row["square"].code: row["minutes"] for row in answer.context["rows"]}
    assert (drawn(answer)["1-1"], drawn(answer)["1-6"]) == (4, 27)
    assert (
        len(re.findall(r'href="#square-\d-\d"', text))
        == 18
        == len(re.findall(r'<tr id="square-', text))
    )
    kinds = {row["counter"].name: row["kind"] for row in answer.context["counters"]}
    assert kinds == {hall.name: "serves", east.name: "silent"}
    on_foot = client.get("/atlas/access/", UG | {"way": "foot"})
    assert drawn(on_foot)["1-6"] == 47


def test_says_when_somebody_serves_next_when_nobody_does(client):
    town()
    answer = client.get("/atlas/access/", UG | {"hour": "12:30"})

    assert set(drawn(answer).values()) == {None}
    assert (answer.context["next"]["hour"], answer.context["figures"][0]["value"]) == (time(14), 0)
    then = client.get(answer.context["next"]["address"])
    assert drawn(then)["1-1"] == 4


def test_stands_in_for_today_and_the_half_hour_that_it_is(client):
    town()
    with time_machine.travel(WEDNESDAY + timedelta(minutes=44), tick=False):
        said = client.get("/atlas/access/", {"language": "ug"}).context["said"]

    assert (said["day"].isoformat(), said["hour"]) == ("2026-11-25", time(10, 30))


def test_shows_what_one_more_clerk_would_change(client):
    _hall, east = town()
    more = client.get("/atlas/access/more/", UG | {"within": "15"}).context
    (clerk,) = more["clerks"]

    assert (clerk["counter"].name, more["hours"]) == (east.name, [])
    answer = client.get(clerk["address"])
    changed = {
        tile.square.code: (tile.was, tile.minutes)
        for tile in answer.context["drawing"].tiles
        if tile.changed
    }
    assert changed["1-5"] == (33, 4)
    assert clerk["effect"].shorter == len(changed)
    assert client.get("/atlas/access/", UG | {"more": f"hour-{east.code}"}).status_code == 404


def test_shows_the_gaps_of_the_week(client):
    town()
    answer = client.get("/atlas/access/week/", UG)
    wednesday = answer.context["week"][2]["cells"]

    assert [cell["share"] is None for cell in wednesday] == [
        True, False, False, False, True, True, False, False, False, False, True, True, True,
    ]  # fmt: skip
    lunch = [row["hole"] for row in answer.context["holes"] if row["hole"].weekday == 2][1]
    assert (lunch.begins, lunch.ends, lunch.open_elsewise) == (time(12), time(14), False)
    assert client.get(wednesday[1]["address"]).context["said"]["hour"] == time(9)


def test_gives_the_same_as_a_table_to_take_along(client):
    town()
    lines = client.get("/atlas/access/squares.csv", UG).content.decode().splitlines()

    assert lines[0].startswith(
        "square,name,minutes,counter,counter_name,walking,waiting,riding,lines"
    )
    east = next(line for line in lines if line.startswith("1-6,")).split(",")
    assert (east[2], east[5:]) == ("27", ["8", "5", "14", "1 路"])


def test_keeps_to_one_service_and_leaves_out_what_the_town_has_not(client):
    _hall, east = town()
    offered = services.service("居住证办理")
    services.offer(offered, east)
    any_language = UG | {"language": "", "service": offered.code}

    kinds = [row["kind"] for row in client.get("/atlas/access/", any_language).context["counters"]]
    assert kinds == ["open", "other"]
    other = client.get("/atlas/access/", UG | {"service": "9999-9999"})
    assert other.context["dropped"]
    assert not other.context["seen"].asked.service


@pytest.mark.parametrize(
    "asked",
    [
        {"area": "620100"}, {"area": "\0"}, {"language": "xx"}, {"language": "ug\0"}, {"weekday": "7"},
        {"weekday": "9" * 99}, {"hour": "25:00"}, {"hour": "10:07"}, {"way": "car"}, {"within": "31"},
        {"within": "-1"}, {"spoken": "<b>"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", PUBLIC)
def test_answers_what_cannot_be_asked_with_the_form(client, address, asked):
    town()
    answer = client.get(address, UG | asked)

    assert answer.status_code == 422
    assert answer.context["form"].errors


@pytest.mark.parametrize("more", ["\0", "clerk-", "clerk-9999-9999", "x" * 999])
def test_knows_no_other_change(client, more):
    town()
    assert client.get("/atlas/access/", UG | {"more": more}).status_code == 404


@pytest.mark.parametrize("address", PUBLIC)
def test_says_that_no_ground_is_declared(client, address):
    station("市民中心", (1, 1))

    assert client.get(address).templates[0].name == "atlas/access_none.html"


@pytest.mark.parametrize("address", PUBLIC)
def test_asks_the_directory_alone(client, address):
    """Access maps, not people maps: no table of people, cases, bookings or figures is touched."""
    town()
    asked = tables_asked(client, address, **UG)

    assert [name for name in asked if not ASKED.fullmatch(name)] == []
    assert {"directory_languagehours", "atlas_townground"} <= asked


def test_would_see_another_table(client):
    """The control: a page that asks for more than the directory is noticed."""
    assert [name for name in tables_asked(client, "/facts/") if not ASKED.fullmatch(name)]


def test_asks_as_often_for_many_counters_as_for_two(client, django_assert_num_queries):
    hall, _east = town()
    services.offer(services.service("居住证办理"), hall)
    for number in range(6):
        station(f"服务点{number}", (2, number + 1), languages=services.speaks("bo"))
    for address, count in zip(PUBLIC, (12, 12, 12, 12), strict=True):
        pages.forget()
        with django_assert_num_queries(count):
            client.get(address, UG)
    client.get(PUBLIC[0], UG)
    with django_assert_num_queries(1):
        client.get(PUBLIC[0], UG)


def test_is_made_anew_when_buses_end_or_a_counter_changes(client):
    town()
    assert drawn(client.get("/atlas/access/", UG))["1-6"] == 27
    end_buses(by=services.planner(), at=WEDNESDAY, table=BusTable.objects.get())

    assert drawn(client.get("/atlas/access/", UG))["1-6"] == 47
    station("新服务点", (1, 6), languages=services.speaks("ug"))
    assert drawn(client.get("/atlas/access/", UG))["1-6"] == 4


def test_leaves_counters_of_a_part_with_its_own_ground_to_that_part(client):
    town()
    part = directory.area(
        "620201", name="雄关区", level="county", parent=Area.objects.get(code="620200")
    )
    station(
        "雄关站",
        (3, 3),
        organization=services.organization("雄关中心", unit="", area=part.code),
        area=part.code,
    )
    whole = client.get("/atlas/access/", UG).context["counters"]
    declared(area=part)

    assert {row["counter"].name for row in whole} == {"市民中心", "东站服务点", "雄关站"}
    assert len(client.get("/atlas/access/", UG).context["counters"]) == 2


def test_declares_a_ground_from_the_squares_around_the_counters(planner):
    station("市民中心", (1, 1))
    station("东站", (2, 3))
    form = planner.get("/console/access/620200/ground/").context["form"]

    assert form.initial["squares"].splitlines() == [
        "1-1 市民中心",
        "1-2",
        "1-3",
        "2-1",
        "2-2",
        "2-3 东站",
    ]
    said = {"metres": "600", "pace": "70", "source": "图", "squares": form.initial["squares"]}
    assert planner.post("/console/access/620200/ground/", said).status_code == 302
    assert TownGround.objects.get().squares[5] == [2, 3, "东站"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"metres": "9" * 30}, {"pace": "x"}, {"source": "\0"}, {"squares": "1-1\nxx"}, {"squares": ""},
        {"squares": "1-1\n1-1"}, {"squares": "\n".join(f"{n}-{m}" for n in range(1, 22) for m in range(1, 22))},
    ],
)  # fmt: skip
def test_keeps_what_was_typed_of_a_ground_that_cannot_be(planner, wrong):
    directory.area()
    said = {"metres": "600", "pace": "70", "source": "图", "squares": "1-1"} | wrong
    answer = planner.post("/console/access/620200/ground/", said)

    assert answer.status_code == 422
    assert not TownGround.objects.exists()


def test_brings_a_table_of_buses_by_looking_first(planner):
    directory.area()
    said = {
        "source": "公交公司",
        "valid_from": "2026-07-01",
        "file": SimpleUploadedFile("b.csv", table()),
    }
    looked = planner.post("/console/access/620200/buses/", said)
    rows = planner.get(looked.url)

    assert (rows.context["run"].wrong, BusTable.objects.count()) == (0, 0)
    stale = planner.post(looked.url, {"checksum": "0" * 64})
    assert (stale.status_code, BusTable.objects.count()) == (409, 0)
    assert planner.post(looked.url, {"checksum": rows.context["checksum"]}).status_code == 302
    assert planner.get("/console/access/620200/").context["tables"] == [BusTable.objects.get()]
    assert planner.post("/console/access/620200/buses/end/").status_code == 302
    assert BusTable.objects.get().ended_at


@pytest.mark.parametrize(
    ("data", "day"),
    [
        (b"", "2026-07-01"), (b"\0\0", "2026-07-01"), (table(), "0001-01-01"), (table(), "2026-02-30"),
        ("线路,上车站,下车站,行车分钟,发车间隔,民族\n1,甲,乙,5,5,x\n".encode(), "2026-07-01"),
    ],
)  # fmt: skip
def test_keeps_nothing_of_a_file_that_is_no_such_table(planner, data, day):
    directory.area()
    said = {"source": "公交公司", "valid_from": day, "file": SimpleUploadedFile("b.csv", data)}

    assert planner.post("/console/access/620200/buses/", said).status_code == 422
    assert not BusTable.objects.exists()
