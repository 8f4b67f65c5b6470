"""What an address asks of features: read or refused, never anything else; and found as a plain search finds it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box, intersects
from shapely.geometry import shape

from linli.atlas.rules.features.asking import MOST, Asked, Unreadable, read, read_box, read_span
from linli.atlas.rules.features.selecting import Kept, Thing


def why(name, text):
    with pytest.raises(Unreadable) as refused:
        read({name: [text]})
    return refused.value.name, refused.value.why


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("bbox", "1,2,3", "numbers"), ("bbox", "1,2,3,4,5", "numbers"), ("bbox", "a,2,3,4", "numbers"),
        ("bbox", "nan,2,3,4", "numbers"), ("bbox", "1e999,2,3,4", "numbers"), ("bbox", "", "numbers"),
        ("bbox", "1,4,3,2", "order"), ("bbox", "1,2,9,3,4,8", "order"), ("bbox", "1,-91,3,4", "degrees"),
        ("bbox", "١,٢,٣,٤", "numbers"), ("limit", "0", "least"), ("limit", "-1", "whole"),
        ("limit", "ten", "whole"), ("limit", "1.5", "whole"), ("offset", "-1", "whole"),
        ("datetime", "..", "interval"), ("datetime", "../..", "interval"), ("datetime", "/", "interval"),
        ("datetime", "2024-13-01", "moment"), ("datetime", "2024", "moment"), ("datetime", "2024-02-30T00:00:00Z", "moment"),
        ("datetime", "2024-01-01T00:00:00", "moment"), ("datetime", "2025-01-01/2024-01-01", "order"),
        ("datetime", "2024-01-01/2024-01-02/2024-01-03", "interval"), ("f", "xml", "format"), ("crs", "x", "unknown"),
    ],
)  # fmt: skip
def test_refuses_what_cannot_be_meant(name, text, code):
    assert why(name, text) == (name, code)


def test_refuses_a_word_that_stands_twice():
    with pytest.raises(Unreadable) as refused:
        read({"limit": ["1", "2"]})
    assert refused.value.why == "twice"


def test_reads_boxes_of_four_and_of_six_numbers():
    four = read_box("103.5,36,103.7,36.2")

    assert four == read_box("103.5,36,-10,103.7,36.2,9000")
    assert (four.west, four.south, four.east, four.north) == (103.5, 36, 103.7, 36.2)
    assert [part.west for part in read_box("170,-10,-170,10").parts] == [170, -180]


def test_reads_moments_days_and_intervals_open_on_either_side():
    year = read_span("2024-01-01/2024-12-31")

    assert year.first == datetime(2024, 1, 1, tzinfo=UTC)
    assert year.last == datetime(2024, 12, 31, 23, 59, 59, 999999, UTC)
    assert read_span("2024-06-01T08:00:00+08:00").first == datetime(2024, 6, 1, tzinfo=UTC)
    assert read_span("../2024-06-01").last == read_span("/2024-06-01").last
    assert read_span("2024-06-01/..").first == read_span("2024-06-01/").first
    assert read_span("2016-12-31T23:59:60Z").first.second == 59


def test_takes_the_most_when_more_is_asked_for():
    assert read({"limit": [str(10**40)]}).limit == MOST
    assert read({}) == Asked(limit=10)


@given(st.dictionaries(st.sampled_from(["bbox", "datetime", "limit", "offset", "f", "x"]), st.lists(st.text(max_size=30), max_size=2)))  # fmt: skip
def test_reads_or_refuses_whatever_stands_there(words):
    try:
        asked = read(words)
    except Unreadable:
        return
    assert 1 <= asked.limit <= MOST


CODES = "abcdefgh"
DEGREES = st.floats(-179, 179, allow_nan=False)
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@st.composite
def things(draw):
    found = []
    for code in CODES[: draw(st.integers(0, 8))]:
        x, y = draw(DEGREES), draw(st.floats(-89, 89))
        geometry = draw(st.sampled_from([None, {"type": "Point", "coordinates": [x, y]}]))
        since, until = sorted([draw(DAYS), draw(DAYS)])
        timed = draw(st.sampled_from([(None, None), (since, None), (None, until), (since, until)]))
        found.append(Thing(code, geometry, {}, *timed))
    return found


@given(things(), DEGREES, DEGREES, st.floats(-89, 0), st.floats(0, 89), DAYS, DAYS)
def test_finds_what_a_plain_search_finds(found, west, east, south, north, one, other):
    first, last = sorted([one, other])
    asked = read({"bbox": [f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}"], "datetime": [f"{first}/{last}"], "limit": ["1000"]})  # fmt: skip
    wanted = [box(p.west, p.south, p.east, p.north) for p in asked.box.parts]

    def fits(thing):
        here = thing.geometry is None or any(intersects(shape(thing.geometry), w) for w in wanted)
        since, until = thing.since or date.min, thing.until or date.max
        return here and since <= last and (until > first)

    kept = Kept.of(found)
    told = kept.find(asked)
    assert [kept.ids[at] for at in told.page] == [one.id for one in found if fits(one)]
    assert told.matched == len(told.page)


def test_tells_the_rectangle_and_the_time_that_hold_everything():
    kept = Kept.of(
        [
            Thing("b", {"type": "Point", "coordinates": [104, 36]}, {}, date(2020, 1, 1), None),
            Thing("a", {"type": "Point", "coordinates": [103, 37]}, {}, date(2019, 1, 1), date(2021, 1, 1)),
            Thing("c", None, {}),
        ]
    )  # fmt: skip

    assert kept.extent["spatial"]["bbox"] == [[103, 36, 104, 37]]
    assert kept.extent["temporal"]["interval"] == [["2019-01-01T00:00:00Z", None]]
    assert kept.position("b") == 1
    assert kept.position("bb") is None
    assert Kept.of([]).extent == {}
