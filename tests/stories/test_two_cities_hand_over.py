"""The promise 流入地和流出地联系机制、4+4: a person hands the own case to another city, which reads it there while the person allows
it, and reads it no more afterwards. (Between two real servers: tests/cases/test_two_cities.py.)
"""

import pytest

from linli.cases.actions import delivering
from linli.cases.models import Case, Received, Referral
from linli.kernel.models import Look
from tests.town import cases, cities
from tests.town.told import asks, desk, follows, press, read, said

pytestmark = pytest.mark.django_db
WORDS = "工地欠薪三个月，人已回到老家。"


def test_the_other_city_helps_while_the_person_allows_it(client, time_machine, monkeypatch, noon):
    time_machine.move_to(noon, tick=False)
    cases.other()
    cases.topic("wages", name="欠薪", kind="complaint")
    cases.unit(cases.LEGAL)
    partner = cities.partner()
    code, passphrase = asks(WORDS, topic="wages")

    # The person says which city and unit, what it may read, and for how long.
    person, page = follows(code, passphrase)
    assert f"{page}refer/" in person.get(page).content.decode()
    press(
        person, f"{page}refer/", partner=partner.pk, unit_name=cases.LEGAL, fields_given=["words"],
        days="30",
    )  # fmt: skip
    with cities.post_office(monkeypatch):
        assert delivering.deliver(by=cities.EXCHANGE, at=noon) == 1
        received = Received.objects.get()

        # Over there the unit's officer finds a code and no words; opening asks the first city, and is a look.
        officer = desk(cases.officer(cases.LEGAL))
        at_desk = f"/console/received/{received.code}/"
        assert WORDS not in read(officer, at_desk)
        assert WORDS in said(press(officer, at_desk, "/read/", gives=200, purpose="help"))
        assert WORDS not in str(Received.objects.values())
        press(officer, at_desk, "/accept/")

        # The person reads who looked, takes the leave back, and the next look finds nothing.
        shown = read(person, page)
        assert cases.LEGAL in shown
        assert Look.objects.count() == 1
        press(person, page, f"/grants/{Referral.objects.get().grant.code}/")
        refused = press(officer, at_desk, "/read/", gives=410, purpose="help")
        assert WORDS not in said(refused)
    assert Case.objects.get().code == code
    # Whoever asks finds the look in the public log, as a hash, and never the case.
    assert code not in read(client, "/log/")
