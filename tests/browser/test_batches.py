"""A payment file in the real browser: brought by one, watched while it is read, approved by another."""

import pytest
from playwright.sync_api import expect

from linli.funds.actions import batch_reading
from linli.funds.models import Batch
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in
from tests.town import batches as town
from tests.town.funds import KEEPER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/console/funds/batches/"


def staff(username, name):
    return Staff.objects.create(
        username=username, name=name, role=Role.OFFICER, unit=KEEPER, password="long-enough-1"
    )


def sound(page, name):
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert no_overflow(page), (name, width)
        look_at(page, f"batch-{name}-{width}")
    assert broken(page) == {}, name


def test_pays_a_file_by_two_persons(page, live_server):
    staff("asks", "经办人"), staff("approves", "复核人")
    purse = town.Purse(now())
    sign_in(page, live_server, "asks")
    go(page, live_server, f"{LIST}new/")
    sound(page, "new")
    page.fill("#id_words", "牛羊肉价格补贴第一批")
    page.select_option("#id_out_of", purse.out_of.code)
    page.select_option("#id_into", purse.into.code)
    file = {"name": "batch.csv", "mimeType": "text/csv", "buffer": town.payments().getvalue()}
    page.set_input_files("#id_file", file)
    page.click("main form[enctype] button")
    expect(page.locator("progress")).to_be_visible()
    sound(page, "reading")

    assert batch_reading.read_next(at=now()) == 1
    expect(page.locator(".figures")).to_contain_text("1,289.55")  # by itself: nobody looked again
    batch = Batch.objects.get()
    page.click("form[action$='/ask/'] button")
    sign_in(page, live_server, "approves")
    go(page, live_server, f"{LIST}{batch.code}/")
    sound(page, "asked")
    page.click("form[action*='/approve/'] button")
    expect(page.locator("h1")).to_have_text("牛羊肉价格补贴第一批")
    purse.into.refresh_from_db()
    assert purse.into.balance == town.TOTAL

    rows = town.answers((1, "1200.00", "成功", ""), (3, "3.05", "退回", "AC04"))
    town.answered(batch, rows, at=now())
    go(page, live_server, f"{LIST}{batch.code}/answers/1/")
    sound(page, "differences")
