"""The promise 宣传月、演讲、征文、书画摄影、知识竞赛: a month of publicity with a contest and a quiz; works are judged by number,
the first hangs on the wall, and nobody knows whose it is. (In the browser: test_culture.py.)
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from linli.offers.models import Entry, Offer, Quiz
from tests.town import culture, directory, offers
from tests.town.told import desk, offer_of, press, read

pytestmark = pytest.mark.django_db
TITLES = ("楼下的灯", "四点半")


def test_a_work_wins_and_hangs_without_a_name(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    officer, unit = desk(offers.officer()), directory.unit(offers.LABOUR)
    code = offer_of(officer, kind="contest", title="我的邻居征文", unit=unit)
    closes = localtime(noon + timedelta(days=10))
    press(
        officer, f"/console/offers/contests/{code}/", kinds=["text"], prizes="1",
        closes_at=f"{closes:%Y-%m-%dT%H:%M}", shown_until=f"{closes + timedelta(days=90):%Y-%m-%d}",
    )  # fmt: skip
    assert "我的邻居征文" in read(client, f"/contests/{code}/")

    # Two send a work in; each leaves with a number and a mark, and neither said who they are.
    marks = [_sends(code, title) for title in TITLES]
    assert Entry.objects.count() == 2
    assert "楼下的灯" not in read(officer, f"/console/offers/contests/{code}/")

    # After the closing day the unit judges what it does not know by name.
    time_machine.move_to(closes + timedelta(hours=1), tick=False)
    officer = desk(offers.officer())
    jury = f"/console/offers/contests/{code}/"
    for (number, _mark), points in zip(marks, ("90", "60"), strict=True):
        press(officer, f"{jury}{number}/", points=points, words="好")
    press(officer, jury, "/result/")
    first = Entry.objects.get(place=1)
    assert first.number == int(marks[0][0])

    # The winner lets the work hang by number and mark, and fetches the prize the same way.
    winner = Client()
    number, mark = marks[0]
    press(winner, f"/contests/{code}/mine/", number=number, mark=mark)
    press(winner, f"/contests/{code}/mine/", "/hang/")
    press(officer, f"{jury}prize/", number=number, mark=mark)
    wall = read(client, f"/wall/{code}/")
    assert ("楼下的灯" in wall, "四点半" in wall) == (True, False)
    assert number in read(client, f"/contests/{code}/")


def test_a_quiz_counts_answers_and_nobody(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    officer, unit = desk(offers.officer()), directory.unit(offers.LABOUR)
    month = offer_of(officer, kind="programme", title="宣传月", unit=unit)
    press(officer, "/console/offers/quizzes/", offer=month, title="知识问答", drawn="2")
    quiz = Quiz.objects.get()
    bank = f"/console/offers/quizzes/{quiz.code}/"
    for words, choices, right in culture.BANK[:2]:
        press(officer, bank, words=words, choices="\n".join(choices), right=str(right + 1))
    press(officer, bank, "/open/")

    page = client.get(f"/quiz/{quiz.code}/").content.decode()
    asked = set(re.findall(r'name="(q[^"]*|answer[^"]*|\d+)"', page))
    press(client, f"/quiz/{quiz.code}/", gives=200, **dict.fromkeys(asked, "1"))

    assert Offer.objects.get(code=month).title in read(client, f"/offers/{month}/")
    assert "sessionid" not in client.cookies


def _sends(code, title):
    answer = press(
        Client(), f"/contests/{code}/send/", gives=200, kind="text", title=title, words="一直亮着。"
    )
    return re.findall(r'class="claim[^"]*"><bdi dir="ltr">([^<]+)', answer.content.decode())[:2]
