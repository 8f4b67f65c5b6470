"""What everybody may follow: promised tasks of published programmes, and what was done with them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from linli.directory.models import Area
from linli.plans.models import Move, Progress, Review, Step, Task, TaskQuerySet

# What a calendar must hear of: its entry is another one afterwards.
_CHANGES = ("edited", "assigned", "given_back", "moved", "dropped")
_TOLD = ("milestone_reached", "dropped", "edited", "assigned", "given_back")
_NAMED = ("measure__programme__area", "lead", "indicator", "evidence", "measure__evidence")
_NAMED_BY_A_DEED = tuple(f"task__{name}" for name in _NAMED)


class Deed(NamedTuple):
    """One thing that was done with a promised task: by a unit, at a moment. Never by a person.

    kind: promised, moved, reported, sent_back, accepted, milestone_reached, reworded, reassigned or
    dropped. `key` names the deed for ever; `about` is the record of a move, report or review.
    """

    at: datetime
    key: str
    kind: str
    task: Task
    unit: str
    reason: str = ""
    about: Move | Progress | Review | None = None


class Changed(NamedTuple):
    """How often a promise has changed since it was made, and when last."""

    times: int
    last: datetime


def published_tasks(at: datetime) -> TaskQuerySet:
    """Return all that everybody may see at `at`, with what one line about each names."""
    return Task.objects.published().promised_by(at).select_related(*_NAMED)


def inside(tasks: TaskQuerySet, area: str) -> TaskQuerySet:
    """Return those of programmes of the area or of any place inside it."""
    areas = Area.objects.within(area).values("code")
    return tasks.filter(measure__programme__area__in=areas)


def deeds(tasks: TaskQuerySet, most: int) -> list[Deed]:
    """Return what was done last with these tasks, the newest first, at most so many. Six queries."""
    found = chain(
        _promised(tasks, most),
        _moved(tasks, most),
        _reported(tasks, most),
        _reviewed(tasks, most),
        _stepped(tasks, most),
    )
    return sorted(found, key=lambda deed: (deed.at, deed.key), reverse=True)[:most]


def changes(tasks: TaskQuerySet) -> dict[str, Changed]:
    """Return what calendars must hear of each task since its promise, by code. Two queries."""
    promised = {code: at for code, at in tasks.values_list("code", "promised_at") if at}
    found = {code: Changed(0, at) for code, at in promised.items()}
    steps = Step.objects.filter(subject__in=tasks.order_by().values("code"), verb__in=_CHANGES)
    for code, at in steps.order_by("at").values_list("subject", "at"):
        if code in found and at > promised[code]:
            found[code] = Changed(found[code].times + 1, at)
    return found


def _promised(tasks: TaskQuerySet, most: int) -> Iterator[Deed]:
    for task in tasks.order_by("-promised_at", "-pk")[:most]:
        if task.promised_at:
            area = task.measure.programme.area.name
            yield Deed(task.promised_at, f"{task.code}/promised", "promised", task, area)


def _moved(tasks: TaskQuerySet, most: int) -> Iterator[Deed]:
    moves = Move.objects.filter(task__in=tasks.order_by(), decision__approved=True)
    moves = moves.select_related("decision", *_NAMED_BY_A_DEED)
    for move in moves.order_by("-decision__at", "-pk")[:most]:
        given = move.decision
        yield Deed(
            given.at, f"{move.task.code}/move/{move.pk}", "moved", move.task, given.by_unit,
            move.reason, move,
        )  # fmt: skip


def _reported(tasks: TaskQuerySet, most: int) -> Iterator[Deed]:
    reports = Progress.objects.filter(task__in=tasks.order_by())
    reports = reports.select_related("evidence", "fact__indicator", *_NAMED_BY_A_DEED)
    for one in reports.order_by("-at", "-pk")[:most]:
        key = f"{one.task.code}/report/{one.pk}"
        yield Deed(one.at, key, "reported", one.task, one.by_unit, "", one)


def _reviewed(tasks: TaskQuerySet, most: int) -> Iterator[Deed]:
    reviews = Review.objects.filter(progress__task__in=tasks.order_by()).select_related(
        "evidence", "progress__fact__indicator", *(f"progress__{name}" for name in _NAMED_BY_A_DEED)
    )
    for one in reviews.order_by("-at", "-pk")[:most]:
        task = one.progress.task
        key = f"{task.code}/review/{one.pk}"
        yield Deed(one.at, key, one.verdict, task, one.by_unit, one.reason, one)


def _stepped(tasks: TaskQuerySet, most: int) -> Iterator[Deed]:
    """Yield what only the record of changes knows: other words, another lead, milestones, giving up."""
    codes = tasks.order_by().values("code")
    steps = Step.objects.filter(subject__in=codes, verb__in=_TOLD)
    newest = list(steps.order_by("-at", "-pk")[:most])
    by_code = {task.code: task for task in tasks.filter(code__in={one.subject for one in newest})}
    for one in newest:
        task = by_code[one.subject]
        kind, said = _told(one)
        if not kind:
            continue
        if task.promised_at and one.at < task.promised_at:
            continue  # before it was promised, it was nobody's business
        yield Deed(one.at, f"{task.code}/step/{one.pk}", kind, task, one.by_unit, said)


def _told(step: Step) -> tuple[str, str]:
    """Return what the public calls a step, and what it hears of it; nothing of the office's own affairs."""
    if step.verb not in {"edited", "assigned", "given_back"}:
        return step.verb, step.becomes.get("reason") or step.becomes.get("milestone") or ""
    said = [
        f"{step.was[name] or '—'} → {step.becomes[name] or '—'}"
        for name in ("title", "lead")
        if name in step.was
    ]
    kind = "reworded" if "title" in step.was else "reassigned" if "lead" in step.was else ""
    return kind, "; ".join(said)
