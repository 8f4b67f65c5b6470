"""Assessments of decisions as they are read: lists, one of them whole, what the plans are to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from linli.assessments.events import Mitigated
from linli.assessments.models import (
    Assessment,
    Hazard,
    Impact,
    ImpactQuerySet,
    ImpactTask,
    Mitigation,
    Ruling,
    Sheet,
)
from linli.assessments.models.poll import Poll
from linli.assessments.rules.impacts import Line, side_by_side
from linli.assessments.rules.instruments import Section
from linli.assessments.rules.scoring import Scorer
from linli.directory.models import Area

PREPARED, OPEN, DECIDING = "prepared", "open", "deciding"
STATES = (PREPARED, OPEN, DECIDING, Ruling.GO, Ruling.CHANGE, Ruling.STOP)


@dataclass(frozen=True, slots=True)
class ImpactsAsked:
    """Which assessments of decisions somebody asks for; what is empty is not asked."""

    state: str = ""
    area: Area | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One who answered the questions, or was asked to: the last sheet that came before the decision, if any."""

    task: Assessment
    sheet: Sheet | None
    share: int | None  # of the points, in hundredths of a percent

    @property
    def own(self) -> bool:
        """Whether it is the proposer's own."""
        return self.task.kind == Assessment.SELF

    @property
    def percent(self) -> str:
        """The share as people write it: 62.5."""
        return "" if self.share is None else f"{Decimal(self.share) / 100:f}"

    @property
    def answers(self) -> Mapping[str, Any]:
        """What was answered, by item."""
        return self.sheet.answers if self.sheet else {}


@dataclass(frozen=True, slots=True)
class Whole:
    """One assessment of a decision with all that belongs to it."""

    impact: Impact
    sources: Sequence[Source]
    sections: Sequence[tuple[Section, Sequence[Line]]]
    hazards: Sequence[Hazard]
    ruling: Ruling | None

    @property
    def apart(self) -> int:
        """How many questions are answered differently."""
        return sum(line.apart for _section, lines in self.sections for line in lines)


def state_of(impact: Impact, at: datetime) -> str:
    """Return where it stands; of one that was decided, as it was decided."""
    ruling = getattr(impact, "ruling", None)
    if ruling is not None:
        return str(ruling.outcome)
    if impact.closes_at is None:
        return PREPARED
    return OPEN if at < impact.closes_at else DECIDING


def asked_impacts(impacts: ImpactQuerySet, asked: ImpactsAsked, at: datetime) -> ImpactQuerySet:
    """Return those that somebody asks for, the last begun first, with what a line about each names."""
    found = impacts.select_related("subject__unit", "ruling").prefetch_related("places__area")
    if asked.state:
        found = found.filter(_in_state(asked.state, at))
    if asked.area:
        found = found.filter(places__area__in=Area.objects.within(asked.area.pk)).distinct()
    if asked.words:
        found = found.filter(Q(subject__name__icontains=asked.words) | Q(code=asked.words.upper()))
    return found


def by_state(impacts: ImpactQuerySet, at: datetime) -> dict[str, int]:
    """Return how many stand where; every state is named. One query."""
    counts = {state: Count("pk", _in_state(state, at)) for state in STATES}
    return dict(impacts.order_by().aggregate(**counts))


def whole(impact: Impact) -> Whole:
    """Return an assessment with all that belongs to it. Six queries."""
    ruling = Ruling.objects.filter(impact=impact).first()
    sources = _sources(impact, ruling)
    form = impact.edition.form
    return Whole(
        impact,
        sources,
        side_by_side(form, [one.answers for one in sources if one.sheet]),
        _hazards(impact),
        ruling,
    )


def polls_about(impact: Impact) -> "QuerySet[Poll]":
    """Return the polls about what is to be decided that were opened since this began."""
    return Poll.objects.published().filter(subject=impact.subject_id, opened_at__gte=impact.at)


def mitigated() -> list[Mitigated]:
    """Return what is done against hazards of decisions that go ahead: for the plans, once. One query."""
    found = Mitigation.objects.filter(
        hazard__struck_at=None, hazard__impact__ruling__outcome=Ruling.GO
    ).exclude(state__in=("done", "dropped"))
    return [
        Mitigated(
            code=one.code,
            impact=one.hazard.impact.code,
            title=one.words,
            unit=one.unit.name,
            area=one.hazard.impact.subject.area_id,
            due_on=one.due_on,
        )
        for one in found.select_related("unit", "hazard__impact__subject").order_by("pk")
    ]


def _in_state(state: str, at: datetime) -> Q:
    return {
        PREPARED: Q(opened_at=None),
        OPEN: Q(closes_at__gt=at, ruling=None),
        DECIDING: Q(closes_at__lte=at, ruling=None),
    }.get(state, Q(ruling__outcome=state))


def _sources(impact: Impact, ruling: Ruling | None) -> list[Source]:
    """Return who was asked, the proposer first, each with the last sheet that came before the decision."""
    sheets = Sheet.objects.filter(at__lte=ruling.at) if ruling else Sheet.objects.all()
    tasks = ImpactTask.objects.filter(impact=impact, assessment__dropped_at=None)
    tasks = tasks.select_related("assessment__unit").prefetch_related(
        Prefetch("assessment__sheets", sheets.order_by("number"))
    )
    scorer = Scorer(impact.edition.form)
    found = []
    for one in tasks:
        handed_in = list(one.assessment.sheets.all())
        sheet = handed_in[-1] if handed_in else None
        share = scorer.score(sheet.answers).share if sheet else None
        found.append(Source(one.assessment, sheet, share))
    return sorted(found, key=lambda one: not one.own)


def _hazards(impact: Impact) -> list[Hazard]:
    done = Mitigation.objects.select_related("unit").order_by("due_on", "pk")
    found = impact.hazards.select_related("area").prefetch_related(Prefetch("mitigations", done))
    return sorted(found, key=lambda one: (one.struck_at is not None, -one.severity, one.number))
