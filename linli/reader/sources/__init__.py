"""From bytes to text: one module a format, chosen by content first and by name second."""

from importlib import import_module

from linli.reader.reading import Unreadable
from linli.reader.sources import formats
from linli.reader.sources.source import MAX_BYTES, LineHint, Source, locate

__all__ = ["LineHint", "Source", "load", "locate"]

# Imported when first needed: a text file must not wait for the PDF library.
_MODULES = {
    formats.TEXT: "linli.reader.sources.plain",
    formats.HTML: "linli.reader.sources.html",
    formats.PDF: "linli.reader.sources.pdf",
    formats.DOCX: "linli.reader.sources.docx",
}


def load(data: bytes, *, name: str, media_type: str | None) -> Source:
    """Decode `data`; name is a hint for the format, media_type overrules the hint.

    Raises `Unreadable` with one of the codes encrypted, damaged, too_large, empty, unsupported.
    """
    if not data:
        raise Unreadable("empty", "This file is empty.")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"Files up to {MAX_BYTES // 2**20} MB can be read.")
    media = formats.choose(data, name=name, media_type=media_type)
    source: Source = import_module(_MODULES[media]).load(
        data, charset=formats.charset_of(media_type)
    )
    return source
