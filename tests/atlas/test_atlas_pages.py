"""Pages of the atlas: one question in the address, its answer as map, table and words; nothing typed breaks them."""

import pytest

from linli.facts.models import Fact, Indicator
from tests.town import atlas_keep, facts
from tests.town import atlas_views as built

pytestmark = pytest.mark.django_db

LOOK = "/atlas/?indicator=education.schools"


@pytest.fixture
def heard(monkeypatch):
    return atlas_keep.heard(monkeypatch)


def words(page):
    return page.content.decode()


def test_shows_one_figure_as_map_table_and_words(client, django_assert_max_num_queries):
    made = built.said({**built.SCHOOLS, built.CITY: 89})
    built.said({"990201": 38}, period="2023")
    client.get(LOOK)

    with django_assert_max_num_queries(9):
        page = client.get(LOOK)

    assert page.status_code == 200
    context = page.context
    assert (context["period"], context["before"]) == ("2024", "2023")
    assert [(row["cell"].area_name, row["cell"].value) for row in context["rows"]] == [
        ("东县", 40),
        ("南县", 12),
        ("西县", 25),
        ("北县", 12),
    ]
    assert {tile.code: tile.step for tile in context["drawn"].tiles} == {
        "990201": 5,
        "990202": 1,
        "990203": 3,
        "990204": 1,
    }
    assert context["whole"].value == 89
    # Each square leads to its row, each row to the figure's own address.
    assert all(f'href="#p-{code}"' in words(page) for code in built.NAMES)
    assert all(f'id="p-{code}"' in words(page) for code in built.NAMES)
    assert f"/c/{made['990203'].code}" in words(page)
    said = " ".join(context["sentences"])
    assert "东县" in said
    assert "南县" in said
    assert "北县" in said
    assert "西县" not in said


def test_needs_no_more_queries_for_more_periods_and_figures(client, django_assert_max_num_queries):
    for year in range(2012, 2025):
        built.said({"990201": year}, period=str(year))
    built.said(built.SCHOOLS, period="2011")
    for number in range(2):
        built.said(built.SCHOOLS, indicator=built.schools(f"education.more{number}"))
    client.get(LOOK)

    with django_assert_max_num_queries(9):
        page = client.get(f"{LOOK}&period=2024")
    with django_assert_max_num_queries(10):
        client.get(f"{LOOK}&view=chart")
    with django_assert_max_num_queries(9):
        section = client.get("/atlas/education/")

    assert len(page.context["years"]) == 12
    assert [words for words, _, now in page.context["years"] if now] == ["2024"]
    assert len(section.context["cards"]) == 3


@pytest.mark.parametrize(
    ("view", "drawn", "chart"), [("tiles", True, False), ("table", False, False), ("chart", False, True)]
)  # fmt: skip
def test_shows_the_table_whichever_way_is_chosen(client, view, drawn, chart):
    built.said(built.SCHOOLS)
    built.said(built.SCHOOLS, period="2023")

    page = client.get(f"{LOOK}&view={view}&period=2023&area={built.CITY}")

    assert bool(page.context["drawn"]) is drawn
    assert bool(page.context["chart"]) is chart
    assert page.context["period"] == "2023"
    assert len(page.context["rows"]) == 4
    # All of it stands in the address of each other way, so that nothing chosen is lost.
    others = {word: address for word, _, address in page.context["views"]}
    assert others["prisms"].startswith("/atlas/3d/?")
    assert client.get(f"{LOOK}&view=prisms")["Location"].startswith("/atlas/3d/?")
    assert "period=2023" in others["table"]
    assert f"area={built.CITY}" in others["chart"]


def test_hatches_what_is_kept_back_and_explains_it(client, heard):
    release = atlas_keep.released()
    twin = Indicator.objects.get(released_by__product=release.product)

    page = client.get(f"/atlas/?indicator={twin.code}&area={atlas_keep.CITY}")

    kept = [row for row in page.context["rows"] if row["state"] == "kept_back"]
    assert {"990103", "990105"} <= {row["cell"].area_code for row in kept}
    text = words(page)
    assert text.count('class="tile__hatch"') == len(kept) + 1  # and once in the legend
    assert page.context["any_kept_back"]
    assert f"/releases/{release.code}/" in text
    # Neither what was counted nor what it may lie between stands anywhere.
    assert all(not row["cell"].fact_code and row["cell"].value is None for row in kept)
    # Control: nothing is hatched where nothing is kept back.
    built.said(built.SCHOOLS)
    assert 'class="tile__hatch"' not in words(client.get(LOOK))


def test_gives_way_to_what_is_known_and_says_so(client):
    built.said(built.SCHOOLS)
    built.said(built.SCHOOLS, period="2020")

    moved = client.get(f"{LOOK}&period=2019-05")
    assert (moved.status_code, moved.context["period"]) == (200, "2020")
    assert len(moved.context["found"].moved) == 1
    elsewhere = client.get(f"{LOOK}&area=990201")
    assert elsewhere.context["found"].parent.code == built.CITY
    assert len(elsewhere.context["found"].moved) == 1


def test_shows_the_newest_full_period_not_the_lonely_newest_one(client):
    built.said(built.SCHOOLS, period="2023")
    built.said({"990201": 41}, period="2024")

    assert client.get(LOOK).context["period"] == "2023"
    assert client.get(f"{LOOK}&period=2024").context["period"] == "2024"


def test_shows_what_was_known_on_a_day(client):
    built.said(built.SCHOOLS)

    page = client.get(f"{LOOK}&as_of={facts.NOON.date().replace(year=2020)}")

    assert [row["state"] for row in page.context["rows"]] == ["unknown"] * 4
    assert client.get(f"{LOOK}&as_of=2999-01-01").context["rows"][0]["cell"].value == 40


@pytest.mark.parametrize(
    "asked",
    [
        "indicator=no.such",
        "indicator=education.schools&period=never",
        "indicator=education.schools&period=99999999999999",
        "indicator=education.schools&area=1",
        "indicator=education.schools&area=%E7%94%B2%0099",
        "indicator=education.schools&view=smell",
        "indicator=education.schools&classes=magic",
        "indicator=education.schools&as_of=0000-00-00",
        "indicator=education.schools&as_of=tomorrow",
    ],
)
def test_says_so_when_a_question_cannot_be_read(client, asked):
    built.said(built.SCHOOLS)

    page = client.get(f"/atlas/?{asked}")

    assert page.status_code == 422
    assert page.context["refused"].code == "not_a_question"
    assert "notice--late" in words(page)


def test_shows_nothing_of_hidden_figures(client):
    hidden = built.schools("education.hidden", name="内部数", public=False)
    built.said(built.SCHOOLS, indicator=hidden)

    assert client.get("/atlas/?indicator=education.hidden").status_code == 422
    for address in ("/atlas/", "/atlas/education/", "/atlas/compare/?a=990201&b=990202"):
        assert "内部数" not in words(client.get(address))
    # Control: the same page names it once it is public.
    Indicator.objects.filter(pk=hidden.pk).update(public=True)
    assert "内部数" in words(client.get("/atlas/education/"))


def test_names_a_figure_that_has_no_map(client):
    alone = facts.directory.area("990000", name="图省", level="province")
    facts.fact("3", indicator=built.schools(), area=alone, status=Fact.EVIDENCED)

    page = client.get(LOOK)

    assert page.status_code == 200
    assert page.context["unmapped"].code == "education.schools"
    assert "/facts/education.schools/" in words(page)


def test_sorts_figures_into_sections_and_sparse_ones_below(client):
    built.said(built.SCHOOLS)
    built.said({"990201": 3}, indicator=built.schools("education.halls", name="礼堂数"))
    built.said(built.SCHOOLS, indicator=built.schools("food.shops", name="食品店数"))

    page = client.get("/atlas/education/")

    assert [card["indicator"].code for card in page.context["cards"]] == ["education.schools"]
    assert [card["indicator"].code for card in page.context["single"]] == ["education.halls"]
    assert "食品店数" not in words(page)
    assert client.get("/atlas/weather/").status_code == 404
    assert client.get("/atlas/education/?area=990299").status_code == 422
    assert client.get("/atlas/culture/").status_code == 200


def test_sets_two_places_side_by_side(client, django_assert_max_num_queries):
    built.said(built.SCHOOLS)
    share = built.schools("education.share", name="入学率", unit="%", kind="rate")
    built.said({"990201": "98.5", "990202": 97}, indicator=share, period="2023")
    built.said({"990201": 99}, indicator=share, period="2024")
    built.said({"990201": 5}, indicator=built.schools("education.halls"))
    client.get("/atlas/compare/")

    with django_assert_max_num_queries(5):
        page = client.get("/atlas/compare/?a=990201&b=990202")

    ((_, rows),) = page.context["groups"]
    told = {row["indicator"].code: row for row in rows}
    assert set(told) == {"education.schools", "education.share"}
    # The newest period that is known of both, not each one's newest.
    assert told["education.share"]["period"] == "2023"
    assert "1.5" in told["education.share"]["difference"]
    assert "3.33" in told["education.schools"]["difference"]
    assert told["education.schools"]["bars"] == (100, 30)
    assert [one.code for one in page.context["apart"]] == ["education.halls"]


@pytest.mark.parametrize(
    "asked", ["a=990201", "a=990201&b=990201", "a=1&b=2", "a=%00&b=x", "b=990201"]
)
def test_asks_for_two_different_places(client, asked):
    built.said(built.SCHOOLS)

    page = client.get(f"/atlas/compare/?{asked}")

    assert page.status_code == 422
    assert page.context["form"].errors
    assert client.get("/atlas/compare/").status_code == 200


def test_stands_empty_before_anything_is_known(client):
    for address in ("/atlas/", "/atlas/population/", "/atlas/compare/"):
        assert client.get(address).status_code == 200
