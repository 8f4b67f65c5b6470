"""The page for a grade: alone, for all five, once, and joined to nobody."""

import re

import pytest
import time_machine

from linli.cases.actions import following, handling
from linli.cases.models import Rating, SpentToken
from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from tests.town import asking as town
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
OFFICER = actor(Role.OFFICER, unit="嘉峪关市城市管理局")
GOOD = {"grade": 1, "solved": "no"}


@pytest.fixture
def token():
    forget_all()
    with time_machine.travel(town.AT, tick=False):
        case = town.asked().case
        handling.take(by=OFFICER, at=town.AT, case=case)
        handling.reply(by=OFFICER, at=town.AT, case=case, words="修好了")
        following.close(at=town.AT, case=case)
        yield following.offer_rating(at=town.AT, case=case)


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("solved", ["yes", "partly", "no"])
def test_takes_every_grade(client, token, grade, solved):
    response = client.post(f"/en/rate/{token}/", {"grade": grade, "solved": solved})

    assert response.url == "/en/rate/thanks/"
    assert Rating.objects.values_list("grade", "solved").get() == (grade, solved)


def test_takes_a_token_once(client, token):
    client.post(f"/en/rate/{token}/", GOOD)

    again = client.post(f"/en/rate/{token}/", GOOD | {"grade": 5})

    assert again.status_code == 422
    assert Rating.objects.get().grade == 1


def test_thanks_again_when_the_same_page_is_sent_twice(client, token):
    page = client.get(f"/en/rate/{token}/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]

    answers = [client.post(f"/en/rate/{token}/", GOOD | {"once": once}) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"grade": 3},
        {"solved": "yes"},
        {"grade": 0, "solved": "yes"},
        {"grade": 6, "solved": "no"},
    ],
)
def test_sends_half_an_answer_back(client, token, data):
    assert client.post(f"/en/rate/{token}/", data).status_code == 422
    assert not Rating.objects.exists()
    assert not SpentToken.objects.exists()


def test_takes_no_token_that_is_not_ours(client, token):
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")

    response = client.post(f"/en/rate/{forged}/", GOOD)

    assert response.status_code == 422
    assert not Rating.objects.exists()


def test_takes_no_grade_from_staff_for_somebody(client, token):
    """The page asks for no account and looks at none: what is sent is the holder's of the token."""
    client.force_login(account(Role.OFFICER))

    client.post(f"/en/rate/{token}/", GOOD)

    kept = Rating.objects.values().get()
    assert set(kept) == {"id", "unit_id", "kind", "month", "grade", "solved"}


def test_reads_and_sets_no_ticket(client, token):
    client.cookies["following"] = "something"

    response = client.get(f"/en/rate/{token}/")

    assert set(response.cookies) <= {"csrftoken"}
    assert "no-store" in response.headers["Cache-Control"]
