"""The geometry of the chart: everything inside the frame, order kept, fog where values are unsure."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.views.chart import BOTTOM, LEFT, MOST_PANELS, RIGHT, TOP, Mark, chart


def mark(value="10", *, year=2020, area="嘉峪关市", low="same", high="same", **more):
    value = Decimal(value)
    ends = [value if end == "same" else end and Decimal(end) for end in (low, high)]
    return Mark(
        area=area,
        start=date(year, 1, 1),
        until=date(year + 1, 1, 1),
        value=value,
        low=ends[0],
        high=ends[1],
        status=more.pop("status", "claimed"),
        source=more.pop("source", "报告"),
        label=f"{year}: {value}",
        **more,
    )


values = st.decimals(-(10**12), 10**12, places=2, allow_nan=False)


@st.composite
def marks(draw):
    value = draw(values)
    low = draw(st.one_of(st.none(), st.just(value), st.just(value - draw(st.integers(0, 10**6)))))
    high = draw(st.one_of(st.none(), st.just(value), st.just(value + draw(st.integers(0, 10**6)))))
    start = draw(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
    until = date.fromordinal(start.toordinal() + draw(st.integers(1, 4000)))
    area = draw(st.sampled_from(["甲", "乙", "丙"]))
    return Mark(area, start, until, value, low, high, "claimed", draw(st.sampled_from("ab")), "")


@given(st.lists(marks(), min_size=2, max_size=12))
def test_keeps_everything_inside_the_frame(many):
    drawn = chart(many, str)

    dots = [dot for panel in drawn.panels for dot in panel.dots]
    assert len(dots) == len(many)
    for dot in dots:
        assert LEFT <= dot.begins <= dot.x <= dot.ends <= RIGHT
        assert TOP <= dot.y <= BOTTOM
        if dot.fog:
            _, top, width, height = dot.fog
            assert top >= TOP - 0.1
            assert top + height <= BOTTOM + 0.1
            assert top - 0.1 <= dot.y <= top + height + 0.1
            assert width >= 8
    assert len(drawn.values) <= 12
    assert 1 <= len(drawn.years) <= 6


@given(st.lists(marks(), min_size=2, max_size=12))
def test_draws_more_as_higher(many):
    drawn = chart(many, str)
    areas = list(dict.fromkeys(one.area for one in many))
    assert [panel.title for panel in drawn.panels] == areas

    placed = [
        (one.value, dot.y)
        for panel in drawn.panels
        for one, dot in zip(
            sorted((m for m in many if m.area == panel.title), key=lambda m: (m.start, m.until)),
            panel.dots,
            strict=True,
        )
    ]
    for value, y in placed:
        assert all(other_y <= y for other, other_y in placed if other >= value)


def test_draws_nothing_of_one_figure():
    assert chart([mark()], str) is None
    assert chart([], str) is None


def test_shows_fog_only_where_a_value_is_unsure():
    exact, unsure = (
        chart([mark("10"), mark("10", year=2021, low="9", high="11")], str).panels[0].dots
    )

    assert exact.fog is None
    _, top, _, height = unsure.fog
    assert top < unsure.y < top + height


def test_opens_upwards_for_more_than_and_downwards_for_less_than():
    over, under = chart([mark(high=None), mark(year=2021, low=None)], str).panels[0].dots

    assert (over.opens_up, over.opens_down) == (True, False)
    assert (under.opens_up, under.opens_down) == (False, True)
    assert over.y >= TOP + 20


def test_marks_what_had_been_published_before():
    one, _ = (
        chart([mark("10", before=(Decimal(20), Decimal(20))), mark(year=2021)], str).panels[0].dots
    )

    assert len(one.ghosts) == 1
    assert one.ghosts[0] < one.y


def test_joins_only_what_one_source_says_in_turn():
    many = [
        mark("1", year=2019, source="a"),
        mark("2", year=2020, source="a"),
        mark("3", year=2020, source="b"),
        mark("4", year=2020, source="b"),
    ]

    (panel,) = chart(many, str).panels

    assert len(panel.lines) == 1
    assert len(panel.lines[0].split()) == 2


def test_gives_each_area_a_panel_and_says_how_many_are_left_out():
    drawn = chart([mark(area=f"区{number}") for number in range(MOST_PANELS + 3)], str)

    assert len(drawn.panels) == MOST_PANELS
    assert drawn.left_out == 3


def test_begins_at_nothing_where_nothing_is_near():
    drawn = chart([mark("40"), mark("100", year=2021)], str)
    assert drawn.values[0].label == "0"

    drawn = chart([mark("95"), mark("100", year=2021)], str)
    assert Decimal(drawn.values[0].label) >= 90


@pytest.mark.parametrize("value", ["0", "-5", "0.26", "900000000000000"])
def test_draws_equal_values_too(value):
    drawn = chart([mark(value), mark(value, year=2021)], str)

    assert len({dot.y for dot in drawn.panels[0].dots}) == 1
