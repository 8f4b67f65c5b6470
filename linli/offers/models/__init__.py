"""The tables of the offers."""

from linli.offers.models.booking import Attendance, Booking, BookingStep, WalkIns
from linli.offers.models.offer import Lesson, Offer, SlotPlan, Training
from linli.offers.models.outcome import Certificate, FollowUp, Outcome
from linli.offers.models.session import Draw, Meeting, Session

__all__ = [
    "Attendance",
    "Booking",
    "BookingStep",
    "Certificate",
    "Draw",
    "FollowUp",
    "Lesson",
    "Meeting",
    "Offer",
    "Outcome",
    "Session",
    "SlotPlan",
    "Training",
    "WalkIns",
]
