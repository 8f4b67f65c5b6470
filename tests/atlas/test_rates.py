"""Rates: two figures that match, or the reason why there is none; never of groups of people."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.atlas.actions.rates import RateDraft, declare_rate
from linli.atlas.models import Rate
from linli.atlas.queries.rates import rate_cells
from linli.atlas.rules import rates as rule
from linli.atlas.rules.rates import Point
from linli.atlas.rules.trends import bars, trend
from linli.facts.rules import periods
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import atlas_cells as town
from tests.town import facts
from tests.town.staff import actor

Y2024, Y2023, MARCH = periods.year(2024), periods.year(2023), periods.month(2024, 3)


def point(value, *, area="620201", period=Y2024, low=None, high=None, status="evidenced"):
    known = Decimal(value) if value is not None else None
    return Point(
        area, period, known, Decimal(low) if low else known, Decimal(high) if high else known, status
    )  # fmt: skip


def taken(one, over, per=1000, digits=1):
    return rule.rate(one, over, per=per, digits=digits)


def test_takes_one_figure_over_another():
    made = taken(point(25), point(2000))

    assert made.point.value == Decimal("12.5")
    assert (made.point.low, made.point.high) == (Decimal("12.5"), Decimal("12.5"))


@pytest.mark.parametrize(
    ("one", "over", "why"),
    [
        (None, point(1), "no_numerator"),
        (point(1), None, "no_denominator"),
        (point(1), point(9, area="620202"), "other_area"),
        (point(1), point(9, period=Y2023), "other_period"),
        (point(1, period=MARCH), point(9), "other_period"),
        (point(1), point(0), "nought"),
        (point(9 * 10**14), point("0.5"), "too_large"),
    ],
)
def test_says_why_there_is_no_rate(one, over, why):
    assert taken(one, over) == rule.Made(None, why)


@pytest.mark.parametrize(("one", "over"), [(point(None), point(9)), (point(9), point(None))])
def test_keeps_a_rate_back_with_either_side(one, over):
    made = taken(one, over)

    assert (made.point.value, made.point.low, made.point.high) == (None, None, None)


def test_is_no_firmer_than_its_weaker_side():
    assert taken(point(1), point(9, status="claimed")).point.status == "claimed"
    assert rule.weaker("confirmed", "evidenced") == "evidenced"


amounts = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False)


@given(ends=st.lists(amounts, min_size=4, max_size=4), picks=st.lists(st.integers(0, 10), min_size=2, max_size=2))  # fmt: skip
def test_leaves_no_value_out_that_both_sides_allow(ends, picks):
    """Whatever the two figures truly are, between their ends, the rate lies between its ends."""
    (a, b), (c, d) = sorted(ends[:2]), sorted(ends[2:])
    c, d = c + 1, d + 1
    one, over = (low + (high - low) * pick / 10 for (low, high), pick in zip(((a, b), (c, d)), picks, strict=True))  # fmt: skip
    found = taken(Point("1", Y2024, a, a, b, ""), Point("1", Y2024, c, c, d, "")).point
    true = one * 1000 / over
    rounding = Decimal("0.05") if a == b and c == d else 0  # what is exact is rounded, and no fog

    assert found.low - rounding <= true
    assert found.high is None or true <= found.high + rounding


def test_says_what_changed_and_by_how_much():
    made = rule.change(point(120), point(100, period=Y2023))

    assert (made.point.value, made.share) == (Decimal(20), Decimal("20.0"))


@pytest.mark.parametrize(
    ("later", "earlier", "why"),
    [
        (point(1), None, "no_earlier"),
        (point(1), point(1), "not_earlier"),
        (point(1, period=Y2023), point(1), "not_earlier"),
        (point(1), point(1, period=periods.month(2023, 3)), "other_length"),
        (point(1), point(1, area="2", period=Y2023), "other_area"),
    ],
)
def test_says_why_there_is_no_change(later, earlier, why):
    assert rule.change(later, earlier).why == why


def test_compares_months_and_leap_years_but_not_a_day_with_four():
    assert rule.as_long(periods.month(2024, 1), periods.month(2024, 2))
    assert rule.as_long(Y2024, Y2023)
    days = [periods.Period(date(2024, 1, 1), date(2024, 1, 1 + number)) for number in (4, 5)]
    assert not rule.as_long(*days)


def test_breaks_the_line_where_nothing_can_be_said():
    line = trend([Decimal(1), Decimal(2), None, Decimal(4)])

    assert len(line.pieces) == 1
    assert line.dots[2] is None
    assert line.dots[0].y < line.nought
    assert bars([Decimal(5), None, Decimal(10), Decimal(-1)]) == [50.0, 0.0, 100.0, 0.0]


@pytest.mark.django_db
class TestDeclared:
    """What may be declared, and what the database refuses."""

    def draft(self, **given):
        said = {
            "code": "a.rate", "name": "比率", "name_hant": "比率", "name_en": "A rate",
            "numerator": town.courses(), "denominator": town.residents(), "definition": "比。",
        }  # fmt: skip
        return RateDraft(**said | given)

    def refused(self, by=None, **given):
        with pytest.raises(Refused) as caught:
            declare_rate(by=by or town.planner(), at=town.AT, draft=self.draft(**given))
        assert not Rate.objects.exists()
        return caught.value.code

    def test_refuses_what_is_no_rate(self):
        share = facts.indicator("schools.share", kind="rate", unit="%", name="开课率", at=town.AT)
        groups = facts.indicator(
            "area.minority_residents", name="少数民族常住人口", name_hant="", name_en="", unit="person",
            about_people=True, official_only=True, at=town.AT,
        )  # fmt: skip
        hidden = facts.indicator("cases.people", about_people=True, public=False, at=town.AT)

        assert self.refused(by=actor(Role.OFFICER)) == "not_allowed"
        assert self.refused(denominator=town.courses()) == "same_indicator"
        assert self.refused(numerator=share) == "not_countable"
        assert self.refused(numerator=groups) == "official_only"
        assert self.refused(numerator=hidden) == "not_public"
        assert self.refused(name_en="") == "not_a_rate"
        assert self.refused(per=7) == "not_a_rate"
        assert self.refused(digits=5) == "not_a_rate"
        assert self.refused(name="宗教信仰比率") == "trait_of_a_person"

    def test_refuses_a_code_that_is_taken(self):
        declare_rate(by=town.planner(), at=town.AT, draft=self.draft())
        with pytest.raises(Refused) as caught:
            declare_rate(by=town.planner(), at=town.AT, draft=self.draft(name="另一个"))
        assert caught.value.code == "code_taken"

    def test_stays_what_it_is_in_the_database_too(self):
        made = town.rate()
        groups = facts.indicator(
            "area.minority_residents", name="少数民族常住人口", name_hant="", name_en="", unit="person",
            about_people=True, official_only=True, at=town.AT,
        )  # fmt: skip
        for deed in (
            lambda: Rate.objects.filter(pk=made.pk).update(per=100),
            lambda: Rate.objects.filter(pk=made.pk)._raw_delete("default"),
            lambda: _copied(made, numerator=groups),
            lambda: _copied(made, per=3),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                deed()
        assert list(Rate.objects.values_list("per", "numerator__code")) == [
            (10_000, "training.courses")
        ]

    def test_reads_many_places_in_two_queries(self, django_assert_num_queries):
        areas = town.places()
        of = town.rate()
        town.stated(of.numerator, areas[town.ONE], "2024", 12)
        town.stated(of.denominator, areas[town.ONE], "2024", 60_000)
        town.stated(of.numerator, areas[town.TWO], "2024", 12)
        town.stated(of.denominator, areas[town.TWO], "2023", 60_000)
        listed = [areas[code] for code in (town.ONE, town.TWO, town.THREE)]
        with django_assert_num_queries(2):
            found = rate_cells(of, listed, periods.year(2024))

        assert found[0].made.point.value == Decimal("2.00")
        assert [one.made.why for one in found] == ["", "no_denominator", "no_numerator"]


def _copied(made, **changed):
    rate = Rate.objects.get(pk=made.pk)
    rate.pk, rate.code = None, "another.code"
    for name, value in changed.items():
        setattr(rate, name, value)
    rate.save(force_insert=True)


@pytest.mark.django_db
def test_control_without_its_trigger_a_rate_of_groups_would_be_kept():
    made = town.rate()
    groups = facts.indicator(
        "area.minority_residents", name="少数民族常住人口", name_hant="", name_en="", unit="person",
        about_people=True, official_only=True, at=town.AT,
    )  # fmt: skip
    with connection.cursor() as cursor:
        form = "DROP TRIGGER atlas_rate_of_groups"
        cursor.execute(form if connection.vendor == "sqlite" else f"{form} ON atlas_rate")
    _copied(made, numerator=groups)
    assert Rate.objects.count() == 2
