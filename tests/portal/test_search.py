"""The search over everything that is public: groups, codes, scripts, sounds; nothing typed is kept."""

import pytest

from linli.directory.rules.spelling import closeness, question
from linli.portal.finding import KINDS
from tests.town import directory, facts, funds, money, plans, reports
from tests.town import guides as town

pytestmark = pytest.mark.django_db
# Two for each of the directory's two kinds, one or two for every other, the look of the page.
MOST_QUERIES = 60


def groups(client, words, **asked):
    page = client.get("/search/", {"q": words} | asked)
    return {group.key: group for group, _address in page.context["groups"]}


def titles(client, words, **asked):
    found = groups(client, words, **asked)
    return {key: [one.title for one in group.entries] for key, group in found.items()}


def test_groups_services_places_and_pages(client, noon):
    town.service("法律援助申请", at=noon)
    town.station("法律援助工作站", at=noon)

    assert titles(client, "法律援助") == {
        "service": ["法律援助申请"],
        "location": ["法律援助工作站"],
    }


def test_hides_near_hits_behind_exact_ones(client, noon):
    town.service("居住证办理", at=noon)
    town.station("居住证受理站", at=noon)

    assert [group.near for group in groups(client, "居住证办理").values()] == [False]


def test_says_how_many_more_there_are_and_pages_through_them(client, noon):
    for number in range(23):
        town.service(f"就业补贴{number}", at=noon)

    found = groups(client, "就业补贴")["service"]
    second = client.get("/search/", {"q": "就业补贴", "kind": "service", "page": 2})

    assert (len(found.entries), found.total) == (5, 23)
    assert len(second.context["lines"]) == 3


def test_offers_a_human_when_nothing_is_found(client):
    text = client.get("/en/search/", {"q": "火星移民"}).content.decode()

    assert 'class="button" href="/en/ask/' in text


def test_keeps_no_words_in_any_cache(client):
    for asked in ({"q": "居住证"}, {"q": "居住证", "kind": "promises"}):
        assert client.get("/search/", asked).headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in client.get("/search/").headers


def test_finds_published_money_and_never_what_is_kept(client, noon):
    fund = money.published_fund(noon)
    project = money.published_project(noon, fund)
    funds.fund(at=noon, name="牛羊肉暗处补贴")

    def found(words):
        return [one.address for group in groups(client, words).values() for one in group.entries]

    assert found("牛羊肉 补贴") == [f"/funds/{fund.code}/"]
    assert found("牧草") == [f"/funds/projects/{project.code}/"]


def test_finds_a_promise_in_both_scripts_and_by_the_words_of_its_measure(client, noon):
    measure = plans.measure(at=noon, title="劳动技能提升")
    plans.promised_task(at=noon, measure=measure, title="开办汉语课程四期")

    for words in ("汉语课程", "漢語課程", "课程 开办", "技能提升"):
        assert titles(client, words)["promises"] == ["开办汉语课程四期"], words


def test_finds_by_sound_what_is_written_nowhere(client, noon):
    plans.promised_task(at=noon, title="开办汉语课程四期")

    assert titles(client, "hanyu")["promises"] == ["开办汉语课程四期"]
    assert titles(client, "hykc")["promises"] == ["开办汉语课程四期"]
    assert "promises" not in titles(client, "hanyux")


def test_finds_only_in_the_place_that_was_chosen(client, noon):
    town.station("铁南服务站", at=noon)
    plans.promised_task(at=noon, title="扩建铁南服务站")
    elsewhere = plans.programme(
        at=noon, title="兰州方案", area=directory.area("620100", name="兰州市")
    )
    measure = plans.measure(at=noon, programme=elsewhere)
    plans.promised_task(at=noon, measure=measure, title="扩建兰州服务站")

    page = client.get("/search/", {"q": "服务站", "area": "620200"})
    found = {group.key: group for group, _address in page.context["groups"]}

    assert [one.title for one in found["promises"].entries] == ["扩建铁南服务站"]


def test_leads_a_code_to_its_page(client, noon):
    task = plans.promised_task(at=noon)
    report = reports.published(at=noon)
    service = town.service("法律援助申请", at=noon)
    fact = facts.fact("300", at=noon)

    def led(code):
        return client.get("/search/", {"q": code.lower().replace("-", " ")}).headers["Location"]

    assert led(task.code) == f"/promises/tasks/{task.code}/"
    assert led(report.code) == f"/reports/{report.code}/"
    assert led(fact.code) == f"/c/{fact.code}"
    assert led(service.code) == f"/services/{service.code}/"


def test_leads_no_code_to_what_is_not_published(client, noon):
    hidden = facts.indicator("inside.only", public=False)
    kept = (reports.report(at=noon), facts.fact("7", at=noon, indicator=hidden))

    for one in kept:
        page = client.get("/search/", {"q": one.code})

        assert page.status_code == 200
        assert 'href="/what-happened/"' in page.content.decode()


def test_gives_the_part_that_is_asked_for_while_one_types(client, noon):
    plans.promised_task(at=noon, title="开办汉语课程四期")

    text = client.get("/search/", {"q": "汉语"}, headers={"HX-Request": "true"}).content.decode()

    assert "开办汉语课程四期" in text
    assert "<html" not in text


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a" * 500},
        {"q": "\0%_\\'\"<>"},
        {"q": "课程", "kind": "nothing", "area": "x", "page": "-1"},
        {"q": "课程", "kind": "promises", "page": "999999999999999999999"},
        {"q": "٣٤٥ Ünïté ﷽"},
    ],
)
def test_answers_whatever_is_asked(client, asked):
    assert client.get("/search/", asked).status_code == 200


@pytest.mark.parametrize("words", ["课程", "kecheng"])
def test_asks_a_bounded_number_of_queries(client, noon, django_assert_max_num_queries, words):
    facts.fact("300", at=noon, indicator=facts.indicator("a.course", name="汉语课程"))
    for number in range(9):
        plans.promised_task(at=noon, title=f"汉语课程{number}")
        town.service(f"课程{number}", at=noon)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/search/", {"q": words}).status_code == 200


def test_names_every_kind():
    assert len({kind.route for kind in KINDS.values()}) == len(KINDS) == 19


def test_takes_long_words_apart_and_puts_the_nearest_first():
    asked = question("法律援助 help")

    assert [one[0] for one in asked.pieces] == ["法律", "律援", "援助", "help"]
    assert question("汉语").pieces == (("汉语", "漢語"),)
    assert question("……").pieces == ()
    assert [closeness(question("课程"), one) for one in ("课程表", "汉语课程", "程课")] == [0, 1, 2]
