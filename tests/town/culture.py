"""Contests, quizzes and neighbours for tests."""

import io
import wave
from datetime import timedelta

from django.utils.timezone import localdate
from PIL import Image

from linli.directory.models import Location
from linli.kernel.actors import Role
from linli.kernel.uploads import Rebuilt
from linli.offers.actions import contests, entering, pairing, quizzing
from tests.town import offers
from tests.town import services as town
from tests.town.staff import actor

BANK = [
    ("金昌市哪一年设市？", ("1981年", "1995年"), 0),
    ("什么是“邻里互助”？", ("只管自己", "互相帮助", "不相往来"), 1),
    ("宣传月在几月？", ("五月", "九月", "腊月"), 1),
]


def judge(name="评委甲", role=Role.OFFICER, unit=offers.LABOUR):
    return actor(role, name=name, unit=unit)


def contest(
    *, at, days=10, kept=100, kinds=("text", "image", "audio"), prizes=1, criteria=(), **overrides
):
    offer = offers.offer(at=at, kind="contest", title="书法比赛", **overrides)
    terms = contests.Terms(
        kinds=kinds,
        closes_at=at + timedelta(days=days),
        shown_until=localdate(at) + timedelta(days=kept),
        prizes=prizes,
        criteria=criteria,
    )
    return contests.call_for_works(by=offers.officer(), at=at, offer=offer, terms=terms)


def sent(contest, *, at, **overrides):
    work = {"kind": "text", "title": "我的邻居", "words": "楼下的灯总是亮着。"} | overrides
    return entering.send_in(at=at, contest=contest, work=entering.Work(**work))


def judged(contest, points, *, at, judges=("评委甲",)):
    """Give each entry the points of its place in `points`, by every judge."""
    for name in judges:
        for entry, given in points.items():
            contests.judge(by=judge(name), at=at, entry=entry, points=given)
    return contests.tell_result(by=offers.officer(), at=at, contest=contest)


def quiz(*, at, drawn=2, opened=True, bank=BANK, **overrides):
    offer = offers.offer(at=at, kind="programme", title="宣传月")
    made = quizzing.begin_quiz(
        by=offers.officer(), at=at, offer=offer, title="知识问答", drawn=drawn, **overrides
    )
    drafts = [
        quizzing.QuestionDraft(words=words, choices=choices, right=right, why="见手册。")
        for words, choices, right in bank
    ]
    quizzing.add_questions(by=offers.officer(), at=at, quiz=made, drafts=drafts)
    return quizzing.open_quiz(by=offers.officer(), at=at, quiz=made) if opened else made


def circle(*, at, **overrides):
    offer = offers.offer(at=at, kind="shift", title="邻里互助：课后辅导", **overrides)
    return pairing.open_pairing(by=offers.officer(), at=at, offer=offer)


def station(*, at, name="新华社区服务站"):
    found = Location.objects.filter(name=name).first()
    return found or town.station(name, at=at, organization=town.organization())


def neighbour(pairing_, side, *, at, times=(2, 5), location=None, **overrides):
    told = {
        "side": side,
        "location": location or station(at=at),
        "times": times,
        "name": "一位邻居",
        "contact": ("sms", "13900001111"),
    } | overrides
    return pairing.join(at=at, pairing=pairing_, asked=pairing.Asked(**told))


def picture(colour="red", size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def recording(seconds=1, rate=8000, width=2, channels=1):
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((channels, width, rate, 0, "NONE", ""))
        length = seconds * rate * width * channels
        made.writeframes((bytes(range(256)) * (length // 256 + 1))[:length])
    return out.getvalue()


def rebuilt(data=None, media_type="image/png"):
    return Rebuilt(data or picture(), media_type, media_type.rpartition("/")[2])
