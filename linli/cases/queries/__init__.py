"""Reads of cases: queues, what the calendar looks for, bounces, what stands in public. Nothing sealed."""

from linli.cases.queries.bounces import (
    Bounce,
    bounced_for_meeting,
    bounces_of,
    due_for_meeting,
    reasons_of_bounces,
)
from linli.cases.queries.public import Broken, glass_broken, public_cases, timeline
from linli.cases.queries.queue import (
    QueueFilters,
    QueuePage,
    QueueRow,
    desk_of_supervision,
    queue,
    queue_count,
)

__all__ = [
    "Bounce",
    "Broken",
    "QueueFilters",
    "QueuePage",
    "QueueRow",
    "bounced_for_meeting",
    "bounces_of",
    "desk_of_supervision",
    "due_for_meeting",
    "glass_broken",
    "public_cases",
    "queue",
    "queue_count",
    "reasons_of_bounces",
    "timeline",
]
