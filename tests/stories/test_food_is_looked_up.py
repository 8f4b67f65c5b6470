"""The promise 清真食品电子监管平台、检验检测中心: a workshop applies and is inspected, gets its permit, and whoever scans the code reads a lot's
papers as they were; a certificate and a test are two records, and neither says the other. (In the browser: test_adulterated_lot.py,
test_permits.py, test_food_premises.py.)
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.assessments.actions import register
from linli.assessments.models import Subject
from linli.flows.inspected_to_premises import tell_new_inspections
from linli.trace.actions.keys import hand_phrase
from linli.trace.models import Application, Permit
from linli.trace.rules.validity import VALID
from tests.town import hostile_photos, inspections, permits, trace
from tests.town.told import desk, file, press, read, said

pytestmark = pytest.mark.django_db
GOOD = {"cold": "yes", "clean": 4, "label": "yes"}


def test_a_workshop_is_inspected_permitted_and_looked_up(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    place = trace.premises(at=noon)
    permits.kind(at=noon)
    officer = desk(trace.officer())
    public = f"/food/{place.code}/"
    assert place.name in read(client, public)

    # Who runs it signs in by a passphrase that the unit handed out, applies, and hands in a plan of the rooms.
    trader = Client()
    phrase = hand_phrase(by=trace.officer(), at=noon, operator=place.operator)
    press(trader, "/trade/in/", code=place.operator.code, passphrase=phrase)
    applied = press(trader, "/trade/permits/apply/", premises=place.code, scope=["processing"]).url
    press(
        trader, applied, kind="plan", nobody_shown="on",
        file=file("plan.jpg", hostile_photos.saved("JPEG")),
    )  # fmt: skip
    one = Application.objects.get()

    # The unit finds the papers in order and asks for a visit; what the visit found moves the application.
    at_desk = f"/console/permits/{one.code}/"
    paper = one.papers.get()
    press(officer, f"{at_desk}papers/{paper.pk}/", verb="accept")
    press(officer, at_desk, "/conclude/")
    press(officer, at_desk, "/visit/")
    subject = Subject.objects.get()
    visit = inspections.made(at=noon, day=localdate(noon), subject=subject, answers=GOOD)
    register.publish(by=inspections.officer(), at=noon, inspection=visit)
    assert tell_new_inspections(noon) == 1
    one.refresh_from_db()
    assert one.stage == "decision"

    # A second person grants it; the register and the page of the premises say so, with what was found.
    valid = {
        "valid_from": f"{localdate(noon)}",
        "valid_until": f"{localdate(noon) + timedelta(days=365)}",
    }
    press(desk(permits.second()), f"{at_desk}grant/", reason="现场符合要求", **valid)
    permit = Permit.objects.get()
    assert permit.number in read(client, public)

    # A lot from there: whoever scans its code reads that the papers were valid, and nothing about religion is concluded.
    lot = trace.lot(trace.product(place.operator, at=noon), place, at=noon)
    answer = client.get(f"/q/{lot.code}")
    told = said(answer)
    assert answer.context["found"].kind == VALID
    assert place.operator.name in told
    assert "清真" not in told.replace(place.operator.name, "")
