"""The state of a project follows from what was recorded of it; nobody sets it. Pure.

Stopped is said. Done is when there is nothing open any more. Delayed is when an open day has passed or was moved
to later than it was first promised, or when nothing has begun although it should have. Running is when something
has begun. Whoever looks sees a delay from the day on which it is known, not from the day on which it hurts.
"""

from collections.abc import Mapping
from typing import Final

PLANNED, RUNNING, DELAYED, DONE, STOPPED = "planned", "running", "delayed", "done", "stopped"
STATES: Final = (PLANNED, RUNNING, DELAYED, DONE, STOPPED)

BEGUN, FINISHED, REACHED = "begun", "finished", "reached"
WARNING, EASED, DELAY, MOVED, RESUMED = "warning", "eased", "delay", "moved", "resumed"
DEEDS: Final = (BEGUN, FINISHED, REACHED)
NOTES: Final = (*DEEDS, WARNING, EASED, DELAY, MOVED, STOPPED, RESUMED)

FINE, MEND, GRAVE = "fine", "mend", "grave"
FINDINGS: Final = (FINE, MEND, GRAVE)

ROLES: Final = ("officials", "teachers", "health", "technicians", "others")

# The first that holds names the state; none of them: planned.
LADDER: Final = (
    ("is_stopped", STOPPED),
    ("is_done", DONE),
    ("is_late", DELAYED),
    ("has_begun", RUNNING),
)


def state_of(marks: Mapping[str, bool]) -> str:
    """Return the state that these marks (the names in LADDER) make."""
    return next((state for mark, state in LADDER if marks[mark]), PLANNED)
