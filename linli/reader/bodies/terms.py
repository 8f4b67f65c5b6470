"""The words that a body's name ends with, and how each is found in a line."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from linli.reader.places.tables import door, lines_of


class Term(NamedTuple):
    """One last word. mode: fixed, seat, office, named; full: the long form of an abbreviation."""

    text: str
    mode: str
    kind: str
    full: str


class Terms(NamedTuple):
    """All last words.

    door: where one may begin; longer: by the first three characters, the words of three and more.
    """

    entries: dict[str, Term]
    door: re.Pattern[str]
    longer: dict[str, re.Pattern[str]]


class TermHit(NamedTuple):
    """A last word at [start, end)."""

    start: int
    end: int
    term: Term


@cache
def terms() -> Terms:
    """Return the table of last words, built on first use."""
    entries: dict[str, Term] = {}
    for line in lines_of("bodies_terms.tsv"):
        mode, kind, words = line.split("\t")
        for word in words.split():
            text, _, full = word.partition("=")
            entries[text] = Term(text, mode, kind, full or text)
    by_start: dict[str, list[str]] = {}
    for text in sorted(entries, key=len, reverse=True):
        if len(text) > 2:
            by_start.setdefault(text[:3], []).append(text)
    longer = {start: re.compile("|".join(words)) for start, words in by_start.items()}
    return Terms(entries, door(entries, rooms=1), longer)


def hits(view: str, start: int, end: int) -> Iterator[TermHit]:
    """Yield the last words in view[start:end], the longest at each place, none inside another."""
    entries, way_in, longer = terms()
    reach = start
    for at in [match.start() for match in way_in.finditer(view, start, end)]:
        pattern = longer.get(view[at : at + 3])
        match = pattern.match(view, at, end) if pattern else None
        text = match[0] if match else view[at : at + 2]
        if text in entries and reach < at + len(text) <= end:
            reach = at + len(text)
            yield TermHit(at, reach, entries[text])
