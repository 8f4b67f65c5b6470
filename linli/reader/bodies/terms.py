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

    door: a character that begins one, before one that is second in one; rest: by the first two
    characters, what the longest word that begins with them looks like.
    """

    entries: dict[str, Term]
    door: re.Pattern[str]
    rest: dict[str, re.Pattern[str]]


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
    by_pair: dict[str, list[str]] = {}
    for text in sorted(entries, key=len, reverse=True):
        by_pair.setdefault(text[:2], []).append(text)
    rest = {pair: re.compile("|".join(words)) for pair, words in by_pair.items()}
    return Terms(entries, door(entries), rest)


def hits(view: str, start: int, end: int) -> Iterator[TermHit]:
    """Yield the last words in view[start:end], the longest at each place, none inside another."""
    entries, way_in, rest = terms()
    reach = start
    for at in [match.start() for match in way_in.finditer(view, start, end)]:
        pattern = rest.get(view[at : at + 2])
        match = pattern.match(view, at, end) if pattern else None
        if match and match.end() > reach:
            reach = match.end()
            yield TermHit(at, reach, entries[match[0]])
