"""The month, a draw, a programme and the waiting list played through, in the real browser: no fault, no overflow."""

from datetime import timedelta

import pytest

from linli.kernel.clock import now
from linli.kernel.looks import sequence
from linli.offers.actions import draws
from linli.offers.models import Booking
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, some_of, views
from tests.town import draws as town
from tests.town import offers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")


@pytest.fixture
def drawn():
    """Return a draw of twelve groups, drawn yesterday."""
    at = now() - timedelta(days=20)
    planned = town.planned(
        at=at, booking_until=at + timedelta(days=19), of=offers.offer(at=at, title="舞台前排座位")
    )
    for size in (1, 2, 3) * 4:
        town.entered(planned, at=at, size=size)
    until = planned.session.booking_until
    draws.close(by=offers.officer(), at=until, session=planned.session)
    sequence(until + timedelta(seconds=10))
    return draws.draw(by=offers.officer(), at=until, session=planned.session)


@pytest.fixture
def programme():
    at = now()
    made = offers.offer(at=at, kind="programme", title="民族团结进步宣传月")
    for kind, title in (
        ("event", "石榴籽讲堂"),
        ("contest", "少年书法比赛"),
        ("course", "拉面师培训班"),
    ):
        begins = at + timedelta(days=2)
        offers.session(
            at=at, of=offers.offer(at=at, kind=kind, title=title, part_of=made), booking_until=begins,
            meetings=[(begins + timedelta(days=7 * n), begins + timedelta(days=7 * n, hours=2)) for n in range(3)],
        )  # fmt: skip
    return made


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_stands_in_every_look(page, live_server, drawn, programme, look, width):
    paths = {
        "month": "/offers/calendar/",
        "draw": f"/draws/{drawn.session.code}/",
        "programme": f"/offers/{programme.code}/",
        "waiting": "/offers/waiting/",
    }
    for name, path in paths.items():
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"offers-{name}-{look}-{width}")


def test_finds_ones_own_lot_and_plays_the_list_by_keyboard(page, live_server, drawn):
    placed = Booking.objects.filter(state=Booking.CONFIRMED).first()
    go(page, live_server, f"/draws/{drawn.session.code}/", width=360)
    page.locator("#id_ticket").focus()
    page.keyboard.type(placed.ticket.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice--done")

    go(page, live_server, "/offers/waiting/", width=360)
    page.locator("[name=groups]").fill("1, 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**groups=1**")
    assert page.locator(".waiting__steps > li").count() == 5
