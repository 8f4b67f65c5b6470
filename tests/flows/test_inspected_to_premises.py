"""From a published inspection to the premises: told as it stands, alerts for what is grave, applications moved on."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.assessments.actions import register
from linli.assessments.models import Subject
from linli.flows.inspected_to_premises import (
    premises_subject,
    tell_all_inspections,
    tell_new_inspections,
)
from linli.trace.models import Alert, Application, Visit
from tests.town import inspections, permits, trace

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
GOOD = {"cold": "yes", "clean": 4, "label": "yes"}


@pytest.fixture
def place():
    return trace.premises(at=NOON)


def visited(place, at, answers=None, *, publish=True):
    subject = premises_subject(by=inspections.officer(), at=at, premises=place)
    one = inspections.made(at=at, day=at.date(), answers=answers, subject=subject)
    if publish:
        register.publish(by=inspections.officer(), at=at, inspection=one)
    return one


def test_tells_how_a_published_visit_stands_as_often_as_it_is_told(place):
    one = visited(place, NOON)
    assert [tell_new_inspections(NOON), tell_all_inspections(NOON)] == [1, 1]
    visit = Visit.objects.get()
    assert (visit.code, visit.premises, visit.made_on) == (one.assessment.code, place, NOON.date())
    assert (visit.findings, visit.open) == (2, 2)
    alert = Alert.objects.get()
    assert (alert.kind, alert.unit, alert.said["grave"]) == (
        "check",
        place.operator.unit,
        visit.grave,
    )

    one.findings.filter(severity="grave").update(state="withdrawn", settled_at=NOON, reason="误记")
    assert tell_new_inspections(NOON + timedelta(days=9)) == 0  # it is not new any more
    tell_all_inspections(NOON + timedelta(days=9))
    visit.refresh_from_db()
    assert (visit.findings, visit.grave) == (1, 0)


def test_says_nothing_of_what_is_not_published_or_has_no_page_here(place):
    visited(place, NOON, publish=False)
    other = inspections.made(at=NOON, day=NOON.date(), subject=inspections.premises(at=NOON))
    register.publish(by=inspections.officer(), at=NOON, inspection=other)
    assert tell_all_inspections(NOON) == 0
    assert not Visit.objects.exists()


def test_moves_an_application_that_waits_for_a_visit_and_no_other(place):
    waiting = permits.concluded(permits.filed(place, at=NOON), at=NOON)
    elsewhere = trace.premises("二厂", at=NOON, of=place.operator)
    other = permits.concluded(permits.filed(elsewhere, at=NOON), at=NOON)
    visited(place, NOON + timedelta(hours=1), GOOD)

    for _time in range(2):
        tell_new_inspections(NOON + timedelta(hours=2))

    stages = dict(Application.objects.values_list("code", "stage"))
    assert stages == {waiting.code: "decision", other.code: "visit"}
    assert waiting.steps.filter(to="decision", words=Visit.objects.get().code).count() == 1
    assert not Alert.objects.exists()


def test_moves_nothing_by_a_visit_before_it_was_filed(place):
    visited(place, NOON, GOOD)
    later = NOON + timedelta(days=1)
    waiting = permits.concluded(permits.filed(place, at=later), at=later)
    tell_new_inspections(later)
    waiting.refresh_from_db()
    assert waiting.stage == "visit"


def test_names_premises_once(place):
    officer = inspections.officer()
    first = premises_subject(by=officer, at=NOON, premises=place)
    assert premises_subject(by=officer, at=NOON, premises=place) == first
    assert Subject.objects.get().address == f"/food/{place.code}/"
