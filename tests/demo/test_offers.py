"""The demo's offers: of every kind, opened, booked and held through actions alone, once."""

import pytest
from django.db.models import Sum
from django.utils.timezone import localdate

from linli.demo import directory, offers, units
from linli.directory.models import Area
from linli.kernel.actors import system
from linli.kernel.drawing import commitment
from linli.offers.models import Attendance, Booking, Draw, Offer, Outcome, Session
from tests.town.once import built_once

pytestmark = pytest.mark.django_db
NOODLES = "拉面师技能培训班(第一期)"


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, noon):
    with built_once(django_db_blocker):
        for town in units.TOWNS:
            Area.objects.create(code=town.code, name=town.name, level="county", from_year=2000)
        units.open_all(by=system("demo"), at=noon)
        directory.open_services(by=system("demo"), at=noon)
        offers.open_all(today=localdate(noon), at=noon)
        yield


def test_offers_something_of_every_kind(opened):
    kinds = set(Offer.objects.published().values_list("kind", flat=True))
    assert kinds >= {"course", "event", "fair", "appointment", "shift", "group", "programme"}
    assert Offer.objects.get(kind="programme").parts.count() == 3
    assert Session.objects.filter(location=None, plan=None).count() == 0
    assert not Offer.objects.exclude(description__endswith="（示例）").exists()


def test_holds_the_course_of_seventy_to_its_end(opened):
    session = Session.objects.get(offer__title=NOODLES)
    held = session.bookings.filter(state=Booking.ATTENDED).aggregate(people=Sum("size"))["people"]
    came = Outcome.objects.filter(booking__session=session).values_list("kind")
    assert held == 70
    assert dict(came.annotate(people=Sum("people")).order_by()) == {"completed": 70, "passed": 70}
    meetings = session.meetings.count()
    assert meetings == 20
    assert 1200 < Attendance.objects.filter(meeting__session=session).count() < 70 * meetings


def test_gives_no_more_places_than_there_are(opened):
    for session in Session.objects.filter(plan=None):
        holding = sum(one.size for one in session.bookings.holding())
        assert session.taken == holding <= session.capacity
    assert Session.objects.get(queue__gt=0).offer.title == "国家通用语言文字培训班"


def test_lets_people_enter_a_draw_whose_seed_is_sealed(opened):
    draw = Draw.objects.get()
    entered = draw.session.bookings.filter(state=Booking.ENTERED)
    assert entered.aggregate(people=Sum("size"))["people"] == 20
    assert (draw.seed, len(draw.commitment)) == ("", len(commitment("0" * 64)))


def test_changes_nothing_the_second_time(opened, noon):
    before = Offer.objects.count(), Session.objects.count(), Booking.objects.count()
    offers.open_all(today=localdate(noon), at=noon)
    assert (Offer.objects.count(), Session.objects.count(), Booking.objects.count()) == before
