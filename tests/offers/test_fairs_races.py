"""Two times come free at once, and one person is next in line at both stands: they get one of them."""

import pytest
from django.db import IntegrityError

from linli.kernel.codes import new_code
from linli.offers.actions import interviewing
from linli.offers.models import Interview, Timetable
from tests.town import fairs
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def declined_at_once(noon):
    fair = fairs.fair(at=noon, hours=1)
    posts = [
        fairs.vacancy(fairs.stand(fair, name, at=noon, minutes=60), at=noon) for name in "甲乙"
    ]
    holders = [fairs.wisher(fair, post, at=noon) for post in posts]
    waits = fairs.wisher(fair, *posts, at=noon)
    Timetable.objects.update(seed="a" * 64, solved_at=noon)
    talks = [
        Interview.objects.create(
            code=new_code(), stand=post.stand, lane=0, booking=holder, vacancy=post,
            starts_at=fair.starts_at, ends_at=fair.ends_at,
        )
        for post, holder in zip(posts, holders, strict=True)
    ]  # fmt: skip
    failures = at_once(2, lambda number: interviewing.decline_talk(at=noon, talk=talks[number]))
    return waits, failures


def test_gives_one_of_two_times_to_who_is_next_at_both(noon):
    waits, failures = declined_at_once(noon)

    assert failures == []
    assert Interview.objects.filter(state="declined").count() == 2
    assert Interview.objects.standing().get().booking == waits


def test_control_is_refused_by_the_database_when_nobody_looks(noon, monkeypatch):
    monkeypatch.setattr(interviewing, "taken_times", lambda *_given: {})

    waits, failures = declined_at_once(noon)

    assert [type(failure) for failure in failures] == [IntegrityError]
    assert Interview.objects.standing().filter(booking=waits).count() == 1
