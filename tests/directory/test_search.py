"""Finding services and places: every true hit, whatever is typed, in an order that people expect."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.directory import actions
from linli.directory.actions.entries import rebuild_entries
from linli.directory.models import Entry
from linli.directory.queries.finding import How, found, shown, why
from linli.directory.rules.entries import Facets
from linli.kernel.actors import system
from tests.town import directory
from tests.town import guides as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

ANY = Facets()


@pytest.fixture
def guides(noon):
    """A town with things that resemble each other, so that a search which finds too much is seen."""
    directory.area("620200")
    town.service(
        "社会保障卡补办",
        at=noon,
        other_names=("社保卡挂失补卡",),
        description="社会保障卡遗失、损坏的，可以就近补办。",
    )
    town.service("社会保障卡申领", at=noon, description="首次申领社会保障卡。")
    town.service("居住证办理", at=noon, description="办理时请带社会保障卡。")
    town.service("创业担保贷款", at=noon, description="ETC 与银行网点均可受理。")
    town.service("失业登记", at=noon, description="在常住地登记。")
    town.station("银行街便民服务站", at=noon)


def names(words, facets=ANY, at=None):
    answer = found(words, facets, at)
    entries = shown(answer.ids)
    return [(one.service or one.location or one.organization).name for one in entries]


def how(words):
    return found(words, ANY, None).how


def test_finds_by_name_before_what_only_mentions_it(guides):
    assert names("社会保障卡") == ["社会保障卡补办", "社会保障卡申领", "居住证办理"]
    assert names("社会保障卡申领")[0] == "社会保障卡申领"


def test_finds_two_characters_anywhere(guides):
    assert names("常住") == ["失业登记"]
    assert names("遗失") == ["社会保障卡补办"]


def test_finds_one_character(guides):
    assert names("贷") == ["创业担保贷款"]


def test_finds_by_another_name(guides):
    assert names("社保卡挂失") == ["社会保障卡补办"]


@pytest.mark.parametrize(
    "typed", ["創業擔保貸款", "创业担保贷款", "創業担保貸款", "创业　担保　贷款"]
)
def test_finds_in_either_script_and_width(guides, typed):
    assert names(typed) == ["创业担保贷款"]
    assert how(typed) == How.ALL


@pytest.mark.parametrize(
    "typed",
    ["chuangyedanbaodaikuan", "chuangye", "chuang ye dan bao", "CHUANGYE", "cydbdk", "danbaodai"],
)
def test_finds_by_sound_and_first_letters(guides, typed):
    assert names(typed) == ["创业担保贷款"]


def test_hears_a_character_with_two_sounds_as_its_word_says(guides):
    assert names("yinhangjie") == ["银行街便民服务站"]


def test_finds_a_latin_word_inside_chinese(guides):
    assert names("etc") == ["创业担保贷款"]
    assert names("ETC 网点") == ["创业担保贷款"]


@pytest.mark.parametrize("typed", ["创业旦保贷款", "创业担贷款", "创业担担保贷款", "创业担保贷"])
def test_forgives_one_wrong_missing_or_superfluous_character(guides, typed):
    assert names(typed)[0] == "创业担保贷款"
    assert found(typed, ANY, None).how in (How.ALL, How.SLIP)


@pytest.mark.parametrize("typed", ["chuangyedanbaodaikuna", "chuanyedanbao", "shiyedenji"])
def test_forgives_a_slip_in_letters(guides, typed):
    assert names(typed)[0] in {"创业担保贷款", "失业登记"}
    assert how(typed) == How.SLIP


def test_answers_a_whole_sentence_by_its_rarest_parts_and_says_why(guides):
    answer = found("我的社保卡丢了要挂失应该去哪里", ANY, None)
    (best, *_) = shown(answer.ids)

    assert answer.how == How.PARTS
    assert best.service.name == "社会保障卡补办"
    assert why(best, answer.question)[:2] == ("社保卡", "挂失")


def test_says_nothing_of_what_is_not_there(guides):
    assert names("火星移民") == []


def test_finds_nothing_when_only_signs_are_typed(guides):
    assert names("，。！") == []
    assert names("") == []


def test_follows_a_change_at_once(guides, noon):
    service = shown(found("失业登记", ANY, None).ids)[0].service
    draft = actions.ServiceDraft(organization=service.organization.uuid, name="求职登记")

    actions.amend_service(by=actor(), at=noon, service=service, draft=draft)

    assert names("失业") == []
    assert names("求职") == ["求职登记"]
    assert Entry.objects.filter(service=service).count() == 1


def test_hides_what_is_no_longer_offered(guides, noon):
    service = shown(found("失业登记", ANY, None).ids)[0].service

    actions.end_service(by=actor(), at=noon, service=service)

    assert names("失业") == []


def test_is_the_same_after_it_was_built_anew(guides, noon):
    asked = ("社会保障卡", "cydbdk", "创业旦保贷款", "常住", "银行")
    before = [sorted(names(one)) for one in asked]

    call_command("reindex", verbosity=0)

    assert [sorted(names(one)) for one in asked] == before
    assert Entry.objects.count() == 7  # five services, a place, an organization


def test_forgets_what_is_gone_when_built_anew(guides, noon):
    Entry.objects.all().delete()
    assert names("失业") == []

    assert rebuild_entries(by=system("reindex"), at=noon) == 7

    assert names("失业") == ["失业登记"]


def test_narrows_by_kind(guides):
    assert names("银行", Facets(kind="location")) == ["银行街便民服务站"]
    assert names("银行", Facets(kind="service")) == ["创业担保贷款"]


def test_narrows_by_area_from_above_and_below(noon):
    directory.area("620000", name="甘肃省", level="province")
    directory.area("620201", name="市辖区", level="county")
    directory.area("510100", name="成都市")
    town.service("全省通办", at=noon, areas=("620000",))
    town.service("本区专办", at=noon, areas=("620201",))
    town.service("外地办", at=noon, areas=("510100",))
    town.service("到处可办", at=noon)

    assert set(names("办", Facets(area="620201", kind="service"))) == {
        "全省通办",
        "本区专办",
        "到处可办",
    }
    assert set(names("办", Facets(area="620000", kind="service"))) == {
        "全省通办",
        "本区专办",
        "到处可办",
    }


def test_narrows_by_theme_language_and_price(noon):
    actions.write_term(by=actor(), at=noon, draft=actions.TermDraft("theme", "work", "就业"))
    one = town.service("甲培训", at=noon, terms=("theme/work",))
    town.service("乙培训", at=noon, costs=(actions.CostDraft(amount=500),))
    place = town.station(at=noon, languages=town.spoken("ug", 0))
    town.offer(one, place, at=noon)

    assert names("培训", Facets(theme="work")) == ["甲培训"]
    assert names("培训", Facets(language="ug")) == ["甲培训"]
    assert names("培训", Facets(free=True)) == ["甲培训"]
    assert set(names("培训")) == {"甲培训", "乙培训"}


def test_lists_by_facets_alone_in_the_order_of_sounds(noon):
    for name in ("住房补贴", "安居服务", "就业援助"):
        town.service(name, at=noon)

    assert names("", Facets(kind="service")) == ["安居服务", "就业援助", "住房补贴"]


def test_narrows_to_what_is_open_now(noon):
    monday = datetime(2026, 11, 23, 10, 0, tzinfo=noon.tzinfo)  # 18:00 in Shanghai
    early, late = (
        town.station("早站", at=noon, schedules=(town.week(at=noon),)),
        town.station("晚站", at=noon, schedules=(town.week(at=noon, closes=time(20)),)),
    )
    one, other = town.service("甲事", at=noon), town.service("乙事", at=noon)
    town.offer(one, early, at=noon)
    town.offer(other, late, at=noon)
    third = town.service("丙事", at=noon)
    town.offer(third, late, at=noon, schedules=(town.week(at=noon, closes=time(12)),))

    assert names("事", Facets(open=True, kind="service"), monday) == ["乙事"]
    assert names("站", Facets(open=True, kind="location"), monday) == ["晚站"]


def test_passes_on_what_a_place_says_to_the_services_there(noon):
    service, place = town.service(at=noon), town.station(at=noon)
    town.offer(service, place, at=noon)
    assert names("社会保障", Facets(kind="service", language="bo")) == []

    draft = actions.LocationDraft(
        organization=place.organization.uuid,
        name=place.name,
        area=place.area_id,
        kind="station",
        languages=town.spoken("bo", 2),
    )
    actions.amend_location(by=actor(), at=noon, location=place, draft=draft)

    assert names("社会保障", Facets(kind="service", language="bo")) == ["社会保障卡补办"]


def test_puts_the_fresher_of_two_equals_first(noon):
    town.service("老年证办理", at=noon - timedelta(days=300))
    town.service("残疾证办理", at=noon)
    for entry in Entry.objects.filter(kind="service"):
        assert entry.service.assured_on <= date(2026, 11, 21)

    assert names("证办理") == ["残疾证办理", "老年证办理"]


def test_asks_few_queries(guides, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert names("社会保障卡")
    with django_assert_max_num_queries(6):
        assert names("我的社保卡丢了要挂失应该去哪里")


NASTY = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="\"'*^()-+:&|!<>\\\0 \t{}~NEAR社保卡𠮷😀abc", max_size=120),
    st.sampled_from(
        [
            "\ud800",
            "a" * 10_000,
            "社" * 10_000,
            '"' * 500,
            "NEAR(社 保)",
            "grams : 社",
            "' OR 1=1 --",
        ]
    ),
)


@settings(max_examples=120, deadline=None)
@given(words=NASTY)
def test_breaks_on_no_input(words):
    answer = found(words, Facets(kind="service", area="620200", theme="x", language="ug"), None)

    assert answer.ids == ()


@settings(max_examples=40, deadline=None)
@given(words=NASTY)
def test_quotes_every_gram(words):
    """Asked of the database without facets, so that each way is gone to its end."""
    found(words, ANY, None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
