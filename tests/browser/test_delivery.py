"""Who keeps a promise and what it cost, in the real browser: linked at the desk without a script, read by everybody."""

import pytest

from linli.flows.commitment_to_offer import count_delivered
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import delivery, plans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "ug", "elder", "dark")


@pytest.fixture
def linked(browser, live_server, settings, time_machine, noon):
    """A promise that an officer has linked with its course and its account, in a browser without scripts."""
    settings.CSRF_COOKIE_AGE = None  # the browser's own clock is another
    time_machine.move_to(noon)
    Staff.objects.create(
        username="officer",
        name="经办人",
        role=Role.OFFICER,
        unit=plans.LEAD,
        password="long-enough-1",
    )
    made = delivery.whole(at=now())
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, live_server, "officer")
    page.goto(f"{live_server.url}/console/tasks/{made.task.code}/")
    page.click(f'a[href="/console/tasks/{made.task.code}/delivery/"]')
    page.select_option("[name=offer]", made.offer.code)
    page.select_option("[name=counts]", "sessions")
    page.locator("form:has([name=offer]) button").click()
    page.select_option("[name=account]", made.account.code)
    page.locator("form:has([name=account]) button").click()
    assert page.locator("form:has([name=way])").count() == 2
    context.close()
    count_delivered(now())
    return made


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_stands_in_every_look(page, live_server, linked, look, width):
    paths = {
        "delivered": f"/promises/tasks/{linked.task.code}/delivered/",
        "behind": f"/offers/{linked.offer.code}/promise/",
    }
    for name, path in paths.items():
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"delivery-{name}-{look}-{width}")


@pytest.mark.parametrize("width", SIZES)
def test_leads_from_the_offer_to_the_promise_and_what_it_cost(page, live_server, linked, width):
    go(page, live_server, f"/offers/{linked.offer.code}/", width=width, height=SIZES[width])
    page.click(f'a[href="/offers/{linked.offer.code}/promise/"]')
    page.click(f'a[href="/promises/tasks/{linked.task.code}/delivered/"]')
    page.wait_for_load_state()
    assert "17,500.00" in page.inner_text("main")
    assert page.locator(".lamp--done").count() == 1
    sign_in(page, live_server, "officer")
    go(
        page, live_server, f"/console/tasks/{linked.task.code}/delivery/", width=width,
        height=SIZES[width],
    )  # fmt: skip
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, f"delivery-desk-{width}")
