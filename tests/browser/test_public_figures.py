"""Figures in the real browser: the list, a series with its chart, a citation; every look, no script, print."""

import pytest

from linli.facts.models import Fact
from tests.browser.look import LOOKS, SIZES, broken, go, look_at, no_overflow
from tests.town import directory, figures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERIES = "/facts/course.trained/"


def town():
    """Two places, five years: every status, every bound, one revised and one withdrawn."""
    lanzhou = directory.area("620100", name="兰州市")
    first = figures.said("300", of=2021, bound="approx")
    figures.said("420", of=2022, status=Fact.EVIDENCED)
    wrong = figures.said("810", of=2023)
    figures.said("600", of=2024, bound="more_than")
    figures.said("700", of=2025, status=Fact.CONFIRMED, evidence=figures.statement())
    gone = figures.said("5000", of=2020)
    figures.said("496", of=2024, bound="approx_below", area=lanzhou)
    figures.said("560", of=2025, bound="at_least", area=lanzhou, evidence=figures.query())
    aid = figures.indicator(
        "aid.money",
        name="对口支援资金",
        name_en="Money for paired assistance",
        unit="CNY",
        kind="money",
        definition="本年度拨付给结对县的财政资金。",
        computed_by="财政局",
    )
    figures.said("8000000", of=2019, on=aid)
    figures.corrected(wrong, "510")
    figures.withdrawn(gone)
    return first, wrong


@pytest.mark.parametrize("width", SIZES)
def test_shows_figures_at_every_width(page, live_server, width):
    first, wrong = town()
    page.set_viewport_size({"width": width, "height": SIZES[width]})

    for name, path in {
        "figures": "/facts/",
        "figures-series": SERIES,
        "figures-past": f"{SERIES}?as_of=2026-06-01",
        "figures-none": f"{SERIES}?as_of=2020-01-01",
        "citation": f"/c/{first.code}",
        "citation-old": f"/c/{wrong.code}",
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert no_overflow(page), name


@pytest.mark.parametrize("width", SIZES)
def test_says_no_in_a_page_of_ours(browser, live_server, width):
    """In a page of its own: the browser's console rightly notes each refusal."""
    town()
    page = browser.new_page(viewport={"width": width, "height": SIZES[width]})

    for name, path in {
        "figures-refused": f"{SERIES}?as_of=gestern",
        "citation-unknown": "/c/7K3M",
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert page.locator("main h1").is_visible()
        assert no_overflow(page), name
    page.close()


def test_leads_from_the_chart_to_the_source(page, live_server):
    town()
    page.goto(live_server.url + SERIES)

    assert page.locator(".chart svg[role=img]").count() == 2
    assert page.locator(".mark--confirmed").count() == 1
    row = page.locator("#series + .table tr", has_text="2021")
    row.locator("a[href^='/c/']").click()

    assert page.locator(".quote").inner_text() == figures.SENTENCE


def test_opens_what_was_published_before(page, live_server):
    town()
    page.goto(live_server.url + SERIES)

    row = page.locator("#series + .table tr", has_text="2023")
    assert not row.locator("ol").is_visible()
    row.locator("summary").click()

    assert row.locator("ol li").count() == 2
    assert "按签到表更正" in row.locator("ol").inner_text()


def test_asks_for_a_day_without_script(browser, live_server):
    town()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + SERIES)

    page.fill("input[name=as_of]", "2026-06-01")
    page.locator(".filters button").click()

    page.wait_for_url("**as_of=2026-06-01*")
    assert "810" in page.locator("#series + .table tr", has_text="2023").inner_text()
    context.close()


def test_prints_chart_and_table(page, live_server):
    town()
    page.goto(live_server.url + SERIES)

    page.emulate_media(media="print")

    assert page.locator(".chart svg[role=img]").first.is_visible()
    assert page.locator("#series + .table").is_visible()
    assert not page.locator(".filters").is_visible()
    assert len(page.pdf()) > 10_000
    look_at(page, "figures-print")


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access(page, live_server, look):
    _, wrong = town()

    for path in ("/facts/", SERIES, f"/c/{wrong.code}"):
        go(page, live_server, path, look)

        assert (path, broken(page)) == (path, {})
        look_at(page, f"look-{path.strip('/').replace('/', '-')[:12]}-{look}")
