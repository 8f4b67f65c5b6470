"""EPCIS in XML, 2.0 and 1.2, read to the same plain events as JSON. Pure.

What version 1.2 hides in `extension` and `baseExtension` lies where version 2.0 has it. Files that declare entities
or a document type are refused (defusedxml).
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.event_shapes import (
    CAPTURE,
    PATHS,
    QUERY,
    SINGLE,
    XML,
    Document,
    Event,
    Fault,
    TooDeepError,
)
from linli.trace.rules.epcis.json_events import plain_event
from linli.trace.rules.epcis.xml_fields import add, field, unwrapped

_OURS: Final = re.compile(r"\{urn:epcglobal:epcis(?:-query)?:xsd:[12]\}")
_FIRST: Final = ("eventTime", "recordTime", "eventTimeZoneOffset")


def read_xml(data: bytes | str) -> Document:
    """Return the events of an XML file, as `event_shapes` describes them, and what is wrong with the file.

    Faults: `xml` unreadable, `entities` declares what it may not, `depth` too deep, `missing` no list of events,
    `order` fields of an event not in the order that its schema wants (only what comes before the time).
    """
    try:
        root = fromstring(data, forbid_dtd=True)
        return _document(root)
    except DefusedXmlException:
        return Document("", faults=(Fault("", "entities"),), form=XML)
    except (TooDeepError, RecursionError):
        return Document("", faults=(Fault("", "depth"),), form=XML)
    except (ParseError, ValueError, LookupError):
        return Document("", faults=(Fault("", "xml"),), form=XML)


def _document(root: Element) -> Document:
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            element.tag = _OURS.sub("", element.tag)
    kind = root.tag
    if kind not in {CAPTURE, QUERY}:
        return Document(SINGLE, (_event(root),), tuple(_misplaced(root, "")), form=XML)
    found = root.find(".//EventList")
    if found is None:
        return Document(kind, (), (Fault(PATHS[kind], "missing"),), dict(root.items()), XML)
    events: list[Event] = []
    faults: list[Fault] = []
    for place, element in enumerate(unwrapped(found)):
        events.append(_event(element))
        faults += _misplaced(element, f"{PATHS[kind]}[{place}]")
    return Document(kind, tuple(events), tuple(faults), dict(root.items()), XML)


def _misplaced(event: Element, path: str) -> Iterator[Fault]:
    """Yield a fault where the time does not come first in a plain event, which the schema of XML wants."""
    names = [one.tag for one in event if one.tag[:1] != "{"]
    times = [name for name in names if name in _FIRST]
    if names[: len(times)] != sorted(times, key=_FIRST.index):
        yield Fault(path, "order")


def _event(element: Element) -> Event:
    event: Event = {"type": element.tag}
    for child in unwrapped(element):
        add(event, child.tag, field(child))
    for name, kind in (("bizStep", vocabulary.BIZ_STEP), ("disposition", vocabulary.DISPOSITION)):
        if name in event:
            event[name] = vocabulary.bare(kind, event[name], urns=True)
    return plain_event(event, {})
