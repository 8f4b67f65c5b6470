"""The copy of a case that its person takes: every row that belongs to it, notes and other cities too."""

from datetime import UTC, datetime

import pytest

from linli.cases.actions import handling
from linli.cases.models import Case
from linli.cases.queries.exported import all_of
from tests.town import cases as town
from tests.town import cities

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
# Each table that points to a case, and the part of the copy that tells of it.
TOLD = {
    "cases.Step": "steps",
    "cases.ClockEvent": "clocks",
    "cases.HandOver": "hand_overs",
    "cases.JointUnit": "joint_units",
    "cases.Attachment": "files",
    "cases.Referral": "other_cities",
    "cases.Correction": "correction",
}


def test_tells_of_every_table_that_points_to_a_case():
    pointing = {relation.related_model._meta.label for relation in Case._meta.related_objects}

    assert pointing == set(TOLD)
    assert set(TOLD.values()) <= set(all_of(town.asked(at=MONDAY), MONDAY))


def test_holds_the_words_of_notes_and_says_that_no_page_shows_them():
    case = town.taken(at=MONDAY)
    handling.note(by=town.officer(), at=MONDAY, case=case, words="已电话联系物业。")

    *_before, note = all_of(case, MONDAY)["steps"]

    assert (note["verb"], note["words"], note["on_the_page"]) == (
        "noted",
        "已电话联系物业。",
        False,
    )


def test_names_the_other_city_its_unit_and_what_it_may_read():
    case = town.asked(at=MONDAY)
    referral = cities.referred(at=MONDAY, case=case)

    (told,) = all_of(case, MONDAY)["other_cities"]

    assert told == {
        "partner__name": referral.partner.name,
        "unit_name": referral.unit_name,
        "grant__fields": referral.grant.fields,
        "state": "waiting",
        "at": MONDAY,
        "answered_at": None,
        "envelope": referral.envelope,
    }


def test_holds_nothing_of_another_case():
    case = town.asked(at=MONDAY)
    other = town.taken(at=MONDAY, words="CNRY-other")
    handling.note(by=town.officer(), at=MONDAY, case=other, words="CNRY-note")

    assert "CNRY" not in str(all_of(case, MONDAY))
