"""What the parts of the engine add to the page of a booking, in the order in which it is shown."""

from linli.offers.views import (
    booked_data,
    certificates,
    draws,
    fairs_wishes,
    following_up,
    hours_given,
)
from linli.offers.views.held import Section

SECTIONS: tuple[Section, ...] = (
    Section("offers/_calendar_booking.html", draws.section),
    Section("offers/_fairs_booking.html", fairs_wishes.section),
    Section("offers/_courses_certificate.html", certificates.section),
    Section("offers/_courses_leave.html", following_up.section),
    Section("offers/_volunteer_given.html", hours_given.section),
    Section("offers/_slots_data.html", booked_data.section),
)
