"""Sealed columns: nothing but sealed values goes in, no search finds them, nothing opens when moved."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.forms.models import fields_for_model

from linli.kernel.fields import seal, unseal, unseal_text
from linli.kernel.sealing import Keyring, Misplaced, Sealed
from tests.town import slips
from tests.town.slips import Slip

KEY, _ = Keyring.fresh().new_key("subject")


@pytest.fixture
def table(transactional_db):
    with slips.table():
        yield


def slip(code="7K3M-92QD", **values):
    row = Slip(code=code)
    seal(row, KEY, **values)
    row.save()
    return Slip.objects.get(pk=row.pk)


@pytest.mark.usefixtures("table")
def test_keeps_what_opens_again():
    row = slip(words="需要维修", contact={"phone": "13800000000"})

    assert unseal_text(row, KEY, "words") == "需要维修"
    assert unseal(row, KEY, "contact") == {"phone": "13800000000"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, contact FROM tests_slip")
        kept = [bytes(value) for value in cursor.fetchone()]
    assert not any("维修".encode() in value or b"1380000" in value for value in kept)


@pytest.mark.usefixtures("table")
def test_opens_nothing_as_nothing():
    row = slip()

    assert (unseal(row, KEY, "words"), unseal_text(row, KEY, "words")) == (None, "")


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("clear", ["清楚", b"clear", "", b""])
def test_refuses_clear_values_on_every_way_in(clear):
    row = slip(words="x")

    with pytest.raises(TypeError, match="takes sealed values only"):
        Slip(code="x", words=clear).save()
    with pytest.raises(TypeError, match="takes sealed values only"), transaction.atomic():
        Slip.objects.filter(pk=row.pk).update(words=clear)
    with pytest.raises(TypeError, match="takes sealed values only"), transaction.atomic():
        Slip.objects.bulk_create([Slip(code="x", words=clear)])

    assert Slip.objects.count() == 1
    row.refresh_from_db()
    assert unseal(row, KEY, "words") == "x"


@pytest.mark.parametrize(
    "lookup",
    ["words", "words__exact", "words__in", "words__gt", "words__startswith", "words__contains", "words__iexact"],
)  # fmt: skip
def test_answers_no_search(lookup):
    sealed = Sealed(b"x")

    with pytest.raises(FieldError, match="cannot be searched"):
        Slip.objects.filter(**{lookup: [sealed] if lookup.endswith("in") else sealed})


@pytest.mark.usefixtures("table")
def test_answers_whether_something_is_there():
    slip(words="x")
    slip()

    assert Slip.objects.filter(words__isnull=False).count() == 1
    assert Slip.objects.filter(words__isnull=True).count() == 1


@pytest.mark.usefixtures("table")
def test_refuses_a_value_moved_to_another_row_or_field():
    first, second = slip("7K3M-92QD", words="甲", contact="乙"), slip("0000-0000", words="丙")
    assert unseal(second, KEY, "words") == "丙"

    Slip.objects.filter(pk=second.pk).update(words=first.words)
    Slip.objects.filter(pk=first.pk).update(words=models.F("contact"))

    for row in (first, second):
        row.refresh_from_db()
        with pytest.raises(Misplaced):
            unseal(row, KEY, "words")


def test_seals_no_row_without_a_code():
    with pytest.raises(ValueError, match="does not have yet"):
        seal(Slip(), KEY, words="x")


def test_seals_no_column_that_is_not_meant_for_it():
    with pytest.raises(TypeError, match="not a sealed field"):
        seal(Slip(code="x"), KEY, plain="x")


@pytest.mark.usefixtures("table")
def test_stays_sealed_in_a_dump_and_back():
    row = slip(words="CNRY-words")

    dump = serializers.serialize("json", [row])
    field = Slip._meta.get_field("words")
    back = field.to_python(field.value_to_string(row))

    assert "CNRY" not in dump
    assert field.value_to_string(row) in dump
    assert (back, type(back)) == (row.words, Sealed)
    assert field.to_python(None) is None


def test_is_in_no_form():
    assert list(fields_for_model(Slip)) == ["code", "subject", "plain"]
