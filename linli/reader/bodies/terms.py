"""The words that a body's name ends with, and how each is found in a line."""

import re
from functools import cache
from typing import NamedTuple

from linli.reader.places.tables import door, lines_of

_SHORT = 2
_START = re.Match[str].start
_new = tuple.__new__  # half the time of a call of TermHit


class Term(NamedTuple):
    """One last word. mode: fixed, seat, office, bureau, named; full: the long form of an abbreviation."""

    text: str
    mode: str
    kind: str
    full: str


class Terms(NamedTuple):
    """All last words.

    door: where their last two characters may stand; ending: by their last three characters, the
    words of three and more, longest first; short: by their last two, the word of two if it is one.
    """

    door: re.Pattern[str]
    ending: dict[str, tuple[Term, ...]]
    short: dict[str, Term | None]


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
        if len(text) > _SHORT:
            ending.setdefault(text[-3:], []).append(entries[text])
    short = {text[-2:]: entries.get(text[-2:]) for text in entries}
    by_three = {three: tuple(group) for three, group in ending.items()}
    return Terms(door(short, rooms=3), by_three, short)


def hits(view: str, start: int, end: int) -> list[TermHit]:
    """Return the last words in view[start:end], in order of their ends, the longest at each end.

    They are looked for from behind: 服务, 管理 and 工作 begin many of them, 站, 室 and 组 end few words.
    """
    way_in, ending, short = terms()
    found: list[TermHit] = []
    for at in map(_START, way_in.finditer(view, start, end)):
        pair = view[at : at + 2]
        if pair not in short:
            continue
        stop = at + 2
        for term in ending.get(view[at - 1 : stop], ()):
            if view.endswith(term.text, start, stop):
                found.append(_new(TermHit, (stop - len(term.text), stop, term)))
                break
        else:
            if term_of_two := short[pair]:
                found.append(_new(TermHit, (at, stop, term_of_two)))
    return found
