"""Pages: every event once, in one order, whatever comes in between; tokens fit only their query."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.query_paging import Page, answer, read_token, write_token
from linli.trace.rules.epcis.query_reading import QueryFault, read_query


def event(number, at=None, **more):
    moment = f"2026-01-{at or number:02}T00:00:00Z"
    return {"type": "ObjectEvent", "eventID": f"urn:e:{number:03}", "eventTime": moment, **more}


def ids(page):
    assert isinstance(page, Page), page
    return [one["eventID"] for one in page.events]


def pages(events, **asked):
    asked = dict(asked)
    while True:
        page = answer(events, read_query(asked))
        yield ids(page)
        if not page.next_token:
            return
        asked["nextPageToken"] = page.next_token


def test_shows_the_newest_first():
    events = [event(1), event(3), event(2)]
    newest = answer(events, read_query({"orderBy": "eventTime"}))
    assert ids(newest) == ["urn:e:003", "urn:e:002", "urn:e:001"]
    oldest = answer(events, read_query({"orderBy": "eventTime", "orderDirection": "ASC"}))
    assert ids(oldest) == ["urn:e:001", "urn:e:002", "urn:e:003"]
    assert (newest.next_token, oldest.next_token) == ("", "")


def test_orders_by_a_field_of_users():
    names = ["{https://ex/}n"]
    values = [10, "9.5", "2026-01-01T00:00:00Z", "a", None]
    events = [event(n + 1, **{names[0]: value}) for n, value in enumerate(values)]
    said = {"@context": {"ex": "https://ex/"}, "orderBy": "ex:n", "orderDirection": "ASC"}
    assert ids(answer(events, read_query(said))) == [f"urn:e:00{n}" for n in (5, 4, 2, 1, 3)]


def test_orders_moments_not_their_spelling():
    early = event(1) | {"eventTime": "2026-01-01T07:00:00+08:00"}
    late = event(2) | {"eventTime": "2026-01-01T00:00:00Z"}
    assert ids(answer([early, late], read_query({"orderBy": "eventTime"}))) == [
        "urn:e:002",
        "urn:e:001",
    ]


def test_answers_no_more_than_the_limit_over_all_pages():
    events = [event(n) for n in range(1, 10)]
    asked = {"orderBy": "eventTime", "eventCountLimit": 5, "perPage": 2}
    assert list(pages(events, **asked)) == [
        ["urn:e:009", "urn:e:008"], ["urn:e:007", "urn:e:006"], ["urn:e:005"],
    ]  # fmt: skip


def test_refuses_an_answer_that_is_too_large():
    events = [event(1), event(2)]
    assert answer(events, read_query({"maxEventCount": 1})) == QueryFault(
        "maxEventCount", "too-many"
    )
    assert len(ids(answer(events, read_query({"maxEventCount": 2})))) == 2


def test_goes_on_behind_what_was_shown_when_more_comes():
    events = [event(n) for n in (2, 4, 6, 8)]
    asked = {"orderBy": "eventTime", "perPage": 2}
    first = answer(events, read_query(asked))
    assert ids(first) == ["urn:e:008", "urn:e:006"]
    second = answer(
        [*events, event(9), event(7)], read_query(asked | {"nextPageToken": first.next_token})
    )
    assert ids(second) == ["urn:e:004", "urn:e:002"]


def test_refuses_the_token_of_another_query():
    events = [event(1), event(2)]
    token = answer(events, read_query({"perPage": 1})).next_token
    said = {"perPage": 1, "nextPageToken": token}
    assert ids(answer(events, read_query(said))) == ["urn:e:001"]
    other = read_query(said | {"EQ_action": ["ADD"]})
    assert answer(events, other) == QueryFault("nextPageToken", "not-a-token")
    longer = read_query(said | {"perPage": 2})
    assert ids(answer(events, longer)) == ["urn:e:001"]


@pytest.mark.parametrize(
    "token",
    ["a", "é", "!!!!", "A" * 3_000, urlsafe_b64encode(b"[" * 1_400).decode(), "W10", "bnVsbA"],
)
def test_refuses_what_is_no_token(token):
    assert answer([], read_query({"nextPageToken": token})) == QueryFault(
        "nextPageToken", "not-a-token"
    )


@given(st.text())
def test_reads_any_token_or_none(token):
    assert read_token(token, read_query({})) is None


@given(
    st.lists(st.integers(1, 5), max_size=12), st.integers(1, 5), st.sampled_from(["ASC", "DESC"])
)
def test_shows_every_event_once(days, per_page, direction):
    events = [event(n, at=day) for n, day in enumerate(days)]
    said = {"orderBy": "eventTime", "perPage": per_page, "orderDirection": direction}
    shown = [one for page in pages(events, **said) for one in page]
    best = sorted(
        events, key=lambda one: (one["eventTime"], one["eventID"]), reverse=direction == "DESC"
    )
    assert shown == [one["eventID"] for one in best]


def test_writes_tokens_that_addresses_carry():
    query = read_query({"perPage": 1})
    token = answer([event(1), event(2)], query).next_token
    assert token.replace("-", "").replace("_", "").isalnum()
    assert write_token(read_token(token, query), query) == token
