"""The demo's forms: three layouts are filled, and no figure is typed in twice."""

import pytest

from linli.demo import atlas_figures, forms_asked, indicators, people, units
from linli.facts.models import Fact
from linli.facts.rules.statements import Statement
from linli.kernel.actors import system
from linli.reports.actions import answering
from linli.reports.actions.answering import Backing
from linli.reports.actions.areas import hand_over_areas
from linli.reports.models import FormAsked, FormTold
from linli.reports.queries.asked import standings
from linli.reports.queries.forms_asked import tally
from tests.town.forms_asked import annex

pytestmark = pytest.mark.django_db


def test_fills_three_layouts_with_no_figure_typed_twice(noon):
    by = system("demo")
    hand_over_areas(by=by, at=noon)
    units.open_all(by=by, at=noon)
    indicators.define_all(by=by, at=noon)
    atlas_figures.bring(at=noon, today=noon.date())
    for _again in range(2):
        forms_asked.ask(at=noon)

    waiting = FormAsked.objects.select_related("unit", "layout").get(answer=None)
    missing = {one.cell.name for one in standings(waiting) if one.typed_here}
    answering.tell(
        by=people.officer(waiting.unit.name), at=noon, form=waiting,
        figures={name: Statement(forms_asked.FEWEST) for name in missing},
        backing=Backing(words="台账。"),
    )  # fmt: skip
    answering.send(
        by=people.officer(waiting.unit.name), at=noon, form=waiting, words="", annex=annex,
        annex_title="来源",
    )  # fmt: skip

    ended = {
        form.title: (form.answer.asked, form.answer.reused, form.answer.typed)
        for form in FormAsked.objects.filter(answer__kind="sent").select_related("answer")
    }
    assert ended == {
        "区县人口与教育基本情况表": (40, 39, 1),
        "区县家庭与学校情况表": (24, 24, 0),
        "区县公共服务设施情况表": (40, 32, 8),
    }
    assert FormAsked.objects.values("layout").distinct().count() == 3
    told = [one.fact for one in FormTold.objects.select_related("fact")]
    same = ("indicator", "area", "period_from", "period_until")
    assert len(told) == 9
    for fact in told:
        assert Fact.objects.filter(**{name: getattr(fact, name) for name in same}).count() == 1
    assert tally().refused == 1
