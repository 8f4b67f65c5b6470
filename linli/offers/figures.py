"""What offers count of their own records, as facts by place and month: places and what became of them.

A cell that rests on fewer than ten is not made. What counts people stays inside until the release gate stands.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import Count, DateField, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.timezone import localdate

from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import month
from linli.kernel.clock import now
from linli.kernel.record_keys import sealed_digest
from linli.offers.models import (
    Attendance,
    Booking,
    BookingStep,
    Meeting,
    Offer,
    Outcome,
    Session,
    WalkIns,
)
from linli.offers.queries import culture_counts as culture
from linli.offers.queries import fair_figures, records

FEWEST = 10
Cells = Callable[[datetime], Iterator[Cell]]
Counts = dict[tuple[str, date], int]
_TENTH = Decimal("0.1")
_DAY = 86_400


def _version() -> str:
    """The last step, outcome and change of a session, who came, and the day: time alone ends a session."""
    step = BookingStep.objects.aggregate(last=Max("pk"))["last"] or 0
    outcome = Outcome.objects.aggregate(last=Max("pk"))["last"] or 0
    changed = Session.objects.aggregate(last=Max("last_modified"))["last"]
    came = Attendance.objects.aggregate(n=Sum("came"))["n"] or 0
    walked = WalkIns.objects.aggregate(n=Sum("came"))["n"] or 0
    today = localdate(now()).isoformat()
    moved = changed.isoformat() if changed else 0
    return f"{step}.{outcome}.{came}.{walked}.{moved}.{today}.{culture.counted_until()}"


def _by_month(rows: "QuerySet[Any]", area: str, moment: str, counted: Any) -> Counts:  # noqa: ANN401
    grouped = rows.order_by().annotate(m=TruncMonth(moment, output_field=DateField()))
    told = grouped.values_list(area, "m").annotate(n=Coalesce(counted, 0))
    return {(code, of): n for code, of, n in told}


def _sessions(at: datetime) -> "QuerySet[Session]":
    return Session.objects.open().filter(offer__published_at__isnull=False, starts_at__lt=at)


def _places(at: datetime) -> Counts:
    return _by_month(_sessions(at), "offer__area", "starts_at", Sum("capacity"))


def _booked(at: datetime) -> Counts:
    taken = Sum(F("taken_web") + F("taken_phone") + F("taken_station"))
    return _by_month(_sessions(at), "offer__area", "starts_at", taken)


def _attended(at: datetime) -> Counts:
    """Return how many came of those who booked: of each booking the most that came to any of its meetings."""
    found: Counts = defaultdict(int)
    came = Booking.objects.filter(session__starts_at__lt=at, attendances__came__gt=0).order_by()
    months = came.annotate(m=TruncMonth("session__starts_at", output_field=DateField()))
    rows = months.values("pk", "session__offer__area", "m").annotate(most=Max("attendances__came"))
    for area, of, most in rows.values_list("session__offer__area", "m", "most"):
        found[area, of] += most
    return found


def _person_times(at: datetime) -> Counts:
    """Return how many came to each meeting, with and without a booking, added up."""
    found: Counts = defaultdict(int)
    for rows in (Attendance.objects.all(), WalkIns.objects.all()):
        begun = rows.filter(meeting__starts_at__lt=at)
        place = "meeting__session__offer__area"
        for cell, n in _by_month(begun, place, "meeting__starts_at", Sum("came")).items():
            found[cell] += n
    return found


def _lessons(at: datetime) -> Counts:
    given = Meeting.objects.filter(
        cancelled_at=None,
        ends_at__lt=at,
        session__cancelled_at=None,
        session__offer__kind=Offer.COURSE,
        session__offer__published_at__isnull=False,
    )
    return _by_month(given, "session__offer__area", "starts_at", Count("pk"))


def _outcomes(kind: str) -> Callable[[datetime], Counts]:
    """Count those of whom it is known, by the month in which their course ended, each once."""

    def counts(at: datetime) -> Counts:
        known = Outcome.objects.filter(
            kind=kind, at__lt=at, booking__session__offer__kind=Offer.COURSE
        ).order_by()
        ended = "booking__session__ends_at"
        months = known.annotate(m=TruncMonth(ended, output_field=DateField()))
        rows = months.values_list("booking", "after_days", "booking__session__offer__area", "m")
        most: dict[int, tuple[int, tuple[str, date]]] = {}
        # What stands after so many days is the sum of its rows; of several days the most counts.
        for booking, _days, area, of, people in rows.annotate(people=Sum("people")):
            most[booking] = max(most.get(booking, (0, (area, of))), (people, (area, of)))
        found: Counts = defaultdict(int)
        for people, cell in most.values():
            found[cell] += people
        return found

    return counts


def _as_counted(counts: Callable[[datetime], Counts]) -> Cells:
    def cells(at: datetime) -> Iterator[Cell]:
        for (area, of), n in sorted(counts(at).items()):
            if n >= FEWEST:
                yield Cell(area, month(of.year, of.month), Decimal(n))

    return cells


def _coverage(at: datetime) -> Iterator[Cell]:
    places = _places(at)
    for (area, of), booked in sorted(_booked(at).items()):
        if booked >= FEWEST:
            part = _tenths(Decimal(100 * booked) / places[area, of])
            yield Cell(area, month(of.year, of.month), part)


def _waiting_days(at: datetime) -> Iterator[Cell]:
    """Yield the median of days on a waiting list, of those to whom a place was offered, by month of the offer."""
    seconds: dict[tuple[str, date], array[float]] = defaultdict(lambda: array("d"))
    waited = Booking.objects.filter(queued_at__isnull=False).order_by()
    offered = waited.annotate(let_in=Min("steps__at", filter=Q(steps__verb="offered"))).filter(
        let_in__lt=at
    )
    for area, since, let_in in offered.values_list("session__offer__area", "queued_at", "let_in"):
        if since is not None:
            took = (let_in - since).total_seconds()
            seconds[area, localdate(let_in).replace(day=1)].append(took)
    for (area, of), taken in sorted(seconds.items()):
        if len(taken) >= FEWEST:
            yield Cell(area, month(of.year, of.month), _tenths(median(taken) / _DAY))


def _tenths(value: Decimal | float) -> Decimal:
    return Decimal(str(value)).quantize(_TENTH, ROUND_HALF_UP)


def _figure(
    name: str,
    titles: Iterable[str],
    unit: str,
    cells: Cells,
    *,
    kind: str = "count",
    version: Callable[[], str] = _version,
    people: records.Records | bool = False,
) -> Figure:
    hans, hant, english, definition = titles
    return Figure(
        name=f"offers.{name}",
        title=hans,
        title_hant=hant,
        title_en=english,
        unit=unit,
        kind=kind,
        definition=definition + "不足十个（人、次）的不计。",
        computed_by="邻里",
        adds_up=kind == "count",
        about_people=people is not False,
        # It counts people, and stands beside what everybody sees.
        version=lambda: sealed_digest(version().encode())[:32],
        cells=cells,
        records=None if isinstance(people, bool) else people,
        told_as=definition.replace("当月", "当期"),
    )


FIGURES = (
    _figure(
        "places",
        (
            "开放名额", "開放名額", "Places offered",
            "当月开始且未取消的各类活动（课程、活动、招聘会、预约等）的名额合计。",
        ),
        "个", _as_counted(_places),
    ),
    _figure(
        "booked",
        ("已订名额", "已訂名額", "Places booked", "当月开始且未取消的各类活动中已被预订的名额合计。"),
        "个", _as_counted(_booked),
    ),
    _figure(
        "coverage",
        (
            "名额使用率", "名額使用率", "Booked of the places",
            "当月开始且未取消的各类活动中，已订名额占开放名额的百分比。",
        ),
        "%", _coverage, kind="rate",
    ),
    _figure(
        "lessons",
        ("授课次数", "授課次數", "Lessons given", "当月举行的课程中未取消的授课次数合计。"),
        "occasion", _as_counted(_lessons),
    ),
    _figure(
        "waiting_days",
        (
            "候补天数中位数", "候補天數中位數", "Median days on a waiting list",
            "当月获得候补名额的预订从进入候补到获得名额的自然日天数的中位数。",
        ),
        "day", _waiting_days, kind="duration",
    ),
    _figure(
        "attended",
        (
            "到场人数", "到場人數", "People who came",
            "当月开始的各类活动中，已预订并至少到场一次的人数合计。",
        ),
        "person", _as_counted(_attended), people=records.attended,
    ),
    _figure(
        "person_times",
        (
            "到场人次", "到場人次", "Person-times",
            "当月各次活动的到场人数合计，含未预订直接到场的。",
        ),
        "person_time", _as_counted(_person_times), people=True,
    ),
    _figure(
        "completed",
        ("培训结业人数", "培訓結業人數", "People trained", "当月结束的课程中结业的人数合计。"),
        "person", _as_counted(_outcomes("completed")), people=records.outcomes("completed"),
    ),
    _figure(
        "passed",
        ("培训考核合格人数", "培訓考核合格人數", "People who passed", "当月结束的课程中考核合格的人数合计。"),
        "person", _as_counted(_outcomes("passed")), people=records.outcomes("passed"),
    ),
    _figure(
        "employed",
        (
            "培训后就业人数", "培訓後就業人數", "People employed after a course",
            "当月结束的课程的学员中，结业时或之后 30、90、180 天确认就业的人数合计，每人只计一次。",
        ),
        "person", _as_counted(_outcomes("employed")), people=records.outcomes("employed"),
    ),
    _figure(
        "fair_posts",
        ("招聘会提供岗位数", "招聘會提供崗位數", "Posts at job fairs", "当月开始且未取消的招聘会上用人单位提供的岗位人数合计。"),
        "个", _as_counted(fair_figures.posts), version=fair_figures.version,
    ),
    _figure(
        "fair_talks",
        ("招聘会面谈数", "招聘會面談數", "Talks at job fairs", "当月开始的招聘会上实际进行的面谈数，含未预约直接到场的。"),
        "次", _as_counted(fair_figures.talks), version=fair_figures.version, people=True,
    ),
    _figure(
        "fair_offers",
        ("招聘会达成意向数", "招聘會達成意向數", "Posts offered at job fairs", "当月开始的招聘会上用人单位在面谈后给出录用意向的数量。"),
        "个", _as_counted(fair_figures.offers), version=fair_figures.version, people=True,
    ),
    _figure(
        "fair_hires",
        ("招聘会确认录用人数", "招聘會確認錄用人數", "Hires from job fairs", "当月开始的招聘会的面谈中，用人单位其后确认录用的人数。"),
        "person", _as_counted(fair_figures.hires), version=fair_figures.version, people=records.hires,
    ),
    _figure("works", ("参赛作品件数", "參賽作品件數", "Works sent in", "当月截止征集的比赛收到的作品件数合计。"),
        "work", _as_counted(culture.works_sent_in)),
    _figure("quiz_answers", ("答题次数", "答題次數", "Answers to quizzes", "当月结束的知识问答收到的答题次数合计。"),
        "occasion", _as_counted(culture.quiz_answers)),
    _figure("volunteer_hours",
        ("志愿服务时长", "志願服務時長", "Volunteer hours", "当月开始的志愿班次中经组织单位确认的服务时长合计。"),
        "hour", _as_counted(culture.enough(culture.volunteer_hours, FEWEST)), people=True),
    _figure("pairs",
        ("邻里互助结对数", "鄰里互助結對數", "Neighbours paired", "当月提出配对且双方都同意的邻里互助对数合计。"),
        "对", _as_counted(culture.pairs_met), people=True),
)  # fmt: skip
