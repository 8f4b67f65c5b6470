"""A file after its format is gone: the text as it is shown, with what the format still tells.

Limits stand here too: what is larger is refused, never half read.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from linli.reader.reading import Origin, Unreadable

MAX_BYTES = 64 * 1024 * 1024
MAX_CHARACTERS = 16_000_000
MAX_LINES = 50_000


class LineHint(NamedTuple):
    """What the format says of one line. Plain text says nothing, so it has no hints.

    tag: the innermost block element (p, h1, li, td, title, div …), or the paragraph style of a
    DOCX mapped to one; linked: characters of the line inside links; block: number of the nearest
    container element, equal for neighbours in one container; names: class and id of the element
    and its ancestors, nearest first, lower case, separated by spaces.
    """

    tag: str
    linked: int
    block: int
    names: str


@dataclass(frozen=True, slots=True)
class Source:
    """One decoded document.

    text: lines separated by LF; hints: one for each line of text, or empty; meta: what the head of
    the file declares, keys lower case (title, pubdate, source, author, og:title …);
    origins: where stretches of the text stand in the file, in order. Between two stretches there
    are only the separators that the reader put in (a space, a tab, LF). A stretch of unit byte is
    verbatim (its bytes decode to its characters) or one replacement (an entity, a run of space).
    """

    text: str
    media_type: str
    encoding: str | None
    origins: tuple[Origin, ...]
    hints: tuple[LineHint, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)


def locate(
    origins: tuple[Origin, ...], start: int, end: int, *, text: str, encoding: str | None
) -> tuple[Origin, ...]:
    """Return where characters [start, end) of `text` stand in the file, piece by piece.

    Verbatim stretches of bytes are cut to the exact bytes; pages and paragraphs are given whole.
    """
    found = []
    first = max(0, bisect_right(origins, start, key=lambda origin: origin.start) - 1)
    for origin in origins[first:]:
        if origin.start >= end:
            break
        if origin.end > start:
            found.append(
                _cut(origin, max(start, origin.start), min(end, origin.end), text, encoding)
            )
    return tuple(found)


def _cut(origin: Origin, start: int, end: int, text: str, encoding: str | None) -> Origin:
    if origin.unit != "byte" or encoding is None:
        return origin
    before = len(text[origin.start : start].encode(encoding, "replace"))
    inside = len(text[start:end].encode(encoding, "replace"))
    after = len(text[end : origin.end].encode(encoding, "replace"))
    if before + inside + after != origin.to - origin.from_:
        return origin
    return Origin(start, end, "byte", origin.from_ + before, origin.to - after)


def within_limits(text: str) -> str:
    """Return `text`. Raises Unreadable: empty when it is blank, too_large over a limit."""
    if not text or text.isspace():
        raise Unreadable("empty", "There is no text in this file.")
    if len(text) > MAX_CHARACTERS or text.count("\n") >= MAX_LINES:
        raise Unreadable(
            "too_large",
            f"The text is longer than {MAX_CHARACTERS:,} characters or {MAX_LINES:,} lines.",
        )
    return text
