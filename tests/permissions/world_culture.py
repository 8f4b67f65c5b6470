"""What the matrix asks of contests, quizzes and volunteers: open, over, hidden, being prepared; works and neighbours
that are held in this browser, and others that are not.
"""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from linli.offers.actions import contests, quizzing
from linli.offers.models import Booking
from tests.town import culture, offers


def build(has, *, at, hidden):
    """Return the parts of addresses, and the cookies of who holds a work, or is a neighbour."""
    parts = _contests(has, at, hidden) | _quizzes(has, at, hidden) | _volunteers(has, at, hidden)
    work = {"number": has.mine.entry.number, "mark": has.mine.mark}
    held = _let_in(f"/contests/{has.taking.offer.code}/mine/", work)
    neighbour = {"code": has.joined.neighbour.code, "passphrase": has.joined.passphrase}
    inside = _let_in("/volunteers/mine/", neighbour)
    works = {"held work", "held work's deed", "held work without deed"}
    own = {"held neighbour", "held neighbour's deed", "held neighbour without deed"}
    return parts, dict.fromkeys(works, held) | dict.fromkeys(own, inside)


def _contests(has, at, hidden):
    early = at - timedelta(days=20)
    picture = {"kind": "image", "words": "", "file": culture.rebuilt()}
    has.taking = culture.contest(at=at, days=9)
    has.mine = culture.sent(has.taking, at=at, **picture)
    has.told = culture.contest(at=early)
    has.won = culture.sent(has.told, at=early, shown=True, **picture)
    kept_back = culture.sent(has.told, at=early, **picture).entry
    culture.judged(has.told, {has.won.entry: 90, kept_back: 10}, at=at)
    ripe, to_judge = culture.contest(at=early), culture.contest(at=early)
    judged = culture.sent(ripe, at=early).entry
    contests.judge(by=culture.judge(), at=at, entry=judged, points=50)
    work = culture.sent(to_judge, at=early, **picture).entry
    bare = offers.offer(at=at, kind="contest", title="还没有条件的比赛")
    secret = offers.offer(at=at, kind="contest", title=f"{hidden}比赛", published=False)
    terms = contests.Terms(kinds=["text"], closes_at=at + timedelta(9), shown_until=at.date() + timedelta(30))  # fmt: skip
    contests.call_for_works(by=offers.officer(), at=at, offer=secret, terms=terms)
    taking, told, judging = has.taking.offer.code, has.told.offer.code, to_judge.offer.code
    return {
        "contest": {"code": taking},
        "kept contest": {"code": secret.code},
        "contest without terms": {"code": bare.code},
        "contest that was told": {"code": told},
        "contest to tell": {"code": ripe.offer.code},
        "held work": {"code": taking},
        "work without a ticket": {"code": told},
        "held work's deed": {"code": taking, "deed": "hang"},
        "held work without deed": {"code": taking, "deed": "zzz"},
        "work's deed without a ticket": {"code": told, "deed": "back"},
        "work that hangs": {"code": told, "number": has.won.entry.number},
        "work that does not hang": {"code": told, "number": kept_back.number},
        "work to judge": {"code": judging, "number": work.number},
    }


def _quizzes(has, at, hidden):
    has.quiz, has.kept_quiz = culture.quiz(at=at), culture.quiz(at=at, opened=False)
    has.quiz_offer = has.quiz.offer
    has.kept_quiz.title = f"{hidden}问答"
    has.kept_quiz.save(update_fields=["title"])
    has.visit = quizzing.draw_visit(at=at, quiz=has.quiz)
    asked = quizzing.questions_of(at=at, quiz=has.quiz, visit=has.visit)
    has.answers = {f"q{one.pk}": one.right for one in asked}
    return {
        "quiz": {"code": has.quiz.code},
        "quiz being prepared": {"code": has.kept_quiz.code},
        "question": {"code": has.quiz.code, "key": has.quiz.questions.first().pk},
        "another's question": {"code": has.quiz.code, "key": has.kept_quiz.questions.first().pk},
    }


def _volunteers(has, at, hidden):
    has.circle, kept = culture.circle(at=at), culture.circle(at=at, published=False)
    kept.offer.title = f"{hidden}互助"
    kept.offer.save(update_fields=["title"])
    has.meeting_place = culture.station(at=at)
    has.joined = culture.neighbour(has.circle, "wanted", at=at, name=hidden, times=(20,))
    anothers = culture.neighbour(has.circle, "wanted", at=at, times=(19,)).neighbour
    wanted, offered = (culture.neighbour(has.circle, side, at=at) for side in ("wanted", "offered"))
    has.without_pairs = offers.offer(at=at, kind="group", title="还没有互助的小组")
    shift = offers.session(at=at, of=offers.offer(at=at, kind="shift", title="值班"))
    has.volunteer = offers.booked(shift, at=at)
    Booking.objects.filter(pk=has.volunteer.pk).update(state=Booking.ATTENDED)
    code = has.joined.neighbour.code
    return {
        "pairing": {"code": has.circle.offer.code},
        "kept pairing": {"code": kept.offer.code},
        "held neighbour": {"code": code},
        "neighbour without a ticket": {"code": anothers.code},
        "held neighbour's deed": {"code": code, "deed": "end"},
        "held neighbour without deed": {"code": code, "deed": "zzz"},
        "neighbour's deed without a ticket": {"code": anothers.code, "deed": "end"},
        "two neighbours": {"wanted": wanted.neighbour.code, "offered": offered.neighbour.code},
        "no neighbours": {"wanted": "zzz", "offered": "zzz"},
        "shift": {"code": shift.code},
    }


def _let_in(path, given):
    client = Client()
    client.post(path, given)
    return {name: one.value for name, one in client.cookies.items()}


def _table():
    book = Workbook()
    for row in (("题目", "A", "B", "正确答案"), ("又一题？", "是", "否", "A")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("bank.xlsx", out.getvalue())


SENT = {
    ("offers:send_work", "valid"): lambda has: {"kind": "text", "title": "灯", "words": "亮着。"},
    ("offers:my_work", "wrong mark"): lambda has: {"number": has.mine.entry.number, "mark": "1" * 16},
    ("offers:my_work", "valid"): lambda has: {"number": has.mine.entry.number, "mark": has.mine.mark},
    ("offers:console_contest", "valid"): lambda has: {
        "kinds": ["text"], "closes_at": "2026-12-01T18:00", "shown_until": "2027-03-01", "prizes": "2",
    },
    ("offers:judge_work", "valid"): lambda has: {"points": "80"},
    ("offers:set_aside", "valid"): lambda has: {"why": "写了姓名"},
    ("offers:prize", "valid"): lambda has: {"number": has.won.entry.number, "mark": has.won.mark},
    ("offers:quiz", "valid"): lambda has: {"visit": has.visit} | has.answers,
    ("offers:console_quizzes", "valid"): lambda has: {
        "offer": has.quiz_offer.code, "title": "又一个", "drawn": "2",
    },
    ("offers:console_quiz", "valid"): lambda has: {"words": "几月？", "choices": "五月\n九月", "right": "1"},
    ("offers:bring_questions", "valid"): lambda has: {"file": _table()},
    ("offers:neighbours", "wrong passphrase"): lambda has: {
        "code": has.joined.neighbour.code, "passphrase": "1" * 16,
    },
    ("offers:neighbours", "valid"): lambda has: {
        "code": has.joined.neighbour.code, "passphrase": has.joined.passphrase,
    },
    ("offers:join", "valid"): lambda has: {
        "side": "wanted", "location": has.meeting_place.code, "times": ["1"], "name": "小赵",
        "channel": "sms", "reach": "13900007777",
    },
    ("offers:console_pairs", "valid"): lambda has: {"offer": has.without_pairs.code, "kept_days": "60"},
    ("offers:hours", "valid"): lambda has: {"booking": has.volunteer.code, "minutes": "60"},
}  # fmt: skip
