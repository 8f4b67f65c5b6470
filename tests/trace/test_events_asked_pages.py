"""The query interface of EPCIS below /epcis/: documents, pages, faults, lists of what there is, questions with a name."""

import json
from urllib.parse import urlencode

import pytest

from tests.town import goods_told as town

pytestmark = pytest.mark.django_db
ASK = "/epcis/events"


@pytest.fixture
def chain():
    return town.chain()


def test_answers_a_document_of_the_standard(client, chain):
    response = client.get(
        f"{ASK}?perPage=2&EQ_bizStep=shipping|receiving", **town.key_of(chain.factory)
    )
    assert response.status_code == 200
    assert (response["Content-Type"], response["GS1-EPCIS-Version"]) == (
        "application/ld+json",
        "2.0.0",
    )
    said = response.json()
    assert said["type"] == "EPCISQueryDocument"
    results = said["epcisBody"]["queryResults"]
    assert results["queryName"] == "SimpleEventQuery"
    listed = results["resultsBody"]["eventList"]
    assert [one["bizStep"] for one in listed] == ["receiving", "shipping"]
    assert listed[0]["eventID"].startswith("ni:///sha-256;")
    address, relation = response["Link"].split("; ")
    assert relation == 'rel="next"'
    further = client.get(address.strip("<>"), **town.key_of(chain.factory))
    more = further.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert [one["bizStep"] for one in more] == ["receiving", "shipping"]
    assert "Link" not in further
    one = client.get(
        f"{ASK}/{listed[0]['eventID']}".replace("?", "%3F"), **town.key_of(chain.factory)
    )
    assert one.json()["eventID"] == listed[0]["eventID"]


@pytest.mark.parametrize(
    ("query", "status", "kind", "code"),
    [
        ("?EQ_bizStp=shipping", 400, "QueryParameterException", "unknown-parameter"),
        ("?GE_eventTime=yesterday", 400, "QueryParameterException", "not-a-moment"),
        ("?perPage=0", 400, "QueryParameterException", "not-a-count"),
        ("?maxEventCount=1", 413, "QueryTooLargeException", "too-many"),
        ("?MATCH_epc=%00", 400, "QueryParameterException", ""),
        ("?MATCH_epc=%ff", 400, "QueryParameterException", ""),
    ],
)
def test_names_what_is_wrong_with_a_question(client, chain, query, status, kind, code):
    response = client.get(ASK + query, **town.key_of(chain.factory))
    said = response.json()
    assert (response.status_code, said["type"]) == (status, f"epcisException:{kind}")
    assert response["Content-Type"] == "application/problem+json"
    assert [one["code"] for one in said.get("faults", [])] == ([code] if code else [])


def test_says_no_in_the_language_of_who_asks_and_in_the_version_that_it_speaks(client, chain):
    key = town.key_of(chain.farm)
    closed = client.get(ASK)
    assert (closed.status_code, closed["WWW-Authenticate"]) == (401, "Bearer")
    assert closed.json()["type"] == "epcisException:SecurityException"
    english = client.get(ASK, HTTP_ACCEPT_LANGUAGE="en")
    assert english.json()["title"] == "A key is missing, or it opens nothing."
    for header in (
        {"HTTP_GS1_EPCIS_VERSION": "1.2"},
        {"HTTP_ACCEPT": "application/xml"},
        {"HTTP_GS1_EPCIS_MIN": "2.1"},
    ):
        assert client.get(ASK, **key, **header).status_code == 406
    assert client.get(ASK, **key, HTTP_GS1_EPCIS_MIN="1.2").status_code == 200
    plain = client.get(ASK, **key, HTTP_ACCEPT="application/json")
    assert (plain.status_code, plain["Content-Type"]) == (200, "application/json")
    options = client.options("/epcis/bizSteps")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert client.post("/epcis/bizSteps", **key).status_code == 405
    assert client.get(f"{ASK}/{'x' * 9000}", **key).status_code == 414


def test_walks_down_to_the_events_of_what_there_is(client, chain):
    key = town.key_of(chain.shop)
    steps = client.get("/epcis/bizSteps?perPage=3", **key)
    assert steps.json()["member"] == ["creating_class_instance", "receiving", "retail_selling"]
    rest = client.get(steps["Link"].partition(">")[0].strip("<"), **key)
    assert rest.json()["member"] == ["shipping"]
    assert client.get("/epcis/eventTypes", **key).json()["member"][0] == "ObjectEvent"
    lot = town.SAUSAGE
    assert client.get(f"/epcis/epcs/{lot}", **key).json()["member"] == ["events"]

    def count(path, who=key):
        body = client.get(path, **who).json()["epcisBody"]["queryResults"]["resultsBody"]
        return len(body["eventList"])

    assert count(f"/epcis/epcs/{lot}/events") == 4
    assert count(f"/epcis/epcs/{lot}/events?EQ_bizStep=receiving") == 1
    assert count(f"/epcis/epcs/{town.BEEF_ADDRESS}/events", town.key_of(chain.farm)) == 4
    assert count("/epcis/eventTypes/TransformationEvent/events") == 1
    assert count(f"/epcis/readPoints/{town.SHED}/events") == 4
    assert client.get("/epcis/eventTypes/NoEvent/events", **key).status_code == 404
    twice = client.get("/epcis/bizSteps/shipping/events?EQ_bizStep=receiving", **key)
    assert twice.json()["faults"] == [{"parameter": "EQ_bizStep", "code": "said-by-the-path"}]


def test_keeps_a_question_under_a_name_for_its_own_business(client, chain):
    shop, farm = town.key_of(chain.shop), town.key_of(chain.farm)

    def send(body, **who):
        return client.post(
            "/epcis/queries", json.dumps(body), content_type="application/json", **who
        )

    body = {"name": "sold", "query": {"EQ_bizStep": ["retail_selling"]}}
    made = send(body, **shop)
    assert (made.status_code, made["Location"]) == (201, "http://testserver/epcis/queries/sold")
    assert send(body, **shop).json()["type"] == "epcisException:DuplicateNameException"
    assert send(body, **farm).status_code == 201  # a name of its own
    assert send({"name": "x", "query": {"EQ_no": 1}}, **shop).status_code == 400
    for bad in ('{"name": "a b", "query": {}}', '{"name": "x", "query": {"@context": "\\ud800"}}', "[" * 9000,
                '{"name": "x", "query": {"@context": "\\u0000"}}', '{"name": "x", "query": {"@context": NaN}}'):  # fmt: skip
        assert send(bad, **shop).status_code == 400
    names = [one["name"] for one in client.get("/epcis/queries", **shop).json()["queries"]]
    assert names == ["sold"]
    ran = client.get(f"{made['Location']}/events?{urlencode({'perPage': 1})}", **shop).json()
    assert ran["epcisBody"]["queryResults"]["queryName"] == "sold"
    assert len(ran["epcisBody"]["queryResults"]["resultsBody"]["eventList"]) == 1
    assert client.post(f"{made['Location']}/subscriptions", **shop).status_code == 501
    assert client.delete(made["Location"], **shop).status_code == 204
    gone = client.get(made["Location"], **shop)
    assert (gone.status_code, gone.json()["type"]) == (404, "epcisException:NoSuchNameException")
    assert client.get("/epcis/queries/sold", **farm).status_code == 200
