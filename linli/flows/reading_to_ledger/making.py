"""Makes the rows of one taking over through the actions of facts and plans, each resting on its sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.actions import IndicatorDraft, cite_span, define, record
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.queries import cited
from linli.flows.reading_to_ledger import becoming, naming
from linli.flows.reading_to_ledger.becoming import AsTask, Counted
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.plans.actions import TaskDraft, add_measure, add_task
from linli.plans.models import Measure, Programme, Task
from linli.reports.actions import Became
from linli.reports.models import Report
from linli.reports.queries.review import ReviewItem
from linli.reports.rules.review import says_watching

Made = dict[str, Became]


@dataclass
class Maker:
    """One taking over: who, when, of which report, into which programme."""

    by: Actor
    at: datetime
    report: Report
    area: Area
    programme: Programme | None
    _sections: dict[str, Measure] = field(default_factory=dict)

    def measures(self, items: Iterable[ReviewItem]) -> Made:
        """Add each as a measure of the programme."""
        return {one.item.id: Became("measure", self._measure(one).code) for one in items}

    def tasks(self, items: Iterable[ReviewItem]) -> Made:
        """Add each as a task; tasks of one section of the report stand under one measure."""
        return {one.item.id: Became("task", self._task(one).code) for one in items}

    def facts(self, items: Iterable[ReviewItem]) -> Made:
        """Record each as a claim of the report."""
        return {one.item.id: Became("fact", self._fact(one).code) for one in items}

    def merged(self, items: Iterable[ReviewItem]) -> Made:
        """Add nothing: the item is what is there already."""
        codes = {one.item.id: str(_becomes(one)["into"]) for one in items}
        kinds: dict[str, str] = {}
        for kind, model in (("task", Task), ("measure", Measure)):
            there = model.objects.filter(code__in=codes.values())
            kinds |= dict.fromkeys(there.values_list("code", flat=True), kind)
        kinds |= {
            code: "fact"
            for code in codes.values()
            if code not in kinds and cited(code, hidden=True)
        }
        if missing := set(codes.values()) - set(kinds):
            raise _gone(min(missing))
        return {item: Became(kinds[code], code) for item, code in codes.items()}

    def targets(self, items: Iterable[ReviewItem], became: Mapping[str, Became]) -> Made:
        """Note each as a part of its sentence's task, made now or before."""
        before = self.report.taken.filter(kind="task").values_list("item", "code")
        tasks = dict(before) | {
            item: made.code for item, made in became.items() if made.kind == "task"
        }
        owner = {
            figure: measure["id"]
            for measure in self.report.reading["measures"]
            for figure in measure.get("figures", ())
        }
        return {one.item.id: Became("task", tasks[owner[one.item.id]]) for one in items}

    def _measure(self, one: ReviewItem) -> Measure:
        return add_measure(
            by=self.by,
            at=self.at,
            programme=self._programme,
            title=_task_of(one).title,
            evidence=self._sentence(one),
        )

    def _task(self, one: ReviewItem) -> Task:
        made = _task_of(one)
        codes = (made.lead, *made.responsible)
        units = {code: self._unit(code) for code in codes if code}
        lead = units.get(made.lead)
        draft = TaskDraft(
            title=made.title,
            lead=lead,
            responsible=tuple(unit for code in made.responsible if (unit := units[code]) != lead),
            due_on=made.due_on,
            indicator=self._indicator(made.counted) if made.counted else None,
            target=made.target,
            target_sense=made.sense,
            evidence=self._sentence(one),
        )
        return add_task(by=self.by, at=self.at, measure=self._section(one), draft=draft)

    def _fact(self, one: ReviewItem) -> Fact:
        made = becoming.as_fact(_becomes(one))
        if made is None:
            raise _unclear(one)
        return record(
            by=self.by,
            at=self.at,
            indicator=self._indicator(made.counted),
            area=self.area,
            period=made.period,
            statement=made.statement,
            status=Fact.CLAIMED,
            evidence=self._sentence(one),
        )

    def _section(self, one: ReviewItem) -> Measure:
        """Return the measure for the section that an item stands in, made when it is not there yet."""
        heading = naming.section_of(self.report.reading, one.item.start)
        title = naming.bare(heading["surface"]) if heading else ""
        if heading is None or not title or says_watching(title):
            heading, title = None, self.report.title
        title = title[:300]
        if title not in self._sections:
            there = self._programme.measures.filter(title=title).first()
            self._sections[title] = there or add_measure(
                by=self.by,
                at=self.at,
                programme=self._programme,
                title=title,
                evidence=self._span(heading["start"], heading["end"], "") if heading else None,
            )
        return self._sections[title]

    def _indicator(self, counted: Counted) -> Indicator:
        """Return the indicator that is meant; a new name becomes a new one, the same name the same one."""
        code = counted.indicator or naming.indicator_code(counted.name, counted.unit)
        if known := Indicator.objects.filter(code=code).first():
            return known
        if counted.indicator:
            raise _gone(counted.indicator)
        draft = IndicatorDraft(
            code=code,
            name=counted.name,
            unit=counted.unit,
            kind=naming.kind_of(counted.kind),
            definition=_as_printed(counted.name, self.report.title),
            computed_by=self._source[:120],
            about_people=naming.counts_people(counted.unit),
            official_only=naming.of_a_group(counted.name),
        )
        return define(by=self.by, at=self.at, draft=draft)

    def _unit(self, code: str) -> Unit:
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise _gone(code)
        return unit

    def _sentence(self, one: ReviewItem) -> Evidence:
        return self._span(one.item.start, one.item.end, f"#s-{one.item.id}")

    def _span(self, start: int, end: int, mark: str) -> Evidence:
        return cite_span(
            by=self.by,
            at=self.at,
            source=self._source,
            digest=self.report.digest,
            start=start,
            end=end,
            words=self.report.reading["text"][start:end],
            address=f"/reports/{self.report.code}/{mark}",
        )

    @property
    def _programme(self) -> Programme:
        if self.programme is None:
            raise Refused("no_programme", _("Choose the programme that the tasks belong to."))
        return self.programme

    @cached_property
    def _source(self) -> str:
        printed = self.report.reading.get("source") or ""
        return f"{self.report.title} · {printed}" if printed else self.report.title


def _becomes(one: ReviewItem) -> Mapping[str, object]:
    return one.holds.becomes if one.holds else {}


def _task_of(one: ReviewItem) -> AsTask:
    made = becoming.as_task(_becomes(one))
    if made is None:
        raise _unclear(one)
    return made


def _as_printed(name: str, title: str) -> str:
    return f"“{name}”,见《{title}》"


def _gone(code: str) -> Refused:
    return Refused("unknown_code", _("%(code)s is not there any more.") % {"code": code})


def _unclear(one: ReviewItem) -> Refused:
    return Refused("unclear", _("%(item)s lacks something: correct it.") % {"item": one.item.id})
