"""The promise 专场招聘会、网络招聘专区、在线预约职位: an employer's stand and post, a booking with a wish, a time for talking that
is proposed and accepted, a hire that is confirmed; the public reads posts, never persons. (In the browser: test_fairs.py.)
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from linli.offers.models import Interview, Stand, Vacancy
from tests.town import fairs, offers, services
from tests.town.told import books, desk, opens, press, read

pytestmark = pytest.mark.django_db
EMPLOYER = "嘉峪关市牛肉面协会"


def test_somebody_books_a_talk_and_is_hired(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    officer, fair = desk(offers.officer()), fairs.fair(at=noon)
    employer = services.organization(EMPLOYER, unit="")

    # A stand, and a post that is told of there.
    press(
        officer, f"/console/offers/fairs/{fair.code}/stands/", organization=employer.uuid,
        zone="onsite", place="A1", lanes="1", minutes="15", walk_in_percent="0",
    )  # fmt: skip
    stand = Stand.objects.get()
    press(
        officer, "/console/offers/vacancies/new/", organization=employer.uuid, stand=stand.pk,
        area="620200", title="拉面师", posts="5", description="和面、拉面。", requirements="会拉面，有健康证。",
        employment="FULL_TIME", valid_until=f"{localtime(noon) + timedelta(days=90):%Y-%m-%d}",
    )  # fmt: skip
    post = Vacancy.objects.get()
    assert "拉面师" in read(client, "/vacancies/")

    # Somebody books the fair, online, and wishes to talk about this post.
    person, code, passphrase = books(fair)
    person, _page = opens(code, passphrase)
    press(person, f"/bookings/{code}/fair/", wish_1=post.code)

    # When wishes are in the timetable is made by its lot; the time is proposed, and accepted.
    made = fair.starts_at - timedelta(days=1)
    time_machine.move_to(made, tick=False)
    officer = desk(offers.officer())
    press(officer, f"/console/offers/fairs/{fair.code}/", "/timetable/")
    talk = Interview.objects.get(booking__isnull=False)
    person, _page = opens(code, passphrase)
    press(person, f"/bookings/{code}/fair/", f"/{talk.code}/accept/")

    # At the stand: they came, the post was offered, and some days later the employer says it was taken.
    time_machine.move_to(talk.starts_at, tick=False)
    officer = desk(offers.officer())
    day = f"/console/offers/stands/{stand.pk}/"
    press(officer, day, f"/{talk.code}/came/")
    press(officer, day, f"/{talk.code}/offer/")
    door = f"/console/offers/sessions/{fair.code}/"
    press(officer, f"{door}door/1/", "/marks/", code=code, came="1")
    time_machine.move_to(fair.ends_at + timedelta(days=2), tick=False)
    officer = desk(offers.officer())
    press(officer, door, "/close/")
    press(officer, day, f"/{talk.code}/hire/")
    talk.refresh_from_db()
    assert (talk.state, talk.offered_at is not None, talk.hired_at is not None) == (
        "done", True, True,
    )  # fmt: skip

    # In public: the fair, its stand and its post as a JobPosting. Who was hired stands nowhere.
    public = client.get(f"/vacancies/{post.code}/").content.decode()
    assert '"JobPosting"' in public
    shown = client.get(f"/fairs/{fair.code}/").content.decode()
    assert EMPLOYER in shown
    assert not any(one in shown + public for one in (code, talk.code))
