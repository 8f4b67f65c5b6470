"""Open311 GeoReport v2: six operations and discovery, as XML and as JSON, errors as the standard has them."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.apps import apps
from django.db import connection

from linli.cases.actions import following, reading
from linli.cases.models import Case, Topic
from linli.cases.rules.georeport import MOST_REQUESTS
from linli.kernel.actors import Role
from linli.kernel.api_keys import issue
from linli.kernel.fields import unseal
from linli.kernel.models import Answered, Staff
from linli.kernel.subjects import key_of
from tests.town import cases, directory
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
V2 = "/open311/v2"
FORMATS = pytest.mark.parametrize("form", ["json", "xml"])


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def town():
    return {"lamp": cases.topic(keywords=["路灯", "灯"]), "other": cases.other(), "legal": cases.topic("legal", unit=cases.LEGAL, kind=Topic.LEGAL_AID, name="法律援助", sensitive=True)}  # fmt: skip


def key_for(role=Role.OFFICER, unit=cases.HOUSING, **given):
    staff = Staff.objects.create(username=f"{role}", name="程序", role=role, unit=unit, password="long-enough-1", **given)  # fmt: skip
    return issue(by=actor(Role.ADMINISTRATOR), at=NOON, staff=staff, name="热线")[1]


@pytest.fixture
def key(town):
    return key_for()


def told(answer, form):
    """Return an answer as plain lists and dictionaries, whichever way it was written."""
    if form == "json":
        assert answer["Content-Type"] == "application/json; charset=utf-8"
        return json.loads(answer.content)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return plain(ET.fromstring(answer.content))


def plain(element):
    if not len(element):
        return element.text or ""
    names = [child.tag for child in element]
    lists = {"services", "service_requests", "attributes", "values", "endpoints", "formats", "errors"}  # fmt: skip
    if element.tag in lists:
        assert len(set(names)) == 1
        return [plain(child) for child in element]
    return {child.tag: plain(child) for child in element}


def post(client, key=None, *, form="json", **given):
    sent = {"service_code": "street-lamp", "description": cases.WORDS, "address_string": "3号楼"} | given  # fmt: skip
    sent = {name: value for name, value in sent.items() if value is not None}
    headers = {"Idempotency-Key": given["once"]} if given.get("once") else {}
    sent.pop("once", None)
    return client.post(f"{V2}/requests.{form}", sent | ({"api_key": key} if key else {}), headers=headers)  # fmt: skip


def error(answer, form="json"):
    [one] = told(answer, form)
    assert set(one) == {"code", "description"}
    assert int(one["code"]) == answer.status_code
    assert one["description"]
    return one["description"]


# Discovery, services, definition


@FORMATS
def test_says_where_it_is_and_what_it_speaks(client, form):
    root = told(client.get(f"{V2}/discovery.{form}"), form)

    [endpoint] = root["endpoints"]
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["formats"] == ["application/json", "text/xml"]
    assert {"changeset", "contact", "key_service"} < set(root)


@FORMATS
def test_lists_the_services(client, form, town):
    listed = {one["service_code"]: one for one in told(client.get(f"{V2}/services.{form}"), form)}

    assert set(listed) == {"street-lamp", "other", "legal"}
    lamp = listed["street-lamp"]
    assert (lamp["service_name"], lamp["type"], lamp["keywords"]) == (
        "路灯",
        "realtime",
        "路灯, 灯",
    )
    assert lamp["metadata"] in {True, "true"}


@FORMATS
def test_defines_a_service(client, form, town):
    answer = told(client.get(f"{V2}/services/street-lamp.{form}"), form)

    assert answer["service_code"] == "street-lamp"
    assert [one["code"] for one in answer["attributes"]] == ["wish", "reply_language", "passing_on"]
    assert {one["required"] for one in answer["attributes"]} <= {False, "false"}
    assert "ug" in [one["key"] for one in answer["attributes"][1]["values"]]


@FORMATS
def test_knows_no_other_service(client, form, town):
    answer = client.get(f"{V2}/services/nothing.{form}")

    assert answer.status_code == 404
    assert "service_code" in error(answer, form)


@pytest.mark.parametrize("path", ["services", "services/street-lamp", "requests"])
def test_serves_its_own_jurisdictions_alone(client, path, town):
    assert client.get(f"{V2}/{path}.json?jurisdiction_id=620200").status_code == 200
    for other in ("110000", "jiayuguan", "٦٢٠٢٠٠", "6202 00"):
        answer = client.get(f"{V2}/{path}.json", {"jurisdiction_id": other})
        assert answer.status_code == 404
        assert "jurisdiction_id" in error(answer)


def test_knows_no_third_format(client, town):
    answer = client.get(f"{V2}/services.yaml")

    assert answer.status_code == 404
    assert error(answer)


# POST requests


@FORMATS
def test_takes_a_request_whose_passphrase_opens_the_case(client, form, key):
    [answer] = told(post(client, key, form=form), form)

    notice, code = answer["service_notice"], answer["service_request_id"]
    case = reading.open_held(at=NOON, code=code, passphrase=notice.rpartition("：")[2].rpartition(": ")[2])  # fmt: skip
    opened = reading.own(at=NOON, case=case)
    assert (opened.words, opened.place) == (cases.WORDS, "3号楼")
    assert (case.channel, case.public, case.topic.code) == ("api", True, "street-lamp")


def test_takes_what_the_definition_names(client, key):
    post(client, key, email="a@b.example", phone="13800000000", **{"attribute[wish]": "修好", "attribute[reply_language]": "ug", "attribute[passing_on]": "yes", "media_url": "https://x.example/1.jpg"})  # fmt: skip

    case = Case.objects.get()
    sealed = key_of(case.subject, at=NOON)
    assert unseal(case, sealed, "wish") == "修好"
    assert unseal(case, sealed, "reply_language") == "ug"
    assert unseal(case, sealed, "contact") == {"email": "a@b.example"}
    assert unseal(case, sealed, "words").endswith("https://x.example/1.jpg")
    assert "passing_on" in case.subject.grants.get().fields


@FORMATS
@pytest.mark.parametrize(
    ("status", "names", "changed"),
    [
        (400, "service_code", {"service_code": None}),
        (404, "service_code", {"service_code": "nothing"}),
        (400, "description", {"description": " \0 "}),
        (400, "description", {"description": "长" * 4001}),
        (400, "address_string", {"address_string": None}),
        (400, "address_string", {"address_string": "长" * 301}),
        (404, "address_id", {"address_id": "999999"}),
        (404, "jurisdiction_id", {"jurisdiction_id": "110000"}),
        (400, "", {"email": "no address"}),
        (400, "", {"phone": "call me"}),
    ],
)
def test_refuses_a_request_and_keeps_nothing(client, key, form, status, names, changed):
    answer = post(client, key, form=form, **changed)

    assert answer.status_code == status
    assert names in error(answer, form)
    assert Case.objects.count() == 0


def test_names_every_fault_at_once(client, key):
    answer = post(client, key, description="", address_string="长" * 301)

    assert len(told(answer, "json")) == 2


def test_takes_no_coordinates_and_says_what_it_takes(client, key):
    answer = client.post(f"{V2}/requests.json", {"service_code": "street-lamp", "description": "x", "lat": "39.8", "long": "98.2", "api_key": key}, headers={"Accept-Language": "en"})  # fmt: skip

    assert answer.status_code == 400
    assert "address_string" in error(answer)
    assert Case.objects.count() == 0


@FORMATS
@pytest.mark.parametrize("key", [None, "linli_wrong"])
def test_takes_requests_from_programs_with_a_key_alone(client, town, form, key):
    answer = post(client, key, form=form)

    assert answer.status_code == 403
    assert "api_key" in error(answer, form)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR, Role.SUPERVISOR])
def test_refuses_the_key_of_a_role_that_asks_for_nobody(client, town, role):
    answer = post(client, key_for(role))

    assert answer.status_code == 403
    assert error(answer)


def test_takes_the_key_from_the_address_or_the_header_too(client, key):
    sent = {"service_code": "street-lamp", "description": "x", "address_string": "y"}

    assert client.post(f"{V2}/requests.json?api_key={key}", sent).status_code == 200
    bearer = {"Authorization": f"Bearer {key}"}
    assert client.post(f"{V2}/requests.json", sent, headers=bearer).status_code == 200


def test_answers_the_same_key_with_the_same_request(client, key):
    once = "a-key-of-the-hotline-1"
    first, again = post(client, key, once=once), post(client, key, once=once)

    assert first.content == again.content
    assert Case.objects.count() == Answered.objects.count() == 1
    other = post(client, key, once=once, description="other")
    assert (other.status_code, Case.objects.count()) == (409, 1)
    assert error(other)
    assert post(client, key, once="short").status_code == 400


def test_would_take_it_twice_without_the_key(client, key):
    post(client, key)
    post(client, key)

    assert Case.objects.count() == 2


def test_keeps_no_name_device_or_account(client, key, caplog):
    """A canary in each: it stands nowhere in the whole database, nor in a log."""
    canaries = {name: f"canary-{name}" for name in ("device_id", "account_id", "first_name", "last_name")}  # fmt: skip

    assert post(client, key, **canaries).status_code == 200

    kept = everything()
    assert "street-lamp" in kept
    for canary in canaries.values():
        assert canary not in kept
        assert canary not in caplog.text
    assert cases.WORDS not in kept
    # The search finds what is there: the same word in a place that is not sealed.
    Topic.objects.filter(code="street-lamp").update(description="canary-device_id")
    assert "canary-device_id" in everything()


def everything():
    with connection.cursor() as cursor:
        rows = []
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                rows += [bytes(v).decode(errors="replace") if isinstance(v, (bytes, memoryview)) else str(v) for row in cursor.fetchall() for v in row]  # fmt: skip
    return "\n".join(rows)


# GET requests


def public(at=NOON, **given):
    return cases.asked(at=at, public=True, **given)


def listed(client, form="json", **asked):
    answer = client.get(f"{V2}/requests.{form}", asked)
    assert answer.status_code == 200
    return told(answer, form) or []


@FORMATS
def test_lists_codes_topics_and_times_and_no_word(client, form, town):
    case = public(place="3号楼", wish="修好")

    [one] = listed(client, form)

    assert (one["service_request_id"], one["status"], one["service_code"]) == (case.code, "open", "street-lamp")  # fmt: skip
    assert (one["agency_responsible"], one["address"], one["address_id"]) == (cases.HOUSING, "嘉峪关市", "620200")  # fmt: skip
    assert one["requested_datetime"] == "2026-11-23T04:00:00+00:00"
    assert {"lat", "long", "description", "zipcode", "media_url"} & set(one) == set()
    whole = client.get(f"{V2}/requests.{form}").content.decode()
    assert "3号楼" not in whole
    assert cases.WORDS not in whole


def test_never_lists_what_is_sensitive_or_not_public(client, town, key):
    hidden = [public(topic=town["legal"]), cases.asked(at=NOON)]
    post(client, key, service_code="legal")
    hidden += list(Case.objects.filter(topic__code="legal"))

    assert listed(client) == []
    for case in hidden:
        for path in (f"requests/{case.code}", f"tokens/{case.code}"):
            assert client.get(f"{V2}/{path}.json").status_code == 404
        assert listed(client, service_request_id=case.code) == []
        assert listed(client, service_code="legal") == []


def test_hides_what_becomes_sensitive(client, town):
    public()
    assert len(listed(client)) == 1

    Topic.objects.filter(code="street-lamp").update(sensitive=True)

    assert listed(client) == []


def test_narrows_by_topic_status_and_id(client, town):
    lamp, other = public(), public(topic=town["other"])
    following.withdraw(at=NOON, case=other)

    def codes(**asked):
        return {one["service_request_id"] for one in listed(client, **asked)}

    assert codes(service_code="street-lamp") == {lamp.code}
    assert codes(service_code="street-lamp,other") == {lamp.code, other.code}
    assert codes(status="open") == {lamp.code}
    assert codes(status="closed") == {other.code}
    assert codes(status="open,closed") == {lamp.code, other.code}
    assert codes(service_request_id=f"{lamp.code}, {other.code.lower()}") == {lamp.code, other.code}
    # An id overrides all other arguments.
    assert codes(service_request_id=other.code, status="open") == {other.code}
    assert codes(service_request_id="nothing") == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "lost"},
        {"start_date": "yesterday"},
        {"end_date": "2026-11-23"},
        {"start_date": "2026-11-23T00:00:00"},
        {"start_date": "9999-12-31T23:59:59-12:00"},
        {"end_date": "0001-01-01T00:00:00+12:00"},
    ],
)
def test_refuses_a_filter_that_is_none(client, town, asked):
    answer = client.get(f"{V2}/requests.json", asked)

    assert answer.status_code == 400
    assert next(iter(asked)) in error(answer)


def test_lists_ninety_days_unless_told_otherwise(client, town):
    old, new = public(NOON - timedelta(days=91)), public(NOON - timedelta(days=89))

    def codes(**asked):
        return [one["service_request_id"] for one in listed(client, **asked)]

    assert codes() == [new.code]
    assert codes(end_date="2026-08-25T00:00:00Z") == [old.code]
    assert codes(start_date="2026-08-25T00:00:00Z") == [new.code]
    # A plus sign that arrived as a space; a span longer than ninety days is its newest end.
    assert codes(start_date="2026-11-22T00:00:00+08:00", end_date="2026-11-23T00:00:00 08:00") == []
    assert codes(start_date="2026-01-01T00:00:00Z", end_date="2026-11-23T04:00:00Z") == [new.code]


def test_lists_a_thousand_at_most_in_one_query(
    client, town, django_assert_max_num_queries, monkeypatch
):
    public(NOON - timedelta(hours=1))
    newest = public()
    with django_assert_max_num_queries(6):
        assert len(listed(client)) == 2
    assert MOST_REQUESTS == 1000
    from linli.cases.queries import georeport

    monkeypatch.setattr(georeport, "MOST_REQUESTS", 1)
    assert [one["service_request_id"] for one in listed(client)] == [newest.code]


@FORMATS
def test_tells_of_one_request_and_of_its_token(client, form, town):
    case = public()

    [one] = told(client.get(f"{V2}/requests/{case.code}.{form}"), form)
    assert one["service_request_id"] == case.code
    [token] = told(client.get(f"{V2}/tokens/{case.code}.{form}"), form)
    assert token == {"service_request_id": case.code, "token": case.code}


def test_tells_of_several_at_once(client, town):
    two = [public().code, public().code]

    answer = told(client.get(f"{V2}/requests/{','.join(two)}.json"), "json")

    assert {one["service_request_id"] for one in answer} == set(two)


@FORMATS
@pytest.mark.parametrize("path", ["requests/0000-0000", "requests/x", "tokens/x"])
def test_tells_of_no_other(client, form, path, town):
    answer = client.get(f"{V2}/{path}.{form}")

    assert answer.status_code == 404
    assert error(answer, form)


def test_writes_xml_that_reads_whatever_was_typed(client, town):
    Topic.objects.filter(code="street-lamp").update(name="灯 <&> \x0b'\"")

    [lamp] = [one for one in told(client.get(f"{V2}/services.xml"), "xml") if one["service_code"] == "street-lamp"]  # fmt: skip

    assert lamp["service_name"] == "灯 <&> \N{REPLACEMENT CHARACTER}'\""


def test_says_how_long_to_wait(client, town, monkeypatch):
    from linli.cases.exchange import open311
    from linli.kernel.limits import allow_knock

    def strict(kind, key, *, at, burst, per_hour):
        allow_knock(kind, key, at=at, burst=1, per_hour=60)

    monkeypatch.setattr(open311, "allow_knock", strict)
    post(client)
    answer = post(client)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert error(answer)


def test_finds_an_address_id_of_an_area(client, key):
    directory.area("620200001", name="雄关街道", level="town", parent=directory.area())

    assert post(client, key, address_id="620200001").status_code == 200

    assert Case.objects.get().area_id == "620200001"
