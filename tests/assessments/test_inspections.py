"""Visits: planned, made once however often they are sent, their findings put right."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from linli.assessments.actions import inspecting
from linli.assessments.models import (
    Assessment,
    Finding,
    Inspection,
    Sheet,
    SheetSignature,
)
from linli.assessments.queries.inspections import inspections_seen, to_visit
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import assessments, directory
from tests.town import inspections as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def visit(now):
    return town.planned(at=now)


@pytest.fixture
def made(now):
    return town.made(at=now)


def refused(deed, **given):
    with pytest.raises(Refused) as told, transaction.atomic():
        deed(**given)
    return told.value.code


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"day": date(2026, 3, 1)}, "day_past"),
        ({"edition": "scheme"}, "wrong_use"),
        ({"subject": "decision"}, "not_premises"),
        ({"subject": "itself"}, "oneself"),
    ],
)
def test_refuses_a_visit_that_cannot_be(now, wrong, code):
    given = dict(wrong)
    if "edition" in wrong:
        given["edition"] = assessments.edition(at=now)
    if "subject" in wrong:
        kind, unit = (
            ("decision", None) if wrong["subject"] == "decision" else ("premises", town.UNIT)
        )
        draft = town.subjects.SubjectDraft(
            kind, "自己", directory.area(), unit=directory.unit(unit) if unit else None
        )
        given["subject"] = town.subjects.name_subject(by=town.officer(), at=now, draft=draft)

    assert refused(town.planned, at=now, **given) == code
    assert not Inspection.objects.exists()
    assert not Assessment.objects.exists()


def test_refuses_the_same_visit_twice_and_one_in_another_units_name(now, visit):
    task = visit.assessment
    draft = inspecting.InspectionDraft(task.edition, task.subject, task.unit, date(2026, 3, 3))

    again = refused(inspecting.plan_inspection, by=town.officer(), at=now, draft=draft)
    other = refused(
        inspecting.plan_inspection, by=assessments.officer("别的单位"), at=now, draft=draft
    )

    assert (again, other, Inspection.objects.count()) == ("planned_already", "not_own_unit", 1)


def test_takes_in_a_visit_with_its_findings(now, visit):
    sheet = inspecting.bring_in(
        by=town.officer(),
        at=now,
        inspection=visit,
        brought=town.brought(filled_at=now + timedelta(1)),
    )

    found = {one.item: (one.severity, one.state) for one in visit.findings.all()}
    assert found == {"cold": ("grave", "open"), "label": ("slight", "open")}
    assert (sheet.number, sheet.filled_at) == (1, now)  # a telephone's clock was ahead


def test_takes_in_the_same_sheet_once_and_another_as_the_next_revision(now, visit):
    client = uuid4()
    bring = {"by": town.officer(), "at": now, "inspection": visit}
    for _time in range(3):
        inspecting.bring_in(**bring, brought=town.brought(client=client))
    late = inspecting.bring_in(**bring, brought=town.brought({"cold": "yes", "clean": 0}))

    assert (Sheet.objects.count(), SheetSignature.objects.count(), late.number) == (2, 2, 2)
    # What one telephone found stays found, whatever the other one says.
    assert {one.item for one in visit.findings.all()} == {"cold", "label", "clean"}
    other = town.brought({"cold": "yes"}, client=client)
    assert refused(inspecting.bring_in, **bring, brought=other) == "client_taken"


@pytest.mark.parametrize(
    ("brought", "code"),
    [
        ({"strokes": ""}, "no_signature"),
        ({"strokes": '[[["x", 1]]]'}, "no_signature"),
        ({"strokes": "", "words": "长" * 501}, "words_too_long"),
        ({"answers": {"clean": 9}}, "not_an_answer"),
        ({"photos": {"none": []}}, "no_photo_item"),
    ],
)
def test_refuses_a_sheet_that_is_not_whole(now, visit, brought, code):
    given = town.brought(**brought)

    told = refused(inspecting.bring_in, by=town.officer(), at=now, inspection=visit, brought=given)

    assert told == code
    assert not Sheet.objects.exists()
    assert not Finding.objects.exists()


def test_refuses_a_sheet_of_another_unit_and_of_a_visit_called_off(now, visit):
    given = {"at": now, "inspection": visit, "brought": town.brought()}

    other = refused(inspecting.bring_in, by=assessments.officer("别的单位"), **given)
    inspecting.call_off(by=town.officer(), at=now, inspection=visit)
    off = refused(inspecting.bring_in, by=town.officer(), **given)

    assert (other, off, Sheet.objects.count()) == ("not_own_unit", "dropped", 0)


def test_refuses_to_call_off_what_was_made(now, made):
    assert refused(inspecting.call_off, by=town.officer(), at=now, inspection=made) == "made"


def test_shows_a_drawn_visit_before_its_last_day(now):
    town.planned(at=now, day=date(2026, 3, 20), drawn="7K3M-92QD")

    assert to_visit(town.UNIT, date(2026, 3, 2)).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("marks", "sheets"), [(1, 1), (4, 4)])
def test_takes_one_sheet_from_a_telephone_that_sends_four_times_at_once(now, marks, sheets):
    """The control: with a mark of its own for each sending, each is a sheet."""
    visit, by = town.planned(at=now), town.officer()
    sent = [
        town.brought(client=client) for client in [uuid4() for _mark in range(marks)] * (4 // marks)
    ]

    failures = at_once(
        4, lambda n: inspecting.bring_in(by=by, at=now, inspection=visit, brought=sent[n])
    )

    assert failures == []
    assert Sheet.objects.count() == SheetSignature.objects.count() == sheets
    assert visit.findings.count() == 2


def test_shows_a_planned_visit_to_who_goes_and_to_nobody_visited(now):
    shop = town.premises(at=now, name="机关食堂", unit=directory.unit("机关事务局"))
    visit = town.planned(at=now, subject=shop)
    seen = {
        who.unit + who.role: inspections_seen(who).filter(pk=visit.pk).exists()
        for who in (
            town.officer(),
            assessments.planner(),
            assessments.officer("机关事务局"),
            actor(Role.SUPERVISOR, unit="机关事务局"),
        )
    }

    assert list(seen.values()) == [True, True, False, False]
    assert [one.pk for one in to_visit(town.UNIT, date(2026, 3, 2))] == [visit.pk]
    assert not to_visit(town.UNIT, date(2026, 3, 1)).exists()
    assert not to_visit("机关事务局", date(2026, 3, 2)).exists()
