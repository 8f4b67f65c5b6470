"""The organizer's page of appointments: plan a window, see what came of it, end it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.offers.models import Session, SlotPlan
from linli.offers.tasks import cut_slots
from tests.offers.test_slots_cutting import AFTERNOON, change_hours
from tests.town import offers
from tests.town import slots as town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(noon):
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def offer(noon):
    return town.appointments(at=noon)


def desk(client, role=Role.OFFICER, unit=offers.LABOUR):
    staff, _new = Staff.objects.get_or_create(
        username=f"{role}@{unit}",
        defaults={"name": "甲", "role": role, "unit": unit, "password": "long-enough-1"},
    )
    client.force_login(staff)
    return client


def here(offer):
    return "/en" + reverse("offers:slot_plans", args=[offer.code]).removeprefix("/en")


def given(at_window, **changed):
    return {
        "window": at_window.pk,
        "minutes": 30,
        "places": 2,
        "walk_ins": 1,
        "days_ahead": 5,
    } | changed


def test_plans_a_window(client, offer):
    window = town.window()
    assert str(window.pk) in desk(client).get(here(offer)).content.decode()

    answer = client.post(here(offer), given(window))

    assert (answer.status_code, answer["Location"]) == (302, here(offer))
    assert Session.objects.count() == 8
    assert b"0 / 8" in client.get(here(offer)).content


@pytest.mark.parametrize("changed", [{"minutes": 1}, {"walk_ins": 2}, {"window": 0}])
def test_says_what_is_wrong(client, offer, changed):
    answer = desk(client).post(here(offer), given(town.window(), **changed))

    assert answer.status_code == 422
    assert SlotPlan.objects.count() == 0


def test_says_what_lies_outside_the_hours(client, offer, noon):
    plan = town.plan(at=noon, of=offer)
    offers.booked(plan.sessions.first(), at=noon)
    change_hours(plan, AFTERNOON)
    cut_slots(noon)

    page = desk(client).get(here(offer)).content
    assert b"1 booked time lies outside the hours" in page
    assert b"1 / 9" in page


def test_ends_a_plan(client, offer, noon):
    plan = town.plan(at=noon, of=offer)
    address = reverse("offers:end_slot_plan", args=[offer.code, plan.pk])

    assert desk(client).post(address).status_code == 302
    assert SlotPlan.objects.get().ended_on is not None
    assert desk(client).post(address, follow=True).status_code == 200


@pytest.mark.parametrize("unit", ["嘉峪关市民政局"])
def test_is_the_units_own(client, offer, noon, unit):
    plan = town.plan(at=noon, of=offer)

    assert desk(client, unit=unit).get(here(offer)).status_code == 404
    address = reverse("offers:end_slot_plan", args=[offer.code, plan.pk])
    assert client.post(address).status_code == 404
    assert SlotPlan.objects.get().ended_on is None


def test_lets_a_clerk_look_and_not_plan(client, offer, noon):
    window = town.window()
    page = desk(client, Role.CLERK).get(here(offer))
    assert b'name="minutes"' not in page.content
    answer = client.post(here(offer), given(window))
    assert answer.status_code in {403, 422}
    assert SlotPlan.objects.count() == 0


def test_asks_few_questions_however_many_plans(client, offer, noon, django_assert_max_num_queries):
    for number in range(3):
        window = town.window(name=f"事项{number}", station=f"第{number}站")
        town.plan(at=noon + timedelta(minutes=number), of=offer, at_window=window)
    desk(client).get(here(offer))

    with django_assert_max_num_queries(12):
        client.get(here(offer))
