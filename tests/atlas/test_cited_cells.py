"""Cited cells: one address a cell, made again to the last digit, on figures of its own place and periods alone."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from linli.atlas.actions.citing import cite
from linli.atlas.models import CellCitation
from linli.atlas.queries.cited_cells import citation, made_again
from linli.facts.models import Fact, Indicator
from linli.kernel.actors import HOLDER
from linli.kernel.refusals import Refused
from tests.town import atlas_cells as town
from tests.town import facts
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
LATER = town.AT + timedelta(days=30)


def cited(of, area, period, before=None, at=town.AT):
    return cite(by=HOLDER, at=at, question=town.asked(of, area, period, before))


@pytest.fixture
def counties():
    """Courses and residents of three counties; in the third the residents are of another year."""
    areas = town.places()
    for code, held, people in ((town.ONE, 12, 60_000), (town.TWO, 7, 30_000)):
        town.stated(town.courses(), areas[code], "2024", held)
        town.stated(town.residents(), areas[code], "2024", people)
    town.stated(town.courses(), areas[town.ONE], "2023", 10)
    town.stated(town.residents(), areas[town.ONE], "2023", 50_000)
    town.stated(town.courses(), areas[town.THREE], "2024", 3)
    town.stated(town.residents(), areas[town.THREE], "2020", 20_000)
    return areas


def test_cites_a_rate_with_both_figures(counties):
    found = cited(town.rate(), counties[town.ONE], "2024")

    assert found.value == Decimal(2)
    assert found.said["value"] == "2"
    assert found.numerator.value == 12
    assert found.denominator.value == 60_000
    assert found.said["parts"]["denominator"]["source"] == "统计局"
    assert (found.said["parts"]["denominator"]["ground"], found.said["per"]) == ("published", 10_000)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "value", "share"), [(None, "2", None), ("2023", "0", "0")], ids=["rate", "change"]
)
def test_makes_each_kind_again(counties, before, value, share):
    found = cited(town.rate(), counties[town.ONE], "2024", before)
    again = made_again(citation(found.code))

    assert again.same
    assert (again.digest, found.said["value"], found.said["share"]) == (found.digest, value, share)


def test_cites_one_cell_once(counties):
    first = cited(town.courses(), counties[town.ONE], "2024", "2023")
    assert cited(town.courses(), counties[town.ONE], "2024", "2023", at=LATER) == first
    assert first.said["share"] == "20"
    assert CellCitation.objects.count() == 1


def test_stays_the_same_when_a_figure_is_revised(counties):
    """The first address keeps what was cited; the same cell of today is another one."""
    of, area = town.rate(), counties[town.ONE]
    first = cited(of, area, "2024")
    town.revised(first.numerator, 18, at=LATER)
    second = cited(of, area, "2024", at=LATER + timedelta(days=1))

    assert made_again(citation(first.code)).same
    assert (first.value, second.value) == (Decimal(2), Decimal(3))


def test_refuses_a_rate_whose_denominator_is_of_another_period(counties):
    with pytest.raises(Refused) as caught:
        cited(town.rate(), counties[town.THREE], "2024")
    assert caught.value.code == "no_denominator"
    assert not CellCitation.objects.exists()


def test_keeps_a_rate_back_with_its_numerator(counties, monkeypatch):
    of, area = town.rate(), counties[town.TWO]
    hidden = facts.indicator("offers.attended.released", about_people=True, at=town.AT)
    town.kept_back(monkeypatch, (hidden, "2024", area))
    over = town.rate("attended.per_ten_thousand", numerator=hidden)
    found = cited(over, area, "2024")

    assert (found.value, found.said["kept_back"], found.said["low"]) == (None, True, None)
    assert found.said["parts"]["numerator"]["decision"] == "7K3M-92QD"
    assert made_again(citation(found.code)).same
    assert cited(of, area, "2024").value is not None


def test_finds_out_that_a_cell_is_not_what_its_figures_make(counties):
    """Somebody past all triggers writes another value: the cell made again says so."""
    found = cited(town.rate(), counties[town.ONE], "2024")
    with connection.cursor() as cursor:
        form = "DROP TRIGGER atlas_cellcitation_kept_update"
        cursor.execute(form if connection.vendor == "sqlite" else f"{form} ON atlas_cellcitation")
    CellCitation.objects.filter(pk=found.pk).update(said=found.said | {"value": "9"})
    again = made_again(citation(found.code))

    assert (again.same, again.differences) == (False, ["value"])
    with pytest.raises(CommandError, match=found.code):
        call_command("atlas", "rerun", found.code, stdout=StringIO())


def test_runs_again_from_the_command_line(counties):
    codes = [cited(town.courses(), counties[code], "2024").code for code in (town.ONE, town.TWO)]
    out = StringIO()
    call_command("atlas", "rerun", "--all", stdout=out)
    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == codes
    with pytest.raises(CommandError):
        call_command("atlas", "rerun", "0000-0000", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("atlas", "rerun", stdout=StringIO())


def test_says_no_more_what_may_not_be_said_any_more(counties):
    from linli.facts.rules.released import NotReleased

    found = cited(town.courses(), counties[town.ONE], "2024")
    Indicator.objects.filter(code="training.courses").update(public=False)
    with pytest.raises(NotReleased):
        made_again(citation(found.code))


@pytest.fixture
def copied(counties):
    """Write a cell as it is but for what is changed, past every action."""
    found = cited(town.rate(), counties[town.ONE], "2024", "2023")

    def copy(**changed):
        row = CellCitation.objects.get(pk=found.pk)
        row.pk, row.code, row.digest = None, "0000-0000", "f" * 64
        for name, value in changed.items():
            setattr(row, name, value)
        with transaction.atomic():
            row.save(force_insert=True)

    return copy


def test_the_database_takes_no_cell_on_figures_that_do_not_match(copied, counties):
    other = Fact.objects.get(indicator=town.residents(), area=counties[town.TWO])
    year = Fact.objects.get(indicator=town.residents(), area=counties[town.ONE], period_from__year=2023)  # fmt: skip
    swapped = Fact.objects.get(indicator=town.courses(), area=counties[town.ONE], period_from__year=2024)  # fmt: skip
    copied()
    CellCitation.objects.get(code="0000-0000")
    for changed in (
        {"denominator": other},
        {"denominator": year},
        {"denominator": swapped},
        {"numerator_before": swapped},
        {"denominator": None},
        {"rate": None},
        {"indicator": town.courses()},
        {"before_until": None},
        {"area": counties[town.TWO]},
    ):
        with pytest.raises(IntegrityError):
            copied(code="1111-1111", digest="e" * 64, **changed)


def test_the_database_takes_no_count_of_people_that_has_not_passed_the_gate(counties):
    """Only what the database itself allows could be cited: a fact of people on a query is not among it."""
    hidden = facts.indicator("offers.attended", about_people=True, public=False, at=town.AT)
    raw = facts.fact(7, indicator=hidden, area=counties[town.ONE], period="2024", at=town.AT,
                     evidence=facts.query(at=town.AT), status=Fact.EVIDENCED)  # fmt: skip
    row = CellCitation(
        code="0000-0000", at=town.AT, indicator=hidden, area=counties[town.ONE], period_from=raw.period_from,
        period_until=raw.period_until, numerator=raw, value=7, said={}, digest="d" * 64,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with connection.cursor() as cursor:  # the control
        form = "DROP TRIGGER atlas_cell_of_people_counted"
        cursor.execute(form if connection.vendor == "sqlite" else f"{form} ON atlas_cellcitation")
    row.save(force_insert=True)


def test_changes_and_removes_no_cell(counties):
    found = cited(town.courses(), counties[town.ONE], "2024")
    for deed in (
        lambda: CellCitation.objects.filter(pk=found.pk).update(value=1),
        lambda: CellCitation.objects.filter(pk=found.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


@pytest.mark.django_db(transaction=True)
def test_is_cited_once_by_eight_at_once(counties):
    question = town.asked(town.rate(), counties[town.ONE], "2024")
    failures = at_once(8, lambda _n: cite(by=HOLDER, at=town.AT, question=question))
    assert failures == []
    assert CellCitation.objects.count() == 1
