"""Pages of decisions before they are taken: what everybody sees, and the way of a decision on the console."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from linli.assessments.models import Hazard, Impact, Ruling, Subject
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.plans.models import Task
from tests.town import assessments as town
from tests.town import directory, projects
from tests.town import impacts as here

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = AT + timedelta(days=31)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def signed_in(client, role, unit, name="经办人"):
    who, _new = Staff.objects.get_or_create(
        username=f"{role}{unit}",
        defaults={"name": name, "role": role, "unit": unit, "password": "long-enough-1"},
    )
    client.force_login(who)
    return client


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def test_shows_nobody_what_does_not_lie_open(client):
    impact = here.begun(at=AT)

    assert client.get(f"/en/impacts/{impact.code}/").status_code == 404
    assert impact.subject.name not in page(client.get("/en/impacts/"))


def test_shows_everybody_what_is_said_and_decided(client, django_assert_max_num_queries):
    impact = here.opened(at=AT)
    here.assessed(impact, at=AT)
    answered = here.hazard(impact, at=AT)
    here.answered(answered, at=AT)
    for number in range(6):
        here.hazard(impact, at=AT, severity=1, words=f"小事{number}")
    here.decided(impact, at=LATER)
    client.get(f"/en/impacts/{impact.code}/")

    with django_assert_max_num_queries(14):
        shown = page(client.get(f"/en/impacts/{impact.code}/"))

    for words in ("把夜市搬到河东。", "摊位全部搬走", "增设便民早市", "采纳两条意见。", here.OTHER):
        assert words in shown
    assert "经办人" not in shown
    assert "决策人" not in shown
    for _ in range(3):
        here.opened(at=AT, edition=impact.edition, name="又一项")
    with django_assert_max_num_queries(8):
        shown = page(client.get("/en/impacts/?state=go"))
    assert "夜市搬迁" in shown
    assert "又一项" not in shown


def test_leads_a_decision_over_the_console_to_everybody(client, clock):
    edition = here.questions(at=AT)
    officer = signed_in(client, Role.OFFICER, directory.unit(here.PROPOSER).name)
    given = {
        "name": "夜市搬迁", "unit": directory.unit(here.PROPOSER).code, "area": "620200",
        "edition": edition.pk, "words": "搬到河东", "statement": "道路通畅",
    }  # fmt: skip
    wrong = officer.post("/en/console/impacts/new/", given | {"places": "月球"})
    assert wrong.status_code == 422
    assert not Subject.objects.exists()
    made = officer.post("/en/console/impacts/new/", given | {"places": "嘉峪关市：摊位搬走"})
    impact = Impact.objects.get()
    at = f"/en/console/impacts/{impact.code}/"
    assert made.headers["Location"] == at
    assert impact.places.get().words == "摊位搬走"

    assert officer.post(f"{at}open/", {"until": "2026-04-01"}).status_code == 422
    here.stated(impact, at=AT)
    assert officer.post(f"{at}open/", {"until": "2026-04-01"}).status_code == 302
    officer.post(f"{at}hazards/", {"words": "买菜更远", "severity": "3"})
    way = f"{at}hazards/1/"
    unit = directory.unit(here.PROPOSER).code
    assert officer.post(way, {"words": "", "unit": unit, "due_on": "2026-09-01"}).status_code == 422
    officer.post(way, {"words": "设早市", "unit": unit, "due_on": "2026-09-01"})
    assert officer.get(f"{at}decide/").status_code == 403
    here.assessed(impact, at=AT)

    clock.move_to(LATER)
    planner = signed_in(client, Role.PLANNER, here.DECIDER, "决策人")
    said = {"outcome": "go", "summary": "查明", "heard": "采纳", "reasons": "利大于弊"}
    assert planner.post(f"{at}decide/", said | {"heard": ""}).status_code == 422
    assert "设早市" in page(planner.get(f"{at}decide/"))
    assert planner.post(f"{at}decide/", said).status_code == 302
    assert Ruling.objects.get().outcome == "go"
    assert Hazard.objects.get().mitigations.get().words == "设早市"
    assert not Task.objects.exists()  # the calendar's


def test_strikes_a_hazard_with_a_reason(client):
    impact = here.opened(at=AT)
    here.hazard(impact, at=AT)
    officer = signed_in(client, Role.OFFICER, here.PROPOSER)
    way = f"/en/console/impacts/{impact.code}/hazards/1/strike/"

    assert officer.post(way, {"reason": ""}).status_code == 422
    assert officer.post(way, {"reason": "查清并无此事"}).status_code == 302
    assert Hazard.objects.get().struck_why == "查清并无此事"


def test_shows_an_officer_what_the_own_unit_proposes_or_assesses(client):
    here.opened(at=AT)
    asked = here.opened(at=AT, name="河道整治", edition=town.edition(
        at=AT, of=town.form(*here.QUESTIONS, levels=()), use="impact", name="别的问卷"))  # fmt: skip
    here.assessed(asked, at=AT)
    other = signed_in(client, Role.OFFICER, here.OTHER)

    shown = page(other.get("/en/console/impacts/"))

    assert "河道整治" in shown
    assert "夜市搬迁" not in shown
    hidden = Impact.objects.exclude(pk=asked.pk).get()
    assert other.get(f"/en/console/impacts/{hidden.code}/").status_code == 404


def test_leads_from_a_project_to_its_assessment(client):
    project = projects.project(at=AT)
    officer = signed_in(client, Role.OFFICER, projects.KEEPER)

    went = officer.post(f"/en/console/projects/{project.code}/impact/")

    subject = Subject.objects.get()
    assert went.headers["Location"] == f"/en/console/impacts/new/?subject={subject.code}"
    given = {
        "edition": here.questions(at=AT).pk, "words": "建门诊楼", "statement": "就医更近",
        "places": project.receiving.code,
    }  # fmt: skip
    officer.post(went.headers["Location"], given)
    impact = Impact.objects.get()
    assert impact.subject == subject
    again = officer.post(f"/en/console/projects/{project.code}/impact/")
    assert again.headers["Location"] == f"/en/console/impacts/{impact.code}/"
