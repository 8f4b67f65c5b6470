"""Job fairs in the real browser: every look without a fault, and from the booking to an accepted time without JavaScript."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from linli.kernel.actors import HOLDER, Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.offers.actions.booking import Wanted, book
from linli.offers.models import Interview, Timetable
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import fairs, offers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")


@pytest.fixture
def town(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    at = now()
    fair = fairs.fair(at=at)
    one = fairs.stand(fair, at=at, place="A1", lanes=2)
    other = fairs.stand(fair, "酒泉钢铁（集团）有限责任公司", at=at, zone="online")
    posts = [
        fairs.vacancy(one, at=at),
        fairs.vacancy(other, at=at, title="冷轧操作工", pay_to=None),
    ]
    receipt = book(by=HOLDER, at=at, session=fair, wanted=Wanted())
    return SimpleNamespace(fair=fair, stand=one, posts=posts, receipt=receipt)


def proposed(town):
    """Have the times of both wishes proposed, as the timetable does."""
    booking = town.receipt.booking
    Timetable.objects.update(seed="a" * 64, solved_at=now())
    for number, post in enumerate(town.posts):
        begins = town.fair.starts_at + timedelta(hours=number)
        Interview.objects.create(
            code=f"7K3M-92Q{number}", stand=post.stand, lane=0, vacancy=post, booking=booking,
            starts_at=begins, ends_at=begins + timedelta(minutes=15),
        )  # fmt: skip


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_stands_in_every_look(page, live_server, town, look, width):
    paths = {
        "vacancies": "/vacancies/",
        "vacancy": f"/vacancies/{town.posts[0].code}/",
        "fair": f"/fairs/{town.fair.code}/",
    }
    for name, path in paths.items():
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"fairs-{name}-{look}-{width}")


@pytest.mark.parametrize("width", SIZES)
def test_stands_on_the_desk(page, live_server, town, width):
    Staff.objects.create(
        username="officer", name="经办人", role=Role.OFFICER, unit=offers.LABOUR, password="long-enough-1"
    )  # fmt: skip
    sign_in(page, live_server, "officer")
    for name, path in {
        "kept": "vacancies/",
        "new": "vacancies/new/",
        "bring": "vacancies/bring/",
        "desk": f"fairs/{town.fair.code}/",
        "stand": f"stands/{town.stand.pk}/",
    }.items():
        go(page, live_server, f"/console/offers/{path}", width=width, height=SIZES[width])
        assert no_overflow(page), (name, width)
        assert broken(page) == {}, (name, width)
        look_at(page, f"fairs-desk-{name}-{width}")


def test_wishes_and_accepts_without_scripts(browser, live_server, town):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page, code = context.new_page(), town.receipt.booking.code
    page.goto(f"{live_server.url}/bookings/{code}/")
    page.fill("input[name=passphrase]", town.receipt.passphrase)
    page.press("input[name=passphrase]", "Enter")
    page.click(f"a[href='/bookings/{code}/fair/']")
    page.select_option("select[name=wish_1]", town.posts[1].code)
    page.select_option("select[name=wish_2]", town.posts[0].code)
    page.click("main form button")
    page.wait_for_load_state()
    wished = town.receipt.booking.wishes.order_by("number").values_list("vacancy__title", flat=True)
    assert list(wished) == ["冷轧操作工", "拉面师"]

    proposed(town)
    page.goto(f"{live_server.url}/bookings/{code}/fair/")
    page.click("form[action$='/accept/'] button >> nth=0")
    page.wait_for_load_state()
    page.click("form[action$='/decline/'] button >> nth=1")
    page.wait_for_load_state()

    states = town.receipt.booking.interviews.order_by("starts_at").values_list("state", flat=True)
    assert list(states) == ["accepted", "declined"]
    context.close()
