"""Fifty units check themselves and one another and are asked about; one objection is right; 42 are named for the
city, 7 for the region, 1 for the nation — in the real browser: the public, a supervisor, a planner and a second one.
In the end what the report claimed is proven by the register.
"""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from linli.assessments.models import Award, Objection, Score
from linli.assessments.tasks import TICKS
from linli.demo import recognition
from linli.demo.units import LIUBEI, unit_name
from linli.facts.models import Fact
from linli.flows.awards_to_claims import count_awards
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.limits import forget_all
from linli.kernel.models import Staff
from tests.browser.look import broken, look_at, no_overflow, sign_in
from tests.town import directory, facts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OBJECTED = datetime(2022, 9, 20, 2, tzinfo=UTC)
DECIDED = datetime(2022, 11, 3, 2, tzinfo=UTC)
WORDS = "交叉检查依据的是上一年度的材料。"
CLAIMS = {"recognition.city": 42, "recognition.regional": 7, "recognition.national": 1}


@pytest.fixture
def held(settings, time_machine):
    """The round on the day on which all results stand in public."""
    settings.CSRF_COOKIE_AGE = None  # the browser's own clock is years ahead
    area = directory.area(LIUBEI.code, name="柳北区", level="county")
    for office in ("民族宗教事务局", "民政局", "政府督查室"):
        directory.unit(unit_name(LIUBEI, office), area=area)
    for code, value in CLAIMS.items():
        indicator = facts.indicator(code, at=OBJECTED, name=code, unit="item")
        facts.fact(
            str(value), at=OBJECTED, indicator=indicator, area=area, period="2022",
            evidence=facts.span(at=OBJECTED, words=f"{value}个"),
        )  # fmt: skip
    round_ = recognition.until_told()
    time_machine.move_to(OBJECTED)
    forget_all()
    return round_


@pytest.fixture
def desk(browser, live_server):
    """Return how a member of staff comes in, in a browser of their own."""
    contexts = []

    def opened(username, name, role, office):
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}))
        unit = unit_name(LIUBEI, office)
        Staff.objects.create(
            username=username, name=name, role=role, unit=unit, password="long-enough-1"
        )
        page = contexts[-1].new_page()
        sign_in(page, live_server, username)
        return page

    yield opened
    for one in contexts:
        one.close()


def pressed(page, action):
    """Press the button of the form that is sent there."""
    page.locator(f'form[action="{action}"] button').first.click()
    page.wait_for_load_state()


def test_names_42_7_and_1_after_an_objection_that_was_right(
    page, live_server, held, desk, time_machine
):
    one = held.candidacies.order_by("pk")[recognition.DISPUTED]
    (first,) = one.scores.all()
    assert first.level == "region"

    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{reverse('assessments:round', args=[held.code])}")
    assert no_overflow(page)
    page.goto(f"{live_server.url}{reverse('assessments:candidacy', args=[one.code])}")
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, "candidate-360")
    page.click(f'a[href="{reverse("assessments:object_to", args=[one.code])}"]')
    page.locator("input[name=ground]").first.check()
    page.fill("textarea[name=words]", WORDS)
    page.locator("main form button").click()
    page.wait_for_selector(".claim")
    code, passphrase = page.locator(".claim").all_inner_texts()
    objection = Objection.objects.get()
    assert objection.code == code
    look_at(page, "objected-360")

    supervisor = desk("supervisor", "督查员(示例)", Role.SUPERVISOR, "政府督查室")
    supervisor.goto(f"{live_server.url}{reverse('assessments:console_objection', args=[code])}")
    assert WORDS not in supervisor.content()
    pressed(supervisor, reverse("assessments:objection_open", args=[code]))
    assert WORDS in supervisor.content()
    supervisor.check("input[name=outcome][value=score]")
    supervisor.fill("textarea[name=reason]", "一份检查表依据上一年度材料，不再计分。")
    pressed(supervisor, reverse("assessments:objection_resolve", args=[code]))
    one.refresh_from_db()
    assert one.stage == "score"

    page.goto(f"{live_server.url}{reverse('assessments:objection_door')}")
    page.fill("input[name=code]", code)
    page.fill("input[name=passphrase]", passphrase)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert "不再计分" in page.content()
    assert unit_name(LIUBEI, "政府督查室") in page.content()

    planner = desk("planner", "规划员(示例)", Role.PLANNER, "民族宗教事务局")
    doubtful = one.assessments.filter(kind="cross").order_by("pk")[0]
    planner.goto(f"{live_server.url}{reverse('assessments:console_candidacy', args=[one.code])}")
    pressed(planner, reverse("assessments:task_drop", args=[doubtful.code]))
    planner.goto(f"{live_server.url}{reverse('assessments:scores', args=[held.code])}")
    pressed(planner, reverse("assessments:scores_compute", args=[held.code]))
    assert Score.objects.filter(candidacy=one).order_by("number").last().level == "city"
    planner.goto(f"{live_server.url}{reverse('assessments:round_notice', args=[held.code])}")
    planner.locator("form.choosing button").click()
    planner.wait_for_load_state()

    time_machine.move_to(DECIDED)
    for tick in TICKS:
        tick.run(now())
    decisions = f"{live_server.url}{reverse('assessments:round_decisions', args=[held.code])}"
    sign_in(planner, live_server, "planner")  # weeks later
    planner.goto(decisions)
    assert no_overflow(planner)
    look_at(planner, "decisions-1366")
    pressed(planner, reverse("assessments:round_decide", args=[held.code]))
    assert not Award.objects.exists()
    second = desk("second", "复核员(示例)", Role.PLANNER, "民族宗教事务局")
    second.goto(decisions)
    pressed(second, reverse("assessments:round_confirm", args=[held.code]))

    levels = list(Award.objects.values_list("level", flat=True))
    assert {level: levels.count(level) for level in set(levels)} == {
        "city": 42, "region": 7, "nation": 1,
    }  # fmt: skip
    page.goto(f"{live_server.url}{reverse('assessments:honours')}")
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, "honours-360")
    count_awards(now())
    proven = Fact.objects.current().proven().filter(indicator__code__in=CLAIMS)
    assert set(
        proven.filter(supersedes__isnull=False).values_list("indicator__code", flat=True)
    ) == set(CLAIMS)
    call_command("replay_scores")
