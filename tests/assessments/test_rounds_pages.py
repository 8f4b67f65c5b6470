"""Schemes and rounds through their pages, without scripts: planned, opened, applied to, filled in, handed in, moved on."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.assessments.actions import advancing
from linli.assessments.models import Assessment, Candidacy, Draft, Round, Scheme
from linli.assessments.rules.instruments import Item
from linli.facts.models import Evidence
from tests.offers.console import desk, page, said, send
from tests.town import asking, directory
from tests.town import assessments as town
from tests.town import facts as known

pytestmark = pytest.mark.django_db
UNIT = "甲社区"
ITEMS = (
    Item("window", "yes_no", {"zh-hans": "有服务窗口"}, weight=6),
    Item("events", "count", {"zh-hans": "活动场次"}, weight=4, nought="0", full="400",
         indicator="training.trained"),
    Item("proof", "yes_no", {"zh-hans": "有制度"}, weight=2, evidence="needed"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def planner():
    return desk(town.planner())


@pytest.fixture
def officer():
    return desk(town.officer(UNIT))


@pytest.fixture
def held(noon):
    return town.opened(at=noon, of=town.edition(at=noon, of=town.form(*ITEMS)))


@pytest.fixture
def task(held, noon):
    one = town.candidate(UNIT, at=noon, of=held)
    return advancing.begin_self_check(by=town.officer(UNIT), at=noon, candidacy=one)


def days_from(first):
    return {f"day_{one}": first + timedelta(30 * n) for n, one in enumerate(town.STAGE_DAYS)}


def test_plans_opens_and_moves_on_a_round(planner, officer, client, noon):
    unit, edition = directory.unit(town.KEEPER), town.edition(at=noon)
    directory.unit(UNIT)
    given = {
        "name": "示范单位", "unit": unit.code, "area": "620200", "levels": "city 市级\nregion 省级\nnation 国家级",
        "categories": "机关\n社区",
    }  # fmt: skip
    assert "short key" in said(
        send(planner, "/console/schemes/new/", 422, **given | {"levels": "市级"})
    )
    send(planner, "/console/schemes/new/", **given)
    scheme = Scheme.objects.get()
    terms = {
        "year": "2026", "edition": edition.pk, "weight_self": "100", "objection_days": "7",
        "reply_days": "10", "doubled": "0",
    }  # fmt: skip
    new = f"/console/schemes/{scheme.code}/rounds/new/"
    assert "last day" in said(send(planner, new, 422, **terms))
    send(planner, new, **terms, **days_from(noon.date()))
    planned = Round.objects.get()
    here, there = f"/console/rounds/{planned.code}/", f"/schemes/rounds/{planned.code}/"
    assert planned.weights == {"self": 100}
    assert set(planned.days) == {"apply", "self", "score", "notice", "decision"}
    assert client.get(f"/en{there}").status_code == 404
    send(planner, f"{here}open/")
    wanted = {"category": "2", "level": "city", "words": "双语服务"}
    send(officer, f"{here}apply/", unit=directory.unit(UNIT).code, **wanted)
    assert UNIT in page(client, there)

    told = said(planner.get(f"/en{here}on/apply/"))
    assert "0 units go on" in told
    assert "has not passed" in told
    with time_machine.travel(noon + timedelta(1), tick=False):
        tomorrow = desk(town.planner())
        answer = tomorrow.get(f"/en{here}on/apply/")
        assert "1 unit goes on" in said(answer)
        send(tomorrow, f"{here}on/apply/", told=answer.context["mark"])
    assert Candidacy.objects.get().stage == "self"
    assert Assessment.objects.get().unit.name == UNIT


def test_fills_in_a_sheet_part_by_part_and_hands_it_in(officer, task, noon):
    fact = known.fact("310", at=noon)
    here = f"/console/assessments/{task.code}/"
    first = officer.get(f"/en{here}")
    assert "Figures fill 1 of 3 questions (33 %)" in said(first)
    assert f"/en/c/{fact.code}" in first.content.decode()
    assert first.headers["Cache-Control"].find("no-store") >= 0
    seen = first.context["seen"]

    wrong = {"v_window": "yes", "v_events": "many", "v_proof": "yes", "seen": seen}
    again = send(officer, f"{here}?part=s", 422, **wrong)
    assert 'value="many"' in again.content.decode()
    assert Draft.objects.get().answers == {"window": {"v": "yes"}, "proof": {"v": "yes"}}
    assert send(officer, f"{here}?part=s", 409, **wrong | {"v_events": "9"}).context["form"].errors
    right = wrong | {"v_events": "310", "seen": again.context["seen"], "evidence": "proof"}
    proof = send(officer, f"{here}?part=s", **right).url
    assert Draft.objects.get().answers["events"] == {"v": "310", "f": fact.code}

    assert "without it" in page(officer, f"{here}hand-in/")
    send(officer, f"{here}hand-in/", 422)
    photo = SimpleUploadedFile("a.jpg", asking.photo(), "image/jpeg")
    given = {"verb": "file", "file": photo, "name": "制度上墙"}
    assert officer.post(proof, given).status_code == 422
    photo.seek(0)
    assert officer.post(proof, given | {"nobody_shown": "on"}).status_code == 302
    evidence = Evidence.objects.get(kind="file")
    file = officer.get(f"/en/console/assessments/evidence/{evidence.pk}/")
    assert file.headers["Content-Type"] == "application/octet-stream"
    send(officer, f"{here}hand-in/")
    shown = page(officer, here)
    assert "handed in" in shown
    assert "制度上墙" in shown
    assert task.sheets.get().backings.get().evidence == evidence
    assert desk(town.officer("乙社区")).get(f"/en{here}").status_code == 404


def test_lists_the_units_own_tasks_alone(officer, task, held, noon, django_assert_max_num_queries):
    others = [town.candidate(f"{n}号社区", at=noon, of=held) for n in range(5)]
    for one in others[:4]:
        town.task("site", UNIT, at=noon, of=one)
    town.task("site", "丙社区", at=noon, of=others[4])

    with django_assert_max_num_queries(10):
        told = page(officer, "/console/assessments/")
    assert [told.count(f"{n}号社区") for n in range(5)] == [1, 1, 1, 1, 0]
    assert UNIT in told


def test_shows_a_round_to_everybody_in_few_queries(
    client, held, noon, django_assert_max_num_queries
):
    for n in range(8):
        town.candidate(f"{n}号社区", at=noon, of=held, level="nation" if n else "city")

    with django_assert_max_num_queries(9):
        told = page(client, f"/schemes/rounds/{held.code}/")
    assert (told.count("号社区"), told.count("国家级")) == (8, 7)
    assert page(client, f"/schemes/rounds/{held.code}/?words=3号").count("号社区") == 1


def test_says_who_checks_whom_to_those_alone_who_oversee_the_round(task, held, noon, planner):
    town.task("site", "丙社区", at=noon, of=task.candidacy)
    here = f"/console/candidates/{task.candidacy.code}/"

    assert "丙社区" in page(planner, here)
    assert "丙社区" not in page(desk(town.officer(UNIT)), here)


def test_leaves_a_round_and_says_why(officer, task):
    here = f"/console/candidates/{task.candidacy.code}/"

    assert "Leave the round" in page(officer, here)
    send(officer, f"{here}leave/", reason="装修")
    told = page(officer, here)
    assert "装修" in told
    assert "Leave the round" not in told
