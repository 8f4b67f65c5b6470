"""A question in pieces that any name can be asked for, each in both scripts: words as they are, Han by its pairs.

Names of most things have no index of their own, and a name holds what was asked when it holds every piece.
"""

import re
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from linli.directory.rules.grams import Run, asked

MOST = 12  # pieces of one question
_LETTERS = re.compile(r"[a-z]{2,40}")


class Question(NamedTuple):
    """What was asked. pieces: each with its spellings, Simplified first; letters: what may be pinyin, or "";
    area: the code of a place, or "".
    """

    words: str
    pieces: tuple[tuple[str, ...], ...]
    letters: str
    area: str


def question(words: str, area: str = "") -> Question:
    """Return what these words ask for; no pieces when they hold no word."""
    known = asked(words)
    pieces = tuple(dict.fromkeys(piece for run in known for piece in _pieces(run)))[:MOST]
    joined = "".join(run.text for run in known)
    letters = joined if _LETTERS.fullmatch(joined) else ""
    return Question(words.strip(), tuple(_spellings(one) for one in pieces), letters, area)


def closeness(wanted: Question, title: str) -> int:
    """Return how near a title comes to what was asked: 0 begins with it, 1 holds it whole, 2 holds its pieces."""
    said, phrase = title.casefold(), wanted.words.casefold()
    if said.startswith(phrase):
        return 0
    return 1 if phrase in said else 2


def _pieces(run: Run) -> list[str]:
    if not run.han or len(run.text) < 3:
        return [run.text]
    return [run.text[at : at + 2] for at in range(len(run.text) - 1)]


def _spellings(piece: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((piece, _traditional().convert(piece))))


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")
