"""The tables of the offers."""

from linli.offers.models.booking import Attendance, Booking, BookingStep, WalkIns
from linli.offers.models.contest import Contest, Criterion, Entry, Grade, Mark
from linli.offers.models.fair import Stand, Timetable, Vacancy
from linli.offers.models.interview import Interview, Wish
from linli.offers.models.offer import Lesson, Offer, SlotPlan, Training
from linli.offers.models.outcome import Certificate, FollowUp, Helped, Outcome
from linli.offers.models.quiz import Question, Quiz, SpentVisit
from linli.offers.models.session import Draw, Meeting, Session
from linli.offers.models.volunteer import Hours, Neighbour, Pair, Pairing

__all__ = [
    "Attendance",
    "Booking",
    "BookingStep",
    "Certificate",
    "Contest",
    "Criterion",
    "Draw",
    "Entry",
    "FollowUp",
    "Grade",
    "Helped",
    "Hours",
    "Interview",
    "Lesson",
    "Mark",
    "Meeting",
    "Neighbour",
    "Offer",
    "Outcome",
    "Pair",
    "Pairing",
    "Question",
    "Quiz",
    "Session",
    "SlotPlan",
    "SpentVisit",
    "Stand",
    "Timetable",
    "Training",
    "Vacancy",
    "WalkIns",
    "Wish",
]
