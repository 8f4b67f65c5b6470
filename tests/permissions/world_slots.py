"""What the matrix asks of appointments: an offer with a plan, a window for another, and a booking that can be moved."""

from datetime import timedelta

from django.test import Client

from linli.kernel.actors import HOLDER
from linli.offers.actions.booking import Wanted, book
from linli.offers.actions.reading import open_roster
from tests.town import offers, slots


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the person who holds the booking."""
    days = {"days_ahead": 6}
    has.appointments = slots.appointments(at=at, unit=has.lead, area=has.area)
    has.slot_plan = slots.plan(at=at, of=has.appointments, **days)
    has.other_window = slots.window(at=at, name="社保查询", station="雄关社区邻里服务站")
    later = has.slot_plan.sessions.filter(starts_at__gt=at + timedelta(days=2))
    mine, has.other_slot, anothers = later.order_by("starts_at")[:3]
    has.appointment = book(by=HOLDER, at=at, session=mine, wanted=Wanted(name="丁"))
    open_roster(by=offers.officer(), at=at, session=mine, purpose="prepare")
    code, other = has.appointment.booking.code, offers.booked(anothers, at=at).code
    look = has.appointment.booking.subject.looks.get().code
    parts = {
        "appointments": {"code": has.appointments.code},
        "plan of slots": {"code": has.appointments.code, "number": has.slot_plan.pk},
        "held appointment": {"code": code},
        "appointment without a ticket": {"code": other},
        "held appointment's look": {"code": code, "look": look},
        "look at an appointment without a ticket": {"code": other, "look": look},
    }
    client = Client()
    client.post("/bookings/", {"code": code, "passphrase": has.appointment.passphrase})
    cookies = {name: one.value for name, one in client.cookies.items()}
    return parts, {"held appointment": cookies, "held appointment's look": cookies}


SENT = {
    ("offers:booking_move", "valid"): lambda has: {"time": has.other_slot.code},
    ("offers:slot_plans", "valid"): lambda has: {
        "window": has.other_window.pk, "minutes": 30, "places": 2, "walk_ins": 1, "days_ahead": 6,
    },
}  # fmt: skip
