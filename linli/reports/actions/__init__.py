"""What may be done in the reports engine. One function, one transaction."""

from linli.reports.actions.reports import publish, receive, withdraw
from linli.reports.actions.verdicts import Became, decide, hold, note_taken, undo
from linli.reports.rules.review import Choice

__all__ = [
    "Became",
    "Choice",
    "decide",
    "hold",
    "note_taken",
    "publish",
    "receive",
    "undo",
    "withdraw",
]
