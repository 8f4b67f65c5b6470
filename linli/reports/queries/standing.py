"""What pages about reports are made of: the last step of any report, and how far the facts had come."""

from datetime import UTC, datetime

from linli.kernel.replica import line
from linli.ui.kept import State

_SQL = "SELECT (SELECT MAX(id) FROM reports_step), (SELECT MAX(id) FROM facts_fact)"
_ALWAYS = datetime.max.replace(tzinfo=UTC)


def standing_reports() -> State:
    """Return the state of the reports: whoever publishes or withdraws one leaves a step. One query."""
    with line().cursor() as cursor:
        cursor.execute(_SQL)
        step, fact = cursor.fetchone()
    return State(f"{step or 0}.{fact or 0}", _ALWAYS)
