"""Every column is registered: why it is there, on what ground, of which class, until when, whose it is (P3, P17).

What is about a person is sealed, or it is a code, a day, a number of deeds or an office. Nothing is derived
about a person: there is no class for it.
"""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from linli.kernel.fields import SealedField
from linli.kernel.https import BOUND
from linli.portal.held import words
from linli.portal.held.cookies import COOKIES
from linli.portal.held.register import read, register
from tests.architecture import source
from tests.privacy.person import linked

ENTRY = """
[[held]]
part = "people"
what = "said"
class = "{rank}"
purpose = "answer"
basis = "asked"
kept = "case"
owner = "unit"
fields."cases.Case" = ["words"]
{more}
"""
# What a row about a person says in clear text, and why it may: codes of ours, and offices that act.
CLEAR = {
    "assessments.HonourName": {"code"},
    "assessments.ObjectionWords": {"code", "secret"},
    "assessments.SheetSignature": {"code"},
    "cases.Attachment": {"code", "digest", "media_type"},
    "cases.Case": {"code", "secret", "kind", "channel", "state", "closed_how"},
    "cases.ClockEvent": {"clock", "verb", "kind"},
    "cases.Correction": {"kind", "about"},
    "cases.Draft": {"code", "secret", "photos"},
    "cases.HandOver": {"by_name", "by_role", "by_unit", "code", "kind", "fields", "state"},
    "cases.JointUnit": {"by_name", "by_role", "by_unit"},
    "cases.Referral": {"by_name", "by_role", "by_unit", "code", "unit_name", "envelope", "state"},
    "cases.Step": {"by_name", "by_role", "by_unit", "code", "verb", "kind", "from_unit", "to_unit"},
    "kernel.BreakGlass": {
        "by_name", "by_role", "by_unit", "code", "about", "second_name", "second_unit",
    },
    "kernel.Grant": {"code", "about", "to_unit", "origin", "fields", "purpose", "given_how"},
    "kernel.Look": {"code", "by_role", "by_unit", "verb", "about", "purpose", "fields"},
    "kernel.Message": {"code", "once", "about", "channel", "state"},
    "kernel.Subject": {"code", "purpose"},
    "offers.Attendance": {"mark"},
    "offers.Booking": {"code", "secret", "door", "state", "once", "ticket"},
    "offers.BookingStep": {"by_name", "by_role", "by_unit", "verb"},
    "offers.Certificate": {"digest", "revoked_why"},
    "offers.FollowUp": {"code"},
    "offers.Interview": {"code", "state"},
    "offers.Hours": {"by_name", "by_role", "by_unit"},
    "offers.Neighbour": {"code", "secret", "side", "times"},
    "offers.Outcome": {"by_name", "by_role", "by_unit", "kind"},
    "offers.Pair": {"by_name", "by_role", "by_unit", "code"},
}  # fmt: skip
# Numbers in such a row: they count what was done with a case, and rank nobody.
COUNTED = {
    "cases.Attachment": {"size"},
    "cases.Case": {"pauses", "moves", "bounces", "reopened", "urged", "level"},
    "kernel.BreakGlass": {"hours"},
    "kernel.Look": {"position"},
    "kernel.Message": {"tries"},
    "offers.Attendance": {"came"},
    "offers.Booking": {"size", "drawn", "passed"},
    "offers.Certificate": {"number"},
    "offers.FollowUp": {"asked", "answered"},
    "offers.Interview": {"lane"},
    "offers.Hours": {"minutes"},
    "offers.Outcome": {"after_days", "people"},
    "offers.Wish": {"number"},
}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.UUIDField)
NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField)
LEARNS = re.compile(r"sklearn|torch|tensorflow|keras|xgboost|lightgbm|transformers|scipy|numpy")


def columns(model):
    meta = model._meta
    return {(meta.label, field.name) for field in (*meta.local_fields, *meta.local_many_to_many)}


def registered():
    return {column for one in register() for column in one.columns}


def unregistered(of):
    return sorted(set().union(*map(columns, of)) - registered())


def test_registers_every_column_and_no_other():
    kept = set().union(*map(columns, apps.get_models()))

    assert unregistered(apps.get_models()) == []
    assert sorted(registered() - kept) == []


@isolate_apps("linli.cases")
def test_finds_a_column_that_is_not_registered():
    class Case(models.Model):  # noqa: DJ008 - planted, never saved
        """Planted."""

        words = models.TextField()
        mood = models.TextField()

        class Meta:
            app_label = "cases"

    assert unregistered([Case]) == [("cases.Case", "mood")]


def test_says_everything_of_each_entry():
    used = {
        name: {getattr(one, name) for one in register()} for name in ("what", "purpose", "kept")
    }

    assert used["what"] == set(words.WHAT)
    assert used["purpose"] == set(words.PURPOSES)
    assert used["kept"] == set(words.KEPT)
    assert {one.rank for one in register()} == set(words.CLASSES) == {"P0", "P1", "P2", "P3"}


@pytest.mark.parametrize(
    ("rank", "more", "fault"),
    [
        ("derived", "", "class is not known"),
        ("P3", 'score = "high"', "not what an entry says"),
        ("P3", ENTRY.format(rank="P3", more=""), "said twice"),
    ],
)
def test_refuses_a_register_that_says_otherwise(rank, more, fault):
    with pytest.raises(ValueError, match=fault):
        read(ENTRY.format(rank=rank, more=more))


def test_refuses_an_entry_that_leaves_something_out():
    with pytest.raises(ValueError, match="not what an entry says"):
        read(ENTRY.format(rank="P3", more="").replace('basis = "asked"\n', ""))


def rank_of():
    return {column: one.rank for one in register() for column in one.columns}


def in_clear(models_of, kinds):
    """Return the columns of one person's rows, by their table, that are of one of these kinds."""
    found = {}
    for model in models_of:
        told = {
            field.name
            for field in model._meta.local_fields
            if isinstance(field, kinds) and not (field.is_relation or field.primary_key)
        }
        if model._meta.label in linked() and told:
            found[model._meta.label] = told
    return found


def test_seals_what_a_person_says_and_nothing_else_needs_it():
    sealed = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField)
    }

    assert {column for column, rank in rank_of().items() if rank == "P3"} == sealed


def test_ranks_every_column_of_one_persons_rows_as_such():
    of_persons = {(label, name) for label, name in registered() if label in linked()}

    assert {rank_of()[column] for column in of_persons} == {"P2", "P3"}


def test_says_in_clear_only_codes_and_offices():
    assert in_clear(apps.get_models(), TEXTS) == CLEAR


def test_counts_deeds_and_ranks_nobody():
    assert in_clear(apps.get_models(), NUMBERS) == COUNTED


@isolate_apps("linli.cases")
def test_control_sees_a_text_and_a_score_in_a_persons_row():
    class Case(models.Model):  # noqa: DJ008 - planted, never saved
        """Planted."""

        subject = models.ForeignKey("kernel.Subject", models.CASCADE)
        remark = models.TextField()
        weight = models.FloatField()

        class Meta:
            app_label = "cases"

    assert in_clear([Case], TEXTS) == {"cases.Case": {"remark"}}
    assert in_clear([Case], NUMBERS) == {"cases.Case": {"weight"}}


def test_learns_nothing_about_anybody():
    found = [
        source.name(path)
        for path in source.modules()
        if re.search(rf"^\s*(import|from)\s+({LEARNS.pattern})\b", path.read_text(), re.MULTILINE)
    ]

    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("tongue", ["", "/en", "/zh-hant"])
def test_makes_the_page_of_the_register(client, tongue):
    response = client.get(f"{tongue}/privacy/register/")
    page = response.content.decode()

    assert response.status_code == 200
    shown = [row for _name, _title, rows in response.context["parts"] for row in rows]
    assert len(shown) == len(register()) > 20
    assert all(f"{label}: " in page for label, _field in registered())
    assert all(name in page for cookie in COOKIES for name in cookie.names)
    assert not re.search(r"%\(|%d", page)


@pytest.mark.django_db
def test_names_cookies_as_a_browser_keeps_them(client, settings):
    """Over HTTPS each is bound to this host by its name; the name without it is nowhere in the browser."""
    asked = "/privacy/register/"
    assert BOUND not in client.get(asked).content.decode()

    settings.HTTPS = True
    page = client.get(asked).content.decode()

    listed = {name for cookie in COOKIES for name in cookie.names}
    assert {*re.findall(rf"{BOUND}([\w-]+)", page)} == listed


@pytest.mark.django_db
def test_says_how_long_as_the_code_has_it(client):
    page = client.get("/en/privacy/register/").content.decode()

    for said in (
        "180 days at most after",
        "400 days more",
        "7 days",
        "30 minutes",
        "24 hours",
        "12 hours",
    ):
        assert said in page
    assert 'href="/en/privacy/register/"' in client.get("/en/privacy/").content.decode()


def test_names_no_words_twice():
    lists = [words.WHAT, words.PURPOSES, words.BASES, words.OWNERS, words.KEPT, words.CLASSES]

    for one in lists:
        said = [str(text) for text in one.values()]
        assert len(said) == len(set(said))
