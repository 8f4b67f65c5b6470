"""Offers for tests: a course with so many places, and who books them."""

from datetime import timedelta

from linli.kernel.actors import HOLDER, Role, system
from linli.offers.actions import attending, booking, offering
from tests.town import directory
from tests.town.staff import actor

__all__ = ["system"]
LABOUR = "嘉峪关市人力资源和社会保障局"


def officer(unit=LABOUR):
    return actor(Role.OFFICER, name="经办人", unit=unit)


def offer(*, at, published=True, **overrides):
    given = {
        "kind": "course",
        "title": "拉面师培训班",
        "unit": directory.unit(LABOUR),
        "area": directory.area(),
    } | overrides
    by = officer(given["unit"].name)
    made = offering.open_offer(by=by, at=at, draft=offering.OfferDraft(**given))
    return offering.publish(by=by, at=at, offer=made) if published else made


def session(capacity=10, *, at, of=None, **overrides):
    begins = at + timedelta(days=30)
    given = {
        "meetings": [(begins, begins + timedelta(hours=2))],
        "capacity": capacity,
        "booking_from": at - timedelta(days=1),
        "booking_until": at + timedelta(days=29),
    } | overrides
    made = of or offer(at=at)
    by = officer(made.unit.name)
    return offering.add_session(by=by, at=at, offer=made, draft=offering.SessionDraft(**given))


def booked(session, *, at, by=HOLDER, **wanted):
    return booking.book(by=by, at=at, session=session, wanted=booking.Wanted(**wanted)).booking


def attended(session, *bookings):
    """Mark that all of these bookings came to the first meeting, and end the list."""
    first = session.meetings.filter(cancelled_at=None).first()
    marks = [attending.Mark(f"test-{one.code}", one.code, one.size) for one in bookings]
    attending.take_marks(by=officer(), at=first.starts_at, meeting=first, marks=marks)
    attending.close_list(by=officer(), at=session.ends_at, session=session)
