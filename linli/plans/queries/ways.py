"""What delivers tasks and what pays for them, read off the record of changes."""

from collections.abc import Iterable
from typing import NamedTuple

from linli.plans.models import Step, Task

LINKED, ENDED = "served_by", "served_no_more"
OFFER, ACCOUNT = "offer", "account"


class Way(NamedTuple):
    """One thing that a task is linked with. counts: what of it counts towards the target, "" for nothing."""

    kind: str
    code: str
    name: str
    counts: str

    def is_(self, kind: str, code: str) -> bool:
        """Say whether it is this one."""
        return (self.kind, self.code) == (kind, code)


def ways_of(code: str) -> list[Way]:
    """Return what a task is linked with now, the first first. One query."""
    steps = Step.objects.filter(subject=code, verb__in=(LINKED, ENDED)).order_by("at", "pk")
    return _standing(steps.values_list("verb", "becomes"))


def tasks_linked(code: str) -> list[str]:
    """Return the codes of the tasks that something is linked with now. One query."""
    steps = Step.objects.filter(subject=code, verb__in=(LINKED, ENDED)).order_by("at", "pk")
    found: dict[str, None] = {}
    for verb, becomes in steps.values_list("verb", "becomes"):
        task = becomes.get("task", "")
        if verb == LINKED:
            found[task] = None
        else:
            found.pop(task, None)
    return list(found)


def counted_ways() -> list[tuple[Task, list[Way]]]:
    """Return the promised tasks with what counts towards their targets. Two queries."""
    by_task: dict[str, list[tuple[str, dict[str, str]]]] = {}
    steps = Step.objects.filter(verb__in=(LINKED, ENDED), becomes__kind=OFFER)
    for code, verb, becomes in steps.order_by("at", "pk").values_list("subject", "verb", "becomes"):
        by_task.setdefault(code, []).append((verb, becomes))
    counted = {
        code: found
        for code, said in by_task.items()
        if (found := [way for way in _standing(said) if way.counts])
    }
    tasks = Task.objects.filter(code__in=list(counted), indicator__isnull=False)
    tasks = tasks.exclude(promised_at=None).exclude(state=Task.DROPPED)
    tasks = tasks.select_related("indicator", "measure__programme").order_by("pk")
    return [(task, counted[task.code]) for task in tasks]


def _standing(said: Iterable[tuple[str, dict[str, str]]]) -> list[Way]:
    found: dict[tuple[str, str], Way] = {}
    for verb, becomes in said:
        place = becomes.get("kind", ""), becomes.get("code", "")
        if verb == LINKED:
            found[place] = Way(*place, becomes.get("way", ""), becomes.get("counts", ""))
        else:
            found.pop(place, None)
    return list(found.values())
