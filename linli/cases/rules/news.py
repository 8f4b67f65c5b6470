"""What all who share a cause hear of the task that meets it: that it was promised, moved, done or given up.

Nobody hears of a mere wish: until a planner promises something there is nothing to hold anybody to.
"""

from datetime import date
from typing import NamedTuple

ASKED, PROMISED, MOVED, DONE, DROPPED = "asked", "promised", "moved", "done", "dropped"
ENDS = (DONE, DROPPED)
_KNOWN = (PROMISED, MOVED)


class TaskNews(NamedTuple):
    """How the task of a cause stands: asked, promised, done or dropped, and for which day."""

    task: str
    title: str
    state: str
    due_on: date | None = None


class LastHeard(NamedTuple):
    """What was told of a cause's task last."""

    state: str
    due_on: date | None = None


def to_tell(last: LastHeard, now: TaskNews) -> str:
    """Return what has become of the task since it was told of last, "" when that is known already."""
    if last.state in ENDS or now.state == ASKED:
        return ""
    if now.state in ENDS or last.state == ASKED:
        return now.state
    return MOVED if last.due_on != now.due_on else ""


def concerns_all(last: LastHeard, kind: str) -> bool:
    """Say whether everybody hears it: that a wish was given up of which nobody heard is told to nobody."""
    return kind != DROPPED or last.state in _KNOWN


def in_words(now: TaskNews) -> str:
    """Return title, day and code on one line, as the case's page shows it."""
    day = [now.due_on.isoformat()] if now.due_on else []
    return " · ".join([now.title, *day, now.task])


def task_in(words: str) -> str:
    """Return the code of the task that such a line names."""
    return words.rsplit(" · ", 1)[-1]
