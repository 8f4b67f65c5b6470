"""The API of HSDS 3.1: its envelope, its filters, and every answer held against the published schemas."""

import json
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from jsonschema import FormatChecker

from linli.directory import actions
from tests.town import hsds, services

pytestmark = pytest.mark.django_db

ENVELOPE = [
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
]  # fmt: skip


@pytest.fixture
def town():
    """One town with everything that a guide and a station can tell."""
    station = services.station(
        other_names=("祁连站",),
        description="邻里服务站",
        transport="4路公交",
        access=("step-free", "lift"),
        tile=(1, 2),
        phones=(
            actions.PhoneDraft(number="+86 937 6220000", extension="12", description="咨询"),
            actions.PhoneDraft(number="0937-6220001", extension="012"),
        ),
        schedules=(
            services.schedule(valid_until=date(2027, 1, 1), note="午间不休息"),
            services.schedule("FREQ=MONTHLY;BYDAY=1SA;COUNT=12", days_off="open"),
            services.schedule("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4", closes_at=time(12)),
        ),
        languages=services.speaks("ug", (1, 3)) + services.speaks("zh-Hans"),
    )
    guide = services.full_service(
        costs=(actions.CostDraft(amount=1250, option="工本费"),), alert="本周系统升级。"
    )
    other = services.service("失业登记")
    offer = services.offer(
        guide, station, window="3号窗口", schedules=(services.schedule((1,), note="只在周二"),)
    )
    services.offer(other, station)
    at = services.NOON + timedelta(hours=1)
    draft = services.service_draft("失业登记与证明")
    actions.amend_service(by=services.planner(), at=at, service=other, draft=draft)
    return {"guide": guide, "other": other, "station": station, "offer": offer}


def got(client, path, status=200, **asked):
    response = client.get(f"/hsds/{path}", asked)
    assert response.status_code == status, response.content[:300]
    return response.json()


def test_says_what_it_speaks(client):
    told = got(client, "")

    assert told["version"] == "3.1"
    assert client.get(told["openapi_url"].removeprefix("http://testserver")).status_code == 200
    assert client.get(told["profile"].removeprefix("http://testserver")).status_code == 200


def test_holds_every_answer_against_the_strict_schemas(client, town, shared):
    assert {"uri", "uuid", "date-time", "email"} <= set(FormatChecker().checkers)
    listed = {
        "services": "service",
        "organizations": "organization",
        "service_at_locations": "service_at_location",
        "taxonomies": "taxonomy",
        "taxonomy_terms": "taxonomy_term",
    }
    for path, entity in listed.items():
        for asked in ({}, {"full": "true"}, {"full_service": "true"}):
            page = got(client, path, **asked)
            assert page["contents"]
            assert hsds.faults(hsds.page(shared, entity), page) == []
        for one in page["contents"]:
            told = got(client, f"{path}/{one['id']}")
            assert hsds.faults(hsds.strict(shared, entity), told) == []


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("service", "ethnicity", "x"),
        ("service", "id", "7"),
        ("service", "status", "open"),
        ("service", "url", "no uri"),
        ("service", "last_modified", "yesterday"),
        ("location", "latitude", "far"),
    ],
)
def test_would_see_a_fault(client, town, shared, entity, field, value):
    told = got(client, f"services/{town['guide'].uuid}")
    place = told["service_at_locations"][0]["location"]
    (told if entity == "service" else place)[field] = value

    assert hsds.faults(hsds.strict(shared, "service"), told)


def test_tells_a_whole_service(client, town):
    told = got(client, f"services/{town['guide'].uuid}")

    assert told["name"] == "职业技能培训补贴"
    assert told["alternate_name"] == "技能补贴"
    assert told["application_process"] == "1. 受理：窗口当场核对材料。\n2. 发放"
    assert (told["minimum_age"], told["maximum_age"]) == (16, 59)
    assert told["url"] == f"http://testserver/services/{town['guide'].code}/"
    assert told["last_modified"] == "2026-11-21T04:00:00Z"
    assert [paper["document"] for paper in told["required_documents"]] == ["培训合格证书", "申请表"]
    assert [(one["amount"], one["currency"]) for one in told["cost_options"]] == [(12.5, "CNY")]
    assert [(area["name"], area["extent"]) for area in told["service_areas"]] == [
        ("嘉峪关市", "620200")
    ]
    assert told["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"] == "theme"
    assert {one["field_name"] for one in told["metadata"]} >= {"name", "promised_days"}
    offer = told["service_at_locations"][0]
    assert offer["description"] == "3号窗口"
    assert offer["schedules"][0]["byday"] == "TU"


def test_tells_a_place_without_coordinates_and_with_all_else(client, town):
    told = got(client, f"service_at_locations/{town['offer'].uuid}")
    place = told["location"]

    assert not {"latitude", "longitude", "contacts"} & place.keys()
    assert [(one["code"], one["name"]) for one in place["languages"]] == [
        ("ug", "维吾尔语"),
        ("zh", "普通话"),
    ] or [one["code"] for one in place["languages"]] == ["ug", "zh"]
    assert place["addresses"][0]["address_1"] == "祁连街1号"
    assert place["addresses"][0]["city"] == "嘉峪关市"
    assert [one["description"] for one in place["accessibility"]] == ["step-free", "lift"]
    assert place["phones"][0]["extension"] == 12
    assert place["phones"][1]["description"] == "#012"
    weekly, monthly, yearly = _by_freq(place["schedules"])
    assert (weekly["byday"], weekly["valid_to"]) == ("MO,TU,WE,TH,FR", "2026-12-31")
    assert (weekly["opens_at"], weekly["closes_at"]) == ("09:00+08:00", "17:30+08:00")
    assert (monthly["byday"], monthly["count"]) == ("1SA", 12)
    assert yearly["description"].startswith("FREQ=YEARLY")
    assert told["service"]["name"] == "职业技能培训补贴"


def _by_freq(schedules):
    found = {one.get("freq", ""): one for one in schedules}
    return found["WEEKLY"], found["MONTHLY"], found[""]


def test_wraps_a_page_in_the_envelope(client, town):
    first = got(client, "services", per_page=1)
    last = got(client, "services", per_page=1, page=2)
    beyond = got(client, "services", per_page=1, page=9)
    none = got(client, "services", organization_id=str(uuid4()))

    assert list(first) == ENVELOPE
    assert [first[name] for name in ENVELOPE[:7]] == [2, 2, 1, 1, True, False, False]
    assert [last[name] for name in ENVELOPE[:7]] == [2, 2, 2, 1, False, True, False]
    assert [beyond[name] for name in ENVELOPE[:7]] == [2, 2, 9, 0, False, True, True]
    assert [none[name] for name in ENVELOPE[:7]] == [0, 0, 1, 0, True, True, True]
    assert first["contents"][0]["id"] != last["contents"][0]["id"]


def names(client, path="services", **asked):
    return [one["name"] for one in got(client, path, **asked)["contents"]]


def test_narrows_by_all_filters_at_once(client, town):
    guide = town["guide"]
    term = got(client, "taxonomy_terms")["contents"][0]
    organization = str(guide.organization.uuid)
    later = "2026-11-21T04:30:00Z"

    assert names(client, taxonomy_term_id=term["id"]) == [guide.name]
    assert names(client, taxonomy_id=term["taxonomy_id"]) == [guide.name]
    assert names(client, taxonomy_id=str(uuid4())) == []
    assert names(client, search="技能培训") == [guide.name]
    assert names(client, organization_id=organization) == [guide.name, "失业登记与证明"]
    assert names(client, modified_after=later) == ["失业登记与证明"]
    assert names(client, modified_after=later, taxonomy_term_id=term["id"]) == []
    assert names(client, search="失业", organization_id=organization) == ["失业登记与证明"]
    assert names(client, "organizations", search="就业") == ["嘉峪关市就业服务中心"]
    assert names(client, "taxonomy_terms", search="没有") == []
    offers = got(client, "service_at_locations", search="技能培训")["contents"]
    assert [one["id"] for one in offers] == [str(town["offer"].uuid)]


def test_tells_the_least_on_one_page(client, town):
    page = got(client, "services", minimal="true")

    assert [sorted(one) for one in page["contents"]] == [["id", "last_modified"]] * 2
    assert (page["total_pages"], page["last_page"]) == (1, True)


def test_streams_everything(client, town):
    response = client.get("/hsds/services", {"format": "ndjson", "full": "true", "per_page": 1})
    lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]

    assert response["Content-Type"] == "application/x-ndjson"
    assert lines == got(client, "services", full="true")["contents"]


@pytest.mark.parametrize(
    "asked",
    [
        {"page": 0}, {"per_page": 5000}, {"format": "xml"}, {"organization_id": "x"}, {"full": "perhaps"},
        {"modified_after": "then"}, {"modified_after": "0001-01-01T00:00:00+14:00"}, {"postcode": "735100"},
    ],
    ids=str,
)  # fmt: skip
def test_refuses_what_it_cannot_read(client, town, asked):
    problem = got(client, "services", status=422, **asked)

    assert problem["code"] in {"unreadable", "no_coordinates"}


def test_says_that_there_is_nothing(client, town):
    for path in (
        "services",
        "organizations",
        "service_at_locations",
        "taxonomies",
        "taxonomy_terms",
    ):
        response = client.get(f"/hsds/{path}/{uuid4()}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        assert got(client, f"{path}/none", status=422)["code"] == "unreadable"


def test_tells_no_closed_place_and_that_a_service_has_ended(client, town):
    actions.close_location(
        by=services.planner(), at=services.NOON, location=town["station"], on=services.NOON.date()
    )
    actions.end_service(by=services.planner(), at=services.NOON, service=town["other"])

    assert got(client, "service_at_locations")["contents"] == []
    told = got(client, f"services/{town['other'].uuid}")
    assert told["status"] == "defunct"
    assert "service_at_locations" not in told


def test_does_not_tell_what_a_withdrawn_number_was(client, town):
    guide = town["guide"]
    draft = services.service_draft(guide.name)
    actions.amend_service(
        by=services.planner(), at=services.NOON + timedelta(hours=2), service=guide, draft=draft
    )

    told = got(client, f"services/{guide.uuid}")

    assert "6220000" not in json.dumps(told["metadata"])
    withdrawn = [one for one in told["metadata"] if one["field_name"] == "phones"]
    assert {one["last_action_type"] for one in withdrawn} == {"added", "amended"}
    assert {one["updated_by"] for one in told["metadata"]} == {services.planner().unit}


def test_asks_as_many_questions_for_many_as_for_few(client, town, django_assert_max_num_queries):
    for number in range(6):
        guide = services.full_service(f"技能补贴{number}")
        services.offer(guide, town["station"])
    with django_assert_max_num_queries(24):
        assert len(got(client, "services", full="true")["contents"]) == 8
    with django_assert_max_num_queries(6):
        got(client, "services")
    with django_assert_max_num_queries(26):
        got(client, "organizations", full_service="true")
    with django_assert_max_num_queries(24):
        got(client, "service_at_locations", full="true")
