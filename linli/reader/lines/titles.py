"""Lines that repeat what a page says its title is: its head, a breadcrumb, a heading of HTML."""

import re
from collections.abc import Iterator, Sequence

from linli.reader.article import fold
from linli.reader.lines.look import Look
from linli.reader.patterns import lazy
from linli.reader.sources import Source

# A title stands near the top; a page with thousands of lines above it has none that helps.
FARTHEST = 400
TOP = 8
SHORTEST = 6
_MARKS = lazy(r"[\W_]+")
_OPENING = " 《〈“‘\"'【[(<「『■◆●·•-—"
_SITE = lazy(r" ?[-_|—–»>] ?|--+")
DECLARED = ("og:title", "articletitle", "title", "twitter:title")


def key(text: str) -> str:
    """Return `text` without marks and spaces, for comparing titles."""
    return _MARKS.sub("", text)


def repeated(rows: Sequence[str], looks: Sequence[Look], source: Source) -> frozenset[int]:
    """Return the numbers of the lines that can be the title because the page says it elsewhere too."""
    keys = {found for found in _keys(rows, looks, source) if len(found) >= SHORTEST}
    if not keys:
        return frozenset()
    firsts = {found[0] for found in keys}
    opening = firsts.union(_OPENING)
    return frozenset(
        number
        for number, row in enumerate(rows[:FARTHEST])
        if row[:1] in opening
        and SHORTEST <= len(row) <= 120
        and row.lstrip(_OPENING)[:1] in firsts
        and looks[number].kind != "path"
        and key(row) in keys
    )


def _keys(rows: Sequence[str], looks: Sequence[Look], source: Source) -> Iterator[str]:
    for name in DECLARED:
        if name in source.meta:
            yield from _parts(fold(source.meta[name]).strip())
    for number in [n for n, hint in enumerate(source.hints[:FARTHEST]) if hint.tag == "h1"]:
        if len(rows[number]) <= 120:
            yield key(rows[number])
    for number in [n for n, look in enumerate(looks[:FARTHEST]) if look.kind == "path"]:
        yield key(re.split(r"[>»:]", rows[number])[-1])
    for row, look in zip(rows[:TOP], looks, strict=False):
        if SHORTEST < len(row) <= 160 and look.kind in {"plain", "sentence"} and _SITE.search(row):
            whole = key(row)
            yield from (part for part in _parts(row) if part != whole)


def _parts(declared: str) -> Iterator[str]:
    """A declared title as it is, and without the name of the site that follows it."""
    yield key(declared)
    cuts = [cut.start() for cut in _SITE.finditer(declared)]
    for cut in cuts[:6]:
        yield key(declared[:cut])
