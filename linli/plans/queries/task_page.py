"""Reads of the task page: the task with all that hangs on it, and what is known of its figure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from linli.directory.models import Unit
from linli.facts.models import Evidence, Fact
from linli.plans.models import (
    AgendaItem,
    Ground,
    Milestone,
    Move,
    Notice,
    Progress,
    Review,
    Share,
    Step,
    Task,
)
from linli.plans.queries.standings import Lit, lit
from linli.plans.queries.waiting import notices


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task with its lamp and everything that was done on it."""

    task: Task
    lit: Lit
    responsible: list[Unit]
    supporting: list[Unit]
    facts: list[Fact]
    milestones: list[Milestone]
    progress: list[Progress]
    moves: list[Move]
    notices: list[Notice]
    steps: list[Step]
    points: list[AgendaItem]
    grounds: list[Ground]

    @property
    def units(self) -> list[Unit]:
        """All units with a part, the lead first."""
        lead = [self.task.lead] if self.task.lead else []
        return [*lead, *self.responsible, *self.supporting]

    @property
    def waiting(self) -> Progress | None:
        """The report that waits for review."""
        if self.task.state != Task.REPORTED or not self.progress:
            return None
        last = self.progress[-1]
        return None if _review(last) else last

    @property
    def sent_back(self) -> Review | None:
        """The review that sent the last report back, until the unit reports again."""
        last = _review(self.progress[-1]) if self.progress else None
        return last if self.task.state == Task.SENT_BACK else None

    @property
    def asked(self) -> Move | None:
        """The wish to move that waits for an answer."""
        return next((move for move in self.moves if not hasattr(move, "decision")), None)


def whole_tasks() -> QuerySet[Task]:
    """Return tasks with everything that one row of them names."""
    return Task.objects.select_related(
        "measure__programme__area", "measure__evidence", "lead", "indicator", "evidence", "proof"
    )


def task_page(task: Task, today: date) -> TaskPage:
    """Return what the page of a task shows: a dozen queries, however much was done."""
    shares = list(task.shares.select_related("unit"))
    return TaskPage(
        task=task,
        lit=next(iter(lit(Task.objects.filter(pk=task.pk), today))),
        responsible=[share.unit for share in shares if share.part == Share.RESPONSIBLE],
        supporting=[share.unit for share in shares if share.part == Share.SUPPORTING],
        facts=_facts(task),
        milestones=list(task.milestones.all()),
        progress=list(
            task.progress.select_related(
                "fact__indicator", "fact__evidence", "evidence", "review__evidence"
            )
        ),
        moves=list(task.moves.select_related("decision")),
        notices=list(notices(task=task)),
        steps=list(Step.objects.filter(subject=task.code)),
        points=list(task.agenda_items.select_related("meeting__body")),
        grounds=list(task.grounds.all()),
    )


def backing_file(task: Task, key: int) -> Evidence | None:
    """Return the file `key` if this task rests on it: its own source, or what backs one of its reports."""
    file = Evidence.objects.filter(pk=key, kind=Evidence.FILE).first()
    if file is None or file.pk in {task.evidence_id, task.measure.evidence_id}:
        return file
    return file if task.progress.filter(evidence=file).exists() else None


def _facts(task: Task) -> list[Fact]:
    """Return what is known of the task's indicator in its place, newest period first."""
    if task.indicator_id is None:
        return []
    facts = Fact.objects.filter(
        indicator=task.indicator_id, area=task.measure.programme.area_id
    ).current()
    return list(facts.select_related("indicator", "evidence").order_by("-period_until", "-at")[:20])


def _review(progress: Progress) -> Review | None:
    return getattr(progress, "review", None)
