"""Ratings: all five grades, once a token, after the end; and no path from a grade to a case."""

import logging
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection, models

from linli.cases.actions import following
from linli.cases.models import Case, Rating, SpentToken
from linli.cases.rules.tokens import digest_of
from linli.directory.models import Unit
from linli.kernel.refusals import Refused
from tests.town import cases as town
from tests.town.races import at_once

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


def offered(**given):
    return following.offer_rating(at=MONDAY, case=town.closed(at=MONDAY, **given))


def rated(token, grade=5, solved="yes", at=MONDAY):
    return following.rate(token=token, grade=grade, solved=solved, at=at)


@pytest.mark.django_db
@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("channel", ["web", "station", "api"])
def test_takes_every_grade_through_every_channel(grade, channel):
    rated(offered(channel=channel), grade, "no")

    rating = Rating.objects.get()
    assert (rating.unit.name, rating.kind, rating.month) == (
        town.HOUSING,
        "request",
        date(2026, 11, 1),
    )
    assert (rating.grade, rating.solved) == (grade, "no")


@pytest.mark.django_db
@pytest.mark.parametrize("begun", [town.asked, town.taken, town.answered])
def test_offers_nothing_before_the_end(begun):
    case = begun(at=MONDAY)

    with pytest.raises(Refused, match="not_closed"):
        following.offer_rating(at=MONDAY, case=case)

    assert Case.objects.get().rating_offered is False


@pytest.mark.django_db
def test_offers_one_when_the_calendar_closed_it():
    case = town.closed_by_calendar(at=MONDAY)

    assert rated(following.offer_rating(at=MONDAY, case=case)).grade == 5


@pytest.mark.django_db
def test_offers_once_and_to_the_person_alone():
    case = town.closed(at=MONDAY)
    with pytest.raises(Refused, match="not_allowed"):
        following.offer_rating(by=town.officer(), at=MONDAY, case=case)

    following.offer_rating(at=MONDAY, case=case)

    with pytest.raises(Refused, match="rating_offered"):
        following.offer_rating(at=MONDAY, case=case)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"token": "x"}, "token_unknown"),
        ({"grade": 0}, "grade_unknown"),
        ({"grade": 6}, "grade_unknown"),
        ({"solved": "maybe"}, "solved_unknown"),
        ({"at": datetime(2027, 1, 1, tzinfo=UTC)}, "token_unknown"),
    ],
)
def test_refuses_what_is_no_rating_and_spends_nothing(given, code):
    said = {"token": offered(), "grade": 5, "solved": "yes", "at": MONDAY} | given

    with pytest.raises(Refused, match=code):
        following.rate(**said)

    assert (Rating.objects.count(), SpentToken.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_refuses_staff_who_would_rate():
    with pytest.raises(Refused, match="not_allowed"):
        following.rate(by=town.officer(), token=offered(), grade=5, solved="yes", at=MONDAY)


@pytest.mark.django_db
def test_spends_a_token_once():
    token = offered()
    rated(token, 1)

    with pytest.raises(Refused, match="token_spent"):
        rated(token, 5)

    assert [rating.grade for rating in Rating.objects.all()] == [1]
    assert SpentToken.objects.get().digest == digest_of(token)


@pytest.mark.django_db(transaction=True)
def test_spends_a_token_once_when_it_comes_twice_at_once():
    token = offered()

    failures = at_once(4, lambda n: rated(token, n + 1))

    assert [failure.code for failure in failures] == ["token_spent"] * 3
    assert Rating.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_would_count_twice_without_the_spent_token(monkeypatch):
    """The control: a token that is not remembered is good for ever."""
    token = offered()
    monkeypatch.setattr(SpentToken.objects, "create", lambda **given: None)

    assert at_once(2, lambda n: rated(token)) == []
    assert Rating.objects.count() == 2


def values_of(model, pk):
    """Every value that this row holds which could name another row or moment."""
    row = model.objects.filter(pk=pk).values().get()
    return {str(value) for value in row.values() if value not in {None, "", True, False}}


def columns_that_lead_back():
    """Return the columns of ratings and tokens that join them to more than a unit, or say when."""
    return [
        f"{model.__name__}.{field.name}"
        for model in (Rating, SpentToken)
        for field in model._meta.get_fields()
        if field.auto_created
        or isinstance(field, models.DateTimeField)
        or (field.is_relation and field.related_model is not Unit)
    ]


def rows_that_lead_back():
    """Return the models of which a row holds a value that a rating or its token holds too."""
    # The unit, the kind and the month are what a rating is for, and stand in every case of the unit.
    known = {str(town.unit().pk), "request", "2026-11-01", "2027-01-01", "yes", *"12345"}
    mine = {
        value
        for model in (Rating, SpentToken)
        for pk in model.objects.values_list("pk", flat=True)
        for value in values_of(model, pk)
    } - known
    others = [model for model in apps.get_models() if model.__module__.startswith("linli.")]
    return [
        model.__name__
        for model in others
        if model not in {Rating, SpentToken}
        and any(mine & {str(value) for value in row.values()} for row in model.objects.values())
    ]


@pytest.fixture
def both_ways(caplog):
    """Three cases closed and rated, everything logged that is logged."""
    with caplog.at_level(logging.DEBUG):
        tokens = [offered() for _ in range(3)]
        for number, token in enumerate(tokens):
            rated(token, number + 1)
    return tokens, caplog


@pytest.mark.django_db
def test_leads_no_way_from_a_rating_to_a_case(both_ways):
    tokens, caplog = both_ways

    assert Rating.objects.count() == SpentToken.objects.count() == 3
    assert columns_that_lead_back() == []
    assert rows_that_lead_back() == []
    for token in tokens:
        assert token not in caplog.text
        assert digest_of(token) not in caplog.text
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                held = [str(value) for row in cursor.fetchall() for value in row]
                assert not any(token in value for value in held)


@pytest.mark.django_db
def test_would_see_a_planted_way(both_ways):
    """The control: the digest of a token written beside the case, which would lead back."""
    tokens, _ = both_ways
    case = Case.objects.first()
    Case.objects.filter(pk=case.pk).update(secret=digest_of(tokens[0]))

    assert rows_that_lead_back() == ["Case"]


@pytest.mark.django_db
def test_orders_ratings_by_nothing_that_tells_when(both_ways):
    keys = [str(key) for key in Rating.objects.order_by("pk").values_list("pk", flat=True)]

    assert [key[14] for key in keys] == ["4"] * 3  # random, not of a clock
