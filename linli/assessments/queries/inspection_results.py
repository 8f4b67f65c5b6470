"""What came of visits: the last sheet of each, what it earned, what was found; as others may hear of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from linli.assessments.events import Inspected
from linli.assessments.models import CorrectionOrder, Edition, Finding, Inspection, Sheet
from linli.assessments.rules.instruments import Form, Level
from linli.assessments.rules.scoring import Score, Scorer, level_of

PLANNED, MADE, PUBLISHED, CALLED_OFF = "planned", "made", "published", "off"


@dataclass(slots=True)
class Result:
    """One inspection with its last sheet, what that earned, and what was found; no sheet before the visit."""

    inspection: Inspection
    state: str
    sheet: Sheet | None = None
    score: Score | None = None
    level: Level | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many findings are not settled."""
        return sum(one.state == Finding.OPEN for one in self.findings)

    @property
    def standing(self) -> int:
        """How many findings were not withdrawn."""
        return sum(one.state != Finding.WITHDRAWN for one in self.findings)

    @property
    def graves(self) -> int:
        """How many grave findings are not settled."""
        return sum(
            one.state == Finding.OPEN and one.severity == Finding.GRAVE for one in self.findings
        )


class Forms:
    """The forms of editions, each read once."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[Form, Scorer]] = {}

    def of(self, edition: Edition) -> tuple[Form, Scorer]:
        """Return the form of an edition, and what scores its sheets."""
        if edition.pk not in self._read:
            form = edition.form
            self._read[edition.pk] = form, Scorer(form)
        return self._read[edition.pk]


def state_of(inspection: Inspection) -> str:
    """Where an inspection stands."""
    task = inspection.assessment
    if inspection.published_at is not None:
        return PUBLISHED
    if task.done_at is not None:
        return MADE
    return CALLED_OFF if task.dropped_at is not None else PLANNED


def results(inspections: QuerySet[Inspection] | Sequence[Inspection]) -> list[Result]:
    """Return what came of inspections, in three queries."""
    found, forms = list(inspections), Forms()
    last: dict[int, Sheet] = {}
    for sheet in Sheet.objects.filter(assessment__in=[one.assessment_id for one in found]).order_by(
        "number"
    ):
        last[sheet.assessment_id] = sheet
    wrong: dict[int, list[Finding]] = {}
    for finding in findings_of(found):
        wrong.setdefault(finding.inspection_id, []).append(finding)
    return [
        _result(one, last.get(one.assessment_id), wrong.get(one.pk, []), forms) for one in found
    ]


def findings_of(inspections: Iterable[Inspection]) -> QuerySet[Finding]:
    """The findings of inspections, with their orders and what was seen of these."""
    orders = CorrectionOrder.objects.select_related("check_made").order_by("number")
    return Finding.objects.filter(inspection__in=list(inspections)).prefetch_related(
        Prefetch("orders", queryset=orders)
    )


def inspected(address: str = "", since: datetime | None = None) -> list[Inspected]:
    """Return the published results of premises that have a page of ours: of one address, or since a moment."""
    found = Inspection.objects.published().exclude(assessment__subject__address="")
    if address:
        found = found.filter(assessment__subject__address=address)
    if since:
        found = found.filter(published_at__gt=since)
    rows = found.select_related(
        "assessment__subject", "assessment__edition__instrument", "assessment__unit"
    )
    return [_told(one) for one in results(rows.order_by("published_at", "id"))]


def _result(
    inspection: Inspection, sheet: Sheet | None, findings: list[Finding], forms: Forms
) -> Result:
    if sheet is None:
        return Result(inspection, state_of(inspection))
    form, scorer = forms.of(inspection.assessment.edition)
    score = scorer.score(sheet.answers)
    key = "" if score.vetoes else level_of(form.levels, score.share)
    level = next((one for one in form.levels if one.key == key), None)
    return Result(inspection, state_of(inspection), sheet, score, level, findings)


def _told(result: Result) -> Inspected:
    one, task = result.inspection, result.inspection.assessment
    made = task.done_at or one.published_at
    return Inspected(
        code=task.code,
        address=task.subject.address,
        unit=task.unit.name,
        made_on=localdate(made) if made else date.min,
        share=result.score.share if result.score else 0,
        findings=result.standing,
        open=result.open,
        grave=result.graves,
    )
