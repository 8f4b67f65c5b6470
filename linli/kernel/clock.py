"""The only place that asks what time it is. Views, jobs and commands ask; actions are told (`at=`)."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware."""
    return timezone.now()
