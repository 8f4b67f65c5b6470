"""What Jiayuguan's laboratory looked at: one lot with nothing found, one with what must not be there."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from linli.demo import people
from linli.demo.food import KEEPER, LABORATORY, STALL, STORE, place
from linli.demo.food_goods import BRAISED, ROLLS, lot_of
from linli.demo.funds_books import morning
from linli.demo.units import JIAYUGUAN
from linli.directory.models import Area, Unit
from linli.trace.actions import (
    custody,
    lab_hearings,
    lab_methods,
    lab_reports,
    lab_runs,
    sample_plans,
    samples,
)
from linli.trace.models import Lot, Method, Premises, Report, Sample
from linli.trace.queries.keys import as_operator
from linli.trace.rules.laboratory.methods import EXTRACTION, NTC, POSITIVE, SAMPLE
from linli.trace.rules.laboratory.runs import Well

PIG, DUCK = "Sus scrofa", "Anas platyrhynchos"
_NAMES: Final = {PIG: ("猪", "豬", "pork"), DUCK: ("鸭", "鴨", "duck")}


def examine(*, today: date) -> None:
    """Take samples, run them, report, hear the operator; and plan the next draw."""
    if Method.objects.exists():
        return
    method = _method(today)
    _clear(method, today)
    _adverse(method, today)
    _planned(method, today)


def _method(today: date) -> Method:
    assays: list[dict[str, Any]] = [
        {
            "target": species, "gene": gene,
            "names": dict(zip(("zh-hans", "zh-hant", "en"), _NAMES[species], strict=True)),
            "detected_to": "35", "absent_from": "40", "positive": ["20", "30"], "lod": "5",
            "spread": "2",
        }
        for species, gene in ((PIG, "beta-actin"), (DUCK, "cytb"))
    ]  # fmt: skip
    body = {
        "assays": assays, "replicates": 2, "controls": {"ntc": 1, "extraction": 1, "positive": 1},
    }  # fmt: skip
    draft = lab_methods.MethodDraft(
        "species-pcr", "2026-1", "猪、鸭源性成分实时荧光 PCR（示例方法）", body, "参数为示例"
    )
    by = people.planner(JIAYUGUAN)
    return lab_methods.enter_method(by=by, at=morning(today - timedelta(days=90)), draft=draft)


def _clear(method: Method, today: date) -> None:
    day = morning(today - timedelta(days=14))
    sample = received(method, place(STORE), lot_of(BRAISED), day, "JY-1201")
    run(sample, day + timedelta(days=1), {PIG: (None, None), DUCK: (None, None)}, "1")
    report_on(sample, day + timedelta(days=2))


def _adverse(method: Method, today: date) -> None:
    """The blank of the first run shows something: it says nothing. Two more runs agree."""
    day = morning(today - timedelta(days=10))
    sample = received(method, place(STALL), lot_of(ROLLS), day, "JY-1207")
    found: dict[str, tuple[float | None, ...]] = {PIG: (None, None), DUCK: (27.4, 27.9)}
    run(sample, day + timedelta(days=1), found, "1", blank=33.0)
    run(sample, day + timedelta(days=2), found, "2")
    run(sample, day + timedelta(days=3), {PIG: (None, None), DUCK: (28.1, 28.0)}, "3")
    report = report_on(sample, day + timedelta(days=3, hours=3))
    told = day + timedelta(days=3, hours=5)
    lab_hearings.tell_operator(by=people.officer(KEEPER), at=told, report=report)
    stall = place(STALL).operator
    lab_hearings.reply_to_result(
        by=as_operator(stall), at=told + timedelta(days=1), report=report,
        words="牛肉卷由上游厂家供货，本摊未作加工，已下架，配合召回。（示例）",
    )  # fmt: skip


def _planned(method: Method, today: date) -> None:
    at = morning(today)
    draft = sample_plans.PlanDraft(
        name="冬季清真肉制品双随机抽样（示例）", unit=Unit.objects.get(name=KEEPER),
        laboratory=Unit.objects.get(name=LABORATORY), method=method, what="premises",
        areas=[Area.objects.get(code=JIAYUGUAN.code)], total=4,
        closes_at=at + timedelta(days=2), until=today + timedelta(days=30),
        since=today - timedelta(days=30),
    )  # fmt: skip
    sample_plans.plan_samples(by=people.planner(JIAYUGUAN), at=at, draft=draft)


def received(
    method: Method, where: Premises, lot: Lot, at: datetime, seal: str, by_unit: str = KEEPER
) -> Sample:
    """Have a sample of a lot taken, sealed, and brought to the laboratory."""
    keeper, laboratory = (Unit.objects.get(name=name) for name in (by_unit, LABORATORY))
    by = people.officer(by_unit)
    draft = samples.SampleDraft(where, keeper, laboratory, method, lot)
    sample = samples.order_sample(by=by, at=at, draft=draft)
    taking = samples.Taking(
        material=f"{lot.product.name} 500 g", taken_at=at + timedelta(hours=1), seal=seal,
        counter_seal=f"{seal}-B", keep_until=at.date() + timedelta(days=180),
        coldest=Decimal(-25), warmest=Decimal(8),
    )  # fmt: skip
    samples.take_sample(by=by, at=at + timedelta(hours=1), sample=sample, taking=taking)
    arrived = at + timedelta(hours=3)
    handing = custody.HandingDraft(laboratory, arrived, seal, whole=True, celsius=Decimal(4))
    custody.hand_over(by=people.officer(LABORATORY), at=arrived, sample=sample, draft=handing)
    return Sample.objects.select_related("method", "laboratory").get(pk=sample.pk)


def run(
    sample: Sample,
    at: datetime,
    cts: dict[str, tuple[float | None, ...]],
    extract: str,
    *,
    blank: float | None = None,
) -> None:
    """Record one run: three controls of each species, two wells of the sample."""
    label = f"{sample.code}/{extract}"
    wells = []
    for row, (target, values) in zip("AB", cts.items(), strict=True):
        spoiled = blank if target == DUCK else None
        wells += [
            _well(f"{row}1", NTC, "", target, spoiled),
            _well(f"{row}2", EXTRACTION, f"EB{extract}", target, None),
            _well(f"{row}3", POSITIVE, "", target, 25.2),
            *(_well(f"{row}{n}", SAMPLE, label, target, ct) for n, ct in enumerate(values, 4)),
        ]
    draft = lab_runs.RunDraft(sample.method, sample.laboratory, at, wells, instrument="示例仪器")
    lab_runs.record_run(by=people.officer(LABORATORY), at=at, draft=draft)


def _well(at: str, role: str, sample: str, target: str, ct: float | None) -> Well:
    return Well(at, role, sample, target, None if ct is None else Decimal(str(ct)), curve=True)


def report_on(sample: Sample, at: datetime) -> Report:
    """Report what the runs of a sample found; a second person approves it."""
    made = lab_reports.write_report(by=people.officer(LABORATORY), at=at, sample=sample)
    second = people.second(LABORATORY)
    return lab_reports.approve_report(by=second, at=at + timedelta(hours=1), report=made)
