"""What may be done in the plans engine. One function, one transaction."""

from linli.plans.actions.bodies import found_body, seat_units
from linli.plans.actions.decisions import decide, settle_item
from linli.plans.actions.documents import record_document, replace_document
from linli.plans.actions.drafts import (
    Attachment,
    BodyDraft,
    DocumentDraft,
    ProgrammeDraft,
    ProgressDraft,
    TaskDraft,
)
from linli.plans.actions.meetings import (
    add_item,
    approve_minutes,
    call_meeting,
    note_attendance,
    send_call,
    write_minutes,
)
from linli.plans.actions.milestones import add_milestone, reach_milestone
from linli.plans.actions.moves import ask_move, decide_move
from linli.plans.actions.notices import send_notice
from linli.plans.actions.programmes import (
    add_measure,
    edit_measure,
    edit_programme,
    publish_programme,
    start_programme,
)
from linli.plans.actions.progress import report_progress, review_progress
from linli.plans.actions.tasks import add_task, assign, drop_task, edit_task
from linli.plans.actions.undoing import undo_assign

__all__ = [
    "Attachment",
    "BodyDraft",
    "DocumentDraft",
    "ProgrammeDraft",
    "ProgressDraft",
    "TaskDraft",
    "add_item",
    "add_measure",
    "add_milestone",
    "add_task",
    "approve_minutes",
    "ask_move",
    "assign",
    "call_meeting",
    "decide",
    "decide_move",
    "drop_task",
    "edit_measure",
    "edit_programme",
    "edit_task",
    "found_body",
    "note_attendance",
    "publish_programme",
    "reach_milestone",
    "record_document",
    "replace_document",
    "report_progress",
    "review_progress",
    "seat_units",
    "send_call",
    "send_notice",
    "settle_item",
    "start_programme",
    "undo_assign",
    "write_minutes",
]
