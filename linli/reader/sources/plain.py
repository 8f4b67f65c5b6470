"""Plain text: exactly the decoded file, line ends untouched, its byte order mark left out."""

from linli.reader.reading import Origin
from linli.reader.sources import encoding
from linli.reader.sources.source import Source, within_limits


def load(data: bytes, *, charset: str | None) -> Source:
    """Decode a text file. charset: what a media type declared. Raises Unreadable (empty, too_large)."""
    name, skip = encoding.decide(data, charset)
    text = within_limits(encoding.decode(data, name, skip))
    origin = Origin(0, len(text), "byte", skip, len(data))
    return Source(text, "text/plain", name, (origin,))
