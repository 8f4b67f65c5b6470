"""What the matrix asks of courses: one that is over and was passed, its certificate, a question that was asked."""

from datetime import timedelta
from uuid import UUID

from django.test import Client

from linli.offers.actions import following_up
from linli.offers.actions.certifying import certify
from linli.offers.actions.lessons import Planned, plan_lessons
from linli.offers.models import Booking
from linli.offers.rules.jcs import canonical
from tests.town import courses, offers

__all__ = ["SENT", "build"]


def build(has, *, at):
    """Return the parts of addresses, and the cookies of who holds the booking that was passed."""
    began = at - timedelta(days=65)  # it ended 35 days ago
    later = at - timedelta(days=34)
    has.course = offers.offer(at=began, unit=has.lead, area=has.area, kept_days=60)
    plan_lessons(by=offers.officer(), at=began, offer=has.course, plan=[Planned("和面")])
    has.order = courses.ordered(has.course, at=began)
    has.run = offers.session(at=began, of=has.course)
    has.passed, two = (courses.taken(has.run, at=began, size=2) for _ in range(2))
    courses.over(has.run, has.passed, two)
    for one in (has.passed, two):
        one.booking.refresh_from_db()
        courses.reached(one, at=later, people=2)
    has.issued = certify(at=later, booking=_whole(has.passed))
    asked, unasked = (
        following_up.allow_asking(
            at=later, booking=_whole(one), contact=("sms", number), language=""
        )
        for one, number in ((two, "13900000088"), (courses.passed(at=began, of=has.course), "13900000089"))
    )  # fmt: skip
    asked.asked = 30
    asked.save(update_fields=["asked"])
    has.hired = courses.passed(at=began, of=has.course)
    parts = {
        "course": {"code": has.course.code},
        "run of a course": {"code": has.run.code},
        "held booking that was passed": {"code": has.passed.booking.code},
        "passed without a ticket": {"code": two.booking.code},
        "held booking not asked yet": {"code": has.hired.booking.code},
        "certificate": {"number": has.issued.certificate.pk},
        "no certificate": {"number": UUID(int=1)},
        "status list": {"number": 0},
        "no status list": {"number": 7},
        "follow-up": {"code": asked.code},
        "follow-up to come": {"code": unasked.code},
        "no follow-up": {"code": "7K3M-92QD"},
    }
    held = {
        "held booking that was passed": _cookies(has.passed),
        "held booking not asked yet": _cookies(has.hired),
    }
    return parts, held


def _whole(one):
    bookings = Booking.objects.select_related("session__offer__unit", "subject")
    return bookings.get(pk=one.booking.pk)


def _cookies(one):
    client = Client()
    client.post("/bookings/", {"code": one.booking.code, "passphrase": one.passphrase})
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _text(has):
    return canonical(has.issued.document).decode()


SENT = {
    ("offers:certificate", "valid"): lambda has: {"named": "甲"},
    ("offers:certificate_withdraw", "valid"): lambda has: {"number": has.issued.certificate.number},
    ("offers:console_certificates", "valid"): lambda has: {
        "certificate": has.issued.certificate.number, "why": "登记有误",
    },
    ("offers:certificate_file", "valid"): lambda has: {"credential": _text(has), "form": "pdf"},
    ("offers:credentials", "valid"): lambda has: {"text": _text(has)},
    ("offers:ask_later", "valid"): lambda has: {"channel": "sms", "address": "13900000087"},
    ("offers:asked", "valid"): lambda has: {"employed": "2", "through": has.order.code},
    ("offers:course_plan", "valid"): lambda has: {"plan": "和面\n拉面"},
    ("offers:session_lessons", "valid"): lambda has: {"meeting-1": "1"},
    ("offers:trainings", "valid"): lambda has: {
        "organization": courses.employer("乙公司", at=has.course.at).pk, "places": "3", "role": "拉面师",
    },
    ("offers:hire", "valid"): lambda has: {
        "training": has.order.code, "code": has.hired.booking.code, "people": "1",
    },
}  # fmt: skip
