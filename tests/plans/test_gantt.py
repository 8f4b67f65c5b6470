from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.plans.views.gantt import EDGE, Span, chart

TODAY = date(2026, 11, 21)
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
spans = st.builds(
    Span,
    starts_on=st.none() | days,
    due_on=st.none() | days,
    first_due_on=st.none() | days,
    milestones=st.lists(st.tuples(days, st.booleans()), max_size=3),
)


@given(st.lists(spans, max_size=8))
def test_keeps_days_in_order_from_left_to_right(drawn):
    made = chart(drawn, TODAY)

    placed = sorted(
        (day, x)
        for span, bar in zip(drawn, made.bars, strict=True)
        for (day, _), (x, _) in zip(span.milestones, bar.milestones, strict=True)
    )
    assert [x for _, x in placed] == sorted(x for _, x in placed)
    assert [tick.x for tick in made.ticks] == sorted({tick.x for tick in made.ticks})


@given(st.lists(st.builds(Span, starts_on=st.none(), due_on=days, first_due_on=days), min_size=1))
def test_draws_everything_within_its_width(drawn):
    near = [span for span in drawn if abs(span.due_on - TODAY) < timedelta(days=9000)
            and abs(span.first_due_on - TODAY) < timedelta(days=9000)]  # fmt: skip

    made = chart(near, TODAY)

    for span, bar in zip(near, made.bars, strict=True):
        assert EDGE <= bar.x <= bar.due <= made.width
        assert (bar.first is None) == (span.first_due_on == span.due_on)
        assert bar.x + bar.width == max(bar.due, bar.x + 3)
    assert made.since <= min(span.begins_on for span in near) if near else True


def test_stretches_no_page_for_a_day_mistyped_by_a_century():
    made = chart([Span(None, date(2126, 1, 1), None), Span(None, date(2026, 12, 31), None)], TODAY)

    assert made.until < date(2030, 1, 1)


def test_survives_the_last_day_of_the_calendar():
    assert chart([Span(None, date.max, date.max, [(date.min, False)])], TODAY).ticks


def test_draws_no_bar_without_a_due_day():
    (bar,) = chart([Span(date(2026, 1, 1), None, None)], TODAY).bars

    assert (bar.width, bar.due, bar.moved) == (None, None, None)


def test_names_months_quarters_or_years_as_there_is_room():
    def words(years):
        return (
            chart([Span(date(2026, 1, 1), date(2025 + years, 12, 31), None)], TODAY).ticks[0].words
        )

    assert (words(1), words(3), words(10)) == ("2026-01", "2026 Q1", "2026")


def test_leaves_today_out_when_everything_is_long_over():
    assert chart([Span(date(2019, 1, 1), date(2020, 1, 1), None)], TODAY).today is None
    assert chart([Span(date(2026, 1, 1), date(2026, 6, 1), None)], TODAY).today is not None
