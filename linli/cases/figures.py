"""What cases count about the offices, as facts by place and month. Never about who asked: a cell that rests on
fewer than ten cases, or ten ratings, is not made.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Avg, Count, DateField, F, Max, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate, make_aware

from linli.cases.models import Case, Rating, Step, Topic
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import month
from linli.kernel.working_days import working_days_between

FEWEST = 10
_KEPT = ~Q(state=Case.WITHDRAWN)
Cells = Callable[[datetime], Iterator[Cell]]
_TENTH = Decimal("0.1")
_DAY = 86_400


def _version() -> str:
    """The last step of a case and the number of ratings: nothing else is counted here."""
    step = Step.objects.aggregate(last=Max("pk"))["last"] or 0
    return f"{step}.{Rating.objects.count()}"


def _cell(area: str, of: date, value: Decimal) -> Cell:
    return Cell(area, month(of.year, of.month), value)


def _tenths(value: Decimal | float) -> Decimal:
    return Decimal(str(value)).quantize(_TENTH, ROUND_HALF_UP)


def _by_month(of: str, counted: Any, among: Q, turned: Callable[[Any, int], Decimal]) -> Cells:  # noqa: ANN401
    """Return cells of the cases `among`, by place and the month of the column `of`."""

    def cells(at: datetime) -> Iterator[Cell]:
        cases = Case.objects.filter(among, **{f"{of}__lt": at}).order_by()
        grouped = cases.annotate(m=TruncMonth(of, output_field=DateField())).values("area", "m")
        rows = grouped.annotate(cases=Count("pk"), counted=counted).filter(cases__gte=FEWEST)
        for area, of_month, cases_counted, value in rows.order_by("area", "m").values_list(
            "area", "m", "cases", "counted"
        ):
            yield _cell(area, of_month, turned(value, cases_counted))

    return cells


def _of_all(value: int, cases: int) -> Decimal:
    return _tenths(Decimal(100 * value) / cases)


def _as_it_is(value: int, _cases: int) -> Decimal:
    return Decimal(value)


def _median_days(at: datetime) -> Iterator[Cell]:
    seconds: dict[tuple[str, date], array[float]] = defaultdict(lambda: array("d"))
    answered = Case.objects.filter(answered_at__lt=at).order_by()
    for area, asked, ended in answered.values_list("area", "asked_at", "answered_at").iterator():
        if ended is not None:
            took = (ended - asked).total_seconds()
            seconds[area, localdate(ended).replace(day=1)].append(took)
    for (area, of), taken in sorted(seconds.items()):
        if len(taken) >= FEWEST:
            yield _cell(area, of, _tenths(median(taken) / _DAY))


class MeasuredGuide(NamedTuple):
    """How many working days the cases of one guide took, by its code; no days where it was too few."""

    service: str
    days: Decimal | None
    cases: int


def working_days_by_guide(since: date, until: date) -> list[MeasuredGuide]:
    """Return the median working days from asking to the last answer, of every guide that a topic names.

    Of what was answered in [since, until), withdrawn and sensitive matters left out. Two queries.
    """
    named = Topic.objects.exclude(service=None).filter(sensitive=False)
    taken: dict[str, array[int]] = {
        code: array("L") for code in named.values_list("service__code", flat=True)
    }
    first, last = (make_aware(datetime.combine(day, time())) for day in (since, until))
    answered = Case.objects.filter(_KEPT, answered_at__gte=first, answered_at__lt=last).filter(
        topic__service__isnull=False, topic__sensitive=False
    )
    rows = answered.order_by().values_list("topic__service__code", "asked_at", "answered_at")
    for code, asked, ended in rows.iterator():
        if ended is not None:
            taken[code].append(working_days_between(localdate(asked), localdate(ended)))
    return [_measured(code, days) for code, days in sorted(taken.items())]


def _measured(service: str, days: Collection[int]) -> MeasuredGuide:
    enough = len(days) >= FEWEST
    return MeasuredGuide(service, _tenths(median(days)) if enough else None, len(days))


def _ratings(counted: Any, turned: Callable[[Any, int], Decimal]) -> Cells:  # noqa: ANN401
    def cells(at: datetime) -> Iterator[Cell]:
        given = Rating.objects.filter(month__lte=localdate(at)).order_by()
        rows = given.values("unit__area", "month").annotate(n=Count("pk"), counted=counted)
        rows = rows.filter(n__gte=FEWEST).order_by("unit__area", "month")
        for area, of, n, value in rows.values_list("unit__area", "month", "n", "counted"):
            yield _cell(area, of, turned(value, n))

    return cells


def _figure(name: str, titles: Iterable[str], unit: str, kind: str, cells: Cells) -> Figure:
    hans, hant, english, definition = titles
    return Figure(
        name=f"cases.{name}",
        title=hans,
        title_hant=hant,
        title_en=english,
        unit=unit,
        kind=kind,
        definition=definition + "不足十件（次）的不计。",
        computed_by="邻里",
        version=_version,
        cells=cells,
    )


_IN_TIME = Count("pk", Q(answered_at__lte=F("first_due_at"), state__in=["answered", "closed"]))

FIGURES = (
    _figure(
        "asked",
        ("诉求件数", "訴求件數", "Cases asked", "当月提出的诉求件数，含其后撤回的。"),
        "件", "count", _by_month("asked_at", Count("pk"), Q(), _as_it_is),
    ),
    _figure(
        "answered_in_time",
        (
            "按期办结率", "按期辦結率", "Answered by the first promised day",
            "首次承诺期限在当月的诉求（撤回的除外）中，在首次承诺期限内答复且未再重办的所占百分比。",
        ),
        "%", "rate", _by_month("first_due_at", _IN_TIME, _KEPT, _of_all),
    ),
    _figure(
        "reopened",
        (
            "重办率", "重辦率", "Reopened: not solved, people said",
            "当月提出且已答复过的诉求中，当事人表示未解决而重新办理的所占百分比。",
        ),
        "%", "rate",
        _by_month("asked_at", Count("pk", Q(reopened__gt=0)), Q(answered_at__isnull=False), _of_all),
    ),
    _figure(
        "bounces",
        (
            "推转次数", "推轉次數", "Bounces: handed on in vain",
            "当月提出的诉求被拒收或接收后再次转出的次数合计。",
        ),
        "次", "count", _by_month("asked_at", Sum("bounces"), Q(), _as_it_is),
    ),
    _figure(
        "median_days",
        (
            "答复天数中位数", "答覆天數中位數", "Median days to the answer",
            "当月答复的诉求从提出到最近一次答复的自然日天数的中位数。",
        ),
        "天", "duration", _median_days,
    ),
    _figure(
        "rating",
        (
            "评价平均分", "評價平均分", "Mean of the ratings",
            "当月取得评价资格者对当地单位所作评价（5 非常满意至 1 非常不满意）的平均分。",
        ),
        "分", "other", _ratings(Avg("grade"), lambda value, _n: _tenths(value)),
    ),
    _figure(
        "rated_solved",
        (
            "评价为已解决的比率", "評價為已解決的比率", "Rated as solved",
            "当月取得评价资格者的评价中表示已解决的所占百分比。",
        ),
        "%", "rate", _ratings(Count("pk", Q(solved="yes")), _of_all),
    ),
)  # fmt: skip
