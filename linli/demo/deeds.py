"""What happened to the demo's promises: reports, reviews, moves, letters, each through its own action."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import TOWNS, Town
from linli.facts.rules.periods import Period
from linli.plans import actions
from linli.plans.models import Programme, Review, Task


class Event(NamedTuple):
    """One thing that happened to the task whose title holds `clause`."""

    clause: str
    on: date
    verb: str
    words: str
    value: str
    marks: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """The moment: ten in the morning in China."""
        return datetime.combine(self.on, time(2), UTC)


def replay(programme: Programme, source: str, *, today: date) -> None:
    """Let everything happen to a programme's tasks that the table says of its source, in order of days."""
    town = next(town for town in TOWNS if town.code == programme.area_id)
    tasks = list(Task.objects.filter(measure__programme=programme).select_related("lead"))
    events = sorted(_events(source, town, today), key=lambda event: event.on)
    for event in events:
        for task in tasks:
            if event.clause in task.title:
                task.refresh_from_db()
                _DEEDS[event.verb](town, task, event, today)


def _events(source: str, town: Town, today: date) -> Iterator[Event]:
    for row in rows("events.tsv"):
        name, towns, clause, when, verb, words, value, marks = (*row, "", "", "")[:8]
        if name == source and (towns == "*" or town.code in towns.split()):
            yield Event(clause, _day(when, today), verb, words, value, tuple(marks.split()))


def _day(when: str, today: date) -> date:
    if when[0] in "+-":
        return today + timedelta(days=int(when))
    return date.fromisoformat(when)


def _report(town: Town, task: Task, event: Event, today: date) -> None:
    value = Decimal(event.value) if event.value else None
    file = None
    if "file" in event.marks:
        text = f"{task.title}\n{event.words}\n{event.on.isoformat()}(演示用佐证材料)\n"
        file = (text.encode(), "佐证材料.txt", "text/plain")
    actions.report_progress(
        by=people.officer(task.lead.name if task.lead else ""),
        at=event.at,
        task=task,
        draft=actions.ProgressDraft(
            words=event.words,
            says_done="done" in event.marks,
            value=value,
            period=Period(date(event.on.year, 1, 1), event.on) if value is not None else None,
            file=file,
        ),
    )


def _review(verdict: str) -> Callable[[Town, Task, Event, date], None]:
    def answer(town: Town, task: Task, event: Event, today: date) -> None:
        progress = task.progress.filter(review__isnull=True).last()
        if progress is None:
            message = f"nothing to answer: {event}"
            raise LookupError(message)
        actions.review_progress(
            by=people.supervisor(town),
            at=event.at,
            progress=progress,
            verdict=verdict,
            reason=event.words,
        )

    return answer


def _ask_move(town: Town, task: Task, event: Event, today: date) -> None:
    actions.ask_move(
        by=people.officer(task.lead.name if task.lead else ""),
        at=event.at,
        task=task,
        due_on=_day(event.value, today),
        target=task.target,
        reason=event.words,
    )


def _approve(town: Town, task: Task, event: Event, today: date) -> None:
    move = task.moves.filter(decision__isnull=True).get()
    actions.decide_move(
        by=people.supervisor(town), at=event.at, move=move, approved=True, words=event.words
    )


def _notice(town: Town, task: Task, event: Event, today: date) -> None:
    if task.lead is None:
        return
    actions.send_notice(
        by=people.supervisor(town),
        at=event.at,
        task=task,
        unit=task.lead,
        kind=event.value,
        due_on=event.on + timedelta(days=14),
    )


def _milestone(town: Town, task: Task, event: Event, today: date) -> None:
    """Set a milestone two months before its day; a value says when it was reached."""
    made = actions.add_milestone(
        by=people.planner(town),
        at=event.at - timedelta(days=60),
        task=task,
        title=event.words,
        due_on=event.on,
    )
    if event.value:
        reached = _day(event.value, today)
        at = datetime.combine(reached, time(8), UTC)
        lead = people.officer(task.lead.name if task.lead else "")
        actions.reach_milestone(by=lead, at=at, milestone=made, reached_on=reached)


def _drop(town: Town, task: Task, event: Event, today: date) -> None:
    actions.drop_task(by=people.planner(town), at=event.at, task=task, reason=event.words)


_DEEDS: dict[str, Callable[[Town, Task, Event, date], None]] = {
    "report": _report,
    "accept": _review(Review.ACCEPTED),
    "send_back": _review(Review.SENT_BACK),
    "ask_move": _ask_move,
    "approve": _approve,
    "notice": _notice,
    "milestone": _milestone,
    "drop": _drop,
}
