"""Two years' promises in the real browser: phone and desktop, from the comparison to both sentences."""

import pytest

from linli.demo.town import REPORTS
from linli.kernel.actors import system
from linli.reports import actions
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, some_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def path(noon):
    """Return the address of the comparison of the demo's two reports of Lanzhou."""
    by, codes = system("test"), []
    for name in ("lanzhou-2016.pdf", "lanzhou.html"):
        data = (REPORTS / name).read_bytes()
        report = actions.receive(by=by, data=data, name=name, at=noon)
        actions.publish(by=by, report=report, at=noon)
        codes.append(report.code)
    return f"/reports/compare/{codes[0]}/{codes[1]}/"


@pytest.mark.parametrize("width", SIZES)
def test_leads_from_a_promise_to_both_sentences(page, live_server, path, width):
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    page.goto(live_server.url + path.replace("compare/", "", 1).rsplit("/", 2)[0] + "/")
    page.locator("main details summary", has=page.locator("xpath=..//a")).first.click()
    page.locator(f'a[href="{path}"]').click()
    page.wait_for_url(f"**{path}")
    assert no_overflow(page)
    look_at(page, f"compare-{width}")

    vanished = page.locator(".fate--late")
    assert "展示馆" in vanished.inner_text()
    vanished.locator("a").click()
    page.wait_for_url("**#s-m*")
    assert "展示馆" in page.locator(":target").inner_text() or page.locator(":target").count() == 1


@pytest.mark.parametrize("look", some_of("zh-hans", "zh-hant", "ug", "mn-mong", "elder", "dark"))
def test_breaks_no_rule_of_access(page, live_server, path, look):
    go(page, live_server, path, look)

    assert broken(page) == {}
    look_at(page, f"compare-{look}")


def test_works_without_script(browser, live_server, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + path)

    page.select_option("[name=outcome]", "vanished")
    page.locator(".filters .button").click()

    page.wait_for_url("**outcome=vanished**")
    assert page.locator(".fate").count() == 1
    context.close()
