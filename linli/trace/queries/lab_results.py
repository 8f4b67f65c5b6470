"""What everybody may know of laboratory tests: the standing report of each sample, once it is public. Never more."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.trace.models import Hearing, Method, Report
from linli.trace.rules.laboratory.methods import COPIES
from linli.trace.rules.laboratory.wording import LANGUAGES, Said, sentence


class TargetTold(NamedTuple):
    """What is told of one species: its name by language, the result, and what a sentence needs."""

    target: str
    result: str
    said: Said


@dataclass(frozen=True, slots=True)
class TestTold:
    """One public result: of which sample, of what, by whom, when; `result` of all targets together, the gravest."""

    code: str
    premises: int
    lot: int | None
    material: str
    taken_on: date
    told_on: date
    laboratory: str
    result: str
    targets: tuple[TargetTold, ...]
    reply: str
    number: int

    __test__: ClassVar = False  # no test of pytest's, for all its name

    @property
    def path(self) -> str:
        """Where all of it stands, without a language."""
        return f"/food/results/{self.code}/"

    def words(self, language: str) -> list[str]:
        """Say it in a language; where a result has no words of its own in that one, in Chinese."""
        return _sentences(self.targets, language)


def published(lot_ids: Collection[int]) -> dict[int, list[TestTold]]:
    """Return the public results of lots, the newest first; a lot without one is missing. One query."""
    found: dict[int, list[TestTold]] = defaultdict(list)
    for one in public_reports().filter(sample__lot__in=lot_ids):
        found[one.sample.lot_id or 0].append(told(one))
    return dict(found)


def of_premises(ids: Collection[int]) -> dict[int, list[TestTold]]:
    """Return the public results of samples taken at premises, the newest first. One query."""
    found: dict[int, list[TestTold]] = defaultdict(list)
    for one in public_reports().filter(sample__premises__in=ids):
        found[one.sample.premises_id].append(told(one))
    return dict(found)


def public_reports() -> QuerySet[Report]:
    """The reports that everybody may read, the newest first, with what is told of them."""
    related = ("sample__method", "sample__laboratory", "sample__premises__operator", "hearing")
    return (
        Report.objects.public()
        .select_related(*related, "sample__lot__product")
        .order_by("-published_at", "-id")
    )


def told(report: Report) -> TestTold:
    """Return what is told of a public report."""
    sample = report.sample
    return TestTold(
        code=sample.code,
        premises=sample.premises_id,
        lot=sample.lot_id,
        material=sample.material,
        taken_on=localdate(sample.taken_at),
        told_on=localdate(report.published_at),
        laboratory=sample.laboratory.name,
        result=report.result,
        targets=targets_told(report),
        reply=reply_told(getattr(report, "hearing", None)),
        number=report.number,
    )


def sentences(report: Report, language: str) -> list[str]:
    """Say in a language what a report says, public or not."""
    return _sentences(targets_told(report), language)


def reply_told(hearing: Hearing | None) -> str:
    """Return what the operator replied; "" while nothing, and where it is withheld."""
    return "" if hearing is None or hearing.withheld_at is not None else hearing.reply


def targets_told(report: Report) -> tuple[TargetTold, ...]:
    """Return what a report says of each species, with what a sentence about it needs."""
    method = report.sample.method
    assays = {one["target"]: one for one in method.body["assays"]}
    return tuple(
        TargetTold(one["target"], one["result"], _said(method, assays[one["target"]], one))
        for one in report.results
    )


def _said(method: Method, assay: dict[str, Any], one: dict[str, Any]) -> Said:
    measured = (Decimal(one["ratio"]), Decimal(one["wide"])) if one.get("ratio") else None
    return Said(
        species=assay["names"],
        method=method.standard or f"{method.name} {method.version}",
        lod=Decimal(assay["lod"]),
        lod_unit=assay.get("lod_unit", COPIES),
        measured=measured,
    )


def _sentences(targets: Iterable[TargetTold], language: str) -> list[str]:
    spoken = language if language in LANGUAGES else "zh-hans"
    return [sentence(one.result, one.said, spoken) for one in targets]
