"""What the matrix asks of the organizer's console: a session that meets today, its meeting, others' meeting."""

from datetime import timedelta

from tests.town import offers

__all__ = ["SENT", "build"]


def build(has, *, at):
    """Return the parts of addresses."""
    begins = at + timedelta(days=1, hours=1)
    meets = [(begins, begins + timedelta(hours=1))]
    has.today = offers.session(at=at, of=has.offer, meetings=meets, booking_until=begins)
    has.expected = offers.booked(has.today, at=at, name="暗处")
    return {
        "meeting": {"code": has.today.code, "number": 1},
        "kept meeting": {"code": has.hidden_session.code, "number": 1},
        "session today": {"code": has.today.code},
        "expected booking": {"code": has.expected.code},
    }


def _window(has):
    return {
        "most_together": "4", "booking_from": "2026-11-22T09:00", "booking_until": "2026-11-22T12:30",
        "floor_web": "0", "floor_phone": "0", "floor_station": "0",
    }  # fmt: skip


def _offer(has):
    return {"title": "新课程", "cost": "0", "kept_days": "7"}


def _mark(has):
    return {"name": "m", "code": has.expected.code, "came": "1"}


SENT = {
    ("offers:console_new", "valid"): lambda has: (
        _offer(has) | {"kind": "course", "unit": has.lead.code, "area": has.area.code}
    ),
    ("offers:amend_offer", "valid"): _offer,
    ("offers:new_session", "valid"): lambda has: (
        _window(has)
        | {
            "first_on": "2026-12-01",
            "begins": "09:00",
            "ends": "11:00",
            "capacity": "9",
            "way": "first",
        }
    ),
    ("offers:counter_book", "valid"): lambda has: {"door": "phone", "size": "1", "channel": "none"},
    ("offers:scanned", "valid"): _mark,
    ("offers:amend_session", "valid"): _window,
    ("offers:resize_session", "valid"): lambda has: {"capacity": "60"},
    ("offers:call_off", "valid"): lambda has: {"why": "下雪"},
    ("offers:move_meeting", "valid"): lambda has: {
        "day": "2026-11-23",
        "begins": "09:00",
        "ends": "10:00",
    },
    ("offers:roster", "for a purpose"): lambda has: {"purpose": "door"},
    ("offers:marks", "valid"): _mark,
    ("offers:walk_ins", "valid"): lambda has: {"came": "3"},
}
