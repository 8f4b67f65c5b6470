"""The demo's contests, quiz, shift that is over and neighbours: invented, through the same actions as in earnest."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from linli.demo.people import officer
from linli.demo.strokes import written
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Area, Location, Unit
from linli.kernel.actors import HOLDER, Actor, Role
from linli.kernel.uploads import rebuild
from linli.offers.actions import attending, contests, entering, hours, offering, pairing, quizzing
from linli.offers.actions.booking import Wanted, book
from linli.offers.models import Booking, Contest, Offer, Quiz
from linli.offers.queries.neighbours import free_of, proposals

_BUREAU = unit_name(JIAYUGUAN, "民族宗教事务局")
_COMMUNITY = unit_name(JIAYUGUAN, "祁连社区居民委员会")
_JUDGES = ("经办人(示例)", "窗口人员(示例)", "规划员(示例)")
_VISITS = 40
_VOLUNTEERS = 12
_SIDES = (
    "wanted",
    "offered",
    "wanted",
    "wanted",
    "offered",
    "offered",
    "wanted",
    "wanted",
    "offered",
)
_NAMES = (
    "小马妈妈(示例)",
    "李老师(示例)",
    "古丽(示例)",
    "老张(示例)",
    "卓玛(示例)",
    "小陈(示例)",
    "韩阿姨(示例)",
    "小杨(示例)",
    "老刘(示例)",
)


def hold(*, today: date, at: datetime) -> None:
    """Hold what is missing: a contest with its wall, one that takes works, a quiz, a shift, neighbours."""
    month = Offer.objects.filter(title="民族团结进步宣传月", area=JIAYUGUAN.code).first()
    if month is None or Quiz.objects.filter(offer=month).exists():
        return
    _judged(month, today)
    _open(month, today)
    _quiz(month, today)
    _shift(today)
    _neighbours(today)


def _day(today: date, days: int) -> datetime:
    return make_aware(datetime.combine(today + timedelta(days=days), time(10)))


def _offer(kind: str, title: str, unit: str, words: str, at: datetime, part_of: Offer | None = None) -> Offer:  # fmt: skip
    draft = offering.OfferDraft(
        kind=kind,
        title=title,
        unit=Unit.objects.get(name=unit),
        area=Area.objects.get(code=JIAYUGUAN.code),
        description=words,
        part_of=part_of,
    )
    offer = offering.open_offer(by=officer(unit), at=at, draft=draft)
    return offering.publish(by=officer(unit), at=at, offer=offer)


def _called(title: str, words: str, month: Offer, today: date, days: tuple[int, int, int]) -> Contest:  # fmt: skip
    begins, closes, shown = days
    offer = _offer(Offer.CONTEST, title, _BUREAU, words, _day(today, begins), month)
    terms = contests.Terms(
        kinds=["text", "image", "audio"] if closes > 0 else ["text", "image"],
        closes_at=_day(today, closes),
        shown_until=today + timedelta(days=shown),
        prizes=3,
    )
    by = officer(_BUREAU)
    return contests.call_for_works(by=by, at=_day(today, begins), offer=offer, terms=terms)


def _judged(month: Offer, today: date) -> None:
    """A contest of writing that is over: works sent in, judged by three, told, and hung."""
    words = "毛笔、硬笔、短文都可以，题目不限：写写身边的邻里。（示例）"
    contest = _called("“邻里一家亲”书法和短文比赛", words, month, today, (-45, -9, 300))
    judged_at = _day(today, -6)
    for number, (kind, title, said, points, shown) in enumerate(rows("works.tsv")):
        file = rebuild(written(said), name="work.png") if kind == "image" else None
        work = entering.Work(
            kind=kind,
            title=title,
            words="" if file else said,
            file=file,
            shown=shown == "yes",
        )
        entry = entering.send_in(at=_day(today, -30 + number), contest=contest, work=work).entry
        for judge, given in zip(_JUDGES, points.split(), strict=True):
            by = Actor(judge, Role.OFFICER, _BUREAU)
            contests.judge(by=by, at=judged_at, entry=entry, points=int(given))
    contests.tell_result(by=officer(_BUREAU), at=_day(today, -5), contest=contest)


def _open(month: Offer, today: date) -> None:
    """A contest that takes works now."""
    words = "一张照片、一段录音或一篇短文：您的楼道、菜场、院子里的声音。（示例）"
    contest = _called("“听见邻里”照片和声音征集", words, month, today, (-10, 20, 200))
    for number, (kind, title, said, _points, _shown) in enumerate(rows("works.tsv")):
        if kind == "text":
            work = entering.Work(kind=kind, title=title, words=said, shown=True)
            entering.send_in(at=_day(today, -4 + number % 3), contest=contest, work=work)


def _quiz(month: Offer, today: date) -> None:
    by, at = officer(_BUREAU), _day(today, -20)
    quiz = quizzing.begin_quiz(
        by=by, at=at, offer=month, title="宣传月知识问答", drawn=5, ends_on=today + timedelta(days=40)
    )  # fmt: skip
    drafts = [
        quizzing.QuestionDraft(words=words, choices=choices.split("|"), right=int(right), why=why)
        for words, choices, right, why in rows("quiz.tsv")
    ]
    quizzing.add_questions(by=by, at=at, quiz=quiz, drafts=drafts)
    quiz = quizzing.open_quiz(by=by, at=at, quiz=quiz)
    for number in range(_VISITS):
        moment = _day(today, -19 + number // 3)
        visit = quizzing.draw_visit(at=moment, quiz=quiz)
        asked = quizzing.questions_of(at=moment, quiz=quiz, visit=visit)
        given = {
            one.pk: one.right if (number + place) % 4 else (one.right + 1) % len(one.choices)
            for place, one in enumerate(asked)
        }
        quizzing.answer(at=moment, quiz=quiz, visit=visit, given=given)


def _shift(today: date) -> None:
    """A shift that is over: who came, and their hours."""
    words = "整理图书、给孩子念书。（示例）"
    begun, begins = _day(today, -25), _day(today, -8)
    offer = _offer(Offer.SHIFT, "社区图书角整理", _COMMUNITY, words, begun)
    by = officer(_COMMUNITY)
    draft = offering.SessionDraft(
        meetings=[(begins, begins + timedelta(hours=3))],
        capacity=20,
        booking_from=begun,
        booking_until=begins - timedelta(hours=1),
        location=_stations().first(),
    )
    session = offering.add_session(by=by, at=begun, offer=offer, draft=draft)
    for number in range(_VOLUNTEERS):
        moment = begun + timedelta(hours=number + 1)
        book(by=HOLDER, at=moment, session=session, wanted=Wanted())
    codes = list(session.bookings.order_by("id").values_list("code", flat=True))
    marks = [attending.Mark(f"demo-shift-{code}", code, 1) for code in codes[1:]]
    attending.take_marks(by=by, at=begins, meeting=session.meetings.get(), marks=marks)
    attending.close_list(by=by, at=_day(today, -7), session=session)
    for booking in session.bookings.filter(state=Booking.ATTENDED).select_related("session__offer"):
        hours.confirm_hours(by=by, at=_day(today, -7), booking=booking, minutes=180)


def _neighbours(today: date) -> None:
    """Neighbours who wait, one pair that is proposed, and one that has met."""
    words = "放学后陪孩子写作业、读书；谁家需要、谁家能帮，按时间和地点配对。（示例）"
    offer = _offer(Offer.SHIFT, "邻里互助：课后辅导", _COMMUNITY, words, _day(today, -20))
    circle = pairing.open_pairing(by=officer(_COMMUNITY), at=_day(today, -20), offer=offer)
    stations = list(_stations()[:2])
    if not stations:
        return
    for number, (side, name) in enumerate(zip(_SIDES, _NAMES, strict=True)):
        asked = pairing.Asked(
            side=side,
            location=stations[number // 8 % len(stations)],
            times=[1 + 3 * (number % 3), 4, 13],
            name=name,
            contact=("sms", f"1390000{number:04d}"),
        )
        pairing.join(at=_day(today, -15 + number), pairing=circle, asked=asked)
    clerk = Actor("窗口人员(示例)", Role.CLERK, _COMMUNITY)
    for met, match in zip((True, False), proposals(circle, _day(today, -5)), strict=False):
        found = free_of([match.wanted, match.offered])
        both = (found[match.wanted], found[match.offered])
        pairing.propose(by=clerk, at=_day(today, -5), wanted=both[0], offered=both[1])
        for one in both if met else both[:1]:
            pairing.say(at=_day(today, -4), neighbour=one, yes=True)


def _stations() -> "QuerySet[Location]":
    return Location.objects.open_to_all().filter(area=JIAYUGUAN.code, name__contains="服务站")
