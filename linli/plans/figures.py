"""What the ledger counts about itself, as facts: promised, proven, overdue, and how far days have moved.

By the place of the programme and the year in which a task was first promised to be due, so that moving a
due day to the next year does not make this year look better.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from statistics import median

from django.db.models import Max
from django.utils.timezone import localdate

from linli.facts.models import Fact
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import year
from linli.kernel import clock
from linli.plans.models import Programme, Step, Task
from linli.plans.queries import Filters, Lit, public_ledger
from linli.plans.rules.drift import drift
from linli.plans.rules.lamp import Lamp, Reason

Count = Callable[[list[Lit]], Decimal | None]


def _version() -> str:
    """The last step of the ledger, the last fact that a target hangs on, and the day: lamps turn with it."""
    step = Step.objects.aggregate(last=Max("pk"))["last"] or 0
    measured = Task.objects.filter(target__isnull=False).order_by().values("indicator")
    fact = Fact.objects.filter(indicator__in=measured).aggregate(last=Max("pk"))["last"] or 0
    return f"{step}.{fact}.{localdate(clock.now())}"


def _cells(count: Count) -> Callable[[datetime], Iterator[Cell]]:
    def cells(at: datetime) -> Iterator[Cell]:
        areas = dict(Programme.objects.published().order_by().values_list("pk", "area_id"))
        groups: dict[tuple[str, int], list[Lit]] = defaultdict(list)
        for one in public_ledger(Filters(), at).all:
            if one.first_due_on and one.why != Reason.DROPPED:
                groups[areas[one.programme], one.first_due_on.year].append(one)
        for (area, due), lits in sorted(groups.items()):
            value = count(lits)
            if value is not None:
                yield Cell(area, year(due), value)

    return cells


def _with(lamp: Lamp) -> Count:
    return lambda lits: Decimal(sum(one.lamp == lamp for one in lits))


def _median_drift(lits: list[Lit]) -> Decimal | None:
    days: Iterable[int | None] = (drift(one.first_due_on, one.due_on) for one in lits)
    known = [day for day in days if day is not None]
    return Decimal(str(median(known))) if known else None


FIGURES = (
    Figure(
        name="plans.tasks_promised",
        title="承诺任务数",
        title_hant="承諾任務數",
        title_en="Tasks promised",
        unit="项",
        kind="count",
        definition="已公布方案中的任务数，按首次承诺的完成年份计；撤销的任务不计。",
        computed_by="邻里",
        adds_up=True,
        version=_version,
        cells=_cells(lambda lits: Decimal(len(lits))),
    ),
    Figure(
        name="plans.tasks_proven",
        title="已证实完成任务数",
        title_hant="已證實完成任務數",
        title_en="Tasks proven",
        unit="项",
        kind="count",
        definition="承诺任务中凭佐证材料确认完成（绿灯）的任务数，按首次承诺的完成年份计。",
        computed_by="邻里",
        adds_up=True,
        version=_version,
        cells=_cells(_with(Lamp.GREEN)),
    ),
    Figure(
        name="plans.tasks_overdue",
        title="逾期任务数",
        title_hant="逾期任務數",
        title_en="Tasks overdue",
        unit="项",
        kind="count",
        definition="承诺任务中现定期限已过而未证实完成（红灯）的任务数，按首次承诺的完成年份计。",
        computed_by="邻里",
        adds_up=True,
        version=_version,
        cells=_cells(_with(Lamp.RED)),
    ),
    Figure(
        name="plans.median_drift_days",
        title="期限变动中位数",
        title_hant="期限變動中位數",
        title_en="Median drift of due days",
        unit="天",
        kind="duration",
        definition="承诺任务现定完成日与首次承诺完成日相差天数的中位数，延后为正，按首次承诺的完成年份计。",
        computed_by="邻里",
        version=_version,
        cells=_cells(_median_drift),
    ),
)
