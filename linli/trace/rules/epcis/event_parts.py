"""Parts of an event that others ask for: its certificates, what sensors measured, and when it happened. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.trace.rules.epcis.event_shapes import Event


@dataclass(frozen=True, slots=True)
class Measured:
    """One report of a sensor: what was measured, when, the value with its unit, and the report whole."""

    kind: str
    at: datetime | None
    value: int | float | None
    unit: str
    device: str
    alarm: str
    report: dict[str, Any]


def happened_at(event: Event) -> datetime:
    """Return when an event happened; ValueError for one that the check would not let pass."""
    return datetime.fromisoformat(str(event["eventTime"]).upper())


def certificates(event: Event) -> tuple[str, ...]:
    """Return the addresses of the certificates under which an event happened, each once, in their order."""
    found = event.get("certificationInfo", [])
    listed = found if isinstance(found, list) else [found]
    return tuple(dict.fromkeys(one for one in listed if isinstance(one, str)))


def measurements(event: Event) -> Iterator[Measured]:
    """Yield what sensors reported; a report without its own time or device has those of its element's metadata."""
    for element in event.get("sensorElementList", []):
        about = element.get("sensorMetadata", {})
        for report in element.get("sensorReport", []):
            at = report.get("time") or about.get("time") or about.get("endTime")
            value = report.get("value")
            yield Measured(
                str(report.get("type", "")),
                datetime.fromisoformat(at.upper()) if at else None,
                value if isinstance(value, int | float) and not isinstance(value, bool) else None,
                str(report.get("uom", "")),
                str(report.get("deviceID") or about.get("deviceID") or ""),
                str(report.get("exception", "")),
                report,
            )
