"""An HTML page as its reader sees it: one line a block, each piece traced to its bytes.

No library tells where in the file a piece of text stood, so the page is tokenised here, as bytes:
in every encoding that is let through, markup is ASCII and a byte offset is already the origin.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Final

from linli.reader.reading import Origin, Unreadable
from linli.reader.sources import encoding, markup
from linli.reader.sources.rendering import ACTIONS, HIDE, UNKNOWN, Page
from linli.reader.sources.source import LineHint, Source, within_limits

MAX_TAGS: Final = 500_000
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_INDENTS = ("\u00a0", "\u3000", "&nbsp;", "&nbsp", "&emsp;", "&ensp;", "&#160;", "&#12288;")
_new = tuple.__new__  # half the time of a call of Origin, and there are hundreds
_LINE_ENDS = str.maketrans("\n\r\t\0", "    ")


def load(data: bytes, *, charset: str | None) -> Source:
    """Render a page. charset: what a media type declared. Raises Unreadable (empty, too_large)."""
    name, skip = encoding.decide(data, charset or _declared_charset(data))
    if name in encoding.TRANSPARENT:
        return _render(b" " * skip + data[skip:] if skip else data, name)
    text = encoding.decode(data, name, skip)
    source = _render(text.encode("utf-8", "replace"), "utf-8")
    return _retraced(source, text, name, skip)


def _declared_charset(data: bytes) -> str | None:
    found = _XML_CHARSET.match(data[:300]) or _CHARSET.search(data[:8192])
    return found[1].decode("ascii", "replace") if found else None


def _render(data: bytes, name: str) -> Source:
    """Render a page whose markup is ASCII; a page mostly hidden is shown by script, so all counts."""
    plain = markup.UNSHOWN.sub(_blanked, data.replace(b"\0", b" "))
    if plain.count(b"<") > MAX_TAGS:
        raise Unreadable("too_large", f"The page has more than {MAX_TAGS:,} tags.")
    page, hidden = _pass(plain, name, hiding=True)
    if hidden > sum([len(piece[0]) for piece in page.pieces]):
        page, _ = _pass(plain, name, hiding=False)
    text, origins, hints = _assemble(page, name)
    meta = markup.declared(plain, name)
    return Source(within_limits(text), "text/html", name, origins, hints, meta)


def _blanked(found: re.Match[bytes]) -> bytes:
    """A tag of the same length that means nothing, so that every other byte keeps its place."""
    return b"<!" + b" " * (len(found[0]) - 3) + b">"


@cache
def _indent(name: str) -> tuple[re.Pattern[bytes], frozenset[bytes]]:
    """What may stand before the first character of a line without being shown; its first bytes."""
    known = [mark for indent in _INDENTS if (mark := indent.encode(name, "ignore"))]
    either = b"|".join(re.escape(mark) for mark in known)
    return re.compile(rb"(?:\s|" + either + rb")++"), frozenset(mark[:1] for mark in known)


def _pass(data: bytes, name: str, *, hiding: bool) -> tuple[Page, int]:
    """Walk over the tags; return the page and how many bytes of text were not shown."""
    parts = markup.TAG.split(data)
    page = Page(*_indent(name))
    write, known = page.write, ACTIONS.get
    suspects = [found.start() for found in markup.SUSPECT.finditer(data)] if hiding else []
    at = hidden = 0
    suspect = suspects[0] if suspects else len(data)
    turns = zip(parts[0::3], chain(parts[1::3], (b"",)), chain(parts[2::3], (b"",)), strict=True)
    for text, opening, inside in turns:
        if text:
            write(text, at)
        at += len(text) + len(opening) + len(inside)
        action = known(opening, UNKNOWN)
        if action is UNKNOWN:
            action = ACTIONS.get(opening.lower())
        if at > suspect or action is HIDE:
            suspect = _next(suspects, at, len(data))
            if hiding and (action is HIDE or markup.hides(opening, inside)):
                at, unseen = _skip(turns, opening.lower(), at)
                hidden += unseen
                continue
        if action:
            action[0](page, action[1], inside)
    return page, hidden


def _next(suspects: list[int], at: int, end: int) -> int:
    """The first place from `at` on where an element may say that it is hidden."""
    index = bisect_left(suspects, at)
    return suspects[index] if index < len(suspects) else end


def _skip(turns: Iterator[tuple[bytes, bytes, bytes]], begin: bytes, at: int) -> tuple[int, int]:
    """Pass over a hidden element: return where it ends and how much text it held."""
    end = b"</" + begin[1:]
    depth, unseen = 1, 0
    for text, opening, inside in turns:
        unseen += len(text.strip())
        at += len(text) + len(opening) + len(inside)
        name = opening.lower()
        if name == begin:
            depth += 1
        elif name == end:
            depth -= 1
            if not depth:
                break
    return at, unseen


def _assemble(page: Page, name: str) -> tuple[str, tuple[Origin, ...], tuple[LineHint, ...]]:
    """Decode all pieces in one go and lay them out as lines."""
    whole = b"\0".join([piece[0] for piece in page.pieces]).decode(name, "replace")
    words: list[str] = []
    origins: list[Origin] = []
    linked: list[int] = []
    at = 0
    for shown, (_, begin, end, between, link) in zip(whole.split("\0"), page.pieces, strict=False):
        word = html.unescape(shown).translate(_LINE_ENDS) if "&" in shown else shown
        glue = between if words else ""
        if between == "\n":
            linked.append(0)
            if words and words[-1][-1:].isspace():
                at -= _trim(words, origins, name)
        start = at + len(glue)
        at = start + len(word)
        words.append(glue + word)
        origins.append(_new(Origin, (start, at, "byte", begin, end, None)))
        if link:
            linked[-1] += len(word)
    _trim(words, origins, name)
    hints = tuple(
        LineHint(element.tag, count, element.block, " ".join(element.names))
        for element, count in zip(page.rows, linked, strict=True)
    )
    return "".join(words), tuple(origins), hints


def _trim(words: list[str], origins: list[Origin], name: str) -> int:
    """Drop white space from the end of the last line; return how many characters went."""
    dropped = 0
    while words and words[-1][-1:].isspace() and words[-1] != "\n":
        word = words.pop()
        origin = origins.pop()
        first = "\n" if word[0] == "\n" else ""
        kept = first + word[len(first) :].rstrip()
        dropped += len(word) - len(kept)
        if kept:
            words.append(kept)
            origins.append(_shortened(origin, word[len(kept) :], word.strip("\n "), name))
            break
    return dropped


def _shortened(origin: Origin, gone: str, word: str, name: str) -> Origin:
    """The origin of a word that lost `gone` at its end; a replaced stretch keeps all its bytes."""
    to = origin.to
    if len(word.encode(name, "replace")) == origin.to - origin.from_:
        to -= len(gone.encode(name, "replace"))
    return origin._replace(end=origin.end - len(gone), to=to)


def _retraced(source: Source, text: str, name: str, skip: int) -> Source:
    """Move origins from the bytes of the UTF-8 form of `text` to the bytes of the file itself."""
    form = text.encode("utf-8", "replace")
    origins: list[Origin] = []
    place, offset = 0, skip
    for origin in source.origins:
        start = offset + len(form[place : origin.from_].decode("utf-8").encode(name, "replace"))
        inside = form[origin.from_ : origin.to].decode("utf-8").encode(name, "replace")
        place, offset = origin.to, start + len(inside)
        origins.append(origin._replace(from_=start, to=offset))
    return replace(source, encoding=name, origins=tuple(origins))
