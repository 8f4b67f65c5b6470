"""The only place that asks what time it is. Views, jobs and commands ask; actions are told (`at=`)."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware."""
    return datetime.now(UTC)
