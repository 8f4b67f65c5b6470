"""Letters about talks: one when the timetable is made, one more for each talk that comes free later, each once."""

import pytest

from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.offers import tasks
from linli.offers.actions import interviewing, talk_letters, wishing
from linli.offers.models import Interview, Timetable
from tests.town import fairs, offers

pytestmark = pytest.mark.django_db


def proposed(noon):
    """Return two bookings that wish for one stand, and the only time there, proposed to the first."""
    fair = fairs.fair(at=noon, hours=1)
    post = fairs.vacancy(fairs.stand(fair, at=noon, minutes=60), at=noon)
    two = [offers.booked(fair, at=noon, contact=("sms", f"1390000000{n}")) for n in range(2)]
    for one in two:
        wishing.choose_wishes(at=noon, booking=one, vacancies=[post])
    Timetable.objects.update(seed="a" * 64, solved_at=noon)
    talk = Interview.objects.create(
        code="7K3M-92QD", stand=post.stand, lane=0, booking=two[0], vacancy=post,
        starts_at=fair.starts_at, ends_at=fair.ends_at,
    )  # fmt: skip
    Message.objects.all().delete()  # those of the bookings
    return two, talk


def test_tells_each_once_and_who_comes_next(noon):
    (first, second), talk = proposed(noon)

    assert tasks.pass_times_on(noon) == 1
    assert tasks.pass_times_on(noon) == 0
    assert [one.about for one in Message.objects.all()] == [first.code]

    interviewing.decline_talk(at=noon, talk=talk)
    assert tasks.pass_times_on(noon) == 1
    assert {one.about for one in Message.objects.all()} == {first.code, second.code}


def test_tells_nobody_of_what_has_begun(noon):
    _two, talk = proposed(noon)

    assert tasks.pass_times_on(talk.starts_at) == 0
    assert Message.objects.count() == 0


def test_refuses_everybody_but_the_system(noon):
    with pytest.raises(Refused, match="not_allowed"):
        talk_letters.tell_talks(by=offers.officer(), at=noon)
