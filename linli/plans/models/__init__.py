"""What was promised, and what was done about it."""

from linli.plans.models.deeds import Move, MoveDecision, Notice, Progress, Review, Step
from linli.plans.models.ground import Ground
from linli.plans.models.meeting import AgendaItem, Attendance, Body, Decision, Meeting, Seat
from linli.plans.models.policy import Measure, PolicyDocument, Programme, ProgrammeQuerySet
from linli.plans.models.task import Milestone, Share, Task, TaskQuerySet

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "Decision",
    "Ground",
    "Measure",
    "Meeting",
    "Milestone",
    "Move",
    "MoveDecision",
    "Notice",
    "PolicyDocument",
    "Programme",
    "ProgrammeQuerySet",
    "Progress",
    "Review",
    "Seat",
    "Share",
    "Step",
    "Task",
    "TaskQuerySet",
]
