"""What assessments count of themselves, as facts by place and year: of units, premises and decisions, never of people.

Units stand where they are; scores and days in a stage stand where the scheme is kept. What stands at the end of a
year is, in the year that runs, as it stands now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from statistics import mean, median
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import localdate

from linli.assessments.models import (
    Award,
    AwardStep,
    Finding,
    Inspection,
    Objection,
    Result,
    Ruling,
    Scheme,
    Step,
)
from linli.assessments.queries.standing_awards import in_force
from linli.assessments.rules.stages import LEFT, OVER, WAY
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import year
from linli.kernel.clock import now

Cells = Callable[[datetime], Iterator[Cell]]
_TENTH = Decimal("0.1")
_HUNDREDTHS = 100
_DAY = 86_400


def _version() -> str:
    """The last of every row that is counted, what moved since without a row, and the year that runs."""
    last = [
        model.objects.aggregate(last=Max("pk"))["last"] or 0
        for model in (Award, AwardStep, Step, Result, Ruling, Objection)
    ]
    ended = Objection.objects.exclude(ended_on=None).count()
    shown = Inspection.objects.published().count()
    found = Finding.objects.aggregate(n=Count("pk"), settled=Count("settled_at"))
    numbers = (*last, ended, shown, found["n"], found["settled"], localdate(now()).year)
    return ".".join(map(str, numbers))


def _counted(rows: Callable[[], "QuerySet[Any]"], area: str, moment: str) -> Cells:
    """Yield how many rows there are, by place and the year of a moment. One query."""

    def cells(_at: datetime) -> Iterator[Cell]:
        found = rows().order_by().values_list(area, f"{moment}__year").annotate(Count("pk"))
        for place, of_year, n in sorted(found):
            yield Cell(place, year(of_year), Decimal(n))

    return cells


def _gathered(
    rows: Callable[[], Iterable[tuple[str, int, Decimal]]], tell: Callable[[list[Decimal]], Any]
) -> Cells:
    """Yield what is told of all values of a place and year."""

    def cells(_at: datetime) -> Iterator[Cell]:
        found: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
        for place, of_year, value in rows():
            found[place, of_year].append(value)
        for (place, of_year), values in sorted(found.items()):
            yield Cell(place, year(of_year), Decimal(tell(values)).quantize(_TENTH))

    return cells


def _in_force(awards: Callable[[], "QuerySet[Award]"]) -> Cells:
    """Yield how many of these awards stand at the end of each year, where the units are. Two queries."""

    def cells(at: datetime) -> Iterator[Cell]:
        for (place, of_year), n in in_force(awards(), "candidacy__subject__area", at).items():
            yield Cell(place, year(of_year), Decimal(n))

    return cells


def _scores() -> Iterator[tuple[str, int, Decimal]]:
    """Yield the score that was told last of each candidate, in percent. One query."""
    told = Result.objects.order_by("notice__at", "pk").values_list(
        "candidacy", "notice__round__scheme__area", "notice__at", "score__share"
    )
    last = {candidacy: (place, at, share) for candidacy, place, at, share in told}
    for place, at, share in last.values():
        yield place, localdate(at).year, Decimal(share) / _HUNDREDTHS


def _days_in(stage: str) -> Callable[[], Iterator[tuple[str, int, Decimal]]]:
    """Yield how many days each candidate who left a stage had spent there, by the year in which it left."""

    def rows() -> Iterator[tuple[str, int, Decimal]]:
        steps = Step.objects.filter(Q(was=stage) | Q(to=stage)).order_by("candidacy", "pk")
        begun: dict[int, datetime] = {}
        for candidacy, was, to, at, place in steps.values_list(
            "candidacy", "was", "to", "at", "candidacy__round__scheme__area"
        ):
            if was == stage and candidacy in begun and to != LEFT:
                spent = Decimal((at - begun.pop(candidacy)).total_seconds()) / _DAY
                yield place, localdate(at).year, spent
            if to == stage:
                begun[candidacy] = at

    return rows


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
        name=f"assessments.{name}",
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


_STAGES = {
    "self": ("自查", "自查", "self check"),
    "cross": ("交叉检查", "交叉檢查", "cross check"),
    "site": ("实地核查", "實地核查", "site check"),
    "poll": ("民意测评", "民意測評", "poll"),
    "score": ("评分", "評分", "scoring"),
    "notice": ("公示", "公示", "public notice"),
    "decision": ("审定", "審定", "decision"),
}


def _stages() -> Iterator[Figure]:
    for stage in WAY:
        if stage in _STAGES and stage not in OVER:
            hans, hant, english = _STAGES[stage]
            yield _figure(
                f"days_in_{stage}",
                (
                    f"{hans}环节用时中位数", f"{hant}環節用時中位數", f"Median days in the {english}",
                    f"参评单位在{hans}环节停留天数的中位数，按离开该环节的年份计；中途退出的不计。",
                ),
                _gathered(_days_in(stage), median), unit="天", kind="duration",
            )  # fmt: skip


def _published_findings(**states: str) -> Callable[[], "QuerySet[Finding]"]:
    return lambda: Finding.objects.filter(inspection__published_at__isnull=False, **states)


_PLACE = "assessment__subject__area"
_STATIC = (
    _figure(
        "units_named",
        ("示范单位数", "示範單位數", "Demonstration units", "年末（当年为现在）有效的各级示范单位数；已撤销的不计。"),
        _in_force(Award.objects.all),
    ),
    _figure(
        "score_mean",
        ("公示得分平均值", "公示得分平均值", "Mean of published scores", "当年公示的各参评单位最后得分的平均值，满分为100%。"),
        _gathered(_scores, mean), unit="%", kind="rate",
    ),
    *_stages(),
    _figure(
        "objections",
        ("公示异议数", "公示異議數", "Objections to results", "当年收到的对公示结果的异议件数；撤回的不计。"),
        _counted(
            lambda: Objection.objects.exclude(state=Objection.WITHDRAWN),
            "result__notice__round__scheme__area", "made_on",
        ), unit="件",
    ),
    _figure(
        "objections_upheld",
        ("公示异议成立数", "公示異議成立數", "Objections upheld", "当年办结并认定成立的异议件数。"),
        _counted(
            lambda: Objection.objects.filter(state=Objection.UPHELD),
            "result__notice__round__scheme__area", "ended_on",
        ), unit="件",
    ),
    _figure(
        "inspections",
        ("检查次数", "檢查次數", "Inspections", "当年公布结果的检查次数，含复查。"),
        _counted(Inspection.objects.published, _PLACE, "published_at"), unit="次",
    ),
    _figure(
        "findings",
        ("检查发现问题数", "檢查發現問題數", "Findings of inspections", "当年公布的检查中发现的问题数；经核实撤回的不计。"),
        _counted(
            lambda: _published_findings()().exclude(state=Finding.WITHDRAWN),
            f"inspection__{_PLACE}", "inspection__published_at",
        ),
    ),
    _figure(
        "findings_closed",
        ("检查问题整改完成数", "檢查問題整改完成數", "Findings put right", "当年核实整改完成的检查问题数，按完成年份计。"),
        _counted(
            _published_findings(state=Finding.CLOSED), f"inspection__{_PLACE}", "settled_at"
        ),
    ),
    _figure(
        "decisions_assessed",
        ("经影响评估的决策数", "經影響評估的決策數", "Decisions assessed before they were taken", "当年经影响评估和公开征求意见后作出决定的项目和决策数。"),
        _counted(Ruling.objects.all, "impact__subject__area", "at"), unit="项",
    ),
    _figure(
        "decisions_turned",
        ("评估后调整或终止的决策数", "評估後調整或終止的決策數", "Decisions changed or stopped", "当年经影响评估后决定调整或终止的项目和决策数。"),
        _counted(
            lambda: Ruling.objects.exclude(outcome=Ruling.GO), "impact__subject__area", "at"
        ), unit="项",
    ),
)  # fmt: skip


def _by_scheme() -> Iterator[Figure]:
    """Yield, for each scheme that has named a unit, how many it has named at each of its levels."""
    for scheme in Scheme.objects.filter(rounds__candidacies__award__isnull=False).distinct():
        for number, level in enumerate(scheme.levels, 1):
            code = scheme.code.lower().replace("-", "")
            said = f"{scheme.name}：{level['name']}"
            yield _figure(
                f"named_{code}_{number}",
                (
                    f"{said}单位数", f"{said}單位數", f"{said}, units named",
                    f"年末（当年为现在）有效的“{scheme.name}”{level['name']}单位数；已撤销的不计。",
                ),
                _in_force(_awards_at(scheme, level["key"])),
            )  # fmt: skip


def _awards_at(scheme: Scheme, level: str) -> Callable[[], "QuerySet[Award]"]:
    return lambda: Award.objects.filter(candidacy__round__scheme=scheme, level=level)


class _Figures:
    """What every assessment counts, and after it what each scheme does: those come as schemes do."""

    def __iter__(self) -> Iterator[Figure]:
        yield from _STATIC
        yield from _by_scheme()


FIGURES = _Figures()
