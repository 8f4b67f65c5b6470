"""The pages of draws: planned and looked at in the console, told to everybody, and never too early."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from linli.assessments.actions import inspecting
from linli.assessments.models import Conflict, Draw, Inspection, Inspector, Recusal
from linli.kernel import verify_draw
from linli.kernel.actors import Role
from tests.offers.console import desk
from tests.town import assessments as town
from tests.town import directory, drawn, inspections
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def round_():
    return town.opened(at=AT, doubled=0)


@pytest.fixture
def planner():
    return desk(town.planner())


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as moved:
        yield moved


def told(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_plans_a_draw_of_checks_and_shows_what_it_comes_to(planner, round_):
    drawn.candidates(6, at=AT, of=round_)
    address = f"/en/console/rounds/{round_.code}/assign/"

    assert "1–2" not in told(planner, address)
    response = planner.get(address)
    assert response.context["list"].tasks == 12
    assert (response.context["list"].least, response.context["list"].most) == (2, 2)
    assert planner.post(address, {"each": "2"}).status_code == 422
    assert not Draw.objects.exists()
    planner.post(address, {"each": "2", "closes_at": "2026-03-02T12:00"})

    planned = Draw.objects.get()
    assert planned.commitment in told(planner, address)
    done = drawn.drawn(planned)
    page = planner.get(address)
    assert len(page.context["page"].object_list) == 12
    assert "no-store" in page["Cache-Control"]
    assert done.seed not in page.content.decode()


def test_warns_of_a_list_that_cannot_be_dealt_out(planner, round_):
    drawn.candidates(4, at=AT, of=round_)

    response = planner.get(f"/en/console/rounds/{round_.code}/assign/")

    assert response.context["list"].impossible  # eight checks, six pairs
    assert "This cannot be dealt out" in response.content.decode()


def test_shows_who_checks_whom_to_nobody_who_takes_part(round_):
    drawn.candidates(6, at=AT, of=round_)

    told(desk(town.officer("第1社区")), f"/console/rounds/{round_.code}/assign/", status=404)


def test_takes_a_draw_back_in_public(client, planner, round_):
    drawn.candidates(6, at=AT, of=round_)
    planned = drawn.checks(at=AT, of=round_)
    planner.post(f"/console/site-draws/{planned.code}/withdraw/", {"reason": "人数有误"})

    assert "人数有误" in told(client, f"/en/schemes/draws/{planned.code}/")


def test_tells_everybody_that_it_was_drawn_and_only_later_what(client, clock, tmp_path):
    shop = inspections.premises(at=AT)
    pool = drawn.pool(2, at=AT)
    done = drawn.drawn(drawn.sites(at=AT, take=1))
    address, file = f"/en/schemes/draws/{done.code}/", f"/schemes/draws/{done.code}.json"
    secrets = [shop.name, done.seed, *(one.code for one in pool)]

    for early in (AT, AT + timedelta(days=9)):
        clock.move_to(early)
        for said in (told(client, address), told(client, file), told(client, "/en/schemes/draws/")):
            assert not [one for one in secrets if one in said]
    assert done.commitment in told(client, address)
    assert str(done.position) in told(client, address)

    clock.move_to(datetime.combine(done.shown_on, datetime.min.time(), UTC))
    assert shop.name not in told(client, address)  # nobody was there yet
    [visit] = Inspection.objects.filter(drawn=done.code)
    inspecting.call_off(by=inspections.officer(), at=AT, inspection=visit)
    assert not [one for one in secrets if one not in told(client, address)]
    kept = tmp_path / "draw.json"
    kept.write_text(told(client, file))
    assert verify_draw.main([str(kept), "--commitment", done.commitment]) == 0
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"result": []}))
    assert verify_draw.main([str(kept)]) == 1


def test_says_how_late_a_draw_is_that_is_held_back(client, clock, round_):
    planned = drawn.checks(at=AT, of=round_)
    address = f"/en/schemes/draws/{planned.code}/"

    assert "This draw is late" not in told(client, address)
    clock.move_to(planned.closes_at + timedelta(hours=5))
    assert "This draw is late" in told(client, address)


def test_plans_a_draw_of_sites_and_shows_it_to_who_is_sent_alone(planner):
    inspections.premises(at=AT)
    unit, area, checklist = (
        directory.unit(inspections.UNIT),
        directory.area(),
        inspections.checklist(at=AT),
    )
    drawn.pool(2, at=AT)
    given = {
        "name": "三月双随机抽查", "unit": unit.code, "edition": checklist.pk, "crew": 2, "pool": [unit.code],
        "closes_at": "2026-03-02T12:00", "until": "2026-03-20",
    }  # fmt: skip

    assert planner.post("/console/site-draws/new/", given | {"area_1": area.pk}).status_code == 422
    assert not Draw.objects.exists()
    planner.post("/console/site-draws/new/", given | {"area_1": area.pk, "take_1": 1})

    address = f"/en/console/site-draws/{Draw.objects.get().code}/"
    assert "三月双随机抽查" in told(planner, "/en/console/site-draws/")
    drawn.drawn(Draw.objects.get())
    assert "清香面馆" in told(desk(inspections.officer()), address)
    told(desk(town.officer("教育局")), address, status=404)


def test_hides_a_visit_from_the_unit_that_is_visited(planner):
    unit = directory.unit("民族宗教事务局")
    inspections.premises(at=AT, unit=unit)
    drawn.pool(2, at=AT)
    address = f"/en/console/site-draws/{drawn.drawn(drawn.sites(at=AT, take=1)).code}/"

    assert "清香面馆" not in told(planner, address)
    assert "清香面馆" in told(desk(actor(Role.SUPERVISOR, unit="监督处")), address)  # the control


def test_tells_and_ends_conflicts(planner):
    one, other = directory.unit("甲社区"), directory.unit("乙社区")
    planner.post(
        "/console/conflicts/", {"one": one.code, "other": other.code, "reason": "合署办公"}
    )

    assert "合署办公" in told(planner, "/en/console/conflicts/")
    assert planner.post("/console/conflicts/", {"one": one.code}).status_code == 422
    planner.post(f"/console/conflicts/{Conflict.objects.get().pk}/end/")
    assert "合署办公" not in told(planner, "/en/console/conflicts/")


def test_keeps_the_pool_by_codes(planner):
    unit, shop = directory.unit(inspections.UNIT), inspections.premises(at=AT)
    planner.post("/console/site-draws/pool/", {"unit": unit.code})
    one = Inspector.objects.get()
    address = f"/en/console/site-draws/pool/{one.code}/"

    assert planner.post(address, {"premises": "0000-0000"}).status_code == 422
    planner.post(address, {"premises": shop.code.lower()})
    assert shop.name in told(planner, address)
    planner.post(f"/console/site-draws/recusals/{Recusal.objects.get().pk}/end/")
    assert shop.name not in told(planner, address)
    planner.post(f"{address}end/")
    told(planner, address, status=404)


def test_asks_few_questions_however_many_were_drawn(
    client, planner, round_, clock, django_assert_max_num_queries
):
    drawn.candidates(7, at=AT, of=round_)
    done = drawn.drawn(drawn.checks(at=AT, of=round_))

    with django_assert_max_num_queries(16):
        told(planner, f"/en/console/rounds/{round_.code}/assign/")
    clock.move_to(datetime.combine(done.shown_on, datetime.min.time(), UTC))
    with django_assert_max_num_queries(8):
        told(client, f"/en/schemes/draws/{done.code}/")
