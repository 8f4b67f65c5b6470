"""How GeoReport v2 (Open311) writes: the same records as JSON and as XML, errors as an array. Pure.

In XML each list has an element of its own and one for each item; in JSON the list stands alone.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias
from xml.etree import ElementTree as ET

Plain: TypeAlias = str | int | bool | None
Value: TypeAlias = "Plain | Sequence[Value] | Mapping[str, Value]"
Record: TypeAlias = Mapping[str, Value]

FORMATS = {"json": "application/json", "xml": "text/xml"}
# What one item of a list is called; the list's own name stands before it.
_ITEMS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_DAYS = 90
MOST_REQUESTS = 1000


class Window(NamedTuple):
    """From when until when requests are listed, both included."""

    start: datetime
    end: datetime


def as_json(value: Value) -> bytes:
    """Write a record or a list of records as JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


def as_xml(root: str, value: Value) -> bytes:
    """Write a record or a list of records as XML, under an element called `root`."""
    document: bytes = ET.tostring(_element(root, value), encoding="utf-8", xml_declaration=True)
    return document


def window(start: datetime | None, end: datetime | None, now: datetime) -> Window:
    """Return the span that is listed: what was asked for, of at most 90 days, the newest otherwise."""
    span = timedelta(days=MOST_DAYS)
    if end is None:
        end = min(now, start + span) if start else now
    if start is None or end - start > span:
        start = end - span
    return Window(start, end)


def shown_time(at: datetime | None) -> str | None:
    """Write a time as the standard wants it: to the second, with its offset."""
    return None if at is None else at.isoformat(timespec="seconds")


def read_time(text: str) -> datetime | None:
    """Return the time that was written with its offset from UTC, or None when it is no such time."""
    try:
        # A plus sign that was not escaped arrives as a space.
        at = datetime.fromisoformat(text.strip().replace(" ", "+"))
        return at if at.tzinfo and at.utcoffset() is not None and 1970 < at.year < 9999 else None
    except ValueError:
        return None


def _element(name: str, value: Value) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, one) for key, one in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        element.extend(_element(_ITEMS[name], one) for one in value)
    else:
        element.text = _text(value)
    return element


def _text(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(value))
