"""A town with many tasks: five places, five years, units, milestones, reports, reviews and facts."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from linli.directory.models import Area, Unit
from linli.facts.models import Evidence, Fact, Indicator
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.kernel.codes import code_of
from linli.kernel.signed import signed
from linli.plans.models import Measure, Milestone, Programme, Progress, Review, Share, Task

PLACES, YEARS, UNITS, REPORTS = 5, 5, 60, 5
_WORK = (
    "新建社区服务站",
    "开展职业技能培训",
    "组织专场招聘会",
    "完善法律援助网络",
    "举办文化惠民活动",
)
_BY = system("bench")


def fill(tasks: int) -> None:
    """Fill an empty database with so many tasks and what belongs to them."""
    first = now().year - YEARS + 2  # the last year is still ahead: some tasks are not begun
    areas = _made(
        Area(code=f"6201{n:02}", name=f"第{n}区", level="county", from_year=2000)
        for n in range(1, PLACES + 1)
    )
    units = _made(
        Unit(code=code_of(n), name=f"第{n}单位", kind="department", area=areas[n % PLACES])
        for n in range(UNITS)
    )
    indicators = _made(
        Indicator(code=f"bench.n{n}", name=f"指标{n}", unit="人次", kind="count",
                  definition="计数", computed_by="bench")
        # One for every measured task of a programme: its series goes on in the next year's.
        for n in range(tasks // PLACES // YEARS // 2)
    )  # fmt: skip
    at = datetime(first, 1, 15, tzinfo=UTC)
    programmes = _made(
        Programme(title=f"{area.name}{year}年工作计划", area=area, starts_on=date(year, 1, 1),
                  ends_on=date(year, 12, 31), published_at=at)
        for area, year in itertools.product(areas, range(first, first + YEARS))
    )  # fmt: skip
    per_measure = 20 if tasks >= 10_000 else 5
    measures = _made(
        Measure(programme=programme, position=n, title=f"第{n}项措施")
        for programme in programmes
        for n in range(tasks // len(programmes) // per_measure)
    )
    made = _made(
        _task(n, measure, units, indicators, at)
        for n, measure in enumerate(itertools.chain.from_iterable(
            itertools.repeat(measure, per_measure) for measure in measures))
    )  # fmt: skip
    _deeds(made, units, at)


def _task(
    n: int, measure: Measure, units: list[Unit], indicators: list[Indicator], at: datetime
) -> Task:
    programme = measure.programme
    promised = programme.starts_on + timedelta(days=60 + n % 300)
    measured = n % 2 == 0
    return Task(
        measure=measure,
        position=n,
        title=f"{_WORK[n % len(_WORK)]}（第{n}项）",
        lead=units[n % UNITS],
        starts_on=programme.starts_on,
        due_on=promised + timedelta(days=30 * (n % 4 == 0)),
        first_due_on=promised,
        promised_at=at,
        indicator=indicators[n // 2 % len(indicators)] if measured else None,
        target=Decimal(1000) if measured else None,
        first_target=Decimal(1000) if measured else None,
        state=("open", "reported", "sent_back", "open", "dropped")[n % 5],
    )


def _deeds(tasks: list[Task], units: list[Unit], at: datetime) -> None:
    _made(
        Share(task=task, unit=units[(n + step) % UNITS], part=part)
        for n, task in enumerate(tasks)
        for step, part in ((1, "responsible"), (2, "supporting"))
    )
    _made(
        Milestone(task=task, title="中期", due_on=task.starts_on + timedelta(days=45),
                  reached_on=task.starts_on if n % 3 else None)
        for n, task in enumerate(tasks) if task.starts_on
    )  # fmt: skip
    evidence = _made(
        Evidence(kind="file", source=task.lead.name if task.lead else "", digest="0" * 64,
                 file_name="a.pdf", **signed(_BY, at))
        for task in tasks
    )  # fmt: skip
    reports = _made(
        Progress(task=task, words=f"第{step}次报告", evidence=proof,
                 **signed(_BY, at + timedelta(days=30 * step)))
        for task, proof in zip(tasks, evidence, strict=True)
        for step in range(REPORTS)
    )  # fmt: skip
    _made(
        Review(progress=report, verdict="sent_back", reason="材料不全", **signed(_BY, report.at))
        for n, report in enumerate(reports)
        if n % REPORTS < 4
    )
    _made(_facts(tasks, evidence))


def _facts(tasks: list[Task], evidence: list[Evidence]) -> Iterator[Fact]:
    """Yield five facts for each measured task: four claims, and for every other one a proof."""
    for n, (task, proof) in enumerate(zip(tasks, evidence, strict=True)):
        if task.indicator is None or task.starts_on is None:
            continue
        for step in range(REPORTS):
            value = Decimal(300 * (step + 1) - 200 * (n % 3))
            since = task.starts_on + timedelta(days=30 * step)
            yield Fact(
                indicator=task.indicator,
                area=task.measure.programme.area,
                period_from=since,
                period_until=since + timedelta(days=30),
                value=value,
                low=value,
                high=value,
                status="evidenced" if step == 4 and n % 4 == 0 else "claimed",
                evidence=proof,
                **signed(_BY, datetime(since.year, since.month, since.day, tzinfo=UTC)),
            )


def _made(rows: Iterable[Any]) -> list[Any]:
    """Write rows of one kind and return them with their keys."""
    found: list[Model] = list(rows)
    return type(found[0])._default_manager.bulk_create(found, batch_size=400)  # noqa: SLF001
