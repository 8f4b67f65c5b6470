"""Where a sample stands: what its runs say together, through whose hands it went, and whether it may be public."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from linli.kernel.working_days import due_at
from linli.trace.models import Finding, Handing, Report, Sample
from linli.trace.rules.laboratory import confirming, custody, publishing
from linli.trace.rules.laboratory.confirming import EXPERTS, Standing
from linli.trace.rules.laboratory.custody import Break, Care
from linli.trace.rules.laboratory.results import (
    DETECTED,
    INCONCLUSIVE,
    INVALID,
    NOT_DETECTED,
)

_KEPT = timedelta(days=400)  # the counter-sample lies where it is kept
_GRAVEST = (DETECTED, INCONCLUSIVE, INVALID, NOT_DETECTED)


def standings_of(samples: Iterable[Sample]) -> dict[int, dict[str, Standing]]:
    """Return what holds by now of each sample and target; a sample without a run has none. One query."""
    said: dict[int, dict[str, list[confirming.Finding]]] = {}
    rows = Finding.objects.filter(sample__in=list(samples)).order_by("run_id", "id")
    for one in rows.select_related("run__laboratory"):
        found = confirming.Finding(
            one.run.code, one.extraction, one.run.laboratory.code, one.result, one.counter
        )
        said.setdefault(one.sample_id, {}).setdefault(one.target, []).append(found)
    return {
        sample: {target: confirming.standing(found) for target, found in of_target.items()}
        for sample, of_target in said.items()
    }


def standing_of(sample: Sample) -> dict[str, Standing]:
    """Return what holds of a sample by now, by target."""
    return standings_of([sample]).get(sample.pk, {})


def disputed(sample: Sample) -> bool:
    """Say whether a sample is still needed: something is not final, or was found and is not settled in public."""
    standings = standing_of(sample)
    if any(not one.is_final for one in standings.values()):
        return True
    accused = any(one.result == DETECTED for one in standings.values())
    return accused and not Report.objects.public().filter(sample=sample).exists()


def chain_of(sample: Sample, part: str) -> list[custody.Handing]:
    """Return through whose hands a part of a sample went."""
    return [
        custody.Handing(
            one.handed_at, one.giver, one.taker, one.seal, one.whole, one.new_seal, one.celsius
        )
        for one in sample.handings.all()
        if one.part == part
    ]


def holder_of(sample: Sample, part: str = Handing.MAIN) -> str:
    """Return which post (a unit's code) has a part of a sample now."""
    return custody.holder(sample.unit.code, chain_of(sample, part))


def breaks_of(sample: Sample, part: str = Handing.MAIN) -> list[Break]:
    """Return where the chain of custody of a part breaks; nothing when it is whole."""
    if sample.taken_at is None:
        return []
    main = part == Handing.MAIN
    care = Care(sample.longest if main else _KEPT, sample.coldest, sample.warmest)
    seal = sample.seal if main else sample.counter_seal
    return custody.breaks(sample.taken_at, sample.unit.code, seal, chain_of(sample, part), care)


def gravest(results: Iterable[str]) -> str:
    """Return the gravest of several results: the one of a sample as a whole."""
    return min(results, key=_GRAVEST.index)


def results_now(sample: Sample) -> list[dict[str, Any]]:
    """Return what a report written now would say of each target of the method, the gravest first.

    Experts who looked at a contradiction close it: it stays inconclusive.
    """
    standings = standing_of(sample)
    closed = set(sample.appraisals.values_list("target", flat=True))
    measured = {
        one.target: {"ratio": one.ratio, "wide": one.wide}
        for one in sample.findings.exclude(ratio="").order_by("run_id", "id")
    }
    found = [
        {
            "target": target,
            "result": standings[target].result,
            "final": standings[target].is_final
            or (standings[target].needs == EXPERTS and target in closed),
        }
        | (measured.get(target, {}) if standings[target].result == DETECTED else {})
        for target in (one["target"] for one in sample.method.body["assays"])
        if target in standings
    ]
    return sorted(found, key=lambda one: _GRAVEST.index(one["result"]))


def known(report: Report) -> publishing.Known:
    """Return what is known of a report now, with its sample, hearing and tests as they stand."""
    sample = report.sample
    hearing = getattr(report, "hearing", None)
    still = [(one["target"], one["result"]) for one in results_now(sample)]
    same = still == [(one["target"], one["result"]) for one in report.results]
    parts = (Handing.MAIN, Handing.COUNTER)
    asked_at = hearing.counter_asked_at if hearing else None
    return publishing.Known(
        result=report.result,
        is_final=report.final and same,
        approved=report.approved_at is not None,
        whole=not any(breaks_of(sample, part) for part in parts),
        counter_pending=asked_at is not None and not counter_tested(sample),
        counter_by=counter_by(asked_at) if asked_at else None,
        told_at=hearing.at if hearing else None,
        reply_by=hearing.reply_by if hearing else None,
        replied_at=hearing.replied_at if hearing else None,
    )


def counter_by(asked_at: datetime) -> datetime:
    """Return until when the test of a counter-sample, asked for at a moment, keeps a result from the public."""
    return due_at(asked_at, publishing.COUNTER_DAYS)


def counter_tested(sample: Sample) -> bool:
    """Say whether the counter-sample was tested with a result."""
    return sample.findings.filter(counter=True, result__in=(DETECTED, NOT_DETECTED)).exists()
