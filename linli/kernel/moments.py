"""Moments as PostgreSQL takes them: in UTC. It knows no offset of sixteen hours or more, and the calendar does."""

from datetime import UTC, datetime
from typing import Any

from psycopg import adapters
from psycopg.types.datetime import DatetimeDumper


class InUtcDumper(DatetimeDumper):
    """Sends a moment in UTC, whatever its offset is."""

    def dump(self, obj: datetime) -> Any:  # noqa: ANN401 - the library's own bytes
        """Return the moment as text."""
        return super().dump(in_utc(obj))


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC; at the ends of the calendar, where there is none, the nearest there is."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def send_in_utc() -> None:
    """Have all connections that are made from now on send moments so."""
    adapters.register_dumper(datetime, InUtcDumper)
