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

    door: where their last two characters may stand; ending: the words that end so, longest first.
    """

    entries: dict[str, Term]
    door: re.Pattern[str]
    ending: dict[str, tuple[Term, ...]]


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
    ending: dict[str, list[Term]] = {}
    for text in sorted(entries, key=len, reverse=True):
        ending.setdefault(text[-2:], []).append(entries[text])
    return Terms(entries, door(ending, rooms=1), {pair: tuple(t) for pair, t in ending.items()})


def hits(view: str, start: int, end: int) -> Iterator[TermHit]:
    """Yield the last words in view[start:end], in order of their ends, the longest at each end.

    They are looked for from behind: 服务, 管理 and 工作 begin many of them, 站, 室 and 组 end few words.
    """
    _, way_in, ending = terms()
    for match in way_in.finditer(view, start, end):
        at = match.start()
        for term in ending.get(view[at : at + 2], ()):
            begin = at + 2 - len(term.text)
            if begin >= start and view.startswith(term.text, begin):
                if at + 2 <= end:
                    yield TermHit(begin, at + 2, term)
                break
