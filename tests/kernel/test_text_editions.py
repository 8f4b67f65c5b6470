"""Editions of texts: kept one after another, with a reviewer; two at once are not both kept."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from linli.kernel import text_editions
from linli.kernel.actors import Role
from linli.kernel.models import TextEdition
from linli.kernel.refusals import Refused
from linli.kernel.text_editions import TextDraft, keep_texts, newest, put_back_texts
from tests.town.races import at_once
from tests.town.staff import actor
from tests.town.wording import REVIEWER

KEEPER = actor(Role.ADMINISTRATOR, name="管理员")
DRAFT = TextDraft("zh-hans", [["", "Search", ["找"], False]], 10, 0, 0, 1, "a" * 64, **REVIEWER)
rows = TextEdition.objects.order_by("pk").values


def keep(at, *, base=0, by=KEEPER, **given):
    return keep_texts(by=by, at=at, base=base, draft=replace(DRAFT, **given))


@pytest.mark.django_db
def test_keeps_editions_one_after_another_and_puts_one_back(noon):
    first, second = keep(noon), keep(noon, base=1, words=[], brought=3)
    given = {"by": KEEPER, "at": noon}

    back = put_back_texts(**given, base=2, back_to=1, draft=replace(DRAFT, brought=0))
    bare = replace(DRAFT, words=[], reviewer_name="", reviewer_unit="", reviewed_on=None)
    delivered = put_back_texts(**given, base=3, back_to=0, draft=bare)

    assert [one.number for one in (first, second, back, delivered)] == [1, 2, 3, 4]
    assert (back.words, back.back_to) == (first.words, 1)
    assert (newest("zh-hans"), newest("ug")) == (delivered, None)
    assert text_editions.newest_numbers() == {"zh-hans": 4}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("not_allowed", {"by": actor(Role.PLANNER)}),
        ("no_reviewer", {"reviewer_name": "  "}),
        ("no_reviewer", {"reviewer_unit": ""}),
        ("no_reviewer", {"reviewed_on": None}),
        ("own_review", {"reviewer_name": " 管理员 "}),
        ("day_ahead", {"reviewed_on": date(2026, 11, 22)}),
        ("changed_meanwhile", {"base": 1}),
    ],
)
def test_refuses_to_keep(noon, code, given):
    with pytest.raises(Refused) as refusal:
        keep(noon, **given)

    assert refusal.value.code == code
    assert not TextEdition.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("not_allowed", {"by": actor(Role.OFFICER)}),
        ("not_earlier", {"back_to": 1}),
        ("not_earlier", {"back_to": -1}),
        ("changed_meanwhile", {"base": 2}),
    ],
)
def test_refuses_to_put_back(noon, code, given):
    keep(noon)
    before = [*rows()]

    with pytest.raises(Refused) as refusal:
        put_back_texts(
            **{"by": KEEPER, "at": noon, "base": 1, "back_to": 0, "draft": DRAFT} | given
        )

    assert refusal.value.code == code
    assert [*rows()] == before


@pytest.mark.django_db
def test_lets_nobody_change_or_remove_an_edition(noon):
    keep(noon)

    for deed in (lambda: TextEdition.objects.update(brought=9), TextEdition.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()
    bare = dict.fromkeys(("by_name", "by_role", "by_unit"), "") | {"at": noon}
    counts = dict.fromkeys(("texts", "lacking", "unsure", "brought"), 0)
    with pytest.raises(DatabaseError), transaction.atomic():  # reviewed by nobody
        TextEdition.objects.create(language="ug", number=1, **bare, **counts)

    assert TextEdition.objects.get().brought == 1


@pytest.mark.django_db(transaction=True)
def test_keeps_one_of_two_that_come_at_once(noon):
    failures = at_once(2, lambda number: keep(noon, brought=number))

    assert [one.code for one in failures] == ["changed_meanwhile"]
    assert TextEdition.objects.count() == 1


@pytest.mark.django_db
def test_would_lose_the_first_of_two_without_the_look_at_the_newest(noon):
    """The control: who says a base that they never saw undoes what came in between."""
    keep(noon, words=[["", "Search", ["寻"], False]])
    with pytest.raises(Refused):
        keep(noon, base=0, words=[["", "Home", ["家"], False]])

    keep(noon, base=1, words=[["", "Home", ["家"], False]])

    assert newest("zh-hans").words == [["", "Home", ["家"], False]]
