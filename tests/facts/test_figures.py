import sys
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from linli.facts import actions, queries
from linli.facts.actions import Counted
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.models.units import unit_words
from linli.facts.queries import declared as of_engines
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import year
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import directory
from tests.town import facts as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


class Desk:
    """Records that a figure counts, as many as a test puts there."""

    def __init__(self, **overrides):
        self.version, self.values, self.asked = "1", {2018: Decimal(3), 2019: Decimal(4)}, 0
        given = {
            "name": "desk.opened",
            "title": "服务窗口数",
            "unit": "个",
            "kind": "count",
            "definition": "年末开放的服务窗口。",
            "computed_by": "邻里",
        }
        self.figure = Figure(**given | overrides, version=lambda: self.version, cells=self.cells)

    def cells(self, at):
        self.asked += 1
        return [Cell("620200", year(number), value) for number, value in self.values.items()]


@pytest.fixture
def desk(db):
    directory.area()
    return Desk()


def compute(desk, *, at, by=None):
    return actions.compute(by=by or actor(), at=at, figure=desk.figure)


def known():
    return {f.period_from.year: f.value for f in Fact.objects.current()}


def test_counts_and_defines_what_is_missing(noon, desk):
    assert compute(desk, at=noon) == Counted("desk.opened", new=2)

    assert known() == {2018: 3, 2019: 4}
    indicator = Indicator.objects.get()
    assert (indicator.code, indicator.definition, indicator.public) == (
        "desk.opened",
        "年末开放的服务窗口。",
        True,
    )
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.version, evidence.address) == (
        "query",
        "1",
        "/facts/desk.opened/",
    )
    assert {fact.status for fact in Fact.objects.all()} == {"evidenced"}


def test_names_the_unit_as_the_engine_does_now(noon, desk):
    compute(desk, at=noon)
    Indicator.objects.update(unit="times")
    compute(desk, at=noon + timedelta(days=1))

    assert (Indicator.objects.get().unit, known()) == ("个", {2018: 3, 2019: 4})


def test_tells_how_often_from_how_many_times_as_much():
    often = {figure.unit for figure in of_engines.declared() if figure.kind == "count"}

    assert "times" not in often
    assert unit_words("times") != unit_words("occasion")


def test_skips_what_has_not_changed(noon, desk):
    compute(desk, at=noon)

    assert compute(desk, at=noon + timedelta(days=1)) == Counted("desk.opened", skipped=True)

    assert desk.asked == 1
    assert (Fact.objects.count(), Evidence.objects.count()) == (2, 1)


def test_adds_nothing_when_it_counts_the_same_again(noon, desk):
    compute(desk, at=noon)
    desk.version = "2"

    assert compute(desk, at=noon + timedelta(days=1)) == Counted("desk.opened", same=2)

    assert Fact.objects.count() == 2
    assert compute(desk, at=noon + timedelta(days=2)).skipped


def test_supersedes_what_changed_and_withdraws_what_is_gone(noon, desk):
    compute(desk, at=noon)
    desk.version, desk.values = "2", {2019: Decimal(5), 2020: Decimal(6)}

    assert compute(desk, at=noon + timedelta(days=1)) == Counted(
        "desk.opened", new=1, changed=1, withdrawn=1
    )

    assert known() == {2019: 5, 2020: 6}
    first, second = queries.vintages(Fact.objects.get(value=5))
    assert (first.value, second.reason, second.evidence.version) == (4, "邻里: 2", "2")
    assert Fact.objects.as_of(noon).count() == 2


def test_counts_again_when_the_definition_changed(noon, desk):
    compute(desk, at=noon)
    again = Desk(definition="全年开放过的服务窗口。")

    assert compute(again, at=noon + timedelta(days=1)).same == 2


def test_counts_again_what_was_withdrawn_and_came_back(noon, desk):
    compute(desk, at=noon)
    for version, values in (("2", {}), ("3", {2019: Decimal(4)})):
        desk.version, desk.values = version, values
        counted = compute(desk, at=noon + timedelta(days=int(version)))

    assert counted == Counted("desk.opened", new=1)
    assert known() == {2019: 4}


def test_leaves_what_others_say_alone(noon, desk):
    compute(desk, at=noon)
    said = town.fact("99", at=noon, indicator=Indicator.objects.get(), source="统计局")
    desk.version = "2"

    compute(desk, at=noon + timedelta(days=1))

    assert said in Fact.objects.current()


def test_keeps_a_count_of_people_from_the_public(noon, desk):
    compute(Desk(about_people=True), at=noon)

    assert not Indicator.objects.get().public
    assert queries.cited(Fact.objects.first().code) is None
    assert queries.cited(Fact.objects.first().code, hidden=True)


def test_never_counts_what_only_official_statistics_may_say(noon, desk):
    town.indicator("desk.opened", name="少数民族人口占比", official_only=True)

    with pytest.raises(Refused) as refused:
        compute(desk, at=noon)

    assert refused.value.code == "official_only"
    assert (Fact.objects.count(), Evidence.objects.count()) == (0, 0)


def test_never_makes_a_count_of_people_public_by_another_way(noon, desk):
    town.indicator("desk.opened", about_people=True)

    with pytest.raises(Refused) as refused:
        compute(desk, at=noon)

    assert refused.value.code == "not_released"
    assert Fact.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "area", "code"),
    [
        ({2019: Decimal("NaN")}, "620200", "not_a_number"),
        ({2019: Decimal(10) ** 15}, "620200", "too_large"),
        ({2019: Decimal(1)}, "999999", "unknown_area"),
    ],
)
def test_refuses_a_cell_that_cannot_be_kept(noon, desk, values, area, code):
    cells = [Cell(area, year(number), value) for number, value in values.items()]
    broken = Figure(
        name="a.b", title="x", unit="个", kind="count", definition="x", computed_by="邻里",
        version=lambda: "1", cells=lambda at: cells,
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        actions.compute(by=actor(), at=noon, figure=broken)

    assert refused.value.code == code
    assert (Fact.objects.count(), Indicator.objects.count()) == (0, 0)


def test_rounds_to_what_a_database_keeps(noon, desk):
    desk.values = {2018: Decimal(2) / 3, 2019: Decimal(10**10) / 3}

    compute(desk, at=noon)

    assert known() == {2018: Decimal("0.666667"), 2019: Decimal("3333333333.33333")}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_counting_to_planners_and_jobs(noon, desk, role):
    with pytest.raises(Refused) as refused:
        compute(desk, at=noon, by=actor(role))

    assert refused.value.code == "not_allowed"
    assert Indicator.objects.count() == 0


@pytest.fixture
def declared(desk, monkeypatch):
    """Let one installed engine declare the desk's figure, and no other any."""
    from linli.facts.queries import declared as facts

    engine = SimpleNamespace(name="linli.desk", module=None)
    monkeypatch.setattr(facts.apps, "get_app_configs", lambda: [engine])
    monkeypatch.setattr(facts, "module_has_submodule", lambda module, name: name == "figures")
    module = SimpleNamespace(FIGURES=(desk.figure,))
    monkeypatch.setitem(sys.modules, "linli.desk.figures", module)
    monkeypatch.setattr(facts, "import_module", sys.modules.__getitem__)
    return desk


def run(*words):
    said = StringIO()
    call_command("facts", *words, stdout=said, stderr=said)
    return said.getvalue()


def test_computes_what_engines_declare(declared):
    assert run("compute") == "desk.opened: 2 new, 0 changed, 0 withdrawn, 0 the same\n"
    assert run("compute", "--only", "desk.opened") == (
        "desk.opened: unchanged since it was counted last, skipped\n"
    )
    assert Fact.objects.first().by_role == "system"


def test_says_which_figure_it_does_not_know(declared):
    with pytest.raises(CommandError, match=r"no\.such"):
        run("compute", "--only", "no.such")


def test_says_which_figure_was_refused(declared):
    town.indicator("desk.opened", about_people=True)

    with pytest.raises(CommandError, match=r"Refused: desk\.opened"):
        run("compute")

    assert Fact.objects.count() == 0


def test_finds_the_figures_of_every_installed_engine():
    from linli.facts.queries.declared import declared

    names = [figure.name for figure in declared()]

    assert len(names) == len(set(names))
