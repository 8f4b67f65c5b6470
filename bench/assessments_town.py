"""Rounds with many candidates, each with a sheet of 60 answers from one source or from three."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench.assessments import ITEMS
from linli.assessments.actions.scores import score_round
from linli.assessments.models import (
    Assessment,
    Candidacy,
    Category,
    Edition,
    Instrument,
    Round,
    Scheme,
    Sheet,
    Step,
    Subject,
)
from linli.assessments.queries.replays import replayed
from linli.assessments.rules.instruments import Form, Item, Level, Section, digest, written
from linli.assessments.rules.scoring import Scorer
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.codes import code_of, new_code
from linli.kernel.signed import signed

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
BY = Actor(name="bench", role=Role.PLANNER, unit="bench")
SOURCES = ("self", "cross", "site")
KINDS = (
    {"kind": "yes_no"},
    {"kind": "scale", "top": 5},
    {"kind": "count", "nought": "0", "full": "24"},
    {"kind": "share", "nought": "10", "full": "95.5"},
)


def main() -> None:
    """Fill an empty database, then score: one source, and three."""
    units = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    area = Area.objects.create(code="620200", name="甲市", level="city", from_year=2000)
    keeper = _units(["keeper"], area, 0)[0]
    assessors = _units([f"第{n}检查组" for n in range(100)], area, 1)
    candidates = _units([f"第{n}单位" for n in range(units)], area, 101)
    edition = _edition(keeper)
    print(
        json.dumps([_measured(edition, area, candidates, assessors, sources) for sources in (1, 3)])
    )


def _measured(
    edition: Edition, area: Area, units: list[Unit], assessors: list[Unit], sources: int
) -> dict[str, Any]:
    round_ = _round(edition, area, SOURCES[:sources])
    _filled(round_, units, assessors, SOURCES[:sources])
    sheets = [sheet.answers for sheet in Sheet.objects.filter(assessment__round=round_)]
    scorer = Scorer(edition.form)
    rules = _seconds(lambda: [scorer.score(one) for one in sheets])
    asked, busy = _Asked(), time.process_time()
    with connection.execute_wrapper(asked):
        scored = _seconds(lambda: score_round(by=BY, at=AT, round=round_))
    busy = time.process_time() - busy
    again: list[str] = []
    replay = _seconds(lambda: again.extend(one.difference for one in replayed(round_)))
    return {
        "sources": sources, "scores": len(again), "differ": sum(map(bool, again)), "rules": rules,
        "scored": scored, "busy": busy, "replayed": replay, "queries": asked.times,
    }  # fmt: skip


class _Asked:
    """Counts queries, and nothing else: to write them down would be measured too."""

    times = 0

    def __call__(self, execute: Callable[..., object], *given: object) -> object:
        self.times += 1
        return execute(*given)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _units(names: Iterable[str], area: Area, first: int) -> list[Unit]:
    rows = (
        Unit(code=code_of(n), name=name, kind="department", area=area)
        for n, name in enumerate(names, first)
    )
    return Unit.objects.bulk_create(rows, batch_size=500)


def _edition(keeper: Unit) -> Edition:
    items = tuple(
        Item(f"i{n}", text={"zh-hans": f"第{n}题"}, weight=1 + n % 5, **KINDS[n % 4])
        for n in range(ITEMS)
    )
    form = Form(
        ("zh-hans",),
        (Section("s", {"zh-hans": "一"}, items),),
        (Level("city", {"zh-hans": "市级"}, 6000),),
    )
    instrument = Instrument.objects.create(
        code=new_code(), name="测评", use="scheme", unit=keeper, **signed(BY, AT)
    )
    return Edition.objects.create(
        instrument=instrument, number=1, document=written(form), digest=digest(written(form)),
        changed_at=AT, adopted_at=AT, adopted_by="bench", **signed(BY, AT),
    )  # fmt: skip


def _round(edition: Edition, area: Area, sources: Iterable[str]) -> Round:
    scheme = Scheme.objects.create(
        code=new_code(), name="示范", unit=edition.instrument.unit, area=area,
        levels=[{"key": "city", "name": "市级"}], **signed(BY, AT),
    )  # fmt: skip
    Category.objects.create(scheme=scheme, number=1, name="机关")
    return Round.objects.create(
        code=new_code(), scheme=scheme, year=2026, edition=edition, opened_at=AT,
        weights=dict.fromkeys(sources, 10), **signed(BY, AT),
    )  # fmt: skip


def _filled(
    round_: Round, units: list[Unit], assessors: list[Unit], sources: Iterable[str]
) -> None:
    category = Category.objects.get(scheme=round_.scheme)
    subjects = {
        one.unit_id: one for one in Subject.objects.filter(kind="unit")
    } or {one.unit_id: one for one in Subject.objects.bulk_create(
        (Subject(code=new_code(), kind="unit", name=unit.name, unit=unit, area=unit.area, **signed(BY, AT))
         for unit in units), batch_size=500)}  # fmt: skip
    whose = Candidacy.objects.bulk_create(
        (Candidacy(code=new_code(), round=round_, subject=subjects[unit.pk], category=category, level="city",
                   stage_since=AT, **signed(BY, AT)) for unit in units), batch_size=500,
    )  # fmt: skip
    stage = "apply"
    for n, source in enumerate(sources):
        stage = _moved(whose, stage, source)
        _sheets(
            round_, whose, units if source == "self" else assessors[50 * (n - 1) :][:50], source
        )
    _moved(whose, stage, "score")


def _moved(whose: list[Candidacy], was: str, to: str) -> str:
    steps = (Step(candidacy=one, was=was, to=to, **signed(BY, AT)) for one in whose)
    Step.objects.bulk_create(steps, batch_size=500)
    Candidacy.objects.filter(round=whose[0].round).update(stage=to)
    return to


def _sheets(round_: Round, whose: list[Candidacy], assessors: list[Unit], source: str) -> None:
    tasks = Assessment.objects.bulk_create(
        (Assessment(code=new_code(), kind=source, subject=one.subject, edition=round_.edition, round=round_,
                    candidacy=one, unit=assessors[n % len(assessors)], about=one.subject.unit, done_at=AT,
                    **signed(BY, AT)) for n, one in enumerate(whose)), batch_size=500,
    )  # fmt: skip
    sheets = (_sheet(n, task) for n, task in enumerate(tasks))
    Sheet.objects.bulk_create(sheets, batch_size=500)


def _sheet(n: int, task: Assessment) -> Sheet:
    values = (("yes", "no")[n % 7 == 0], n % 6, str(n % 30), f"{n % 100}.{n % 10}")
    answers = {f"i{i}": {"v": values[i % 4]} for i in range(ITEMS)}
    by = Actor(name="bench", role=Role.OFFICER, unit=task.unit.name)
    return Sheet(
        assessment=task, number=1, answers=answers, digest=digest(answers), filled_at=AT, **signed(by, AT)
    )  # fmt: skip
