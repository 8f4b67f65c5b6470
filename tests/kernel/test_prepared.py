"""Prepared queries: they answer as the plain query does, for other values, in every thread."""

import pytest
from django.db import IntegrityError
from django.db.models import Model

from linli.kernel.models import ApiKey, Staff
from linli.kernel.prepared import Prepared, add_row
from tests.town.races import at_once
from tests.town.staff import account


def key_by(digest):
    return ApiKey.objects.select_related("staff").filter(digest=digest, revoked_at=None)


def keys_of(staff):
    return ApiKey.objects.filter(staff_id=staff).only("name").order_by("name")


def keep(staff, names, at):
    for name in names:
        ApiKey.objects.create(digest=f"digest-{name}", name=name, staff=staff, created_at=at)


def loaded(one):
    """Return everything that was read of a row, with what was read beside it."""
    return {
        name: loaded(value) if isinstance(value, Model) else value
        for name, value in {**vars(one), **one._state.fields_cache}.items()
        if name != "_state"
    }


@pytest.mark.django_db
def test_answers_as_the_plain_query_does_for_each_value(noon):
    keep(account(), ("a", "b"), noon)
    prepared = Prepared(key_by, str)

    for name in ("a", "b", "a"):
        assert loaded(prepared.first(f"digest-{name}")) == loaded(key_by(f"digest-{name}").get())
    assert prepared.first("digest-c") is None


@pytest.mark.django_db
def test_loads_no_more_than_was_asked_for_in_its_order(noon):
    keep(one := account(username="one"), ("c", "a", "b"), noon)
    keep(account(username="two"), ("d",), noon)

    keys = Prepared(keys_of, int).all(one.pk)

    assert [key.name for key in keys] == ["a", "b", "c"]
    assert "digest" in keys[0].get_deferred_fields()
    assert keys[0].digest == "digest-a"


@pytest.mark.django_db
def test_sees_what_changed_meanwhile(noon, django_assert_num_queries):
    keep(account(), ("a",), noon)
    prepared = Prepared(key_by, str)
    assert prepared.first("digest-a").staff.name == "甲"

    Staff.objects.update(name="乙")
    with django_assert_num_queries(1):
        assert prepared.first("digest-a").staff.name == "乙"
    ApiKey.objects.update(revoked_at=noon)
    assert prepared.first("digest-a") is None


@pytest.mark.django_db
def test_keeps_what_it_says_itself_apart_from_its_values(noon):
    keep(account(), ("a",), noon)
    prepared = Prepared(lambda name: ApiKey.objects.filter(name=name).exclude(digest="a"), str)

    assert [key.name for key in prepared.all("a")] == ["a"]


@pytest.mark.django_db(transaction=True)
def test_serves_every_thread(noon):
    names = [f"key-{number}" for number in range(8)]
    keep(account(), names, noon)
    prepared = Prepared(key_by, str)

    def ask(number):
        for name in names[number:] + names[:number]:
            assert prepared.first(f"digest-{name}").name == name

    assert at_once(8, ask) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "build", [lambda name: Staff.objects.filter(name__contains=name), lambda name: Staff.objects.all()]
)  # fmt: skip
def test_refuses_a_query_that_does_not_hold_its_value_as_it_is(build):
    with pytest.raises(ValueError, match="not in its SQL"):
        Prepared(build, str).all("a")


@pytest.mark.django_db
def test_adds_a_row_as_saving_it_does(noon):
    staff = account()
    rows = [
        ApiKey(digest=f"digest-{name}", name=name, staff=staff, created_at=noon) for name in "ab"
    ]

    rows[0].save(force_insert=True)
    add_row(rows[1])

    saved, added = ({**loaded(one), "staff": None} for one in ApiKey.objects.order_by("name"))
    same = {"id", "digest", "name"}
    assert {k: v for k, v in saved.items() if k not in same} == {
        k: v for k, v in added.items() if k not in same
    }
    assert (rows[1].pk, rows[1]._state.adding) == (ApiKey.objects.get(name="b").pk, False)
    rows[1].save()
    assert ApiKey.objects.count() == 2


@pytest.mark.django_db
def test_adds_no_row_that_the_database_forbids(noon):
    keep(account(), ("a",), noon)

    with pytest.raises(IntegrityError):
        add_row(ApiKey(digest="digest-a", name="b", staff=Staff.objects.get(), created_at=noon))
