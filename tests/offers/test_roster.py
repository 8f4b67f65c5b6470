"""The roster: of the organizer alone, for a purpose, with a look for each who left something, until their day."""

from datetime import timedelta

import pytest

from linli.kernel.actors import Role
from linli.kernel.models import Look
from linli.kernel.refusals import Refused
from linli.offers.actions.reading import open_roster
from tests.town import offers
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
BY = offers.officer()
LEFT = {"name": "阿依古丽", "contact": ("sms", "13900000001"), "note": "需要维吾尔语翻译"}


def looks():
    return list(
        Look.objects.filter(verb="opened").values_list("about", "purpose", "fields", "by_unit")
    )


@pytest.mark.parametrize(
    ("purpose", "shown"),
    [
        ("prepare", {"name": "阿依古丽", "note": "需要维吾尔语翻译"}),
        ("door", {"name": "阿依古丽"}),
        ("tell", {"name": "阿依古丽", "contact": "13900000001"}),
    ],
)
def test_shows_what_the_purpose_needs_and_writes_a_look(noon, purpose, shown):
    session = offers.session(at=noon)
    made, nameless = offers.booked(session, at=noon, **LEFT), offers.booked(session, at=noon)
    offers.booked(offers.session(at=noon), at=noon, **LEFT)

    lines = open_roster(by=BY, at=noon, session=session, purpose=purpose)

    said = lines[0]._asdict()
    assert {name: said[name] for name in said if name != "booking" and said[name]} == shown
    assert [line.booking for line in lines] == [made, nameless]
    assert looks() == [(made.code, purpose, ",".join(sorted(shown)), offers.LABOUR)]


def test_shows_codes_alone_from_the_day_of_deletion(noon):
    session = offers.session(at=noon)
    made = offers.booked(session, at=noon, **LEFT)
    day = session.ends_at + timedelta(days=session.offer.kept_days + 1)

    lines = open_roster(by=BY, at=day, session=session, purpose="tell")

    assert [(line.booking, line.name, line.contact) for line in lines] == [(made, "", "")]
    assert looks() == []


@pytest.mark.parametrize(
    ("by", "purpose", "code"),
    [
        (BY, "curiosity", "unknown_purpose"),
        (offers.officer("别的单位"), "door", "not_own_unit"),
        (actor(Role.CLERK, unit="别的单位"), "door", "not_own_unit"),
        (actor(Role.PLANNER), "door", "not_allowed"),
        (actor(Role.SUPERVISOR, unit=offers.LABOUR), "door", "not_allowed"),
        (actor(Role.ADMINISTRATOR, unit=offers.LABOUR), "door", "not_allowed"),
    ],
)
def test_refuses_others_and_other_purposes_and_writes_nothing(noon, by, purpose, code):
    session = offers.session(at=noon)
    offers.booked(session, at=noon, **LEFT)

    with pytest.raises(Refused) as caught:
        open_roster(by=by, at=noon, session=session, purpose=purpose)

    assert (caught.value.code, looks()) == (code, [])
