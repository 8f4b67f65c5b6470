"""An HTML page as its reader sees it: one line a block, each piece traced to its bytes.

No library tells where in the file a piece of text stood, so the page is tokenised here, as bytes:
in every encoding that is let through, markup is ASCII and a byte offset is already the origin.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import Final

from linli.reader.reading import Origin, Unreadable
from linli.reader.sources import encoding, layout, markup
from linli.reader.sources.actions import ACTIONS, HIDE, UNKNOWN
from linli.reader.sources.rendering import Page
from linli.reader.sources.source import Source, within_limits

MAX_TAGS: Final = 500_000
MAX_TITLE: Final = 30_000
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_INDENTS = ("\u00a0", "\u3000", "&nbsp;", "&nbsp", "&emsp;", "&ensp;", "&#160;", "&#12288;")
_WHOLE = itemgetter(0)

# The groups of markup.TOKEN.
Token = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]


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
    data = data.replace(b"\0", b" ")
    if len(data) > MAX_TAGS and _has_too_many_tags(data):
        raise Unreadable("too_large", f"The page has more than {MAX_TAGS:,} tags.")
    tokens = markup.TOKEN.findall(data)
    page, hidden = _pass(tokens, name, markup.suspects(data))
    title = b"" if page.title < 0 else data[page.title : page.title + MAX_TITLE]
    meta = markup.declared(title, page.metas, name)
    if hidden > sum([len(piece[0]) for piece in page.pieces]):
        page, _ = _pass(tokens, name, None)
    text, origins, hints = layout.assemble(page.pieces, page.rows, name)
    return Source(within_limits(text), "text/html", name, origins, hints, meta)


def _has_too_many_tags(data: bytes) -> bool:
    return data.count(b"<") > MAX_TAGS and markup.UNSHOWN.sub(b"", data).count(b"<") > MAX_TAGS


@cache
def _indent(name: str) -> tuple[re.Pattern[bytes], frozenset[bytes]]:
    """What may stand before the first character of a line without being shown; its first bytes."""
    known = [mark for indent in _INDENTS if (mark := indent.encode(name, "ignore"))]
    either = b"|".join(re.escape(mark) for mark in known)
    return re.compile(markup.run(rb"\s|" + either, least=b"+")), frozenset(
        mark[:1] for mark in known
    )


def _pass(tokens: list[Token], name: str, suspects: list[int] | None) -> tuple[Page, int]:  # noqa: C901, PLR0912, PLR0915 - one hot loop, measured
    """Walk over the tags; return the page and how many bytes of text were not shown.

    suspects: places near which an element may say that it is hidden; None to show all.
    """
    page = Page(*_indent(name))
    write, anchor, known = page.write, page.anchor, ACTIONS.get
    suspect = suspects[0] if suspects else sys.maxsize
    begin = hidden = 0
    turns = zip(accumulate(map(len, map(_WHOLE, tokens))), tokens, strict=True)
    for end, (_, text, lead, item, words, _, opening, inside) in turns:
        if text:
            write(text, begin)
        at, begin = begin, end
        if lead:
            if end > suspect and suspects:
                suspect = _next(suspects, end)
                if page.hides(item, lead):
                    hidden += len(words)
                    continue
            anchor(item, lead, words, at + len(text) + len(lead))
        elif inside:
            action = known(opening, UNKNOWN)
            if action is UNKNOWN:
                action = known(opening.lower())
            if (end > suspect or action is HIDE) and suspects is not None:
                suspect = _next(suspects, end)
                if action is HIDE or markup.hides(opening, inside):
                    page.note_title(opening, end - len(inside))
                    begin, unseen = _skip(turns, opening.lower(), end)
                    hidden += unseen
                    continue
            if action:
                action[0](page, action[1], inside)
        elif opening:
            write(opening, end - len(opening))
    return page, hidden


def _next(suspects: list[int], at: int) -> int:
    """The first place from `at` on where an element may say that it is hidden."""
    index = bisect_left(suspects, at)
    return suspects[index] if index < len(suspects) else sys.maxsize


def _skip(turns: Iterator[tuple[int, Token]], begin: bytes, at: int) -> tuple[int, int]:
    """Pass over a hidden element: return where it ends and how much text it held."""
    closing = b"</" + begin[1:]
    depth, unseen = 1, 0
    for end, (_, text, _, _, words, _, opening, inside) in turns:
        at = end
        unseen += len(text.strip()) + len(words)
        if not inside:
            unseen += len(opening)
            continue
        name = opening.lower()
        if name == begin:
            depth += 1
        elif name == closing:
            depth -= 1
            if not depth:
                break
    return at, unseen


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
