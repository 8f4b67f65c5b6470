"""A translator's file in the real browser: taken, one text changed, brought back, looked at, let in, and on the page."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from linli.kernel.actors import Role
from linli.kernel.models import Staff, TextEdition
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of
from tests.town import wording

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST, LANGUAGE = "/console/texts/", "/console/texts/zh-hans/"


@pytest.fixture
def keeper(page, live_server, tmp_path):
    Staff.objects.create(
        username="administrator", name="管理员", role=Role.ADMINISTRATOR, unit="市大数据中心",
        password="long-enough-1",
    )  # fmt: skip
    page.set_default_timeout(120_000)  # ten thousand texts are looked through
    with wording.house(tmp_path):
        sign_in(page, live_server, "administrator")
        yield page


def bring(page, live_server, tmp_path, text):
    file = Path(tmp_path) / "texts.po"
    file.write_bytes(text)
    page.goto(f"{live_server.url}{LANGUAGE}")
    page.locator('input[type="file"]').set_input_files(file)
    page.locator("form[enctype] button").click()
    page.wait_for_url("**/file/**")


def test_takes_changes_and_brings_back_a_file(keeper, live_server, tmp_path):
    keeper.goto(f"{live_server.url}{LIST}")
    with keeper.expect_download() as taken:
        keeper.locator('a[href="/console/texts/zh-hans.po"]').click()
    said = Path(taken.value.path()).read_bytes()

    bring(
        keeper,
        live_server,
        tmp_path,
        said.replace('msgstr "首页"'.encode(), 'msgstr "家门"'.encode()),
    )
    expect(keeper.locator("main tbody tr")).to_have_count(said.count('msgstr "首页"'.encode()))
    keeper.locator("#id_reviewer_name").fill("阿依古丽")
    keeper.locator("#id_reviewer_unit").fill("民宗局")
    keeper.locator("#id_reviewed_on").fill("2026-01-05")
    keeper.locator("main form button").last.click()
    keeper.wait_for_url(f"**{LANGUAGE}")

    expect(keeper.locator("main")).to_contain_text("阿依古丽")
    keeper.goto(f"{live_server.url}/status/")
    expect(keeper.locator("body")).to_contain_text("家门")
    assert TextEdition.objects.get().reviewer_unit == "民宗局"


@pytest.mark.parametrize("look", some_of("zh-hans", "ug"))
def test_breaks_no_rule_of_access(keeper, live_server, tmp_path, look):
    bring(keeper, live_server, tmp_path, wording.po(("Home", "家门"), ("None of ours", "不是")))
    shown = keeper.url.removeprefix(live_server.url)
    faults = {}
    for name, path in {"list": LIST, "language": LANGUAGE, "file": shown}.items():
        for width, height in SIZES.items():
            go(keeper, live_server, path, look, width, height)
            look_at(keeper, f"texts-{name}-{look}-{width}")
            if not no_overflow(keeper):
                faults[name, width] = "too wide"
            if found := broken(keeper):
                faults[name, width, "axe"] = found

    assert faults == {}
