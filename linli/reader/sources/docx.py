"""A Word document: its paragraphs in order, tables row by row, cells joined by a tab.

The part is read as a stream of events, so that neither depth nor size can exhaust memory.
"""

import lzma
import zipfile
import zlib
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from linli.reader.reading import Unreadable
from linli.reader.sources import formats
from linli.reader.sources.source import Source, within_limits
from linli.reader.sources.wordml import Body, Styles

MAX_PART = 48 * 1024 * 1024
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError),
    *(NotImplementedError, RuntimeError, SAXException, DefusedXmlException),
)
_DAMAGED = "This Word document is damaged: its text cannot be read."


def load(data: bytes, *, charset: str | None) -> Source:
    """Read the body of a DOCX file. Raises Unreadable (damaged, encrypted, too_large, empty)."""
    del charset  # XML parts say themselves how they are encoded
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            body = Body(_styles(_part(archive, "word/styles.xml", needed=False)))
            _parse(_part(archive, "word/document.xml", needed=True), body)
    except Unreadable:
        raise
    except _BROKEN as problem:
        raise Unreadable("damaged", _DAMAGED) from problem
    text = within_limits("".join(body.words))
    return Source(text, formats.DOCX, None, tuple(body.origins), tuple(body.hints))


def _part(archive: zipfile.ZipFile, name: str, *, needed: bool) -> bytes:
    """Return one part, never more than MAX_PART of it, whatever its entry declares."""
    try:
        entry = archive.getinfo(name)
    except KeyError as problem:
        if needed:
            raise Unreadable("damaged", _DAMAGED) from problem
        return b""
    if entry.flag_bits & 1:
        raise Unreadable("encrypted", "This document is protected by a password.")
    with archive.open(entry) as stream:
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise Unreadable("too_large", "This document unpacks to more than can be read.")
    return content


def _parse(part: bytes, handler: ContentHandler) -> None:
    parser = make_parser()
    parser.setFeature(feature_namespaces, 1)
    parser.setContentHandler(handler)
    parser.parse(BytesIO(part))


def _styles(part: bytes) -> Styles:
    styles = Styles()
    if part:
        _parse(part, styles)
    return styles
