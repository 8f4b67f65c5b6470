"""What must be done before a candidate leaves a stage: the same for everybody in a round, told before it is done. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.assessments.rules.stages import APPLY, CROSS, POLL, SELF, SITE

MOVED = (APPLY, SELF, CROSS, SITE, POLL)  # what follows is told, decided and named one by one
DAY_TO_COME, NO_TASK, NOT_DONE, POLL_OPEN, NOT_HERE = (
    "day_to_come", "no_task", "not_done", "poll_open", "not_here",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stand:
    """How a candidate stands in its stage: its tasks there that were not dropped, how many are done.

    `poll_open`: a poll about the round runs; `polled`: one has told its result.
    """

    tasks: int = 0
    done: int = 0
    poll_open: bool = False
    polled: bool = False


def hindrance(stage: str, stand: Stand, today: date, last_day: date) -> str:
    """Return what keeps a candidate in a stage, "" when it may go on.

    Who was given time to apply has it to its last day; a poll is over when its result is told, or when none was
    held by the last day; a check, when all who were asked have handed in, and somebody was asked at all.
    """
    if stage == APPLY:
        return DAY_TO_COME if today <= last_day else ""
    if stage == POLL:
        return POLL_OPEN if stand.poll_open or (today <= last_day and not stand.polled) else ""
    if stage not in MOVED:
        return NOT_HERE
    if not stand.tasks:
        return NO_TASK
    return NOT_DONE if stand.done < stand.tasks else ""


def counted(whys: Iterable[str]) -> dict[str, int]:
    """Return how many are kept back by what, "" for those who go on."""
    found: dict[str, int] = {}
    for why in whys:
        found[why] = found.get(why, 0) + 1
    return found
