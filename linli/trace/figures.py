"""What food supervision counts of itself, as facts by place and year: of premises, goods and offices, never of people.

Businesses stand where the unit is that supervises them, all else where the premises are. What stands at the end of a
year is, in the year that runs, as it stands now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.timezone import localdate

from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import year
from linli.kernel.clock import now
from linli.trace.models import (
    Finding,
    Operator,
    Permit,
    PermitStep,
    Premises,
    Recall,
    Report,
    Sample,
    Visit,
)
from linli.trace.queries.permits_told import valid_at_year_ends

Cells = Callable[[datetime], Iterator[Cell]]
_TENTH = Decimal("0.1")
_MINUTE = 60


def _version() -> str:
    """The last of every row that is counted, what moved since without a row, and the day: permits run out by it."""
    last = [
        model.objects.aggregate(last=Max("pk"))["last"] or 0
        for model in (Operator, Premises, Permit, PermitStep, Finding, Recall)
    ]
    closed = [model.objects.exclude(closed_on=None).count() for model in (Operator, Premises)]
    visits = Visit.objects.aggregate(
        Count("pk"), Max("made_on"), found=Sum("findings"), left=Sum("open")
    )
    public = Report.objects.public().aggregate(Count("pk"), Max("published_at"))
    moved = (
        Sample.objects.exclude(taken_at=None).count(),
        Recall.objects.exclude(reached_at=None).count(),
        _called().count(),
    )
    numbers = (*last, *closed, *visits.values(), *public.values(), *moved, localdate(now()))
    return ".".join(map(str, numbers))


def _counted(
    rows: Callable[[], "QuerySet[Any]"],
    area: str,
    moment: str,
    of: Any = None,  # noqa: ANN401
) -> Cells:
    """Yield how many rows there are, by place and the year of a moment. One query."""

    def cells(_at: datetime) -> Iterator[Cell]:
        counted = Count("pk") if of is None else of
        found = rows().order_by().values_list(area, f"{moment}__year").annotate(counted)
        for place, of_year, n in sorted(found):
            yield Cell(place, year(of_year), Decimal(n))

    return cells


def _kept(rows: Callable[[], "QuerySet[Any]"], area: str) -> Cells:
    """Yield how many there are at the end of each year: entered, and not closed. One query."""

    def cells(at: datetime) -> Iterator[Cell]:
        found: dict[tuple[str, int], int] = defaultdict(int)
        this_year = localdate(at).year
        for place, entered_at, closed_on in rows().order_by().values_list(area, "at", "closed_on"):
            until = closed_on.year if closed_on else this_year + 1
            for of_year in range(localdate(entered_at).year, min(until, this_year + 1)):
                found[place, of_year] += 1
        for (place, of_year), n in sorted(found.items()):
            yield Cell(place, year(of_year), Decimal(n))

    return cells


def _valid(at: datetime) -> Iterator[Cell]:
    """Yield how many permits are valid at the end of each year. Two queries."""
    for (place, of_year), n in sorted(valid_at_year_ends(at).items()):
        yield Cell(place, year(of_year), Decimal(n))


def _minutes(_at: datetime) -> Iterator[Cell]:
    """Yield the median of minutes until it was known whom a recall or a drill reached. One query."""
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    walked = Recall.objects.exclude(reached_at=None).order_by()
    for place, begun, reached in walked.values_list("lot__premises__area", "at", "reached_at"):
        if reached is not None:
            spent = (reached - begun).total_seconds() / _MINUTE
            found[place, localdate(reached).year].append(spent)
    for (place, of_year), spent_of in sorted(found.items()):
        yield Cell(place, year(of_year), Decimal(median(spent_of)).quantize(_TENTH))


def _called() -> "QuerySet[Recall]":
    return Recall.objects.filter(drill=False, state__in=(Recall.RUNNING, Recall.ENDED))


def _reported(result: str) -> Callable[[], "QuerySet[Report]"]:
    return lambda: Report.objects.public().filter(result=result)


def _found(result: str) -> Callable[[], "QuerySet[Finding]"]:
    return lambda: Finding.objects.filter(result=result)


def _figure(
    name: str,
    said: tuple[str, str, str, str],
    cells: Cells,
    *,
    unit: str = "个",
    kind: str = "count",
) -> Figure:
    hans, hant, english, definition = said
    return Figure(
        name=f"trace.{name}",
        title=hans,
        title_hant=hant,
        title_en=english,
        unit=unit,
        kind=kind,
        definition=definition,
        computed_by="邻里",
        adds_up=kind == "count",
        version=_version,
        cells=cells,
    )


_AREA = "premises__area"


def _tests() -> Iterable[Figure]:
    told = "sample__premises__area"
    yield _figure(
        "tests_detected",
        ("检出目标物种的样品数", "檢出目標物種的樣品數", "Samples in which a target was detected", "当年公布的检测报告中，结论为检出的样品数；以现行有效报告计。"),
        _counted(_reported("detected"), told, "published_at"), unit="份",
    )  # fmt: skip
    yield _figure(
        "tests_not_detected",
        ("未检出目标物种的样品数", "未檢出目標物種的樣品數", "Samples in which no target was detected", "当年公布的检测报告中，结论为未检出的样品数；以现行有效报告计。"),
        _counted(_reported("not_detected"), told, "published_at"), unit="份",
    )  # fmt: skip
    yield _figure(
        "tests_inconclusive",
        ("未能判定须重新检测的次数", "未能判定須重新檢測的次數", "Tests that were inconclusive", "当年检测中未能判定、须重新检测的结果数，按样品、目标物种和运行计。"),
        _counted(_found("inconclusive"), told, "run__run_at"), unit="次",
    )  # fmt: skip
    yield _figure(
        "tests_invalid",
        ("无效检测次数", "無效檢測次數", "Invalid tests", "当年因质控不合格等原因无效的检测结果数，按样品、目标物种和运行计。"),
        _counted(_found("invalid"), told, "run__run_at"), unit="次",
    )  # fmt: skip


FIGURES = (
    _figure(
        "operators",
        ("食品经营者数", "食品經營者數", "Food businesses", "年末（当年为现在）登记在册、未终止经营的食品经营者数，按监管单位所在地计。"),
        _kept(Operator.objects.all, "unit__area"), unit="家",
    ),
    _figure(
        "premises",
        ("食品经营场所数", "食品經營場所數", "Food premises", "年末（当年为现在）登记在册、未关闭的食品经营场所数。"),
        _kept(Premises.objects.all, "area"), unit="处",
    ),
    _figure(
        "permits_valid",
        ("有效许可证数", "有效許可證數", "Valid permits", "年末（当年为现在）有效的食品经营许可证数；暂停、撤销、过期的不计。"),
        _valid, unit="件",
    ),
    _figure(
        "premises_inspected",
        ("受检经营场所数", "受檢經營場所數", "Premises inspected", "当年至少有一次已公布检查的食品经营场所数，一处只计一次。"),
        _counted(Visit.objects.all, _AREA, "made_on", Count("premises", distinct=True)), unit="处",
    ),
    _figure(
        "findings",
        ("食品检查发现问题数", "食品檢查發現問題數", "Findings at food premises", "当年已公布的食品经营场所检查中发现的问题数。"),
        _counted(Visit.objects.all, _AREA, "made_on", Sum("findings")),
    ),
    _figure(
        "findings_open",
        ("食品检查未整改问题数", "食品檢查未整改問題數", "Findings not put right", "当年已公布的食品经营场所检查所发现、至今未整改完成的问题数。"),
        _counted(Visit.objects.all, _AREA, "made_on", Sum("open")),
    ),
    _figure(
        "samples",
        ("食品抽样数", "食品抽樣數", "Food samples taken", "当年抽取的食品样品数。"),
        _counted(lambda: Sample.objects.exclude(taken_at=None), _AREA, "taken_at"), unit="份",
    ),
    *_tests(),
    _figure(
        "recalls",
        ("食品召回次数", "食品召回次數", "Food recalls", "当年决定实施的食品召回次数；演练和未实施的不计。"),
        _counted(_called, "lot__premises__area", "decided_at"), unit="次",
    ),
    _figure(
        "minutes_to_trace",
        ("追溯用时中位数", "追溯用時中位數", "Median minutes to trace", "当年召回和召回演练从发起到查明流向所用分钟数的中位数。"),
        _minutes, unit="分钟", kind="duration",
    ),
)  # fmt: skip
