"""The door of assistants: what is released and nothing else, to read, by the protocol as others speak it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import anyio
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

from linli.kernel import open_answers
from linli.portal.mcp.tools import TOOLS
from tests.town import atlas_cells as town
from tests.town import facts, plans, services

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
KEPT = "620202"


class Assistant:
    """A program that sends one message at a time."""

    def __init__(self, client):
        self.client, self.number = client, 0

    def sends(self, said, status=200, **headers):
        body = said if isinstance(said, str) else json.dumps(said)
        answer = self.client.post("/mcp", body, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        assert not answer.cookies
        return answer.json() if answer.content else None

    def asks(self, method, **params):
        self.number += 1
        told = self.sends({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        assert (told["jsonrpc"], told["id"]) == ("2.0", self.number)
        return told.get("result") or told["error"]

    def calls(self, tool, **arguments):
        told = self.asks("tools/call", name=tool, arguments=arguments)
        assert json.loads(told["content"][0]["text"]) == told["structuredContent"]
        return told["structuredContent"]


@pytest.fixture
def assistant(client):
    return Assistant(client)


def test_speaks_with_the_protocols_own_client(live_server, transactional_db):
    facts.fact("1200", period="2024", at=NOON, status="confirmed", evidence=facts.file(at=NOON))

    async def talk():
        async with (
            httpx2.AsyncClient() as http,
            Client(streamable_http_client(f"{live_server.url}/mcp", http_client=http)) as assistant,
        ):
            listed = await assistant.list_tools()
            told = await assistant.call_tool(
                "figure", {"indicator": "training.trained", "area": "620200", "period": "2024"}
            )
            resources = await assistant.list_resources()
            about = await assistant.read_resource("linli:about")
            with pytest.raises(MCPError, match="no such tool"):
                await assistant.call_tool("write", {})
            return assistant.protocol_version, listed, told, resources, about

    # In a thread of its own: where a browser was open in this one, a loop is still there.
    with ThreadPoolExecutor(1) as beside:
        version, listed, told, resources, about = beside.submit(anyio.run, talk).result()

    assert version == "2025-06-18"
    assert [one.name for one in listed.tools] == [*TOOLS]
    assert all(one.annotations.read_only_hint for one in listed.tools)
    assert told.structured_content["cells"][0]["value"] == 1200
    assert [str(one.uri) for one in resources.resources] == ["linli:about"]
    assert "never here: people" in about.contents[0].text


def test_tells_a_figure_with_what_it_counts_and_where_to_cite_it(assistant):
    fact = facts.fact(
        "1200", period="2024", at=NOON, status="confirmed", evidence=facts.file(at=NOON)
    )

    told = assistant.calls("figure", indicator="training.trained", area="620200", period="2024")

    assert told["counts"] == "全年技能培训班的到课人次。"
    assert (told["unit"], told["period"], told["known_periods"]) == ("人次", "2024", [])
    [cell] = told["cells"]
    assert (cell["value"], cell["kept_back"], cell["ground"]) == (1200, False, "nobody")
    assert cell["citation"] == f"http://testserver/c/{fact.code}"
    read = assistant.asks("resources/read", uri=f"linli:c/{fact.code}")["contents"][0]
    assert json.loads(read["text"])["citation"] == cell["citation"]
    other = assistant.calls("figure", indicator="training.trained", area="620200", period="2023")
    assert (other["cells"][0]["known"], other["known_periods"]) == (False, ["2024"])


@pytest.mark.parametrize(
    ("people", "told"), [(True, (None, -32002, 404, [])), (False, (7, None, 200, ["x.count"]))]
)
def test_tells_no_count_that_has_not_passed_the_gate(assistant, client, people, told):
    """The control: the same count of things is told at every door."""
    counted = facts.indicator("x.count", about_people=people, public=not people, at=NOON)
    inside = facts.fact(
        "7",
        indicator=counted,
        period="2024",
        at=NOON,
        status="evidenced",
        evidence=facts.query(at=NOON),
    )
    asked = {"indicator": "x.count", "area": "620200", "period": "2024"}

    figure = assistant.asks("tools/call", name="figure", arguments=asked)
    cited = assistant.asks("resources/read", uri=f"linli:c/{inside.code}")
    listed = assistant.calls("find_indicators", words="x.count")["indicators"]

    value = None if figure["isError"] else figure["structuredContent"]["cells"][0]["value"]
    status = client.get("/api/figures", {"indicator": "x.count"}).status_code
    assert (value, cited.get("code"), status, [one["code"] for one in listed]) == told
    assert ('"value": 7' in json.dumps([figure, cited])) == (not people)


def test_says_that_a_value_is_kept_back_and_not_which(assistant, monkeypatch):
    indicator, areas = town.residents(), town.places()
    town.kept_back(monkeypatch, (indicator, "2024", areas[KEPT]))

    told = assistant.calls("figure", indicator=indicator.code, area=KEPT, period="2024")

    assert (told["cells"][0]["value"], told["cells"][0]["kept_back"]) == (None, True)


def test_sets_places_side_by_side_and_finds_services_and_promises(assistant):
    facts.fact("1200", period="2024", at=NOON, status="confirmed", evidence=facts.file(at=NOON))
    town.places()
    task = plans.promised_task(at=NOON)
    service = services.service(at=NOON)

    both = assistant.calls(
        "compare", indicator="training.trained", areas=["620200", KEPT], period="2024"
    )
    found = assistant.calls("find_services", words=service.name)
    one = assistant.calls("promise_status", code=task.code)
    listed = assistant.calls("find_indicators", words="培训")

    assert [(cell["area_code"], cell["value"]) for cell in both["cells"]] == [
        ("620200", 1200),
        (KEPT, None),
    ]
    assert [told["code"] for told in found["services"]] == [service.code]
    assert [told["promise"] for told in one["promises"]] == [task.code]
    assert [told["code"] for told in listed["indicators"]] == ["training.trained"]
    assert assistant.calls("releases") == {"total": 0, "page": 1, "pages": 1, "releases": []}


def test_says_no_as_the_protocol_does(assistant):
    refused = assistant.asks("tools/call", name="figure", arguments={"indicator": "x", "area": "1", "period": "2024"})  # fmt: skip

    assert (refused["isError"], refused["content"][0]["text"].partition(":")[0]) == (
        True,
        "no_indicator",
    )
    assert assistant.asks("tools/call", name="figure", arguments={"sql": "x"})["code"] == -32602
    assert assistant.asks("tools/call", name="write")["code"] == -32602
    assert assistant.asks("prompts/list")["code"] == -32601
    assert assistant.sends("{", 400)["error"]["code"] == -32700
    assert assistant.sends({"jsonrpc": "2.0", "id": "\ud800", "method": "ping"})["id"] == "\ud800"
    assert assistant.asks("tools/call", name="find_services", arguments={"words": "\ud800"})["code"] == -32602  # fmt: skip
    assert assistant.asks("resources/read", uri="linli:c/\ud800")["code"] == -32002
    assert assistant.sends("[" * 50_000, 400)["error"]["code"] == -32700
    assert assistant.sends([], 400)["error"]["code"] == -32600
    assert assistant.sends("x" * 70_000, 400)["error"]["code"] == -32600
    assert assistant.sends({"jsonrpc": "2.0", "method": "notifications/initialized"}, 202) is None
    assert assistant.sends({"jsonrpc": "2.0", "id": 1, "method": "ping"}, 400, mcp_protocol_version="1")["error"]["code"] == -32600  # fmt: skip
    assert assistant.sends({"jsonrpc": "2.0", "id": 1, "method": "ping"}, 403, origin="https://evil.example")["code"] == "foreign_page"  # fmt: skip
    assert assistant.client.get("/mcp").status_code == 405


def test_writes_nothing_and_logs_nothing_of_what_is_asked(
    assistant, caplog, django_assert_max_num_queries
):
    facts.fact("1200", period="2024", at=NOON, status="confirmed", evidence=facts.file(at=NOON))

    with django_assert_max_num_queries(8) as asked:
        assistant.calls("figure", indicator="training.trained", area="620200", period="2024")

    assert [
        one["sql"] for one in asked.captured_queries if not one["sql"].startswith("SELECT")
    ] == []
    assert "training.trained" not in caplog.text


def test_lets_nobody_ask_without_end(assistant, monkeypatch):
    monkeypatch.setattr(open_answers, "BURST", 3)
    asked = [assistant.client.post("/mcp", "{", content_type="application/json") for _ in range(5)]

    assert [one.status_code for one in asked] == [400, 400, 400, 429, 429]
    assert int(asked[-1]["Retry-After"]) >= 1
