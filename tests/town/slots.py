"""Appointments for tests: a window with its hours, and how they are cut."""

from datetime import time
from zoneinfo import ZoneInfo

from linli.offers.actions import slots
from tests.town import offers, services

TOWN = ZoneInfo("Asia/Shanghai")
MORNING = services.schedule(opens_at=time(9), closes_at=time(10))  # working days


def window(
    *,
    hours=(MORNING,),
    at=services.NOON,
    name="失业登记",
    station="祁连社区邻里服务站",
    **overrides,
):
    """A service at a window that keeps hours of its own."""
    service = services.service(name, at=at)
    place = services.station(station, at=at)
    given = {"window": "3号窗口", "schedules": tuple(hours)} | overrides
    return services.offer(service, place, at=at, **given)


def appointments(*, at, **overrides):
    return offers.offer(at=at, **{"kind": "appointment", "title": "失业登记预约", **overrides})


def plan(*, at, of=None, at_window=None, **overrides):
    """A plan whose slots of half an hour are cut for the next five days."""
    given = {"minutes": 30, "places": 2, "walk_ins": 1, "days_ahead": 5} | overrides
    draft = slots.PlanDraft(window=at_window or window(at=at), **given)
    return slots.plan_slots(
        by=offers.officer(), at=at, offer=of or appointments(at=at), draft=draft
    )
