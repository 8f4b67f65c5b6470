"""From a person no way leads to what stands in for a trait (P2): a language, a meal, an origin, a station that
was visited, a code that was looked up. What a request needs is sealed with it, and goes with it.
"""

import re

import pytest
from django.db import models
from django.test.utils import isolate_apps

from linli.cases.models import Case, Draft
from linli.cases.rules.reasons import FIELDS
from linli.directory.models import LanguageHours, Location
from linli.kernel.fields import SealedField
from linli.kernel.models import Subject
from linli.offers.models import Booking, Entry, Question
from tests.privacy.person import linked, ours, ways_from

PROXY = re.compile(
    r"language|tongue|interpret|meal|diet|halal|food|origin|home_?town|birth|visit|station|trace|scan|qr|look_?up",
    re.IGNORECASE,
)
# Tables that stand for a place one comes to, or hold such a thing of their own.
PLACES = {"directory.Location", "directory.LanguageHours", "directory.ServiceAtLocation"}
# The last step of each way that there is, and why it tells nothing of the person. Another one fails.
MEANT = {
    "cases.Case.location": "the station or hall that the matter is about, if the person chose one; emptied at the end",
    "kernel.Grant.origin": "which other city may read: an office's, not the person's",
    "cases.Partner.origin": "the address of the other city's server",
    # What is booked takes place somewhere, in some language, for everybody alike who comes; a booking has no name in
    # clear, and from its day on it is a count.
    "offers.Session.location": "where it takes place",
    "offers.Session.languages": "in which languages it is held, as announced to everybody",
    "offers.Session.interpreter": "whether one may be asked for; who asks says so in the sealed note",
    "offers.Session.taken_station": "how many places went through stations' hands: a count",
    "offers.Session.floor_station": "how many are kept for stations: a count",
    "offers.Neighbour.location": "the station where two neighbours may meet, which is all they are matched by but time; emptied",
    "offers.SlotPlan.window": "the window whose hours are cut into appointments",
    "directory.ServiceAtLocation.location": "where that window is",
    "directory.Service.visits": "how often one must come for a service, as its guide says of everybody",
}


def proxies(labels=None, models_of=None):
    """Return every way from one person's rows to a place, or to a column that stands in for a trait."""
    kept = models_of or ours()
    labels = labels or linked(kept)
    by_label = {model._meta.label: model for model in kept}
    found = set()
    reached = {label: label for label in labels}
    for way, there in ways_from(labels, kept):
        if there in PLACES:
            found.add(way)
        elif there not in labels:
            reached.setdefault(f"{way} > {there}", there)
    for way, label in reached.items():
        own = by_label[label]._meta.local_fields if label in by_label else ()
        found |= {
            f"{way}.{field.name}"
            for field in own
            if PROXY.search(field.name) and not isinstance(field, SealedField)
        }
    return found


def test_knows_whose_rows_are_one_persons():
    assert linked() == {
        "assessments.HonourName", "assessments.ObjectionWords", "assessments.SheetSignature",
        "cases.Attachment", "cases.Case", "cases.ClockEvent", "cases.Correction", "cases.Draft", "cases.HandOver", "cases.JointUnit",
        "cases.Referral", "cases.Step", "kernel.BreakGlass", "kernel.Grant", "kernel.Look", "kernel.Message",
        "kernel.Subject", "offers.Attendance", "offers.Booking", "offers.BookingStep", "offers.Certificate",
        "offers.FollowUp", "offers.Hours", "offers.Interview", "offers.Neighbour", "offers.Outcome", "offers.Pair",
        "offers.Wish",
    }  # fmt: skip


def test_leads_from_a_person_to_nothing_that_stands_in_for_a_trait():
    assert {way.rpartition(" > ")[2] for way in proxies()} == set(MEANT)


def test_keeps_ratings_apart_from_everything_of_a_person():
    assert not {"cases.Rating", "cases.SpentToken", "kernel.Answered"} & linked()


ENTRIES = {
    "assessments.PollMatter", "assessments.Slip", "offers.Entry", "offers.Mark", "offers.SpentVisit",
    "offers.Question",
}  # fmt: skip


def ways_between(models_of=None):
    """Return every way from what was sent in or answered to a person's rows, and from these back to it."""
    kept = models_of or ours()
    persons = linked(kept)
    out = {way for way, there in ways_from(ENTRIES, kept) if there in persons}
    return out | {way for way, there in ways_from(persons, kept) if there in ENTRIES}


def test_keeps_what_was_sent_in_and_answered_apart_from_everything_of_a_person():
    assert not ENTRIES & linked()
    assert ways_between() == set()


def test_says_of_an_entry_no_moment_and_nothing_that_its_maker_holds():
    said = {
        (field.name, type(field).__name__)
        for field in Entry._meta.local_fields
        if not (field.is_relation or isinstance(field, SealedField))
    }

    assert said == {
        ("id", "UUIDField"), ("code", "CharField"), ("number", "PositiveIntegerField"), ("kind", "CharField"),
        ("digest", "CharField"), ("media_type", "CharField"), ("shown_on", "DateField"),
        ("set_aside", "CharField"), ("place", "PositiveIntegerField"), ("prize_on", "DateField"),
        ("purged_on", "DateField"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        lambda: {"entry": pointer(Entry), "subject": pointer(Subject)},
        lambda: {"entry": pointer(Entry), "booking": pointer(Booking)},
        lambda: {"draft": pointer(Draft), "question": pointer(Question)},
    ],
    ids=["a maker", "a booking", "an answer"],
)
def test_control_finds_who_sent_it_in(fields):
    ways = ways_between([*ours(), planted(**fields())])

    assert {way.rpartition(".")[0] for way in ways} == {"tests.Planted"}


def test_lists_in_a_grant_names_of_fields_and_no_values():
    """JSON columns hold more than their names say: these are closed lists, which hold no language."""
    assert set(FIELDS) == {
        "words", "wish", "place", "photos", "reply_language", "contact", "passing_on",
    }  # fmt: skip


def planted(name="Planted", **fields):
    with isolate_apps("tests"):
        meta = type("Meta", (), {"app_label": "tests"})
        return type(name, (models.Model,), {"__module__": "tests", "Meta": meta, **fields})


def pointer(to):
    return models.ForeignKey(to, models.CASCADE, related_name="+")


@pytest.mark.parametrize(
    "fields",
    [
        lambda: {"subject": pointer(Subject), "meal": models.CharField(max_length=9)},
        lambda: {"case": pointer(Case), "visited": models.DateField()},
        lambda: {"case": pointer(Case), "hall": pointer(Location)},
        lambda: {"draft": pointer(Draft), "spoken": pointer(LanguageHours)},
    ],
    ids=["a meal", "a visit", "a place", "a language"],
)
def test_control_finds_a_way_that_is_planted(fields):
    with_it = [*ours(), planted(**fields())]

    found = proxies(models_of=with_it) - proxies()
    assert {way.partition(" > ")[0].rpartition(".")[0] for way in found} == {"tests.Planted"}


def test_control_follows_a_way_over_another_table():
    visit = planted("Visit", hall=pointer(Location))
    marked = planted(case=pointer(Case), seen=pointer(visit))

    assert proxies(models_of=[*ours(), visit, marked]) - proxies() == {
        "tests.Planted.seen > tests.Visit.hall"
    }
