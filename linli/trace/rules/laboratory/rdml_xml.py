"""The XML inside an RDML file, zipped or not: opened without trust in sizes, entities or what an archive declares. Pure."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from linli.trace.rules.laboratory.files import Unreadable

LARGEST: Final = 48 * 1024 * 1024  # of the XML, unpacked
MOST_ELEMENTS: Final = (
    2_000_000  # four colours of a plate of 384 wells over 50 cycles take a ninth of that
)
_PART: Final = "rdml_data.xml"
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError),
    *(NotImplementedError, ParseError, DefusedXmlException),
)
_CURVES: Final = ("adp", "mdp")


def opened(data: bytes) -> Element:
    """Return the root of a file. Raises Unreadable: damaged, encrypted, too_large, not_rdml."""
    try:
        return _root(_xml(data))
    except Unreadable:
        raise
    except _BROKEN as problem:
        raise Unreadable("damaged") from problem


def each(parent: Element, name: str) -> Iterator[Element]:
    """Return the children of a name, in whatever namespace: some programs mix two."""
    return (one for one in parent if name_of(one) == name)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def text_of(parent: Element, name: str) -> str:
    """Return the text of the first child of a name, "" where there is none."""
    return next(((one.text or "").strip() for one in each(parent, name)), "")


def points_to(parent: Element, name: str) -> str:
    """Return to which id the first child of a name points."""
    return next((one.get("id", "") for one in each(parent, name)), "")


def _xml(data: bytes) -> bytes:
    if data[:2] != b"PK":
        if len(data) > LARGEST:
            raise Unreadable("too_large")
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [one for one in archive.infolist() if one.filename.rsplit("/", 1)[-1] == _PART]
        if len(names) != 1:
            raise Unreadable("not_rdml")
        if names[0].flag_bits & 1:
            raise Unreadable("encrypted")
        with archive.open(names[0]) as stream:
            content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    return content


def _root(xml: bytes) -> Element:
    """Return the tree, with the points of the curves left out: that there are any is all that is asked of them."""
    root: Element | None = None
    events: Iterator[tuple[str, Any]] = iterparse(
        io.BytesIO(xml), events=("start", "end"), forbid_dtd=True
    )
    for count, (event, element) in enumerate(events):
        root = element if root is None else root
        if count > 2 * MOST_ELEMENTS:
            raise Unreadable("too_large")
        if event == "end" and name_of(element) in _CURVES:
            element.clear()
    if root is None:
        raise Unreadable("not_rdml")
    return root
