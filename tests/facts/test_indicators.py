import pytest

from linli.facts import actions
from linli.facts.models import Fact, Indicator
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import directory
from tests.town import facts as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def test_defines_an_indicator(noon):
    indicator = actions.define(by=actor(), at=noon, draft=town.draft())

    assert (indicator.code, indicator.unit, indicator.adds_up) == ("training.trained", "人次", True)
    assert Indicator.objects.get() == indicator


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_defining_to_planners(noon, role):
    with pytest.raises(Refused) as refused:
        actions.define(by=actor(role), at=noon, draft=town.draft())

    assert (refused.value.code, refused.value.status) == ("not_allowed", 403)
    assert Indicator.objects.count() == 0


def test_gives_a_code_once(noon):
    town.indicator()

    with pytest.raises(Refused) as refused:
        actions.define(by=actor(), at=noon, draft=town.draft(name="另一个"))

    assert refused.value.code == "code_taken"
    assert Indicator.objects.get().name == "技能培训人次"


@pytest.mark.parametrize(
    "wrong",
    [{"code": "Has Capitals"}, {"code": "9nine"}, {"name": ""}, {"unit": ""}, {"definition": ""},
     {"computed_by": ""}, {"kind": "mood"}, {"name": "长" * 121}],
)  # fmt: skip
def test_refuses_an_indicator_with_a_part_missing(noon, wrong):
    with pytest.raises(Refused) as refused:
        actions.define(by=actor(), at=noon, draft=town.draft(**{"code": "a.b"} | wrong))

    assert refused.value.code == "not_an_indicator"
    assert Indicator.objects.count() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"name": "信教居民人数"} | {"name_en": "Residents by religion"},
        {"name": "宗教信仰人口"},
        {"name": "居民政治面貌", "unit": "人"},
        {"name": "x", "name_en": "People by political opinion"},
        {"name": "办件", "name_en": "Biometric records", "about_people": True},
    ],
)
def test_counts_no_trait_of_persons(noon, said):
    with pytest.raises(Refused) as refused:
        actions.define(by=actor(), at=noon, draft=town.draft(**said, official_only=True))

    assert refused.value.code == "trait_of_a_person"
    assert Indicator.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["少数民族人口", "少数民族人口占比", "回族居民", "Residents of minority groups"]
)
def test_takes_figures_about_a_group_from_official_statistics_only(noon, name):
    with pytest.raises(Refused) as refused:
        actions.define(by=actor(), at=noon, draft=town.draft(name=name))

    assert refused.value.code == "official_only_needed"
    assert Indicator.objects.count() == 0
    assert actions.define(by=actor(), at=noon, draft=town.draft(name=name, official_only=True)).pk


@pytest.mark.parametrize(
    "name",
    [
        "民族团结进步创建活动场次",
        "宗教活动场所消防检查次数",
        "各族群众技能培训人次",
        "Flood risk maps",
    ],
)
def test_counts_deeds_and_premises_freely(noon, name):
    assert actions.define(by=actor(), at=noon, draft=town.draft(name=name)).pk


def official():
    return town.indicator("population.share", name="少数民族人口占比", unit="%", official_only=True)


@pytest.mark.parametrize("cite", [town.span, town.file, town.statement])
def test_knows_a_groups_figures_from_what_was_published(noon, cite):
    assert town.fact("15.4", at=noon, indicator=official(), evidence=cite()).pk


def test_never_counts_a_groups_figures_itself(noon):
    with pytest.raises(Refused) as refused:
        town.fact("15.4", at=noon, indicator=official(), evidence=town.query())

    assert refused.value.code == "official_only"
    assert Fact.objects.count() == 0


@pytest.mark.parametrize("level", ["town", "community"])
def test_knows_a_groups_figures_of_no_small_place(noon, level):
    small = directory.area("620102001", name="小地方", level=level)

    with pytest.raises(Refused) as refused:
        town.fact("15.4", at=noon, indicator=official(), area=small)

    assert refused.value.code == "official_only"
    assert Fact.objects.count() == 0


def test_shows_no_count_of_people_made_here(noon):
    """Until there is a gate for releases, what is counted here about people stays inside."""
    shown = town.indicator("a.shown", about_people=True)
    hidden = town.indicator("a.hidden", about_people=True, public=False)

    with pytest.raises(Refused) as refused:
        town.fact(at=noon, indicator=shown, evidence=town.query())

    assert refused.value.code == "not_released"
    assert Fact.objects.count() == 0
    assert town.fact(at=noon, indicator=hidden, evidence=town.query()).pk
    assert town.fact(at=noon, indicator=shown, evidence=town.statement()).pk
